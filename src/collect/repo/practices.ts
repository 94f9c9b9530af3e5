import { isOperationProgram } from '#lib/operation-programs.ts';
import type { Practice } from '#model/operations.ts';
import { defineCollector } from '../collector.ts';
import { isRetired } from './retired.ts';

/** What people and machines run, and what configures servers: shell, recipes, CI of any maker, compose, manifests, units. */
const RUN =
  /\.(?:sh|bash|zsh|ps1|mk|just|ya?ml|tf|service|timer|conf|nginx|cron)$|(?:^|\/)(?:package\.json|(?:gnu)?makefile|\.?justfile|procfile|jenkinsfile[^/]*|dockerfile[^/]*|crontab[^/]*|caddyfile[^/]*|_headers|vercel\.json|netlify\.toml|traefik[^/]*\.toml|nginx[^/]*\.(?:tmpl|template|j2))$|(?:^|\/)(?:\.husky|\.githooks|cron\.\w+)\/[^/]+$/;
/** Programs that set up a server say what it answers with. */
const SETS_UP =
  /(?:^|\/)(?:(?:next|nuxt|svelte|astro)\.config|settings|middleware|server|app|main)\.(?:py|rb|php|[cm]?[jt]s)$/;
const LEFT_OUT =
  /(?:^|\/)(?:node_modules|bower_components|vendor|third_party|site-packages|\.venv|venv|dist|testdata|fixtures|__tests__|__snapshots__|locales?|i18n)\/|(?:pnpm-lock\.yaml|\.min\.js|\.(?:test|spec)\.\w+)$/;
const LONGEST = 300_000;

/** Each pattern names a tool or a setting that is made for this alone: a word of prose or a function's name proves nothing. */
const SIGNS: readonly (readonly [Practice, RegExp])[] = [
  [
    'backup',
    /\b(?:pg_dump(?:all)?|pg_basebackup|mysqldump|mariadb-dump|mydumper|mongodump|pgbackrest|wal-g|barman|litestream|xtrabackup|redis-cli [^\n]*--rdb|wrangler d1 export|create[-_]db[-_](?:cluster[-_])?snapshot|start[-_]backup[-_]job|start[-_]export[-_]task|export[-_]table[-_]to[-_]point[-_]in[-_]time|dynamodb create-backup|restic|(?:kopia|velero|borg)\b[^\n]{0,60}\b(?:backup|create|snapshot)|borgmatic|duplicity|gcloud sql (?:export|backups create)|postgres-backup(?:-local|-s3)?|mysql-backup|db-backup|docker-volume-backup|aws_backup_plan|AWS::Backup::BackupPlan|kind: (?:ScheduledBackup|ReplicationSource)|barmanObjectStore|bench (?:[^\n]{0,60} )?backup|manage\.py dbbackup|artisan backup:run|backup perform|gitlab-backup create|gitea dump|etcdctl snapshot save)\b|\bofelia\.job-[\w.-]{1,60}\.command\b(?=[^\n]{0,200}\b(?:backup|dump)\b)|(?<=^|[\s"'])(?:[\d*/,-]{1,20} ){4}[\d*/,-]{1,20}(?= [^\n]{0,200}\b(?:backup|dump)\b)|\bsqlite3?\b[^\n]{0,120}\.(?:backup|dump)\b|["']d1["'], ?["']export["']/,
  ],
  [
    'backup-retention',
    /\bdelete_after\b(?= *=)|\b(?:DeleteAfterDays|backup_retention_period|BackupRetentionPeriod)\b(?= *[:=] *(?!0\b)\S)|--keep-(?:last|hourly|daily|weekly|monthly|yearly)\b|\bKEEP_(?:DAYS|WEEKS|MONTHS)\b|\bbackup_keep_days\b/i,
  ],
  [
    'restore',
    /\b(?:pg_restore|mongorestore|time-travel restore|restore[-_]db[-_](?:instance|cluster)[\w-]*|restore[-_]table[\w-]*|start[-_]restore[-_]job|(?:restic|velero|litestream|kopia|pgbackrest)\b[^\n]{0,60}\brestore|wal-g backup-fetch|gcloud sql backups restore|bench (?:[^\n]{0,60} )?restore|manage\.py dbrestore|gitlab-backup restore|etcdctl snapshot restore)\b|["']time-travel["'], ?["']restore["']/,
  ],
  [
    'copy-out',
    /\b(?:aws s3 (?:cp|sync|mv)|rclone (?:copy|sync|move|copyto|rcat)|gsutil (?:-m )?(?:cp|rsync)|gcloud storage (?:cp|rsync)|az storage blob upload|r2 object put|b2 upload|mc (?:cp|mirror)|s3cmd (?:put|sync)|scp|rsync|restic|borgmatic|docker-volume-backup|postgres-backup-s3|copy_action|CopyActions)\b/,
  ],
  [
    'secret-rotation',
    /\b(?:rotate[-_]secret|rotate[-_](?:keys?|tokens?|credentials?|passwords?)|rotation[-_]rules|aws_secretsmanager_secret_rotation|AWS::SecretsManager::RotationSchedule|secretsmanager put-secret-value|put_secret_value|iam create-access-key|iam update-access-key|update_access_key|vault write [^\n]*\brotate(?:-root)?|time_rotating)\b/,
  ],
  [
    'secret-check',
    /\b(?:wrangler secret list|gh secret list|(?:check|verify|validate|ensure)[-_](?:secrets?|env(?:ironment)?(?:[-_]vars?)?))\b|["']secret["'], ?["']list["']/,
  ],
  [
    'secret-scan',
    /\b(?:gitleaks|trufflehog|detect-secrets|git-secrets|ggshield|secretlint|noseyparker|talisman-hook)\b/i,
  ],
  [
    'vulnerability-scan',
    /\b(?:trivy|grype|(?:npm|pnpm|bun) audit|yarn (?:npm )?audit|pip-audit|safety (?:check|scan)|cargo[- ](?:audit|deny)|govulncheck|snyk (?:container |iac |code )?(?:test|monitor)|snyk\/\w+|snyk-scan|describe-image-scan-findings|wait image-scan-complete|uses: *[^\s@]*(?:docker|container|image|ecr|vulnerability|dependency|dependencies)-(?:vulnerability-)?scan(?:ner|ning)?(?:-action)?@|osv-scanner|docker scout|dependency-check|dependency-review-action|bundler-audit|composer audit|dotnet list [^\n]*--vulnerable|audit-ci|better-npm-audit|anchore\/scan-action)\b/i,
  ],
  [
    'code-scan',
    /\b(?:codeql-action(?!\/upload-sarif)|semgrep|bandit|gosec|brakeman|sonarcloud-github-action|sonarqube-scan-action|sonar-scanner|sonar_token(?= *:)|checkov|tfsec|kics|zizmor|njsscan)\b/i,
  ],
  [
    'signing',
    /\b(?:cosign|attest-build-provenance|attest-sbom|slsa-github-generator|npm publish [^\n]*--provenance|anchore\/sbom-action|syft|cyclonedx)\b|\bsbom: true\b|\bprovenance: (?:true|mode=max)\b/i,
  ],
  [
    'rate-limit',
    /\b(?:limit_req_zone|limit_req|rateLimit:|ratelimit\.average|throttling_rate_limit|throttling_burst_limit|ThrottlingRateLimit|rate_based_statement|RateBasedStatement|http_ratelimit|express-rate-limit|rate-limiter-flexible|slowapi|django-ratelimit|DEFAULT_THROTTLE_RATES|Rack::Attack|@nestjs\/throttler|@upstash\/ratelimit|flask[-_]limiter|hono-rate-limiter|@fastify\/rate-limit)\b|\brate_limit\b(?= *\{)/i,
  ],
  [
    'security-header',
    /\b(?:Strict-Transport-Security|Content-Security-Policy|X-Frame-Options|X-Content-Type-Options|frame-ancestors|stsSeconds|SECURE_HSTS_SECONDS|customResponseHeaders|aws_cloudfront_response_headers_policy|ResponseHeadersPolicy|helmet\(|hono\/secure-headers|flask_talisman|@fastify\/helmet)/i,
  ],
];
/** The same, to be looked for again and again in a line. */
const EACH = SIGNS.map(
  ([practice, { source, flags }]) => [practice, new RegExp(source, `g${flags}`)] as const,
);
const ANY = new RegExp(SIGNS.map(([, { source }]) => source).join('|'), 'i');
/** A comment, a message, a title, or the installation of a tool: the line does not do what it names. */
const NOT_DONE =
  /^\s*(?:#|\/\/|\*|<!--|--\s)|^\s*(?:-\s+)?(?:name|description|title|summary|id|label)\s*:|\b(?:echo|printf|print|console\.\w+|log(?:ger)?\.\w+)\b\s*\(?["'`]|\b(?:apt(?:-get)?|apk|brew|yum|dnf|pip3?|pipx|gem|cargo|go|choco)\s+(?:-\S+\s+)*(?:install|add)\b/i;
const HEADERS = new Set<Practice>(['security-header', 'rate-limit']);
const MOST_OF_A_FILE = 40;

/** Lines that back up, restore, rotate, scan, sign or protect: what questions of maturity are answered from. */
export const practices = defineCollector({
  id: 'practices',
  source: 'repo',
  title: { fr: 'Scripts et tâches d’exploitation', en: 'Operation scripts and jobs' },
  isSecondLook: true,
  reads({ path }) {
    const lower = path.toLowerCase();
    return (
      (RUN.test(lower) || SETS_UP.test(lower) || isOperationProgram(lower)) &&
      !LEFT_OUT.test(lower) &&
      !isRetired(path)
    );
  },
  collect(reading, sink) {
    const text = reading.text.slice(0, LONGEST);
    if (!ANY.test(text)) return;
    const isServer = SETS_UP.test(reading.path.toLowerCase());
    let found = 0;
    for (const [index, whole] of text.split('\n').entries()) {
      const line = whole.slice(0, 2_000);
      if (found >= MOST_OF_A_FILE) return;
      if (!ANY.test(line)) continue;
      for (const [practice, pattern] of EACH) {
        // a server that names a tool does not operate with it
        if (isServer && !HEADERS.has(practice)) continue;
        // a header may well be named in a list or a title: `name: Strict-Transport-Security`
        if ((!HEADERS.has(practice) && NOT_DONE.test(line)) || /^\s*(?:#|\/\/)/.test(line)) continue;
        // one line may well set several headers
        for (const [sign] of line.matchAll(pattern).take(practice === 'security-header' ? 6 : 1)) {
          found += 1;
          sink.artifact('practices', { practice, file: reading.path, line: index + 1, sign: shown(sign) });
        }
      }
    }
  },
});

/** Without what follows a wide gap or a redirection, cut at 60 characters. */
const shown = (sign: string): string => (sign.split(/\s{2,}|[=<>|;]/)[0] ?? '').slice(0, 60).trim();

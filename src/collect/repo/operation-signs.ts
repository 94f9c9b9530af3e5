import type { OperationSign, OperationSigns } from '#model/operations.ts';
import { defineCollector, type Reading, type Sink } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { isRetired } from './retired.ts';

const CONFIGURATION =
  /\.(?:tf|tofu)$|\.ya?ml(?:\.(?:tpl|j2))?$|\.template(?:\.json)?$|(?:^|\/)(?:fly[\w.-]*\.toml|render\.ya?ml|app\.json|vercel\.json|railway\.(?:json|toml)|nixpacks\.toml|caddyfile|nginx[\w.-]*\.conf|netlify\.toml|_headers|serverless\.ts)$/i;
/** Infrastructure as code of a programming language, by where it stands. */
const CODE =
  /(?:^|\/)(?:infra(?:structure)?|cdk|iac|stacks?|lib|pulumi|cloud)\/.*\.(?:ts|py)$|(?:^|\/)(?:sst\.config\.ts|app\.py)$/;
const WRANGLER = /(?:^|\/)wrangler\.(?:toml|jsonc?)$/;
const VENDORED =
  /(?:^|\/)(?:node_modules|vendor|third[_-]party|\.venv|venv|dist|build|site-packages|fixtures?|testdata|__tests__|examples?|tests?)\/|[._-](?:test|spec)\.ts$|\.d\.ts$|(?:pnpm-lock|package-lock)/;
const LONGEST = 500_000;
const LONGEST_LINE = 1_000;
const MOST = 60;
/** Of a Worker's folder: enough to know a project, and no more than one. */
const MOST_MODULES = 400;
const LONGEST_MODULE = 200_000;

/** Group 1 is what is shown. Names are the providers' own: CloudFormation, Terraform, Kubernetes, the CDK, Fly, Render. */
const SIGNS: readonly (readonly [OperationSign, RegExp])[] = [
  [
    'autoscaling',
    /(AWS::ApplicationAutoScaling::ScalableTarget|AWS::AutoScaling::ScalingPolicy|aws_appautoscaling_target|aws_autoscaling_policy|google_compute_(?:region_)?autoscaler|azurerm_monitor_autoscale_setting|kind:\s*(?:HorizontalPodAutoscaler|ScaledObject)|autoScaleTaskCount|autoScaleInstanceCount|scaleOnCpuUtilization|scaleOnRequestCount|automatic_scaling:|auto_start_machines\s*=\s*true|ProvisionedConcurrencyConfig|maxInstances:|max_instance_count)/,
  ],
  [
    'budget',
    /(AWS::Budgets::Budget|aws_budgets_budget|aws_ce_anomaly_(?:monitor|subscription)|AWS::CE::Anomaly\w+|google_billing_budget|azurerm_consumption_budget\w*|EstimatedCharges|CfnBudget)/,
  ],
  [
    'alarm',
    /(AWS::CloudWatch::(?:Composite)?Alarm|aws_cloudwatch_(?:metric|composite)_alarm|google_monitoring_alert_policy|azurerm_monitor_(?:metric|scheduled_query_rules)_alert|datadog_monitor|grafana_rule_group|pagerduty_service|kind:\s*PrometheusRule|^\s*-\s*alert:\s*\w+|new (?:cloudwatch|cw)\.Alarm|cloudwatch\.Alarm\(|\.createAlarm\(|\.create_alarm\(|cloudflare_notification_policy)/,
  ],
  [
    'dashboard',
    /(AWS::CloudWatch::Dashboard|aws_cloudwatch_dashboard|google_monitoring_dashboard|grafana_dashboard|datadog_dashboard|cloudwatch\.Dashboard\()/,
  ],
  [
    'uptime-check',
    /(AWS::Route53::HealthCheck|aws_route53_health_check|aws_synthetics_canary|AWS::Synthetics::Canary|google_monitoring_uptime_check_config|azurerm_application_insights_(?:standard_)?web_test|cloudflare_healthcheck|uptimerobot_\w+|betteruptime_\w+|betterstack_\w+|statuscake_\w+|checkly_\w+|pingdom_\w+|\bupptime\/|image:\s*\S*(?:uptime-kuma|gatus|blackbox-exporter)\S*|hc-ping\.com)/,
  ],
  [
    'health-check',
    /((?:liveness|readiness|startup)Probe:|healthCheckPath|healthcheckPath|health_check_path|\[\[?(?:http_)?services?\.(?:http_|tcp_)?checks|\[checks|HealthCheckPath|health_check\s*\{|"healthCheck"|healthCheck:\s*\{|configureHealthCheck)/,
  ],
  [
    'log-retention',
    /(RetentionInDays|retention_in_days|logRetention\b|log_retention\b|RetentionDays\.\w+|logRetentionInDays|max-size["']?\s*:\s*["']?\d+[kmgKMG])/,
  ],
  [
    'cache',
    /(aws_elasticache_\w+|AWS::ElastiCache::\w+|aws_cloudfront_distribution|AWS::CloudFront::Distribution|cloudfront\.Distribution\(|proxy_cache_path|google_redis_instance|azurerm_redis_cache|cloudflare_(?:ruleset|page_rule|tiered_cache)|[Cc]ache-[Cc]ontrol["']?\s*[:=]?.{0,40}max-age=[1-9])/,
  ],
  [
    'pruning',
    /(aws_ecr_lifecycle_policy|LifecyclePolicyText|LifecyclePolicy:|addLifecycleRule|lifecycleRules|delete-package-versions|delete-untagged|container-retention-policy|ghcr-(?:cleanup|prune)|actions\/stale|stale-branches|delete-merged-branch|prune-branches|docker (?:image|system|builder) prune|delete-pages-deployments|cleanup[\w-]*(?:deployment|preview|branch|image)|deleteBranchOnMerge)/i,
  ],
];
const ANY = new RegExp(SIGNS.map(([, { source }]) => source).join('|'), 'im');
/** Cloudflare documentation, “Cache API” and “Cache using fetch”. */
const WORKER_CACHE =
  /(\bcaches\.(?:default|open)\b|cacheEverything|cacheTtl(?:ByStatus)?\b|[Cc]ache-[Cc]ontrol["']?\s*[,:]\s*["'`][^"'`\n]{0,60}max-age=[1-9])/;

/** What files of infrastructure say of how the estate is kept running: scaling, budgets, alarms, retention. */
export const operationSigns = defineCollector({
  id: 'operation-signs',
  source: 'repo',
  title: { fr: 'Signes d’exploitation', en: 'Signs of operation' },
  reads: ({ path }) =>
    (CONFIGURATION.test(path) || CODE.test(path) || WRANGLER.test(path)) &&
    !VENDORED.test(path) &&
    !isRetired(path),
  collect(reading, sink, tree) {
    if (WRANGLER.test(reading.path)) return workerCaches(reading, sink, tree);
    const text = reading.text.slice(0, LONGEST);
    if (!ANY.test(text)) return;
    const signs: OperationSigns['signs'] = [];
    for (const [index, line] of text.split('\n').entries()) {
      if (signs.length >= MOST || line.length > LONGEST_LINE || isComment(line)) continue;
      for (const [sign, pattern] of SIGNS) {
        const what = pattern.exec(line)?.[1];
        if (what) signs.push({ sign, line: index + 1, what: what.trim().slice(0, 60) });
      }
    }
    if (signs.length > 0) sink.artifact('operationSigns', { file: reading.path, signs });
  },
});

const isComment = (line: string): boolean => /^\s*(?:#|\/\/|\*)/.test(line);

/** Where the code beside a Worker's configuration keeps answers. */
function workerCaches({ path }: Reading, sink: Sink, tree: Tree): void {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  let left = MOST_MODULES;
  for (const file of tree.files) {
    if (!file.path.startsWith(folder) || !/\.(?:[cm]?[jt]sx?)$/.test(file.path) || VENDORED.test(file.path))
      continue;
    left -= 1;
    if (left < 0) return;
    const text = tree.read(file.path)?.slice(0, LONGEST_MODULE);
    if (text === undefined || !WORKER_CACHE.test(text)) continue;
    const lines = text.split('\n');
    const line = lines.findIndex(
      (one) => one.length <= LONGEST_LINE && !isComment(one) && WORKER_CACHE.test(one),
    );
    const what = WORKER_CACHE.exec(lines[line] ?? '')?.[1];
    if (what)
      sink.artifact('operationSigns', { file: file.path, signs: [{ sign: 'cache', line: line + 1, what }] });
  }
}

import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { practices } from './practices.ts';

const seen = (files: Record<string, string>) =>
  collectFiles(practices, files).artifacts.practices.map(
    ({ practice, file, line, sign }) => `${file}:${line} ${practice} ${sign}`,
  );

test('a command tells what is done on its line', () => {
  expect(
    seen({
      'scripts/night.sh': '#!/bin/sh\npg_dump "$URL" > a.sql\naws s3 cp a.sql s3://copies/\n',
      '.gitlab-ci.yml': 'scan:\n  script:\n    - gitleaks detect\n    - npm audit --omit=dev\n',
      'package.json': '{"scripts":{"save":"wrangler d1 export shop --output x.sql"}}',
      'ops/rotate.py': 'client.rotate_secret(SecretId="a")\n',
      'ops/save.py': 'subprocess.run(["npx", "wrangler", "d1", "export", db])\n',
      'nginx/site.conf': 'add_header Strict-Transport-Security "max-age=1";\n',
    }),
  ).toEqual([
    '.gitlab-ci.yml:3 secret-scan gitleaks',
    '.gitlab-ci.yml:4 vulnerability-scan npm audit',
    'nginx/site.conf:1 security-header Strict-Transport-Security',
    'ops/rotate.py:1 secret-rotation rotate_secret',
    'ops/save.py:1 backup "d1", "export"',
    'package.json:1 backup wrangler d1 export',
    'scripts/night.sh:2 backup pg_dump',
    'scripts/night.sh:3 copy-out aws s3 cp',
  ]);
});

test('a scan is known by an action that is called after it, and by what asks a registry for its own', () => {
  expect(
    seen({
      '.github/workflows/a.yml':
        'name: docker-scan@v1\n    uses: team/tools/.github/actions/docker-scan@0123abc\n    uses: team/actions/snyk-scan@v4\n    uses: team/actions/scan-notes@v1\n    sonar_token: ${{ secrets.SONAR_TOKEN }}\n',
      'ci/scan.sh': 'aws ecr describe-image-scan-findings --repository-name shop\n',
    }),
  ).toEqual([
    '.github/workflows/a.yml:2 vulnerability-scan uses: team/tools/.github/actions/docker-scan@',
    '.github/workflows/a.yml:3 vulnerability-scan snyk-scan',
    '.github/workflows/a.yml:5 code-scan sonar_token',
    'ci/scan.sh:1 vulnerability-scan describe-image-scan-findings',
  ]);
});

test('how long backups are kept stands in the plan that makes them; none is kept for no day', () => {
  expect(
    seen({
      'backup.tf': 'lifecycle {\n  delete_after = var.days\n}\n',
      'rds.tf': 'backup_retention_period = 0\n',
      'aurora.tf': 'backup_retention_period = var.kept\n',
    }),
  ).toEqual([
    'aurora.tf:1 backup-retention backup_retention_period',
    'backup.tf:2 backup-retention delete_after',
  ]);
});

test('one line may set several headers', () => {
  expect(seen({ Caddyfile: 'header { X-Frame-Options DENY X-Content-Type-Options nosniff }' })).toEqual([
    'Caddyfile:1 security-header X-Frame-Options',
    'Caddyfile:1 security-header X-Content-Type-Options',
  ]);
});

test('a comment, a message, a title and the installation of a tool do nothing', () => {
  expect(
    seen({
      'a.sh': '# pg_dump first\necho "run pg_restore"\napt-get install -y gitleaks\nbrew install trivy\n',
      'b.yml': 'jobs:\n  - name: gitleaks\n  # uses: aquasecurity/trivy-action@v1\n',
      'nginx.conf': '# add_header X-Frame-Options DENY;\n',
    }),
  ).toEqual([]);
});

test('the code of the product and what others wrote are not looked at', () => {
  const text = 'pg_dump\n';
  expect(
    seen({ 'src/editor/dialog.ts': text, 'node_modules/a/scripts/b.sh': text, 'docs/a.md': text }),
  ).toEqual([]);
});

test('a backup that a clock starts, by the command of a program of its own', () => {
  expect(
    seen({
      'compose.yaml': 'labels:\n  ofelia.job-exec.night.command: "bench --site all backup"\n',
      'ops/crontab': '0 3 * * * /opt/shop/backup.sh --token=abc\n0 4 * * * /opt/shop/report.sh\n',
      'ops/night.sh': 'docker exec app python manage.py dbbackup\nbench --site shop restore a.sql.gz\n',
    }),
  ).toEqual([
    'compose.yaml:2 backup ofelia.job-exec.night.command',
    'ops/crontab:1 backup 0 3 * * *',
    'ops/night.sh:1 backup manage.py dbbackup',
    'ops/night.sh:2 restore bench --site shop restore',
  ]);
});

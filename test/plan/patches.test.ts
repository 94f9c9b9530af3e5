import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditFolder } from '../support/audit-folder.ts';
import { mended, repository } from './repository.ts';

describe('a patch is applied, the finding is gone, and everything goes back', () => {
  test.each([
    [
      'a list of ports',
      'services:\n  db:\n    image: postgres:17\n    ports:\n      - "5432:5432"\n      - 6379:6379 # cache\n',
    ],
    [
      'an address of its own',
      'services:\n  db:\n    image: postgres:17\n    ports:\n      - 0.0.0.0:5433:5432\n',
    ],
    [
      'the long syntax',
      'services:\n  db:\n    image: postgres:17\n    ports:\n      - target: 5432\n        published: "5432"\n',
    ],
    ['a variable', "services:\n  db:\n    image: postgres:17\n    ports:\n      - '${DB_PORT:-5432}:5432'\n"],
  ])('compose-publishes-database: %s', async (_name, compose) => {
    const { diff } = await mended({ 'compose.yml': compose }, 'compose-publishes-database');
    expect(diff).toContain('127.0.0.1');
  });

  test('dashboard-exposed: the port, and nothing of the flags', async () => {
    const { diff } = await mended(
      {
        'compose.yml':
          'services:\n  edge:\n    image: traefik:v3.1\n    restart: always\n    command:\n      - --api.insecure=true\n      - --entrypoints.web.address=:80\n    ports:\n      - "80:80"\n      - "8080:8080"\n',
      },
      'dashboard-exposed',
    );
    expect(diff).toContain('+      - "127.0.0.1:8080:8080"');
    expect(diff.match(/^\+ /gm)).toHaveLength(1);
  });

  const job = (step: string, on = 'issues') =>
    `on: ${on}\njobs:\n  triage:\n    runs-on: ubuntu-24.04\n    steps:\n${step}      - run: echo end\n`;
  test.each([
    ['the first key', '      - run: echo "${{ github.event.issue.title }}"\n', 'echo "${ISSUE_TITLE}"'],
    [
      'a block, without quotes',
      '      - name: greet\n        run: |\n          set -eu\n          echo ${{ github.event.issue.title }} x\n        shell: bash\n',
      'echo "${ISSUE_TITLE}" x',
    ],
    [
      'an environment that is there',
      '      - env:\n          A: b\n        run: echo "$A ${{ github.event.issue.body }}"\n',
      'echo "$A ${ISSUE_BODY}"',
    ],
  ])('script-injection: %s', async (_name, step, script) => {
    const { diff } = await mended({ '.github/workflows/triage.yml': job(step) }, 'script-injection');
    expect(diff).toContain(script);
    expect(diff).toMatch(/^\+ +ISSUE_(?:TITLE|BODY): \$\{\{ github\.event\.issue\.(?:title|body) \}\}$/m);
  });

  test.each([
    ['between single quotes', "      - run: echo '${{ github.event.issue.title }}'\n"],
    ['evaluated again', '      - run: bash -c "echo ${{ github.event.issue.title }}"\n'],
    ['another shell', '      - run: echo "${{ github.event.issue.title }}"\n        shell: pwsh\n'],
    ['computed', '      - run: echo "${{ format(\'{0}\', github.event.issue.title) }}"\n'],
  ])('script-injection, left alone: %s', async (_name, step) => {
    const { root } = repository({ '.github/workflows/triage.yml': job(step) });
    const report = await auditFolder(root);
    expect(report.findings.map(({ rule }) => rule)).toContain('script-injection');
    expect(report.patches ?? []).toEqual([]);
  });

  test.each([
    ['a step', '      - name: tests\n        run: npm test\n        continue-on-error: true\n'],
    ['a command', '      - run: npm test || true\n'],
  ])('failure-masked: %s', async (_name, step) => {
    const { diff } = await mended(
      { '.github/workflows/ci.yml': job(step, 'pull_request') },
      'failure-masked',
    );
    expect(diff.match(/^[-+] /gm)?.length).toBeLessThanOrEqual(2);
  });

  test('deploy-without-smoke-test: the workflow calls the script that is added', async () => {
    const workflow =
      'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v5\n      - run: aws ecs update-service --cluster quay-prod --service quay --force-new-deployment\n';
    const record =
      'provider "aws" {}\nresource "aws_route53_record" "quay" {\n  zone_id = "Z1"\n  name    = "quay.example.org"\n  type    = "A"\n}\n';
    const { diff } = await mended(
      { '.github/workflows/deploy.yml': workflow, 'infra/dns.tf': record },
      'deploy-without-smoke-test',
    );
    expect(diff).toContain('+  https://quay.example.org/');
    expect(diff).toContain(
      '+      - name: Smoke test\n+        run: |\n+          aws ecs wait services-stable --cluster quay-prod --services quay\n+          sh scripts/verify-deployment.sh',
    );
  });

  test('deploy-without-smoke-test: what to wait for is only known to the step, and the workflow is left alone', async () => {
    const workflow =
      'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v5\n      - run: |\n          CLUSTER=quay-prod\n          aws ecs update-service --cluster "$CLUSTER" --service quay --force-new-deployment\n';
    const record =
      'provider "aws" {}\nresource "aws_route53_record" "quay" {\n  zone_id = "Z1"\n  name    = "quay.example.org"\n  type    = "A"\n}\n';
    const { root } = repository({ '.github/workflows/deploy.yml': workflow, 'infra/dns.tf': record });
    const { patches = [] } = await auditFolder(root, 'en');
    expect(patches.map(({ id }) => id)).not.toContain('smoke-test');
  });

  test.each([
    [
      'wrangler.toml',
      'name = "quay"\nmain = "src/index.js"\ncompatibility_date = "2026-10-01"\nroutes = ["quay.example.org/*"]\n',
    ],
    [
      'wrangler.jsonc',
      '{\n  // the quay\n  "name": "quay",\n  "main": "src/index.js",\n  "compatibility_date": "2026-10-01",\n  "routes": ["quay.example.org/*"]\n}\n',
    ],
  ])('worker-observability-off in %s', async (file, text) => {
    const code = 'export default { fetch: () => new Response("x") };\n';
    const { diff } = await mended({ [file]: text, 'src/index.js': code }, 'worker-observability-off');
    expect(diff).toMatch(/^\+.*observability/m);
  });

  test.each([
    [
      'wrangler.toml',
      'name = "quay"\nmain = "src/index.js"\nworkers_dev = true\nroutes = ["quay.example.org/*"]\n',
    ],
    [
      'wrangler.jsonc',
      '{\n  "name": "quay",\n  "main": "src/index.js",\n  "workers_dev": true,\n  "routes": ["quay.example.org/*"]\n}\n',
    ],
  ])('workers-dev-open-beside-access in %s', async (file, text) => {
    const code =
      'export default { fetch: (request) => new Response(request.headers.get("Cf-Access-Jwt-Assertion")) };\n';
    await mended({ [file]: text, 'src/index.js': code }, 'workers-dev-open-beside-access');
  });

  test('rollback-undocumented', async () => {
    const workflow =
      'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: aws ecs update-service --cluster shop-prod --service api --force-new-deployment\n';
    const { diff } = await mended({ '.github/workflows/deploy.yml': workflow }, 'rollback-undocumented');
    expect(diff).toContain('update-service --cluster shop-prod --service api --task-definition "$PREVIOUS"');
  });

  test('rollback-undocumented: CodeDeploy goes back by itself, and an alias leads to the version before', async () => {
    const workflow =
      'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: aws lambda update-function-code --function-name bills --zip-file fileb://a.zip\n';
    const service =
      'resource "aws_ecs_service" "web" {\n  name    = "web"\n  cluster = "shop-prod"\n  deployment_controller {\n    type = "CODE_DEPLOY"\n  }\n}\n';
    const { diff } = await mended(
      { '.github/workflows/deploy.yml': workflow, 'infra/web.tf': service },
      'rollback-undocumented',
    );
    expect(diff).toContain('Where the first command shows none, nothing keeps the version before');
    expect(diff).not.toContain('update-service');
  });

  test.each([
    ['a unit', 'deploy/api.service', '[Service]\nUser=api\nExecStart=/opt/api \\\n  --port 80\n'],
    [
      'a here-document of a script',
      'scripts/install.sh',
      'cat > /etc/systemd/system/api.service <<EOF\n[Service]\nUser=api\nExecStart=/opt/api\nEOF\n',
    ],
  ])('unit-without-restart: %s', async (_name, file, text) => {
    const { diff } = await mended({ [file]: text }, 'unit-without-restart');
    expect(diff).toContain('+Restart=on-failure');
  });

  test('workflow-without-concurrency', async () => {
    const workflow =
      'on:\n  push:\n    branches: [main]\njobs:\n  deploy:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: aws ecs update-service --cluster shop-prod --service api --force-new-deployment\n';
    await mended({ '.github/workflows/deploy.yml': workflow }, 'workflow-without-concurrency');
  });
});

test('the page for restoring leaves the database of a workstation out', async () => {
  const table = 'resource "aws_dynamodb_table" "links" {\n  name     = "links"\n  hash_key = "id"\n}\n';
  const local = 'services:\n  spare:\n    image: postgres:17\n    ports: ["127.0.0.1:5432:5432"]\n';
  const { root } = repository({ 'infra/db.tf': table, 'docker-compose.yml': local });
  const { patches = [] } = await auditFolder(root, 'en', undefined, 'devops');
  const page = patches.find(({ id }) => id === 'restore-runbook')?.diff;
  expect(page).toContain('restore-table-to-point-in-time');
  expect(page).not.toContain('pg_restore');
});

describe('patches for Workers', () => {
  const wrangler =
    'name = "ferry"\nmain = "src/index.js"\ncompatibility_date = "2026-06-01"\n\n[observability]\nenabled = true\n';
  const page =
    "export default {\n  async fetch(request) {\n    return new Response('<p>ok', { headers: { 'Content-Type': 'text/html' } });\n  },\n};\n";

  test.each([
    ['an object', 'index.js', page],
    [
      'a name, in TypeScript',
      'index.ts',
      "import { Hono } from 'hono';\n\nconst app = new Hono();\napp.post('/orders', (c) => c.json({}));\n\nexport default app;\n",
    ],
  ])('security-headers-missing: %s', async (_name, file, text) => {
    const { diff } = await mended(
      { 'wrangler.toml': wrangler.replace('index.js', file), [`src/${file}`]: text },
      'security-headers-missing',
    );
    expect(diff).toContain("+  'Content-Security-Policy':");
    expect(diff).toMatch(/^\+export default withSecurityHeaders\(\w+\);$/m);
  });

  const code =
    'export default {\n  async fetch(request, env) {\n    await env.BOX.put("a", "b");\n    return Response.json(await env.DB.prepare("select 1").first());\n  },\n};\n';
  test.each([
    [
      'TOML',
      'wrangler.toml',
      `${wrangler}
[env.production]
[[env.production.d1_databases]]
binding = "DB"
database_name = "ferry-production"
database_id = "1b2c3d4e-0000-4000-8000-000000000001"
[[env.production.r2_buckets]]
binding = "BOX"
bucket_name = "ferry-box"

[env.staging]
workers_dev = false
`,
    ],
    [
      'JSON',
      'wrangler.jsonc',
      `{
  "name": "ferry",
  "main": "src/index.js",
  "compatibility_date": "2026-06-01",
  // what is deployed
  "env": {
    "production": {
      "d1_databases": [
        { "binding": "DB", "database_name": "ferry-production", "database_id": "1b2c3d4e-0000-4000-8000-000000000001" }
      ],
      "r2_buckets": [{ "binding": "BOX", "bucket_name": "ferry-box" }]
    },
    "staging": { "workers_dev": false }
  }
}
`,
    ],
  ])('worker-environment-incomplete: %s', async (_name, file, config) => {
    const { diff } = await mended({ [file]: config, 'src/index.js': code }, 'worker-environment-incomplete');
    expect(diff).toMatch(/^\+.*"?database_name"?\s*[=:]\s*"ferry-staging"/m);
    expect(diff).toMatch(/^\+.*"?bucket_name"?\s*[=:]\s*"ferry-box-staging"/m);
  });
});

test('a file whose bytes are not what was read is left alone', async () => {
  const compose = 'services:\r\n  db:\r\n    image: postgres:17\r\n    ports:\r\n      - "5432:5432"\r\n';
  const { root } = repository({ 'compose.yml': compose });
  const report = await auditFolder(root);
  expect(report.findings.map(({ rule }) => rule)).toContain('compose-publishes-database');
  expect(report.patches ?? []).toEqual([]);
});

test('a change beside a secret value is not shown', async () => {
  const compose =
    'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: gH7kq92LmPz41xTvAa0\n    ports:\n      - "5432:5432"\n';
  const { root } = repository({ 'compose.yml': compose });
  const report = await auditFolder(root);
  expect(report.findings.map(({ rule }) => rule)).toContain('compose-publishes-database');
  expect(JSON.stringify(report)).not.toContain('gH7kq92LmPz41xTvAa0');
  expect(report.patches ?? []).toEqual([]);
});

test('the folder that is audited may be one of a larger repository', async () => {
  const { root, sh } = repository({
    'shop/compose.yml': 'services:\n  db:\n    image: postgres:17\n    ports:\n      - "5432:5432"\n',
    'shop/docs/run.md': '# Run\n',
  });
  const report = await auditFolder(path.join(root, 'shop'));
  const [patch] = report.patches ?? [];
  writeFileSync(path.join(root, '.git/one.patch'), patch?.diff ?? '');
  sh('cd shop && git apply ../.git/one.patch');
  expect(sh('git diff --stat')).toContain('shop/compose.yml | 2 +-');
});

describe('what operations lack is added, and the question is answered', () => {
  const worker = {
    'wrangler.toml':
      'name = "quay"\nmain = "src/index.js"\ncompatibility_date = "2026-10-01"\nroutes = [{ pattern = "quay.example.org", custom_domain = true }]\n[[d1_databases]]\nbinding = "DB"\ndatabase_name = "quay-db"\ndatabase_id = "3f6a1c58-92d7-4e0b-a4c1-7b05d8e2f913"\n',
    'src/index.js': 'export default { fetch: (request, env) => env.DB.prepare(env.SIGNING_KEY).first() };\n',
    'deploy.sh': '#!/bin/sh\nset -eu\nnpx wrangler deploy\n',
    'docs/deployment.md':
      '# Deployment\n\n```bash\nnpx wrangler secret put SIGNING_KEY --name quay\nsh deploy.sh\n```\n',
    'package.json': '{"name":"quay","scripts":{"test":"vitest run"},"devDependencies":{"vitest":"5.0.0"}}\n',
    'package-lock.json': '{}\n',
    'src/index.test.js': "test('x', () => {});\n",
  };
  test.each([
    ['restore-procedure-missing', 'docs/restore.md'],
    ['secret-rotation-missing', 'docs/secret-rotation.md'],
    ['ci-missing', '.github/workflows/ci.yml'],
    ['smoke-test-missing', 'scripts/verify-deployment.sh'],
  ])('%s', async (gap, file) => {
    const { diff } = await mended(worker, gap, 'devops');
    expect(diff).toContain(`+++ b/${file}`);
  });
});

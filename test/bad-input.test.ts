import { chmodSync, existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { renderHtml } from '#report/html.ts';
import { renderMarkdown } from '#report/markdown.ts';
import { auditFolder, folderOf, namesOf } from './support/audit-folder.ts';

const WORKFLOWS = '.github/workflows/';
const GOOD = `
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: aws ecs update-service --cluster harbour --service pier --region eu-west-3
`;

/** What was not read: `file:line why`. */
const unread = (report: Report, file: string) =>
  report.coverage
    .flatMap((coverage) => coverage.unread ?? [])
    .filter((one) => one.file.includes(file))
    .map((one) => `${one.line ?? ''} ${one.why.en}`.trim());

/** Audits a repository with one sound workflow beside the files given; the sound one must still be read. */
async function beside(files: Record<string, string | Uint8Array>) {
  const root = folderOf({ ...files, [`${WORKFLOWS}good.yml`]: GOOD });
  const report = await auditFolder(root);
  expect(namesOf(report, 'AWS::ECS::Service')).toContain('pier');
  return report;
}

test.each([
  ['YAML that does not parse', 'on: push\njobs:\n  a: [1, 2\n'],
  ['a list', '- on: push\n- jobs: {}\n'],
  ['a scalar', 'just a text\n'],
  [
    'an alias bomb',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`).join('\n')}\non: push\njobs: *i\n`,
  ],
])('a workflow that is %s costs one line of coverage', async (_, text) => {
  const report = await beside({ [`${WORKFLOWS}bad.yml`]: text });
  const lines = unread(report, 'bad.yml');
  const stray = report.findings.filter((finding) => finding.rule === 'workflow-never-runs');
  expect(lines.length + stray.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).not.toContain('\n');
});

test('an expression that does not parse leaves the rest of its workflow', async () => {
  const report = await beside({
    [`${WORKFLOWS}odd.yml`]: `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - if: \${{ ((( }}\n        run: aws sqs send-message --queue-url \${{ ][ }}\n      - run: aws ecs update-service --cluster quay --service crane\n`,
  });
  expect(namesOf(report, 'AWS::ECS::Service')).toContain('crane');
});

test('scripts that loop, fork, recurse or write without end stop within their budget, and the step after them is read', async () => {
  const hostile = [
    'while true; do :; done',
    'for ((;;)); do echo x >> big; done',
    ':(){ :|:& };:',
    'f() { f; f; }; f',
    'yes | head -c 100000000000 > big',
    'dd if=/dev/zero of=big bs=1M count=1024',
    'x=a; while :; do x=$x$x; done',
    'echo {1..100000000} | wc',
    `echo ${'a'.repeat(40)}b | grep -E '(a+)+$'`,
    'cat < /dev/tcp/127.0.0.1/1',
    'cat ../../../../../../etc/passwd; rm -rf / ~ ..',
    'exec 3<>/dev/tcp/127.0.0.1/80; sleep 99999',
  ];
  const steps = hostile.map((run) => `      - run: |\n          ${run}\n`).join('');
  const started = performance.now();
  const report = await beside({
    [`${WORKFLOWS}hostile.yml`]: `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps}      - run: aws ecs update-service --cluster quay --service last\n`,
  });
  expect(namesOf(report, 'AWS::ECS::Service')).toContain('last');
  expect(performance.now() - started).toBeLessThan(60_000);
}, 90_000);

test('nothing of the repository is executed, and nothing is written outside memory', async () => {
  const root = folderOf();
  const canary = path.join(root, 'canary');
  const touch = `touch ${canary}; echo x > ${canary}; cp /bin/sh ${canary}`;
  mkdirSync(path.join(root, WORKFLOWS), { recursive: true });
  writeFileSync(
    path.join(root, `${WORKFLOWS}c.yml`),
    `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          ${touch}\n      - run: ./run.sh\n      - run: npm run canary\n      - run: make canary\n      - run: python3 -c "open('${canary}','w')"\n      - uses: ./action\n`,
  );
  mkdirSync(path.join(root, 'action'));
  writeFileSync(
    path.join(root, 'action/action.yml'),
    `runs:\n  using: composite\n  steps:\n    - run: ${touch}\n      shell: bash\n`,
  );
  writeFileSync(path.join(root, 'run.sh'), `#!/bin/sh\n${touch}\n`, { mode: 0o755 });
  writeFileSync(path.join(root, 'Makefile'), `canary:\n\t${touch}\n`);
  writeFileSync(
    path.join(root, 'package.json'),
    JSON.stringify({ scripts: { canary: touch, preinstall: touch } }),
  );
  const report = await auditFolder(root);
  expect(report.workflows.map((workflow) => workflow.file)).toContain(`${WORKFLOWS}c.yml`);
  expect(existsSync(canary)).toBe(false);
});

test('a log of 100 MB, a binary and a file that cannot be decoded are listed or survive', async () => {
  const root = folderOf({
    [`${WORKFLOWS}good.yml`]: GOOD,
    'README.md': Uint8Array.from([0xff, 0xfe, 0x41, 0x00, 0x0a, 0x00]),
    'docs/latin.md': Uint8Array.from([...new TextEncoder().encode('# caf'), 0xe9, 0x0a]),
    'docker-compose.yml': Uint8Array.from([0x00, 0x01, 0x02]),
    'docs/huge.md': '',
  });
  truncateSync(path.join(root, 'docs/huge.md'), 100 * 1024 * 1024);
  const report = await auditFolder(root);
  expect(unread(report, 'huge.md')).toEqual(['over 5 MB']);
  expect(unread(report, 'docker-compose.yml')).toEqual(['binary file']);
  expect(unread(report, 'latin.md')).toEqual([]);
});

test('links that lead out of the tree, to themselves or to a device are not followed', async () => {
  const root = folderOf({ [`${WORKFLOWS}good.yml`]: GOOD });
  symlinkSync('/etc/passwd', path.join(root, 'README.md'));
  symlinkSync('/dev/zero', path.join(root, 'Dockerfile'));
  symlinkSync('.', path.join(root, 'self'));
  symlinkSync('/', path.join(root, 'docs'));
  const report = await auditFolder(root);
  expect(JSON.stringify(report)).not.toContain('root:x:0');
});

test('a file that may not be read makes the audit partial and says so', async ({ skip }) => {
  skip(process.getuid?.() === 0, 'root may read every file');
  const root = folderOf({ [`${WORKFLOWS}good.yml`]: GOOD, 'compose.yaml': 'services: {}\n' });
  chmodSync(path.join(root, 'compose.yaml'), 0);
  const report = await auditFolder(root);
  expect(unread(report, 'compose.yaml')).toEqual(['permission denied']);
  expect(report.coverage[0]?.state).toBe('partial');
});

test('names with control characters, Markdown and HTML stay inert in every format', async () => {
  const evil = '<img src=x onerror=alert(1)>|`[a](javascript:alert(1))';
  const report = await beside({
    [`${WORKFLOWS}evil.yml`]: `name: ${JSON.stringify(`${evil}\u0007\u202e`)}\non: push\njobs:\n  "${'j'.repeat(300)}":\n    runs-on: x\n    environment: '</script><script>alert(1)</script>'\n    steps:\n      - run: "aws ecs update-service --cluster 'a</code><b>' --service '${evil.replaceAll("'", '')}'"\n`,
    'compose.yaml': `services:\n  "<b>x</b>|y":\n    image: "evil/<script>:latest"\n`,
  });
  for (const lang of ['fr', 'en'] as const) {
    const html = renderHtml(report, lang);
    expect(html).not.toMatch(/<img src=x|<script>alert|<b>x<\/b>/);
    expect(html).not.toMatch(/[\u0007\u202e]/);
    const markdown = renderMarkdown(report, lang);
    expect(markdown).not.toMatch(/[\u0007\u202e]/);
    // outside code, every bracket that could open a tag is escaped; a patch is a block of code
    for (const line of markdown.replace(/^(`{3,})\w*\n[\s\S]*?^\1$/gm, '').split('\n'))
      expect(line.replace(/`[^`]*`/g, '')).not.toMatch(/(?<!\\)<(img|script|b)\b/);
  }
});

test('keys that every object has are names like others', async () => {
  const report = await beside({
    [`${WORKFLOWS}proto.yml`]: `on: push\nenv: { __proto__: x, constructor: y }\njobs:\n  __proto__:\n    runs-on: x\n    steps:\n      - id: constructor\n        run: |\n          echo "__proto__=z" >> $GITHUB_ENV\n          echo "toString=z" >> $GITHUB_OUTPUT\n      - run: aws ecs update-service --cluster quay --service kept\n`,
    'package.json': '{"scripts":{"__proto__":"x","constructor":"y"},"dependencies":{"__proto__":"1"}}',
    '.env': '__proto__=1\nconstructor=2\n',
  });
  expect(namesOf(report, 'AWS::ECS::Service')).toContain('kept');
  expect(({} as Record<string, unknown>).z).toBeUndefined();
});

test('secret values reach no part of a report', async () => {
  const secrets = {
    aws: `AKIA${'QWERTYUIOPASDFGH'}`,
    github: `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`,
    password: 'Tr0ub4dor-correct-horse-battery',
    header: 'Bearer s3cr3t-canary-token-0123456789',
  };
  const report = await beside({
    '.env': `DATABASE_URL=postgres://app:${secrets.password}@db/app\nAPI_TOKEN=${secrets.github}\n`,
    [`${WORKFLOWS}s.yml`]: `on: push\nenv:\n  AWS_ACCESS_KEY_ID: ${secrets.aws}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          curl -H "Authorization: ${secrets.header}" https://api.harbour.example/\n          docker login -u me -p ${secrets.password} registry.harbour.example\n          export TOKEN=${secrets.github}\n`,
    'docs/run.md': `# Run\n\nUse \`${secrets.github}\` or password=${secrets.password}\n`,
    'compose.yaml': `services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: ${secrets.password}\n`,
  });
  const everything = JSON.stringify(report) + renderHtml(report, 'en') + renderMarkdown(report, 'fr');
  const leaked = Object.entries(secrets).filter(([, value]) =>
    everything.includes(value.replace('Bearer ', '')),
  );
  expect(leaked.map(([name]) => name)).toEqual([]);
});

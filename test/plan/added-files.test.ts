import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import * as build from '#judge/test-estate.ts';
import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import type { Patch } from '#model/patch.ts';
import { patchesOf } from '#plan/patches/patches.ts';
import { readText } from '../support/audit-folder.ts';
import { repository } from './repository.ts';

const finding = (rule: string, evidence: Evidence[] = [], more: Partial<Finding> = {}): Finding => ({
  gap: 'GAP-0001',
  rule,
  fingerprint: rule,
  severity: 'medium',
  confidence: 'high',
  priority: 'P2',
  title: { fr: '', en: '' },
  message: { fr: '', en: '' },
  remedy: { fr: '', en: '' },
  systems: [],
  environments: [],
  resources: [],
  evidence,
  steps: [],
  ...more,
});

/** The patches of a repository, each applied as `git apply` does. */
function applied(
  files: Record<string, string>,
  found: Finding | Finding[],
  parts: Parameters<typeof build.estate>[0] = {},
) {
  const { root, sh } = repository({ 'README.md': '# Quay\n', ...files });
  const estate: Estate = build.estate({ files: new Set(['README.md', ...Object.keys(files)]), ...parts });
  const patches = patchesOf([found].flat(), estate, (file) => ({ 'README.md': '# Quay\n', ...files })[file]);
  for (const { id, diff } of patches) {
    writeFileSync(path.join(root, '.git', `${id}.patch`), diff);
    sh(`git apply .git/${id}.patch`);
  }
  return { root, sh, patches, text: (file: string) => readText(path.join(root, file)) };
}
const only = (patches: readonly Patch[]): Patch => {
  expect(patches).toHaveLength(1);
  return patches[0] as Patch;
};

describe('security headers around a Worker', () => {
  const object = `import { route } from './route.mjs';

export default {
  async fetch(request) {
    return route(request);
  },
  scheduled() { return 'done'; },
};
`;
  const named = `import { route } from './route.mjs';
const app = { fetch: (request) => route(request) };
export default app;
`;
  const route = `export const route = (request) => new URL(request.url).pathname === '/own'
  ? new Response('own', { headers: { 'X-Frame-Options': 'SAMEORIGIN' } })
  : new Response('hello', { status: 201, headers: [['Set-Cookie', 'a=1'], ['Set-Cookie', 'b=2']] });
`;
  test.each([
    ['an object', object],
    ['a name', named],
  ])('%s as the default export: every answer bears them, and keeps its own', async (_name, entry) => {
    const { root, patches } = applied(
      { 'src/index.mjs': entry, 'src/route.mjs': route },
      finding('security-headers-missing', [{ source: 'repo', file: 'src/index.mjs', line: 1 }]),
      { artifacts: { workers: [build.worker({ entry: 'src/index.mjs', files: ['src/index.mjs'] })] } },
    );
    expect(only(patches).files).toEqual(['src/security-headers.mjs', 'src/index.mjs']);
    const { default: handler } = await import(pathToFileURL(path.join(root, 'src/index.mjs')).href);
    const response: Response = await handler.fetch(new Request('https://quay.example/'));
    expect(response.status).toBe(201);
    expect(await response.text()).toBe('hello');
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const own: Response = await handler.fetch(new Request('https://quay.example/own'));
    expect(own.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    if (entry === object) expect(handler.scheduled()).toBe('done');
  });

  test('TypeScript gets a typed module, imported as the entry imports its own', () => {
    const { text } = applied(
      {
        'src/index.ts':
          "import { a } from './a.ts';\nexport default { fetch: () => a() } satisfies ExportedHandler<Env>;\n",
      },
      finding('security-headers-missing', [{ source: 'repo', file: 'src/index.ts', line: 1 }]),
      { artifacts: { workers: [build.worker()] } },
    );
    expect(text('src/index.ts')).toBe(`import { withSecurityHeaders } from './security-headers.ts';
import { a } from './a.ts';
const worker = { fetch: () => a() } satisfies ExportedHandler<Env>;

export default withSecurityHeaders(worker);
`);
    expect(text('src/security-headers.ts')).toContain('(handler: Handler): Handler');
  });

  test('two Workers of one folder get a module each: either patch applies with or without the other', () => {
    const entries = ['src/edge.ts', 'src/public-ws.ts'];
    const text = 'export default { fetch: () => new Response() };\n';
    const { patches } = applied(
      Object.fromEntries(entries.map((entry) => [entry, text])),
      entries.map((file) =>
        finding('security-headers-missing', [{ source: 'repo', file, line: 1 }], { fingerprint: file }),
      ),
      {
        artifacts: {
          workers: entries.map((entry) => build.worker({ entry, files: [entry], config: `${entry}.toml` })),
        },
      },
    );
    expect(patches.map(({ files }) => files)).toEqual([
      ['src/security-headers.ts', 'src/edge.ts'],
      ['src/security-headers-public-ws.ts', 'src/public-ws.ts'],
    ]);
  });

  test('an entry of another form is left alone', () => {
    const { patches } = applied(
      { 'src/index.ts': 'export default class extends WorkerEntrypoint {}\n' },
      finding('security-headers-missing', [{ source: 'repo', file: 'src/index.ts', line: 1 }]),
      { artifacts: { workers: [build.worker()] } },
    );
    expect(patches).toEqual([]);
  });
});

describe('an environment of a Worker is completed', () => {
  const staging = build.wranglerEnvironment({
    name: 'staging',
    lacking: [
      { key: 'd1_databases', name: 'DB', stated: { source: 'repo', file: 'wrangler.toml', line: 5 } },
      { key: 'vars', name: 'MODE', stated: { source: 'repo', file: 'wrangler.toml', line: 9 } },
    ],
  });
  const production = build.wranglerEnvironment({
    name: 'production',
    bindings: [{ type: 'd1', name: 'DB', line: 5, to: 'quay-db', id: 'x' }],
  });
  const about = finding(
    'worker-environment-incomplete',
    [{ source: 'repo', file: 'wrangler.toml', line: 3 }],
    { environments: ['staging'] },
  );

  test('in TOML, with a database of its own, and what is left to do told', () => {
    const toml =
      'name = "quay"\n[env.staging]\nname = "quay-staging"\n[[env.production.d1_databases]]\nbinding = "DB"\ndatabase_name = "quay-db"\n';
    const { text, patches } = applied({ 'wrangler.toml': toml }, about, {
      artifacts: { wranglerConfigs: [build.wranglerConfig({ environments: [staging, production] })] },
    });
    expect(parseToml(text('wrangler.toml'))).toMatchObject({
      env: {
        staging: {
          name: 'quay-staging',
          d1_databases: [{ binding: 'DB', database_name: 'quay-db-staging' }],
        },
      },
    });
    expect(only(patches).note?.en).toContain('`npx wrangler d1 create quay-db-staging`');
    expect(only(patches).note?.en).toContain('Left to decide: `MODE`');
  });

  test('in JSON with comments, which stay', () => {
    const file = 'wrangler.jsonc';
    const { text } = applied(
      { [file]: '{\n  // the harbour\n  "env": { "staging": { "name": "quay-staging" } }\n}\n' },
      { ...about, evidence: [{ source: 'repo', file, line: 3 }] },
      {
        artifacts: { wranglerConfigs: [build.wranglerConfig({ file, environments: [staging, production] })] },
      },
    );
    expect(text(file)).toContain('// the harbour');
    expect(parseYaml(text(file).replace(/\/\/.*/, ''))).toMatchObject({
      env: { staging: { d1_databases: [{ database_name: 'quay-db-staging' }] } },
    });
  });

  test('a list that stands inline takes no table: no patch', () => {
    const toml = 'name = "quay"\n[env.staging]\nd1_databases = []\n';
    const { patches } = applied({ 'wrangler.toml': toml }, about, {
      artifacts: { wranglerConfigs: [build.wranglerConfig({ environments: [staging, production] })] },
    });
    expect(patches).toEqual([]);
  });
});

describe('a check after deployments', () => {
  async function site(status: number): Promise<string> {
    const server = createServer((_request, response) => response.writeHead(status).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
  }

  test('it is found in the folder of scripts, knows the addresses of the files, and is a script', () => {
    const domain = build.resource('Cloudflare::Workers::Domain', 'quay.example', [build.fact('repo')]);
    const { text, sh } = applied({ 'scripts/deploy.sh': '' }, finding('smoke-test-missing'), {
      resources: [domain],
      artifacts: {
        workers: [
          build.worker({ health: [{ path: '/health', at: { source: 'repo', file: 'a', line: 1 } }] }),
        ],
      },
    });
    expect(text('scripts/verify-deployment.sh')).toContain('https://quay.example/health');
    sh('sh -n scripts/verify-deployment.sh');
  });

  test('it passes what answers and fails what does not', async () => {
    const { root } = applied({}, finding('smoke-test-missing'));
    const [good, bad] = [await site(204), await site(404)];
    const run = async (...urls: string[]) => {
      const { spawn } = await import('node:child_process');
      const child = spawn('sh', ['scripts/verify-deployment.sh', ...urls], { cwd: root, stdio: 'ignore' });
      return new Promise((resolve) => child.on('close', resolve));
    };
    expect(await run(good)).toBe(0);
    expect(await run(good, bad)).toBe(1);
    expect(await run()).toBe(2);
  });
});

describe('pages', () => {
  test('a restore page has the commands of each store, in the language of the documents', () => {
    const french = build.document('docs/deploiement.md', {
      title: 'Mise en service',
      headings: [{ depth: 1, text: 'Déploiement de la base avec les sauvegardes', line: 1 }],
    });
    const { text } = applied(
      { 'docs/deploiement.md': '# x\n' },
      finding('restore-procedure-missing', [{ source: 'repo', file: 'compose.yaml', line: 3 }]),
      {
        resources: [
          build.resource('Cloudflare::D1::Database', 'quay-db', [build.fact('repo')]),
          build.resource('AWS::RDS::DBInstance', 'quay', [build.fact('repo')], { region: 'eu-west-3' }),
        ],
        artifacts: {
          documents: [french],
          composeFiles: [
            build.composeFile([build.service('db', { image: { reference: 'postgres:17', line: 3 } })]),
          ],
        },
      },
    );
    const page = text('docs/restore.md');
    expect(page).toContain('# Restaurer les données');
    expect(page).toContain('npx wrangler d1 time-travel restore quay-db --timestamp "$WHEN"');
    expect(page).toContain('aws rds restore-db-instance-to-point-in-time --region eu-west-3');
    expect(page).toContain('pg_restore');
  });

  test('a rotation page has a command for each secret, and no value', () => {
    const { text } = applied({}, finding('secret-rotation-missing'), {
      resources: [
        build.resource('Cloudflare::Workers::Secret', 'quay/SIGNING_KEY', [build.fact('repo')]),
        build.resource('GitHub::Actions::Secret', 'CLOUDFLARE_API_TOKEN', [build.fact('repo')]),
      ],
    });
    expect(text('docs/secret-rotation.md')).toContain('npx wrangler secret put SIGNING_KEY --name quay');
    expect(text('docs/secret-rotation.md')).toContain('gh secret set CLOUDFLARE_API_TOKEN');
  });

  test('without a store or a secret there is nothing to write', () => {
    expect(applied({}, finding('restore-procedure-missing')).patches).toEqual([]);
    expect(applied({}, finding('secret-rotation-missing')).patches).toEqual([]);
  });
});

describe('a workflow that runs the tests', () => {
  const id = 'ci-missing';
  test.each([
    [
      'npm',
      { 'package.json': '{"scripts":{"test":"vitest run","lint":"biome check"}}', 'package-lock.json': '{}' },
      ['npm ci', 'npm run lint', 'npm run test'],
    ],
    [
      'pnpm',
      { 'package.json': '{"scripts":{"test":"vitest run"}}', 'pnpm-lock.yaml': '' },
      ['corepack enable', 'pnpm install --frozen-lockfile', 'pnpm run test'],
    ],
    [
      'pytest',
      { 'requirements.txt': 'flask\n', 'tests/test_app.py': '' },
      [
        'python -m pip install --requirement requirements.txt',
        'python -m pip install pytest',
        'python -m pytest',
      ],
    ],
    ['go', { 'go.mod': 'module x\n' }, ['go vet ./...', 'go test ./...']],
  ])('%s', (_name, files, commands) => {
    const { text } = applied(files, finding(id));
    const workflow = parseYaml(text('.github/workflows/ci.yml'));
    const steps: { run?: string }[] = workflow.jobs.test.steps;
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(commands);
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test('no tests, no workflow', () => {
    const files = { 'package.json': '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' };
    expect(applied(files, finding(id)).patches).toEqual([]);
  });
});

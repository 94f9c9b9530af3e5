import { execFile, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { collectFiles } from '#collect/repo/collect-files.ts';
import { wrangler } from '#collect/repo/wrangler.ts';
import type { WranglerEnvironment } from '#model/wrangler.ts';

/**
 * Wrangler itself is the judge of what an environment would deploy: `wrangler deploy --dry-run` bundles and sends
 * nothing. It is too large to be a dependency; without it these tests are left out.
 */
const root = path.resolve(import.meta.dirname, '../..');
const program = (() => {
  const found = spawnSync('sh', [path.join(root, 'tools/cloudflare-clients.sh'), 'find'], {
    encoding: 'utf8',
  });
  const folder = process.env.CONSTAT_CLOUDFLARE_CLIENTS ?? (found.status === 0 ? found.stdout.trim() : '');
  const file = path.join(folder, 'node_modules/wrangler/bin/wrangler.js');
  return folder !== '' && existsSync(file) ? file : undefined;
})();

const FOLDER = path.join(import.meta.dirname, 'configurations');
const WORKER = `import { DurableObject, WorkerEntrypoint, WorkflowEntrypoint } from 'cloudflare:workers';
export default { fetch: () => new Response('') };
export class Pier extends DurableObject {}
export class Docking extends WorkflowEntrypoint {}
`;
/** What Wrangler calls a type. */
const CALLED: Readonly<Record<string, string>> = {
  kv_namespace: 'KV Namespace',
  d1: 'D1 Database',
  r2_bucket: 'R2 Bucket',
  queue: 'Queue',
  durable_object_namespace: 'Durable Object',
  service: 'Worker',
  hyperdrive: 'Hyperdrive Config',
  vectorize: 'Vectorize Index',
  workflow: 'Workflow',
  analytics_engine: 'Analytics Engine Dataset',
  send_email: 'Send Email',
  mtls_certificate: 'mTLS Certificate',
  secrets_store_secret: 'Secrets Store Secret',
  ratelimit: 'Rate Limit',
  dispatch_namespace: 'Dispatch Namespace',
  pipelines: 'Pipeline',
  vpc_service: 'VPC Service',
  worker_loader: 'Worker Loader',
  ai: 'AI',
  browser: 'Browser Run',
  images: 'Images',
  media: 'Media',
  stream: 'Stream',
  version_metadata: 'Worker Version Metadata',
  assets: 'Assets',
};
/** Types whose name or id Wrangler prints as it stands in the configuration. */
const PRINTED: ReadonlySet<string> = new Set(
  'kv_namespace d1 r2_bucket queue service hyperdrive vectorize analytics_engine mtls_certificate dispatch_namespace secrets_store_secret pipelines'.split(
    ' ',
  ),
);

const scratch = mkdtempSync(path.join(tmpdir(), 'constat-dry-run-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function folderWith(name: string): string {
  const folder = path.join(scratch, path.parse(name).name);
  mkdirSync(path.join(folder, 'public'), { recursive: true });
  writeFileSync(path.join(folder, 'public/index.html'), '');
  writeFileSync(path.join(folder, 'worker.js'), WORKER);
  writeFileSync(path.join(folder, `wrangler${path.extname(name)}`), readFileSync(path.join(FOLDER, name)));
  return folder;
}

interface Printed {
  name: string;
  value?: string;
  type: string;
}

const LINE = /^env\.(\S+?)(?: \((.*)\))?\s{2,}(\S.*?)\s*$/;

async function dryRun(folder: string, environment: string | undefined): Promise<Printed[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program ?? '', 'deploy', '--dry-run', '--env', environment ?? ''],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: scratch,
        CI: '1',
        NO_COLOR: '1',
        WRANGLER_SEND_METRICS: 'false',
        COLUMNS: '400',
      },
    },
  );
  expect(stdout).toMatch(/--dry-run: exiting now/);
  return stdout.split('\n').flatMap((line): Printed[] => {
    const [, name, value, type] = LINE.exec(line) ?? [];
    return name === undefined || type === undefined
      ? []
      : [{ name, type, ...(value !== undefined && { value }) }];
  });
}

interface Expected {
  type: string;
  to?: string;
}

const expected = ({ bindings, variables }: WranglerEnvironment): Map<string, Expected> =>
  new Map([
    ...variables.map(({ name }): [string, Expected] => [name, { type: 'Environment Variable' }]),
    ...bindings.map(({ type, name, to }): [string, Expected] => [
      name,
      { type: CALLED[type] ?? type, ...(PRINTED.has(type) && to !== undefined && { to }) },
    ]),
  ]);

describe.skipIf(program === undefined)(
  'an environment has the bindings that Wrangler would deploy it with',
  () => {
    test.each(readdirSync(FOLDER))('%s', { timeout: 120_000 }, async (name) => {
      const folder = folderWith(name);
      const file = `wrangler${path.extname(name)}`;
      const text = readFileSync(path.join(folder, file), 'utf8');
      const [config] = collectFiles(wrangler, { [file]: text, 'worker.js': WORKER }).artifacts
        .wranglerConfigs;
      expect(config?.environments.length).toBeGreaterThan(0);
      for (const environment of config?.environments ?? []) {
        const printed = await dryRun(folder, environment.name);
        const own = expected(environment);
        const types = new Map(printed.map(({ name: binding, type }) => [binding, type]));
        const unsafe = new Set(printed.flatMap((one) => (one.type === 'Unsafe Metadata' ? [one.name] : [])));
        expect(
          new Map(
            [...own].map(([binding, { type }]) => [binding, unsafe.has(binding) ? 'Unsafe Metadata' : type]),
          ),
        ).toEqual(types);
        for (const { name: binding, value } of printed) {
          const to = own.get(binding)?.to;
          // Wrangler cuts long values, and writes the jurisdiction and the entry point behind
          if (to !== undefined) expect(value, binding).toContain(to.slice(0, 30));
        }
      }
    });
  },
);

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from './api/operation.ts';
import { OPERATIONS } from './api/operations.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { cloudflareClients, testsNeedCloudflareClients } from './clients.ts';
import { EVERYTHING, type Names, nameIn, namesOf } from './everything.ts';

const found = cloudflareClients();
const folder = 'folder' in found ? found.folder : '';
testsNeedCloudflareClients();

type Method = (...parameters: unknown[]) => Promise<unknown>;
type Sdk = Record<string, unknown>;
interface Options {
  apiToken: string;
  baseURL: string;
  maxRetries?: number;
}

/** What the SDK has no method for, or what its method makes nothing of. */
const WITHOUT_METHOD: Record<string, string> = {
  'zones.settings.list': 'the SDK gets settings one by one',
  'workers.services.get': 'asked by Wrangler alone',
  'workers.scripts.deployments.list': 'the SDK takes a page of `items`, where the API gives `deployments`',
  'accounts.tokens.verify': 'the token of the audit is not the account’s',
};

let api: CloudflareApi;
let names: Names;
let sdk: (options?: Partial<Options>) => Sdk;
let errors: Record<string, new () => Error>;

beforeAll(async () => {
  if (!folder) return;
  const module = (await import(
    pathToFileURL(path.join(folder, 'node_modules/cloudflare/index.mjs')).href
  )) as typeof errors & { default: new (options: Options) => Sdk };
  errors = module;
  api = await startCloudflareApi(EVERYTHING);
  names = await namesOf(api);
  sdk = (options) => new module.default({ apiToken: api.token, baseURL: api.url, ...options });
});
afterAll(() => api?.stop());

/** The method of the SDK that has the operation's name. */
function methodOf(client: Sdk, name: string): Method {
  const steps = name.split('.');
  const last = steps.pop() ?? '';
  const owner = steps.reduce((one, step) => one?.[step] as Sdk, client);
  return (owner[last] as Method).bind(owner);
}

const isOwner = (brace: string | undefined) =>
  brace === undefined || brace === 'account_id' || brace === 'zone_id';

/** The SDK takes the last thing of a path by its place, and those before it by name. */
function parametersOf(operation: Operation): unknown[] {
  const { name, path: route } = operation;
  const days = { since: '2026-01-01T00:00:00Z', before: '2027-01-01T00:00:00Z' };
  const braces = [...route.matchAll(/\{(\w+)\}/g)].map(([, brace = '']) => brace);
  const phase = /phases\/(\w+)\/entrypoint$/.exec(route)?.[1];
  const last = phase ?? (isOwner(braces.at(-1)) ? undefined : nameIn(operation, braces.pop() ?? '', names));
  const named = Object.fromEntries(braces.map((brace) => [brace, names[brace]]));
  const query = name === 'accounts.logs.audit.list' ? days : {};
  return [...(last === undefined ? [] : [last]), { ...named, ...query }];
}

const isPage = (result: unknown): result is AsyncIterable<unknown> =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  // a page that repeats itself has no end
  for await (const item of pages) if (items.push(item) > 5000) throw new Error('the list has no end');
  return items;
}

async function ask(client: Sdk, operation: Operation): Promise<unknown> {
  const result = await methodOf(client, operation.name)(...parametersOf(operation));
  return isPage(result) ? await all(result) : result;
}

/** Operations of a name and path once: those of phases only where the estate has something in them. */
const ASKED = OPERATIONS.filter(({ name }) => !(name in WITHOUT_METHOD)).filter(
  ({ name, path: route }) =>
    name !== 'rulesets.phases.get' ||
    /^\/zones.*(firewall_managed|firewall_custom|http_ratelimit|dynamic_redirect|headers_transform)\/entry/.test(
      route.replace('response_firewall', ''),
    ),
);

test('the SDK has a method for every operation', () => {
  const client = sdk();
  const lacking = OPERATIONS.filter(({ name }) => !(name in WITHOUT_METHOD)).filter(
    ({ name }) => typeof methodOf(client, name) !== 'function',
  );
  expect(lacking.map(({ name }) => name)).toEqual([]);
});

describe('the SDK reads', () => {
  test('every list to its end', async () => {
    const zones = Array.from({ length: 120 }, (_, index) => ({ name: `zone-${index}.example` }));
    const records = Array.from({ length: 250 }, (_, index) => ({
      name: `host-${index}`,
      type: 'A',
      content: '192.0.2.1',
    }));
    const rulesets = Array.from({ length: 70 }, (_, index) => ({
      phase: 'http_request_firewall_custom',
      kind: 'custom',
      name: `rules ${index}`,
    }));
    const audit_logs = Array.from({ length: 230 }, (_, index) => ({
      on: `2026-10-01T00:00:00.${String(index).padStart(3, '0')}Z`,
      action: 'update',
      resource: { type: 'zone', id: 'zone-0.example' },
    }));
    const named = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `thing-${index}` }));
    const large = await startCloudflareApi({
      name: 'Large',
      zones: [{ name: 'first.example', records, rulesets }, ...zones],
      d1: named(130),
      kv: named(45).map(({ name: title }) => ({ title })),
      pages: named(23),
      access: { applications: named(60), service_tokens: named(30) },
      audit_logs,
    });
    try {
      const client = sdk({ apiToken: large.token, baseURL: large.url });
      const account = { account_id: large.account };
      const listed = async <T>(name: string, parameters: object) =>
        await all((await methodOf(client, name)(parameters)) as AsyncIterable<T>);
      const count = async (name: string, parameters: object) => (await listed(name, parameters)).length;
      const [first] = await listed<{ id: string }>('zones.list', {});
      const zone = { zone_id: first?.id };
      const days = { since: '2026-09-01T00:00:00Z', before: '2026-12-01T00:00:00Z' };
      expect({
        zones: await count('zones.list', {}),
        records: await count('dns.records.list', zone),
        // three are there from the first day
        rulesets: await count('rulesets.list', zone),
        databases: await count('d1.database.list', account),
        namespaces: await count('kv.namespaces.list', account),
        projects: await count('pages.projects.list', account),
        applications: await count('zeroTrust.access.applications.list', account),
        tokens: await count('zeroTrust.access.serviceTokens.list', account),
        events: await count('accounts.logs.audit.list', { ...account, ...days }),
      }).toEqual({
        zones: 121,
        records: 250,
        rulesets: 73,
        databases: 130,
        namespaces: 45,
        projects: 23,
        applications: 60,
        tokens: 30,
        events: 230,
      });
    } finally {
      await large.stop();
    }
  });

  test.each([
    ['NotFoundError', { kind: 'status', status: 404 }],
    ['PermissionDeniedError', { kind: 'deny' }],
    ['RateLimitError', { kind: 'throttle' }],
    ['InternalServerError', { kind: 'status', status: 500 }],
    ['APIConnectionError', { kind: 'reset' }],
  ] as const)('%s', async (error, fault) => {
    api.when('zones.get', fault);
    const asked = methodOf(sdk({ maxRetries: 0 }), 'zones.get')({ zone_id: names.zone_id });
    await expect(asked).rejects.toBeInstanceOf(errors[error]);
    api.clear();
  });

  test('after the time that it was told to wait', async () => {
    api.when('zones.get', { kind: 'throttle', retryAfter: 1 }, { times: 1 });
    const start = performance.now();
    const zone = await methodOf(sdk(), 'zones.get')({ zone_id: names.zone_id });
    expect(zone).toMatchObject({ name: 'everything.example' });
    expect(performance.now() - start).toBeGreaterThanOrEqual(900);
    api.clear();
  });
});

/** What the real API gives beyond the SDK's types. */
const BEYOND: Record<string, readonly string[]> = {
  // Wrangler shows them.
  'workers.scripts.versions.list': ['annotations'],
  'workers.scripts.versions.get': ['annotations'],
  // One of the fields that the SDK can ask for.
  'd1.database.get': ['running_in_region'],
};

/** The type of what is listed has the name of the SDK's own class, and is taken for it. */
const MISTYPED = 'alerting.destinations.webhooks.list';

/** The answer without what is known to be beyond the types, as the SDK would be given it. */
function typed(name: string, result: unknown): unknown {
  const beyond = new Set(BEYOND[name]);
  const strip = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(strip);
    if (one === null || typeof one !== 'object') return one;
    return Object.fromEntries(
      Object.entries(one)
        .filter(([member]) => !beyond.has(member))
        .map(([member, value]) => [member, strip(value)]),
    );
  };
  return strip(result);
}

test('every answer has the type that the SDK states for it', { timeout: 60_000 }, async () => {
  const client = sdk();
  const lines = [
    "import type Cloudflare from 'cloudflare';",
    'type Given<M> = M extends (...parameters: never[]) => infer R',
    '  ? R extends AsyncIterable<infer Item> ? Item[] : Awaited<R> : never;',
  ];
  const typedOnes = ASKED.filter(({ name }) => name !== MISTYPED);
  for (const [index, operation] of typedOnes.entries()) {
    const type = operation.name
      .split('.')
      .map((step) => `['${step}']`)
      .join('');
    const answer = JSON.stringify(typed(operation.name, await ask(client, operation)));
    expect(answer, operation.name).not.toBe('[]');
    lines.push(`export const answer${index}: Given<Cloudflare${type}> = ${answer};`);
  }
  const place = mkdtempSync(path.join(tmpdir(), 'constat-sdk-'));
  try {
    symlinkSync(path.join(folder, 'node_modules'), path.join(place, 'node_modules'));
    writeFileSync(path.join(place, 'answers.ts'), `${lines.join('\n')}\n`);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2024',
      types: [],
      skipLibCheck: true,
      preserveSymlinks: true,
    };
    writeFileSync(
      path.join(place, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['answers.ts'] }),
    );
    const tsc = path.join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', place, '--pretty', 'false'], {
      encoding: 'utf8',
    });
    const wrong = stdout.replaceAll(
      /answers\.ts\((\d+),\d+\)/g,
      (_, line) => typedOnes[Number(line) - 4]?.name ?? '?',
    );
    expect({ wrong, status }).toEqual({ wrong: '', status: 0 });
  } finally {
    rmSync(place, { recursive: true });
  }
});

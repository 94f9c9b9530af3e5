import { expect, test } from 'vitest';
import type { WranglerConfig } from '#model/wrangler.ts';
import { collectFiles } from './collect-files.ts';
import { wrangler } from './wrangler.ts';

const collect = (files: Record<string, string>) => collectFiles(wrangler, files);
const config = (
  text: string,
  file = 'wrangler.toml',
  others: Record<string, string> = {},
): WranglerConfig => {
  const [first] = collect({ [file]: text, ...others }).artifacts.wranglerConfigs;
  if (!first) throw new Error('no configuration was read');
  return first;
};
const facts = (text: string, file = 'wrangler.toml') =>
  collect({ [file]: text }).facts.map(({ evidence, kind, name, environments, sort, verb }) =>
    `${'line' in evidence ? evidence.line : ''} ${verb} ${kind.replace('Cloudflare::', '')} ${name} ${environments.join('+')}${sort === 'declared' ? '' : ` ${sort}`}`.trim(),
  );

const D1 = 'ef408d5f-f191-4743-98b5-cb73429c8283';
const KV = '0f2ac74b498b48028cb68387c421e279';

const FERRY = `name = "ferry"
main = "src/index.ts"
compatibility_date = "2025-02-01"
account_id = "9a7806061c88ada191ed06f989cc3dac"
routes = [
  "ferry.example/api/*",
  { pattern = "api.ferry.example", custom_domain = true, zone_name = "ferry.example" },
]
placement = { mode = "smart" }

[observability]
enabled = true

[triggers]
crons = ["0 3 * * *", "*/5 * * * *"]

[vars]
MODE = "base"

[env.production]
routes = [{ pattern = "www.ferry.example/*", zone_id = "023e105f4ecef8ad9ca31a8372d0c353" }]
workers_dev = true

[env.production.vars]
MODE = "live"
LEVEL = 3

[[env.production.d1_databases]]
binding = "DB"
database_name = "crossings"
database_id = "${D1}"
migrations_dir = "sql"

[[env.production.kv_namespaces]]
binding = "CACHE"
id = "${KV}"

[[env.production.queues.producers]]
binding = "OUT"
queue = "tickets"

[[env.production.queues.consumers]]
queue = "tickets"
dead_letter_queue = "tickets-dead"

[[env.production.services]]
binding = "AUTH"
service = "harbour-auth"

[[env.production.durable_objects.bindings]]
name = "DECK"
class_name = "Deck"

[[env.production.durable_objects.bindings]]
name = "TIDES"
class_name = "Tides"
script_name = "tide-clock"

[env.production.secrets]
required = ["SIGNING_KEY"]

[env.staging]
name = "ferry-next"
preview_urls = true
`;

test('an environment has what it states, what it may inherit, and a name of its own', () => {
  const [base, production, staging] = config(FERRY).environments;
  expect(base?.script).toEqual({ name: 'ferry', line: 1 });
  expect(base?.bindings).toEqual([]);
  expect(production?.script).toEqual({ name: 'ferry-production', line: 20 });
  expect(staging?.script).toEqual({ name: 'ferry-next', line: 63 });
  expect(production?.bindings.map(({ type, name, line, to }) => [type, name, line, to])).toEqual([
    ['kv_namespace', 'CACHE', 35, KV],
    ['d1', 'DB', 29, 'crossings'],
    ['queue', 'OUT', 39, 'tickets'],
    ['durable_object_namespace', 'DECK', 51, 'Deck'],
    ['durable_object_namespace', 'TIDES', 55, 'tide-clock/Tides'],
    ['service', 'AUTH', 47, 'harbour-auth'],
  ]);
  expect(production?.variables.map(({ name, line }) => [name, line])).toEqual([
    ['MODE', 25],
    ['LEVEL', 26],
  ]);
  expect(staging?.variables).toEqual([]);
  expect(production?.secrets).toEqual([{ name: 'SIGNING_KEY', line: 60 }]);
  for (const one of [base, staging]) {
    expect(one?.crons).toEqual([
      { cron: '0 3 * * *', line: 15 },
      { cron: '*/5 * * * *', line: 15 },
    ]);
    expect(one?.routes.map(({ pattern, isCustomDomain, line }) => [pattern, isCustomDomain, line])).toEqual([
      ['ferry.example/api/*', false, 6],
      ['api.ferry.example', true, 7],
    ]);
    expect(one).toMatchObject({
      compatibilityDate: { value: '2025-02-01', line: 3 },
      observability: { isOn: true, line: 11 },
      placement: 'smart',
      accountId: '9a7806061c88ada191ed06f989cc3dac',
    });
  }
  expect(production?.routes.map(({ pattern, zone }) => [pattern, zone])).toEqual([
    ['www.ferry.example/*', '023e105f4ecef8ad9ca31a8372d0c353'],
  ]);
});

test('workers.dev answers by default where there is no route, and previews where it does', () => {
  const open = config('name = "a"\nmain = "x.js"\n').environments[0];
  expect(open?.workersDev).toEqual({ isOn: true, isStated: false, line: 1 });
  expect(open?.previewUrls).toEqual({ isOn: true, isStated: false, line: 1 });
  const [base, production, staging] = config(FERRY).environments;
  expect(base?.workersDev).toMatchObject({ isOn: false, isStated: false });
  expect(production?.workersDev).toEqual({ isOn: true, isStated: true, line: 22 });
  expect(production?.previewUrls).toEqual({ isOn: true, isStated: false, line: 20 });
  expect(staging?.previewUrls).toEqual({ isOn: true, isStated: true, line: 64 });
  const closed = config('name = "a"\nworkers_dev = false\n').environments[0];
  expect(closed?.workersDev).toEqual({ isOn: false, isStated: true, line: 2 });
  expect(closed?.previewUrls).toMatchObject({ isOn: false, isStated: false });
});

test('what an environment does not inherit and does not state is told, with where it is stated', () => {
  const [base, production, staging] = config(FERRY).environments;
  expect(base?.lacking).toEqual([]);
  expect(production?.lacking).toEqual([]);
  expect(staging?.lacking.map(({ key, name, stated }) => [key, name, stated.line])).toEqual([
    ['vars', 'MODE', 18],
    ['kv_namespaces', 'CACHE', 35],
    ['d1_databases', 'DB', 29],
    ['queues.producers', 'OUT', 39],
    ['durable_objects.bindings', 'DECK', 51],
    ['durable_objects.bindings', 'TIDES', 55],
    ['services', 'AUTH', 47],
    ['vars', 'LEVEL', 26],
    ['secrets.required', 'SIGNING_KEY', 60],
    ['queues.consumers', undefined, 42],
  ]);
});

test('an environment with a program of its own lacks nothing of another', () => {
  const [, other] = config(
    'name = "a"\nmain = "a.js"\n[[r2_buckets]]\nbinding = "FILES"\nbucket_name = "f"\n[env.cron]\nmain = "cron.js"\n',
  ).environments;
  expect(other?.lacking).toEqual([]);
});

test('what code cannot ask for by name, or a file says is optional, is lacking to nobody', () => {
  const [, staging] = config(
    `{ "name": "a", "unsafe": { "bindings": [
      { "name": "grants-a", "type": "grant" }, { "name": "MORE", "type": "param", "optional": true },
      { "name": "CONFIG", "type": "param" }] }, "env": { "staging": {} } }`,
    'wrangler.json',
  ).environments;
  expect(staging?.lacking.map(({ name }) => name)).toEqual(['CONFIG']);
});

test('facts of an environment bear its name, those of a base none and a condition', () => {
  expect(facts(FERRY)).toEqual([
    '1 creates Workers::Script ferry',
    '6 creates Workers::Route ferry.example/api/*',
    '7 creates Workers::Domain api.ferry.example',
    '7 requires Zone ferry.example',
    '15 creates Workers::CronTrigger ferry 0 3 * * *',
    '15 creates Workers::CronTrigger ferry */5 * * * *',
    '20 creates Workers::Script ferry-production prod',
    '36 requires KV::Namespace CACHE prod',
    '30 requires D1::Database crossings prod',
    '40 requires Queue tickets prod',
    '52 creates DurableObjects::Namespace ferry-production/Deck prod',
    '56 requires DurableObjects::Namespace tide-clock/Tides prod',
    '48 requires Workers::Script harbour-auth prod',
    '43 requires Queue tickets prod',
    '44 requires Queue tickets-dead prod',
    '21 creates Workers::Route www.ferry.example/* prod',
    '15 creates Workers::CronTrigger ferry-production 0 3 * * * prod',
    '15 creates Workers::CronTrigger ferry-production */5 * * * * prod',
    '60 requires Workers::Secret ferry-production/SIGNING_KEY prod',
    '63 creates Workers::Script ferry-next staging',
    '6 creates Workers::Route ferry.example/api/* staging',
    '7 creates Workers::Domain api.ferry.example staging',
    '7 requires Zone ferry.example staging',
    '15 creates Workers::CronTrigger ferry-next 0 3 * * * staging',
    '15 creates Workers::CronTrigger ferry-next */5 * * * * staging',
  ]);
  const { facts: all } = collect({ 'wrangler.toml': FERRY });
  expect(all.filter(({ condition }) => condition === 'wrangler deploy').map(({ name }) => name)).toContain(
    'ferry',
  );
  expect(all.find(({ name }) => name === 'ferry-production')).toMatchObject({
    account: '9a7806061c88ada191ed06f989cc3dac',
    relations: expect.arrayContaining([
      { type: 'uses', to: { kind: 'Cloudflare::D1::Database', name: 'crossings' }, as: 'DB' },
      { type: 'uses', to: { kind: 'Cloudflare::KV::Namespace', name: 'CACHE' }, as: 'CACHE' },
    ]),
    properties: {
      main: 'src/index.ts',
      workersDev: true,
      placement: 'smart',
      compatibilityDate: '2025-02-01',
    },
  });
  expect(all.find(({ kind }) => kind === 'Cloudflare::KV::Namespace')).toMatchObject({
    otherNames: [KV],
    properties: { id: KV },
  });
});

test('namespaces that files know by their ids are one where the id is, and two where only the binding is alike', () => {
  const kv = (name: string, binding: string, id: string) =>
    `name = "${name}"\n[[kv_namespaces]]\nbinding = "${binding}"\nid = "${id}"\n`;
  const named = (...texts: string[]) =>
    collect(Object.fromEntries(texts.map((text, index) => [`w${index}/wrangler.toml`, text])))
      .facts.filter(({ kind }) => kind === 'Cloudflare::KV::Namespace')
      .map(({ name }) => name);
  const other = KV.replace('0f', '1e');
  expect(named(kv('a', 'CACHE', KV), kv('b', 'STORE', KV))).toEqual(['CACHE', 'CACHE']);
  expect(named(kv('a', 'CACHE', KV), kv('b', 'CACHE', other))).toEqual(['a/CACHE', 'b/CACHE']);
});

test('an id that is to be filled in is none', () => {
  const of = (id: string) =>
    config(`name = "a"\n[[d1_databases]]\nbinding = "DB"\ndatabase_name = "d"\n${id}\n`).environments[0]
      ?.bindings[0];
  expect(of(`database_id = "${D1}"`)).toMatchObject({ id: D1 });
  for (const id of ['<YOUR_ID>', 'xxxx-xxxx', 'your-database-id', '00000000-0000-0000-0000-000000000000'])
    expect(of(`database_id = "${id}"`), id).toMatchObject({ isIncomplete: true, isPlaceholder: true });
  expect(of(`database_id = "<YOUR_ID>"`)).not.toHaveProperty('id');
  expect(of('')).toMatchObject({ isIncomplete: true });
  expect(of('')).not.toHaveProperty('isPlaceholder');
  // the deployment fills it in
  expect(of('database_id = "${D1_ID}"')).not.toHaveProperty('isIncomplete');
  expect(of(`database_id = "${D1}"`)).not.toHaveProperty('isIncomplete');
});

test('JSON with comments is read like TOML, each value at its line', () => {
  const [base, staging] = config(
    `{
  // the ferry
  "name": "ferry",
  "ai": { "binding": "AI" },
  "env": {
    "staging": {
      "route": "next.ferry.example/*",
      "vars": { "MODE": "next", },
      "r2_buckets": [
        { "binding": "FILES", "bucket_name": "files-next", "jurisdiction": "eu" }
      ]
    }
  }
}`,
    'apps/web/wrangler.jsonc',
  ).environments;
  expect(base?.bindings).toEqual([{ type: 'ai', name: 'AI', line: 4 }]);
  expect(staging).toMatchObject({
    name: 'staging',
    line: 6,
    routes: [{ pattern: 'next.ferry.example/*', line: 7 }],
    bindings: [{ type: 'r2_bucket', name: 'FILES', line: 10, to: 'files-next' }],
    lacking: [{ key: 'ai', name: 'AI', stated: { line: 4 } }],
  });
});

test('paths are told from the root, with what is there', () => {
  const read = config(FERRY.replace('src/index.ts', './src/index.ts'), 'apps/ferry/wrangler.toml', {
    'apps/ferry/src/index.ts': '',
    'apps/ferry/sql/0001_init.sql': '',
    'apps/ferry/sql/later/0002.sql': '',
  });
  expect(read.main).toEqual({ path: 'apps/ferry/src/index.ts', line: 2, exists: true });
  expect(read.migrations).toEqual([
    { path: 'apps/ferry/sql', line: 32, database: 'crossings', files: ['apps/ferry/sql/0001_init.sql'] },
  ]);
});

test('a Pages project has one name in all environments', () => {
  const read = config(
    `name = "shop"\npages_build_output_dir = "./dist"\n[[kv_namespaces]]\nbinding = "KV"\nid = "${KV}"\n[env.preview]\n[env.preview.vars]\nA = "1"\n`,
  );
  expect(read).toMatchObject({ isPages: true, assets: { path: 'dist', line: 2 } });
  expect(read.environments.map(({ name, script }) => [name, script.name])).toEqual([
    [undefined, 'shop'],
    ['preview', 'shop'],
  ]);
  expect(
    collect({ 'wrangler.toml': 'name = "shop"\npages_build_output_dir = "dist"\n' }).facts,
  ).toMatchObject([{ kind: 'Cloudflare::Pages::Project', name: 'shop' }]);
});

test('copies out of use and examples declare nothing, and nothing is judged of them', () => {
  const text = 'name = "a"\nmain = "a.js"\n';
  expect(facts(text, 'wrangler.toml.bak')).toEqual(['1 creates Workers::Script a  retired']);
  expect(facts(text, 'wrangler.example.toml')).toEqual(['1 creates Workers::Script a  reference']);
  expect(collect({ 'wrangler.toml.example': text }).artifacts.wranglerConfigs).toEqual([]);
});

test('a file of one environment bears it in its name', () => {
  expect(facts('name = "a"\nmain = "a.js"\n', 'wrangler.staging.toml')).toEqual([
    '1 creates Workers::Script a staging',
  ]);
  expect(facts('name = "a-prod"\nmain = "a.js"\n')).toEqual(['1 creates Workers::Script a-prod prod']);
});

test('files of other programs that are called alike are not read', () => {
  expect(
    collect({ 'wrangler-schema.json': '{ "$id": "x", "properties": {} }' }).artifacts.wranglerConfigs,
  ).toEqual([]);
  expect(collect({ '.wrangler/deploy/wrangler.json': '{ "name": "x" }' }).facts).toEqual([]);
});

test('what cannot be read costs one line of coverage', () => {
  expect(collect({ 'wrangler.toml': 'name = "a"\nmain = \n' }).unread).toMatchObject([
    { file: 'wrangler.toml', line: 2 },
  ]);
  expect(collect({ 'wrangler.json': '{\n "name": "a",\n "x": \n}' }).unread).toMatchObject([
    { file: 'wrangler.json', line: 4 },
  ]);
});

test.each([
  ['name = 3\nmain = []\nenv = 1\nvars = "x"\nroutes = 4\nkv_namespaces = "x"\n'],
  ['env = [1]\n[vars]\n__proto__ = "x"\n[queues]\nproducers = {}\nconsumers = 1\n'],
  ['d1_databases = [1, "x", { binding = 3 }]\n[triggers]\ncrons = "x"\n[durable_objects]\nbindings = 1\n'],
])('values of other types than the documented ones are passed over: %j', (text) => {
  const { unread, artifacts } = collect({ 'wrangler.toml': text });
  expect(unread).toEqual([]);
  expect(artifacts.wranglerConfigs).toHaveLength(1);
});

test('a hostile file costs its own line, and the others are read', () => {
  const { unread, artifacts } = collect({
    'a/wrangler.json': `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    'b/wrangler.toml': `name = "b"\nx = ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`,
    'c/wrangler.toml': 'name = "c"\n',
    'd/wrangler.json': '[1, 2]',
  });
  expect(unread.map(({ file }) => file)).toEqual(['a/wrangler.json', 'b/wrangler.toml']);
  expect(artifacts.wranglerConfigs.map(({ file }) => file)).toEqual(['c/wrangler.toml', 'd/wrangler.json']);
});

const CANARY = 'c4n4ry-Zx81-do-not-show-9Qw7';
test.each([
  ['wrangler.toml', `name = "a"\n[vars]\nAPI_TOKEN = "${CANARY}"\nPLAIN = "${CANARY}"\n[env.staging]\n`],
  [
    'wrangler.toml',
    `name = "a"\nvars = { API_TOKEN = "${CANARY}", X = { PASSWORD = "${CANARY}" } }\n[env.staging]\n`,
  ],
  [
    'wrangler.json',
    `{"name":"a","account_id":"x","kv_namespaces":[{"binding":"KV","id":"${KV}"}],"vars":{"API_TOKEN":"${CANARY}"},"routes":["a.example/*"],"env":{"staging":{}}}`,
  ],
  ['wrangler.toml.bak', `name = "a"\nvars = { API_TOKEN = "${CANARY}" }\n`],
])('the value of a variable goes nowhere: %s', (file, text) => {
  const collected = collect({ [file]: text });
  expect(JSON.stringify(collected)).not.toContain(CANARY);
  expect(collected.facts.length).toBeGreaterThan(0);
});

test('a variable is told by name, and what its value is worth', () => {
  const [base] = config(
    `name = "a"\n[vars]\nAPI_TOKEN = "${CANARY}"\nJWT_SECRET = "change-me"\nMODE = "base"\nLIMITS = { a = 1 }\nDB = { password = "${CANARY}" }\n`,
  ).environments;
  expect(base?.variables).toEqual([
    { name: 'API_TOKEN', line: 3, isSecret: true, class: 'strong' },
    { name: 'JWT_SECRET', line: 4, isSecret: true, class: 'placeholder' },
    { name: 'MODE', line: 5, isSecret: false, class: 'plain' },
    { name: 'LIMITS', line: 6, isSecret: false, class: 'plain' },
    { name: 'DB', line: 7, isSecret: true, class: 'strong' },
  ]);
});

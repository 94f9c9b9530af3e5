import { afterEach, expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { type CloudflareRequest, collectCloudflare } from './collect-cloudflare.ts';
import { d1 } from './d1.ts';
import {
  ACCOUNT,
  ApiReply,
  denied,
  of,
  ofZone,
  oneAccount,
  page,
  type Route,
  refused,
  type TestApi,
  TOKEN,
  testApi,
} from './test-api.ts';
import { zones } from './zones.ts';

const clock = () => new Date('2026-11-28T12:00:00Z');
let api: TestApi | undefined;
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

async function read(
  routes: Record<string, Route>,
  request: CloudflareRequest = {},
  said: readonly Fact[] = [],
  products = [d1],
) {
  api = await testApi(routes);
  const environment = { ...api.environment, ...request.environment };
  const answers = await collectCloudflare(
    { delay: 1, ...request, environment },
    said,
    clock,
    undefined,
    products,
  );
  const coverage = answers.coverage();
  expect(JSON.stringify([answers.facts, answers.observations, coverage])).not.toContain(TOKEN);
  return { ...answers, coverage, coverageNow: answers.coverage, asked: api.asked };
}

const event = (type: string, id: string, email: string, kind = 'zone') => ({
  action: { type, result: true },
  actor: { email },
  resource: { id, type: kind },
  when: '2026-11-21T08:00:00Z',
});

/** A resource that was seen in the account. */
function seen(
  kind: Fact['kind'],
  name: string,
  { properties = {}, otherNames = [] }: Partial<Fact> = {},
): Resource {
  const evidence = { source: 'cloudflare', operation: 'GET', at: '2026-11-28T12:00:00Z' } as const;
  const fact: Fact = {
    ...inFile(ACCOUNT),
    kind,
    name,
    source: 'cloudflare',
    sort: 'observed',
    evidence,
    otherNames,
  };
  return {
    id: `${kind} ${name}`,
    key: `${kind} ${name}`,
    kind,
    name,
    provider: 'cloudflare',
    account: ACCOUNT,
    environments: [],
    status: 'undocumented',
    declared: [],
    observed: [evidence],
    properties,
    drift: [],
    facts: [fact],
  };
}

const database = (name: string) => ({ name, uuid: `id-of-${name}`, num_tables: 3 });
/** The list of one database, and what is told of it. */
const withDatabase = (name: string): Record<string, Route> => ({
  [of('/d1/database')]: [database(name)],
  [of(`/d1/database/id-of-${name}`)]: { ...database(name), file_size: 4_096 },
});
const inFile = (account: string): Fact => ({
  kind: 'Cloudflare::D1::Database',
  name: 'locks',
  account,
  source: 'repo',
  sort: 'declared',
  nameStatus: 'literal',
  evidence: { source: 'repo', file: 'wrangler.toml', line: 4 },
  environments: [],
});

test('the only account that the token opens is read', async () => {
  const { facts, observations, coverage } = await read(oneAccount(withDatabase('locks')));
  expect(facts).toMatchObject([{ name: 'locks', account: ACCOUNT, otherNames: ['id-of-locks'] }]);
  expect(observations).toMatchObject([{ source: 'cloudflare', account: ACCOUNT }]);
  expect(coverage.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
    `${ACCOUNT} complete`,
    'Cloudflare complete',
  ]);
});

test('of several accounts those that files name are read, and one that the token does not open says so', async () => {
  const other = 'c'.repeat(32);
  const both = (query: URLSearchParams) =>
    query.get('page') === '1' ? [{ id: ACCOUNT }, { id: other }] : [];
  const routes = { ...oneAccount({ [of('/d1/database')]: [] }), '/accounts': both };
  expect((await read(routes, {}, [inFile(ACCOUNT)])).observations.map(({ account }) => account)).toEqual([
    ACCOUNT,
  ]);
  await api?.stop();
  const elsewhere = await read(routes, {}, [inFile('d'.repeat(32))]);
  expect(elsewhere.observations).toMatchObject([{ account: 'd'.repeat(32), refusal: { sort: 'denied' } }]);
  expect(elsewhere.coverage.at(-1)).toMatchObject({ state: 'denied' });
});

test('an account that is given is read although the token may not list accounts', async () => {
  const { observations, asked, coverage } = await read(
    {
      '/user/tokens/verify': { id: 't', status: 'active' },
      ...withDatabase('locks'),
    },
    { account: ACCOUNT },
  );
  expect(observations).toMatchObject([{ account: ACCOUNT }]);
  expect(asked.some((one) => one.startsWith('GET /accounts?'))).toBe(false);
  expect(coverage.every(({ state }) => state === 'complete')).toBe(true);
});

test('a token of the account is verified there', async () => {
  const { observations } = await read(
    {
      '/user/tokens/verify': refused(401, 1000, 'Invalid API Token'),
      [of('/tokens/verify')]: { id: 't', status: 'active' },
      [of('/d1/database')]: [],
    },
    { account: ACCOUNT },
  );
  expect(observations).toMatchObject([{ account: ACCOUNT }]);
  expect(observations[0]).not.toHaveProperty('refusal');
});

test.each([
  [
    'an unknown token',
    refused(403, 9109, 'Invalid access token'),
    refused(401, 1000, 'Invalid API Token'),
    'does not know',
  ],
  ['bad credentials', refused(401, 10000, 'Authentication error'), refused(401, 1000), 'does not know'],
  ['a malformed one', refused(400, 6003, 'Invalid request headers'), refused(400, 6003), 'has not the form'],
  ['an expired one', refused(401, 10000), { status: 'expired' }, 'has expired'],
  ['a disabled one', refused(403, 10000), { status: 'disabled' }, 'is not active'],
])('%s is told in one sentence', async (_, accounts, verify, sentence) => {
  const { observations, coverage, facts } = await read({
    '/accounts': accounts,
    '/user/tokens/verify': verify,
  });
  expect(facts).toEqual([]);
  expect(observations[0]?.refusal).toMatchObject({ sort: 'failed' });
  expect(observations[0]?.refusal?.why.en).toContain(sentence);
  expect(coverage).toMatchObject([{ state: 'failed' }]);
});

test('no token at all: what to give is said, and nothing is asked', async () => {
  const { observations, asked } = await read(oneAccount(), { environment: { CLOUDFLARE_API_TOKEN: '' } });
  expect(observations[0]?.refusal?.why.en).toContain('CLOUDFLARE_API_TOKEN');
  expect(asked).toEqual([]);
});

test('a product that is denied is partial, with the permission that it needs', async () => {
  const { observations, coverage } = await read(
    oneAccount({ [of('/d1/database')]: denied(), [ofZone('/settings')]: [], [ofZone('/dnssec')]: {} }),
    {},
    [],
    [d1, zones],
  );
  expect(
    observations[0]?.lookups.find(({ kind }) => kind === 'Cloudflare::D1::Database')?.refusal,
  ).toMatchObject({
    sort: 'denied',
    permission: 'D1 Read',
  });
  expect(coverage[0]).toMatchObject({ state: 'partial' });
  expect(coverage[0]?.reason?.en).toContain('D1 Read');
});

test('a key with its e-mail is taken as Wrangler takes it', async () => {
  let shown: unknown;
  await read(
    {
      ...oneAccount(),
      '/accounts': (_: URLSearchParams, headers: Record<string, unknown>) => {
        shown = [headers['x-auth-key'], headers['x-auth-email'], headers.authorization];
        return [];
      },
    },
    {
      environment: {
        CLOUDFLARE_API_TOKEN: '',
        CLOUDFLARE_API_KEY: 'k3y',
        CLOUDFLARE_EMAIL: 'ann@quay.example',
      },
    },
  );
  expect(shown).toEqual(['k3y', 'ann@quay.example', undefined]);
});

test('429 with retry-after is waited for and asked again', async () => {
  let times = 0;
  const { facts, coverage } = await read(
    oneAccount({
      [of('/d1/database')]: () => {
        times += 1;
        return times === 1 ? refused(429, 971, 'wait', { 'retry-after': '1' }) : [database('locks')];
      },
    }),
  );
  expect(facts).toHaveLength(1);
  expect(coverage[0]?.operations.find(({ name }) => name.includes('d1'))).toMatchObject({
    throttled: 1,
    failed: 0,
  });
});

test('a wait of more than the limit’s own window is not waited for', async () => {
  const { observations } = await read(
    oneAccount({ [of('/d1/database')]: refused(429, 971, 'wait', { 'retry-after': '3600' }) }),
  );
  expect(observations[0]?.lookups[0]?.refusal).toMatchObject({ sort: 'throttled' });
  expect(observations[0]?.lookups[0]?.refusal?.why.en).toContain('3600');
});

test('pages end with a short one where the count agrees, and with an empty one where none is given', async () => {
  const counted = (query: URLSearchParams) =>
    page(query.get('page') === '1' ? [database('a'), database('b')] : [], { total_count: 2 });
  const one = await read(oneAccount({ [of('/d1/database')]: counted }));
  expect(one.asked.filter((path) => path.includes('d1/database?'))).toHaveLength(1);
  await api?.stop();
  const capped = (query: URLSearchParams) => {
    const number = Number(query.get('page'));
    return page(number <= 3 ? [database(`db${number}`)] : [], { total_count: 3, per_page: 1 });
  };
  const three = await read(oneAccount({ [of('/d1/database')]: capped }));
  expect(three.facts.map(({ name }) => name)).toEqual(['db1', 'db2', 'db3']);
});

test('a server that repeats its page is no complete list', async () => {
  const { observations } = await read(
    oneAccount({ [of('/d1/database')]: page([database('a')], { total_count: 2_000 }) }),
  );
  expect(observations[0]?.lookups[0]?.refusal).toMatchObject({ sort: 'failed' });
});

test('answers that are not the API’s are failures, whatever their status', async () => {
  for (const reply of [
    new ApiReply({ raw: '<html>' }),
    new ApiReply({ status: 502, raw: 'bad gateway' }),
    new ApiReply({ status: 302, headers: { location: 'http://127.0.0.1:1/' }, raw: '' }),
  ]) {
    const { observations } = await read(oneAccount({ [of('/d1/database')]: reply }));
    expect(observations[0]?.lookups[0]?.refusal).toMatchObject({ sort: 'failed' });
    await api?.stop();
  }
});

test('with some zones asked for, nothing of another zone is called missing', async () => {
  const { observations } = await read(
    oneAccount({ [ofZone('/settings')]: [], [ofZone('/dnssec')]: {} }),
    { zones: ['other.example'] },
    [],
    [zones],
  );
  expect(observations[0]?.lookups[0]?.refusal?.why.en).toContain('other.example');
});

test('who changed a resource last is told by the audit log, by its id, and by the deployment of a script', async () => {
  api = await testApi(
    oneAccount({
      [of('/d1/database')]: [],
      [of('/audit_logs')]: [
        event('view', '0'.repeat(32), 'bob@quay.example'),
        {
          ...event('update', '0'.repeat(32), 'mallory@quay.example'),
          action: { type: 'update', result: false },
        },
        event('update', '0'.repeat(32), 'ann@quay.example'),
        event('create', '0'.repeat(32), 'eve@quay.example'),
        event('update', 'gate', 'zoe@quay.example', 'queue'),
      ],
    }),
  );
  const answers = await collectCloudflare({ environment: api.environment }, [], clock, undefined, [d1]);
  const zone = seen('Cloudflare::Zone', 'quay.example', { otherNames: ['0'.repeat(32)] });
  const script = seen('Cloudflare::Workers::Script', 'gate', {
    properties: { deployment: { at: '2026-11-20T08:00:00Z', by: 'dev@quay.example', source: 'wrangler' } },
  });
  const changes = await answers.lastChanges([zone, script]);
  expect(changes.get(zone.id)).toEqual({
    event: 'update',
    at: '2026-11-21T08:00:00Z',
    by: 'ann@quay.example',
  });
  expect(changes.get(script.id)).toEqual({
    event: 'deployment (wrangler)',
    at: '2026-11-20T08:00:00Z',
    by: 'dev@quay.example',
  });
  expect(api.asked.filter((path) => path.includes('audit_logs'))).toHaveLength(1);
});

test('an audit log that may not be read leaves the reading complete', async () => {
  const answers = await read(oneAccount({ [of('/d1/database')]: [], [of('/audit_logs')]: denied() }));
  expect(await answers.lastChanges([seen('Cloudflare::Zone', 'quay.example')])).toEqual(new Map());
  const [own] = answers.coverageNow();
  expect(own).toMatchObject({ state: 'complete' });
  expect(own?.operations.find(({ name }) => name.endsWith('audit_logs'))).toMatchObject({
    denied: 1,
    permission: 'Account Settings Read',
  });
});

import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { CloudflareAccount } from './api/estate.ts';
import { OPERATIONS, PERMISSIONS } from './api/operations.ts';
import { type CloudflareApi, type CloudflareApiOptions, startCloudflareApi } from './api.ts';

const EVERYTHING = path.join(import.meta.dirname, 'everything.yaml');

interface Envelope {
  success: boolean;
  errors: { code: number; message: string; error_chain?: { code: number }[] }[];
  result: unknown;
  result_info?: Record<string, unknown>;
}

let started: CloudflareApi[] = [];
afterEach(async () => {
  const running = started;
  started = [];
  await Promise.all(running.map((api) => api.stop()));
  expect(running.flatMap(({ statistics }) => statistics.errors)).toEqual([]);
});

async function start(
  estate: CloudflareAccount | string,
  options?: CloudflareApiOptions,
): Promise<CloudflareApi> {
  const api = await startCloudflareApi(estate, options);
  started.push(api);
  return api;
}

async function ask(api: CloudflareApi, what: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${api.url}${what}`, {
    headers: { authorization: `Bearer ${api.token}`, ...headers },
  });
  return { status: answer.status, headers: answer.headers, ...((await answer.json()) as Envelope) };
}

const codes = ({ status, errors }: Pick<Envelope, 'errors'> & { status: number }) => [
  status,
  ...errors.map(({ code }) => code),
];
const names = ({ result }: Envelope) => (result as { name: string }[]).map(({ name }) => name);

const zones = (count: number): CloudflareAccount => ({
  name: 'Many zones',
  zones: Array.from({ length: count }, (_, index) => ({ name: `zone-${index}.example` })),
});

describe('pages', () => {
  test('a list comes a page at a time, and past its end is an empty page', async () => {
    const api = await start(zones(53));
    const first = await ask(api, '/zones');
    expect(first.result_info).toEqual({ page: 1, per_page: 20, count: 20, total_count: 53, total_pages: 3 });
    expect(names(await ask(api, '/zones?page=3'))).toHaveLength(13);
    expect(names(await ask(api, '/zones?page=4'))).toEqual([]);
    // no more than fifty at once, whatever was asked for
    expect(names(await ask(api, '/zones?per_page=500'))).toHaveLength(50);
  });

  test('Pages refuses what Zones makes less', async () => {
    const api = await start(EVERYTHING);
    expect(codes(await ask(api, `/accounts/${api.account}/pages/projects?per_page=50`))).toEqual([
      400, 8000024,
    ]);
  });

  test('buckets come by cursor, those of a jurisdiction alone', async () => {
    const r2 = Array.from({ length: 45 }, (_, index) => ({ name: `bucket-${index}` }));
    const api = await start({ name: 'Many buckets', r2: [...r2, { name: 'of-europe', jurisdiction: 'eu' }] });
    const buckets = `/accounts/${api.account}/r2/buckets`;
    const counts = [];
    let cursor: unknown;
    do {
      const page = await ask(api, `${buckets}${cursor ? `?cursor=${cursor}` : ''}`);
      counts.push((page.result as { buckets: object[] }).buckets.length);
      cursor = page.result_info?.cursor;
    } while (cursor);
    expect(counts).toEqual([20, 20, 5]);
    const european = await ask(api, buckets, { 'cf-r2-jurisdiction': 'eu' });
    expect(european.result).toMatchObject({ buckets: [{ name: 'of-europe' }] });
  });
});

describe('who asks', () => {
  test.each([
    [{ authorization: '' }, [400, 6003]],
    [{ authorization: 'Bearer short' }, [400, 6003]],
    [{ authorization: `Bearer ${'x'.repeat(40)}` }, [403, 9109]],
  ])('%j', async (headers, expected) => {
    const api = await start(EVERYTHING);
    expect(codes(await ask(api, '/zones', headers))).toEqual(expected);
  });

  test('nobody', async () => {
    const api = await start(EVERYTHING);
    const answer = await fetch(`${api.url}/zones`);
    expect([answer.status, ((await answer.json()) as Envelope).errors[0]?.code]).toEqual([400, 9106]);
  });

  test('a token is asked whether it is one', async () => {
    const api = await start(EVERYTHING);
    const other = { authorization: `Bearer ${'x'.repeat(40)}` };
    expect((await ask(api, '/user/tokens/verify')).result).toMatchObject({ status: 'active' });
    expect(codes(await ask(api, '/user/tokens/verify', other))).toEqual([401, 1000]);
  });

  test('a token whose time is over is told so, and nothing else', async () => {
    const api = await start({ name: 'Late', auditor: { expires_on: '1 day ago' } });
    expect((await ask(api, '/user/tokens/verify')).result).toMatchObject({ status: 'expired' });
    expect(codes(await ask(api, `/accounts/${api.account}/queues`))).toEqual([401, 10000]);
  });

  test('what belongs to another account is not ours to see', async () => {
    const api = await start(EVERYTHING);
    const other = '0'.repeat(32);
    expect(codes(await ask(api, `/accounts/${other}/queues`))).toEqual([403, 9109]);
    expect(codes(await ask(api, `/zones/${other}`))).toEqual([403, 9109]);
    expect(codes(await ask(api, '/zones/everything.example'))).toEqual([404, 7003]);
  });

  test('a token of one zone sees that zone alone', async () => {
    const api = await start({ ...zones(3), auditor: { zones: ['zone-1.example'] } });
    expect(names(await ask(api, '/zones'))).toEqual(['zone-1.example']);
  });

  test('without an account permission the list of accounts is empty', async () => {
    const api = await start(EVERYTHING, { permissions: ['Zone Read'] });
    expect((await ask(api, '/accounts')).result).toEqual([]);
  });
});

/** A path of the operation: whatever it stands for is refused before it is looked for. */
function pathOf(api: CloudflareApi, zone: string, operation: string): string {
  return operation
    .replace('{account_id}', api.account)
    .replace('{zone_id}', zone)
    .replaceAll(/\{\w+\}/g, 'any');
}

describe('permissions', () => {
  test('every operation is refused to a token that has all but its permission', async () => {
    const all = await start(EVERYTHING);
    const [zone] = (await ask(all, '/zones')).result as { id: string }[];
    const opened: string[] = [];
    for (const { name, path: route, needs } of OPERATIONS.filter((one) => one.needs.length > 0)) {
      const without = await start(EVERYTHING, {
        permissions: PERMISSIONS.filter((permission) => !needs.includes(permission)),
      });
      const answer = await ask(without, pathOf(without, zone?.id ?? '', route));
      if (codes(answer).join() !== '403,10000') opened.push(name);
    }
    expect(opened).toEqual([]);
  });

  test('every operation is open to a token that has it alone', async () => {
    const all = await start(EVERYTHING);
    const [zone] = (await ask(all, '/zones')).result as { id: string }[];
    const refused: string[] = [];
    for (const { name, path: route, needs } of OPERATIONS.filter((one) => one.needs.length > 0)) {
      const alone = await start(EVERYTHING, { permissions: needs.slice(0, 1) });
      const answer = await ask(alone, pathOf(alone, zone?.id ?? '', route));
      if (answer.status === 401 || answer.status === 403) refused.push(name);
    }
    expect(refused).toEqual([]);
  });

  test('to write includes to read', async () => {
    const api = await start(EVERYTHING, { permissions: ['D1 Edit'] });
    expect(names(await ask(api, `/accounts/${api.account}/d1/database`))).toEqual(['shop', 'shop-staging']);
  });

  test('zones are refused in words of their own', async () => {
    const api = await start(EVERYTHING, { permissions: ['D1 Read'] });
    const answer = await ask(api, '/zones');
    expect(codes(answer)).toEqual([403, 0]);
    expect(answer.errors[0]?.message).toContain('com.cloudflare.api.account.zone.list');
  });
});

test.each([
  ['workers/scripts/nobody/settings', [404, 10007]],
  ['d1/database/nobody', [404, 7404]],
  ['r2/buckets/nobody', [404, 10006]],
  ['pages/projects/nobody', [404, 8000007]],
  ['rulesets/phases/http_ratelimit/entrypoint', [404, 10003]],
  ['nothing/of/that', [404, 7003]],
])('%s is not there', async (what, expected) => {
  const api = await start(EVERYTHING);
  expect(codes(await ask(api, `/accounts/${api.account}/${what}`))).toEqual(expected);
});

test('a product that was never switched on is no empty list', async () => {
  const api = await start({ name: 'New' });
  expect(codes(await ask(api, `/accounts/${api.account}/r2/buckets`))).toEqual([403, 10042]);
  expect(codes(await ask(api, `/accounts/${api.account}/access/apps`))).toEqual([403, 9999]);
});

describe('the limit', () => {
  test('is 1,200 requests in five minutes that slide, and says when to come back', async () => {
    let seconds = 0;
    const api = await start(EVERYTHING, { clock: () => new Date(seconds * 1000) });
    for (let call = 0; call < 1200; call += 1) {
      const { status } = await ask(api, '/user/tokens/verify');
      if (status !== 200) throw new Error(`call ${call} was answered ${status}`);
      if (call === 599) seconds = 100;
    }
    seconds = 120;
    const throttled = await ask(api, '/user/tokens/verify');
    expect(codes(throttled)).toEqual([429, 971]);
    expect(throttled.headers.get('retry-after')).toBe('180');
    expect(throttled.headers.get('ratelimit')).toBe('"default";r=0;t=180');
    expect(throttled.headers.get('ratelimit-policy')).toBe('"default";q=1200;w=300');
    // the six hundred of the beginning are over, those of 100 s are not
    seconds = 301;
    expect((await ask(api, '/user/tokens/verify')).headers.get('ratelimit')).toBe('"default";r=599;t=99');
    expect(api.statistics.total).toMatchObject({ calls: 1202, throttled: 1, perWindow: 1200 });
  });
});

describe('faults', () => {
  const buckets = (api: CloudflareApi) => `/accounts/${api.account}/r2/buckets`;

  test('an operation is denied, throttled, broken or answered otherwise', async () => {
    const api = await start(EVERYTHING);
    api.when('r2.buckets.*', { kind: 'deny' });
    expect(codes(await ask(api, buckets(api)))).toEqual([403, 10000]);
    api.when('/accounts/{account_id}/r2/buckets', { kind: 'throttle', retryAfter: 7 }, { times: 1 });
    const throttled = await ask(api, buckets(api));
    expect([...codes(throttled), throttled.headers.get('retry-after')]).toEqual([429, 971, '7']);
    api.when('r2.buckets.list', { kind: 'status', status: 500 });
    expect(codes(await ask(api, buckets(api)))).toEqual([500, 10001]);
    api.when('r2.buckets.list', {
      kind: 'patch',
      patch: (envelope: Envelope) => ({ ...envelope, result: 7 }),
    });
    expect((await ask(api, buckets(api))).result).toBe(7);
    api.when('r2.buckets.list', { kind: 'answer', body: { success: true, result: {} }, status: 200 });
    expect((await ask(api, buckets(api))).result).toEqual({});
    expect(api.statistics.operations['r2.buckets.list']).toMatchObject({
      calls: 5,
      denied: 1,
      throttled: 1,
      faults: 3,
    });
    api.clear();
    expect((await ask(api, buckets(api))).success).toBe(true);
    expect(api.statistics.total).toMatchObject({ calls: 1, distinct: 1 });
  });

  test('a fault of one script leaves the others', async () => {
    const api = await start(EVERYTHING);
    api.when('workers.scripts.*', { kind: 'deny' }, { where: ({ at }) => at.script_name === 'shop-api' });
    const secrets = (script: string) =>
      ask(api, `/accounts/${api.account}/workers/scripts/${script}/secrets`);
    expect((await secrets('shop-api')).status).toBe(403);
    expect((await secrets('shop-mail')).status).toBe(200);
  });

  test.each(['reset', 'truncate', 'garble'] as const)('%s is no answer', async (kind) => {
    const api = await start(EVERYTHING);
    api.when('zones.list', { kind });
    await expect(ask(api, '/zones')).rejects.toThrow();
    expect(api.statistics.total.faults).toBe(1);
  });

  test('a time-out ends when the client goes', async () => {
    const api = await start(EVERYTHING);
    api.when('zones.list', { kind: 'timeout' });
    const authorization = `Bearer ${api.token}`;
    const gone = fetch(`${api.url}/zones`, { headers: { authorization }, signal: AbortSignal.timeout(50) });
    await expect(gone).rejects.toThrow();
  });

  test('a page that is cut off leads to one that fails', async () => {
    const api = await start(EVERYTHING);
    api.when('*.list', { kind: 'cut-page' });
    const first = await ask(api, '/zones');
    expect(first.result_info).toMatchObject({ count: 2, total_pages: 2 });
    expect((await ask(api, '/zones?page=2')).status).toBe(500);
    const { result_info: info } = await ask(api, buckets(api));
    expect((await ask(api, `${buckets(api)}?cursor=${info?.cursor}`)).status).toBe(500);
    const queues = `/accounts/${api.account}/workers/scripts`;
    expect((await ask(api, queues)).result_info).toBeUndefined();
  });
});

test('the same estate has the same ids in every run, and other accounts have others', async () => {
  const ids = async (estate: CloudflareAccount) => {
    const api = await start(estate);
    const list = await ask(api, `/accounts/${api.account}/d1/database`);
    return (list.result as { uuid: string }[]).map(({ uuid }) => uuid);
  };
  const d1 = [{ name: 'shop' }];
  expect(await ids({ name: 'One', d1 })).toEqual(await ids({ name: 'One', d1 }));
  expect(await ids({ name: 'One', d1 })).not.toEqual(await ids({ name: 'Two', d1 }));
});

test('no answer holds the value of a secret', async () => {
  const api = await start(EVERYTHING);
  const settings = await ask(api, `/accounts/${api.account}/workers/scripts/shop-api/settings`);
  const bound = (settings.result as { bindings: object[] }).bindings;
  expect(bound).toContainEqual({ name: 'PAYMENT_KEY', type: 'secret_text' });
});

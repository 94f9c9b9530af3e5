import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copyOf } from '../support/audit-folder.ts';
import { type CloudflareApi, startCloudflareApi } from './api.ts';
import { accessTo, audited, filesIn } from './command.ts';
import { EVERYTHING } from './everything.ts';
import { REPOSITORY } from './matrix/estate.ts';

/** Members in which answers hold a value that is nobody's business, or may by mistake. */
const MEMBERS = [
  'text',
  'value',
  'secret',
  'secret_text',
  'key_base64',
  'key_jwk',
  'password',
  'user',
  'access_client_id',
  'access_client_secret',
  'client_secret',
  'token',
  'tunnel_token',
  'tunnel_secret',
  'credentials_file',
  'api_token',
  'private_key',
  'pem',
  'key',
  'json',
  'service_token',
  'ownership_challenge',
  'destination_conf',
  'content',
  'idp_secret',
  'jwks',
  'webhook_secret',
  'connection_string',
];
/** No mask of tokens knows their form: only what is not told does not show. */
const CANARY = 'kanarienvogel';
let canaries = 0;
const canary = () => `${CANARY}-${++canaries}`;

type Node = Record<string, unknown>;

/** Every object of an answer with a value in each member that may hold one. */
function poisoned(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(poisoned);
  if (typeof node !== 'object' || node === null) return node;
  const own: Node = {
    ...Object.fromEntries(MEMBERS.map((name) => [name, canary()])),
    ...Object.fromEntries(Object.entries(node).map(([name, one]) => [name, poisoned(one)])),
  };
  if (own.type === 'secret_text') own.value = own.text = canary();
  if (own.type === 'plain_text' || own.type === 'json') own.text = own.json = own.value = canary();
  if (own.type === 'TXT') own.content = `"site-verification=${canary()}"`;
  if ('origin' in own) own.origin = { ...(own.origin as Node), password: canary(), user: canary() };
  if ('expression' in own) own.expression = `http.request.headers["x-pass"][0] eq "${canary()}"`;
  return own;
}

let api: CloudflareApi;
beforeAll(async () => {
  api = await startCloudflareApi(EVERYTHING);
});
beforeEach(() => api.clear());
afterAll(() => api.stop());

/** Everything that an audit leaves behind. */
async function left(): Promise<{ code: number; told: string }> {
  const root = copyOf(REPOSITORY);
  const { code, out, err } = await audited(accessTo(api), root);
  expect(api.statistics.errors).toEqual([]);
  return { code, told: [out, err, ...filesIn(root)].join('\n') };
}

const shown = (told: string, word: string) =>
  [...told.matchAll(new RegExp(`.{0,80}${word}.{0,40}`, 'g'))].map(([around]) => around).slice(0, 8);

describe('an audit with --cloudflare', () => {
  test('sends nothing but GET, nothing twice, and no body', async () => {
    await left();
    expect(new Set(api.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(api.requests.filter(({ headers }) => 'content-length' in headers)).toEqual([]);
    expect(api.statistics.total).toMatchObject({ duplicates: 0, missing: 0, denied: 0, refused: 0 });
    expect(
      api.requests.filter(({ path }) => /\/values\/|\/secrets?\b|\/query|\/raw|\/token$/.test(path)),
    ).toEqual([]);
  });

  test('shows no value that an answer holds, in whatever member it stands', async () => {
    canaries = 0;
    api.when('*', {
      kind: 'patch',
      patch: (envelope: Node) => ({ ...envelope, result: poisoned(envelope.result) }),
    });
    const { code, told } = await left();
    expect(canaries).toBeGreaterThan(1_000);
    expect(code).toBe(0);
    expect(shown(told, CANARY)).toEqual([]);
    expect(told).toContain('shop-media');
  });

  test('does not show its own token, nor what an error repeats', async () => {
    const { account, token } = api;
    const said = `${CANARY} ${token} of ${account}`;
    const error = {
      success: false,
      errors: [{ code: 1_400, message: said }],
      messages: [said],
      result: null,
    };
    api.when('*/d1/database', { kind: 'answer', status: 400, body: error });
    api.when('*/queues', { kind: 'answer', status: 403, body: error });
    api.when('*/storage/kv/namespaces', { kind: 'answer', status: 403, body: `<p>${said}</p>` });
    api.when('*/dns_records', { kind: 'answer', status: 200, body: `{"result": "${said}` });
    const { code, told } = await left();
    expect(code).toBe(3);
    expect([...shown(told, CANARY), ...shown(told, token)]).toEqual([]);
  });

  test('masks what looks like a token in what people write beside a deployment, a rule or a tag', async () => {
    const written = `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`;
    api.when('*', {
      kind: 'patch',
      patch: (envelope: Node) =>
        JSON.parse(
          JSON.stringify(envelope, (name, one) =>
            name === 'annotations'
              ? { 'workers/message': `with ${written}`, 'workers/tag': written }
              : name === 'description' && typeof one === 'string'
                ? `${one} ${written}`
                : one,
          ),
        ),
    });
    const { told } = await left();
    expect(shown(told, written)).toEqual([]);
  });
});

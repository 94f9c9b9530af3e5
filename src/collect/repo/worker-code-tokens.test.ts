import { describe, expect, test } from 'vitest';
import type { WranglerConfig } from '#model/wrangler.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { workersOf } from './worker-code.ts';

const config: WranglerConfig = {
  file: 'wrangler.toml',
  isPages: false,
  main: { path: 'src/index.ts', line: 2, exists: true },
  migrations: [],
  environments: [],
};
const workerOf = (files: Record<string, string>) => {
  const [worker] = workersOf(memoryTree(files), { wranglerConfigs: 'src/index.ts' in files ? [config] : [] });
  if (!worker) throw new Error('no Worker was read');
  return worker;
};
const tokens = (text: string) => workerOf({ 'src/index.ts': text }).tokens;
const token = (text: string) => tokens(text)[0];
const bearer = "const token = request.headers.get('Authorization')?.replace('Bearer ', '') ?? '';";

/** Written by hand, as many Workers behind Access do. */
const ACCESS = `
const CERTS = (team) => \`https://\${team}.cloudflareaccess.com/cdn-cgi/access/certs\`;
let cached = { keys: [], at: 0 };
const CACHE_TTL = 60 * 60 * 1000;
async function keysOf(team) {
  if (cached.keys.length > 0 && Date.now() - cached.at < CACHE_TTL) return cached.keys;
  const { keys } = await (await fetch(CERTS(team))).json();
  cached = { keys, at: Date.now() };
  return keys;
}
export async function verify(request, env) {
  const jwt = request.headers.get('Cf-Access-Jwt-Assertion');
  const [header, payload, signature] = jwt.split('.');
  const { kid } = JSON.parse(atob(header));
  const jwk = (await keysOf(env.TEAM)).find((one) => one.kid === kid);
  const key = await crypto.subtle.importKey('jwk', jwk, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['verify']);
  if (!(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bytes(signature), bytes(header + '.' + payload)))) return null;
  const claims = JSON.parse(atob(payload));
  if (claims.exp < Date.now() / 1000) return null;
  if (!claims.aud.includes(env.ACCESS_AUD)) return null;
  return claims;
}
export default { fetch: async (request, env) => Response.json(await verify(request, env)) };
`;

describe('a token that is verified', () => {
  test('by Web Crypto: the algorithm, each claim, and how long keys are kept', () => {
    const { tokens: found, access } = workerOf({ 'src/index.ts': ACCESS });
    expect(found).toEqual([
      {
        at: { source: 'repo', file: 'src/index.ts', line: 17 },
        signature: 'yes',
        algorithms: ['RS256'],
        issuer: 'no',
        audience: 'yes',
        expiry: 'yes',
        keyCache: 'yes',
        cacheSeconds: 3600,
      },
    ]);
    expect(access.map(({ line }) => line)).toEqual([12]);
  });

  test('a claim that is only shown is not checked', () => {
    expect(
      token(
        ACCESS.replace('if (!claims.aud.includes(env.ACCESS_AUD)) return null;', 'console.log(claims.aud);'),
      ),
    ).toMatchObject({ audience: 'no' });
  });

  test('keys that are fetched each time are not kept', () => {
    const text = ACCESS.replace('cached = { keys, at: Date.now() };', '').replace(/if \(cached.*\n/, '');
    expect(token(text)).toMatchObject({ keyCache: 'no' });
  });

  test.each([
    ['in a variable of the module', 'const JWKS = createRemoteJWKSet(new URL(U));', 'JWKS', 'yes'],
    ['in the request', '', 'createRemoteJWKSet(new URL(U))', 'no'],
    [
      'in a map',
      'const sets = new Map(); function set(u) { if (!sets.has(u)) sets.set(u, createRemoteJWKSet(u)); return sets.get(u) }',
      'set(U)',
      'yes',
    ],
    [
      'once it is needed',
      'let set; function of(u) { set ??= createRemoteJWKSet(u); return set }',
      'of(U)',
      'yes',
    ],
  ])('jose, with a set of keys that is made %s', (_name, before, set, keyCache) => {
    expect(
      token(`import { jwtVerify, createRemoteJWKSet } from 'jose';
${before}
export default { async fetch(request, env) {
  ${bearer}
  const { payload } = await jwtVerify(token, ${set}, { issuer: env.ISS, algorithms: ['RS256', 'ES256'] });
  return Response.json(payload);
} }`),
    ).toMatchObject({
      signature: 'yes',
      algorithms: ['RS256', 'ES256'],
      issuer: 'yes',
      audience: 'no',
      expiry: 'yes',
      keyCache,
    });
  });

  test.each([
    [
      'hono/jwt',
      "import { verify } from 'hono/jwt'; const f = async (t, env) => await verify(t, env.SECRET, { alg: 'HS256', aud: 'x' })",
      { algorithms: ['HS256'], audience: 'yes', issuer: 'no' },
    ],
    [
      'hono/jwt as a middleware',
      "import { jwt } from 'hono/jwt'; app.use('/api/*', jwt({ secret: 's', alg: 'HS512', verification: { iss: 'me' } }))",
      { algorithms: ['HS512'], issuer: 'yes', audience: 'no' },
    ],
    [
      'jsonwebtoken',
      "import jwt from 'jsonwebtoken'; const f = (t, env) => jwt.verify(t, env.KEY, { algorithms: ['RS256'], audience: env.AUD })",
      { algorithms: ['RS256'], audience: 'yes', issuer: 'no' },
    ],
    [
      '@tsndr/cloudflare-worker-jwt',
      "import * as jwt from '@tsndr/cloudflare-worker-jwt'; const f = async (t, env) => { if (await jwt.verify(t, env.KEY)) return jwt.decode(t) }",
      { algorithms: ['HS256'], signature: 'yes' },
    ],
    [
      'a package that is required',
      "const jwt = require('@tsndr/cloudflare-worker-jwt'); const f = async (t, env) => await jwt.verify(t, env.KEY, 'RS256')",
      { algorithms: ['RS256'] },
    ],
    [
      'options that are not known',
      "import { jwtVerify } from 'jose'; import { options } from './gone'; const f = async (t, k) => await jwtVerify(t, k, options)",
      { issuer: 'unknown', audience: 'unknown' },
    ],
    [
      'options that are a constant',
      "import { jwtVerify } from 'jose'; const options = { audience: 'a', issuer: 'b' }; const f = async (t, k) => await jwtVerify(t, k, options)",
      { issuer: 'yes', audience: 'yes' },
    ],
    [
      'a claim that another module looks at',
      "import { jwtVerify } from 'jose'; import { of } from './of'; const f = async (t, k) => await jwtVerify(t, k)",
      { audience: 'unknown', issuer: 'no' },
    ],
  ])('%s', (_name, text, expected) => {
    const { tokens: found } = workerOf({
      'src/index.ts': text,
      'src/of.ts': 'export const of = (claims, env) => claims.aud === env.AUD',
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ signature: 'yes', ...expected });
  });

  test('what another package calls verify is none', () => {
    expect(
      tokens(
        "import jwt from '@tsndr/cloudflare-worker-jwt'; import { secp256k1 } from '@noble/curves'; const f = () => secp256k1.verify(s, d, k)",
      ),
    ).toEqual([]);
    expect(tokens("const ok = async (body, s) => await crypto.subtle.verify('HMAC', key, s, body)")).toEqual(
      [],
    );
  });
});

describe('a token that is not verified', () => {
  const handler = (body: string, before = '') =>
    `${before}\nexport default { async fetch(request, env) {\n${bearer}\n${body}\nreturn Response.json(claims); } }`;

  test.each([
    ['by hand', handler("const claims = JSON.parse(atob(token.split('.')[1]));")],
    [
      'in several steps, in a function of its own',
      handler(
        'const claims = read(token);',
        "function read(jwt) { const [, payload] = jwt.split('.'); const text = atob(payload.replace(/-/g, '+')); return JSON.parse(text); }",
      ),
    ],
    ['by jose', handler('const claims = decodeJwt(token);', "import { decodeJwt } from 'jose';")],
    ['by jwt-decode', handler('const claims = jwtDecode(token);', "import { jwtDecode } from 'jwt-decode';")],
    [
      'from a cookie',
      "import { getCookie } from 'hono/cookie'; import { decode } from 'hono/jwt'; app.get('/', (c) => c.json(decode(getCookie(c, 'session')).payload))",
    ],
    [
      'through a function that gives it',
      "import { decode } from '@tsndr/cloudflare-worker-jwt'; const of = (request) => request.headers.get('authorization').slice(7); export default { fetch: (request) => Response.json(decode(of(request))) }",
    ],
  ])('%s', (_name, text) => {
    expect(tokens(text)).toMatchObject([{ signature: 'no' }]);
  });

  test.each([
    [
      'a promise taken for its answer',
      "import jwt from '@tsndr/cloudflare-worker-jwt'; const f = (t, env) => { if (!jwt.verify(t, env.KEY)) throw 1; return jwt.decode(t) }",
    ],
    [
      'an answer that is dropped',
      "import jwt from '@tsndr/cloudflare-worker-jwt'; const f = async (t, env) => { await jwt.verify(t, env.KEY); return jwt.decode(t) }",
    ],
    [
      'a promise that nobody waits for',
      "import { jwtVerify } from 'jose'; const f = async (t, k) => { jwtVerify(t, k, {}); }",
    ],
  ])('%s', (_name, text) => {
    expect(token(text)).toMatchObject({ signature: 'no' });
  });

  test.each([
    [
      'a check that throws',
      "import { jwtVerify } from 'jose'; const f = async (t, k) => { await jwtVerify(t, k, {}); }",
    ],
    [
      'one that was told to throw',
      "import jwt from '@tsndr/cloudflare-worker-jwt'; const f = async (t, env) => { await jwt.verify(t, env.KEY, { throwError: true }) }",
    ],
    ['one that is given back', "import { jwtVerify } from 'jose'; const f = (t, k) => jwtVerify(t, k, {})"],
  ])('%s is a check', (_name, text) => {
    expect(token(text)).toMatchObject({ signature: 'yes' });
  });

  test('a token that the Worker asked for by itself is no request’s', () => {
    expect(
      tokens(
        "import { decodeJwt } from 'jose'; const f = async (u) => { const { id_token } = await (await fetch(u)).json(); return decodeJwt(id_token) }",
      ),
    ).toEqual([]);
  });

  test('where a module is not there, or a middleware may check, nobody knows', () => {
    const decoded = handler("const claims = JSON.parse(atob(token.split('.')[1]));");
    expect(token(`import './gone';\n${decoded}`)).toMatchObject({ signature: 'unknown' });
    expect(
      tokens(
        "import { decode, verify } from 'hono/jwt'; app.use(async (c, next) => { await verify(c.req.header('Authorization'), c.env.KEY, 'HS256'); await next() });\napp.get('/', (c) => c.json(decode(c.req.header('Authorization'))))",
      ).map(({ signature }) => signature),
    ).toEqual(['yes', 'unknown']);
  });

  test('one that is verified elsewhere does not answer for one that is not', () => {
    const { tokens: found } = workerOf({
      'functions/a.ts':
        "import jwt from '@tsndr/cloudflare-worker-jwt';\nexport const onRequestGet = async ({ request, env }) => { const t = request.headers.get('authorization'); if (!(await jwt.verify(t, env.KEY))) return new Response('', { status: 401 }); return Response.json(jwt.decode(t)); }",
      'functions/b.ts':
        "import jwt from '@tsndr/cloudflare-worker-jwt';\nexport const onRequestGet = async ({ request }) => Response.json(jwt.decode(request.headers.get('authorization')));",
    });
    expect(found.map(({ at, signature }) => [at.file, signature])).toEqual([
      ['functions/a.ts', 'yes'],
      ['functions/b.ts', 'no'],
    ]);
  });
});

describe('where a token of Access is read', () => {
  const access = (text: string) => workerOf({ 'src/index.ts': text }).access.length;
  test.each([
    ["const f = (request) => request.headers.get('Cf-Access-Jwt-Assertion')", 1],
    ["const H = 'cf-access-jwt-assertion'; const f = (c) => c.req.header(H)", 1],
    ["import { getCookie } from 'hono/cookie'; const f = (c) => getCookie(c, 'CF_Authorization')", 1],
    ["const f = (cookies) => cookies['CF_Authorization']", 1],
    ['const f = (text) => text.match(/CF_Authorization=([^;]+)/)', 1],
    ['const f = (jwt) => fetch(u, { headers: { Cookie: `CF_Authorization=${jwt}` } })', 0],
    ["const f = () => { throw new Error('no cf-access-jwt-assertion header') }", 0],
  ])('%s', (text, count) => expect(access(text)).toBe(count));
});

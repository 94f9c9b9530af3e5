import { describe, expect, test } from 'vitest';
import type { WranglerConfig } from '#model/wrangler.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { workersOf } from './worker-code.ts';

const config = (main: string): WranglerConfig => ({
  file: 'wrangler.toml',
  isPages: false,
  main: { path: main, line: 2, exists: true },
  migrations: [],
  environments: [],
});
const worker = (files: Record<string, string>, main = 'src/index.ts') => {
  const [only] = workersOf(memoryTree(files), { wranglerConfigs: [config(main)] });
  if (!only) throw new Error('no Worker was read');
  return only;
};
const of = (text: string) => worker({ 'src/index.ts': text });
const reads = (text: string) =>
  of(text).reads.map(({ name, isOptional }) => `${name}${isOptional ? '?' : ''}`);
const blind = (text: string) => of(text).blindSpots.map(({ what }) => what);

describe('what a Worker reads of its environment', () => {
  test.each([
    [
      'the module syntax',
      'export default { fetch(request, env) { return env.DB.prepare(env["SQL"]); } }',
      ['DB', 'SQL'],
    ],
    [
      'a class',
      'export class Lock { constructor(s, env) { this.env = env } fetch() { return this.env.KEYS.get("a") } }',
      ['KEYS'],
    ],
    ['a framework', 'app.get("/", (c) => c.text(c.env.GREETING))', ['GREETING']],
    ['a pattern', 'export default { fetch(r, env) { const { DB, MODE = "x" } = env; } }', ['DB', 'MODE?']],
    ['a pattern in Pages', 'export const onRequest = ({ request, env: { DB } }) => DB.all()', ['DB']],
    ['an import', "import { env } from 'cloudflare:workers';\nexport const a = env.TOKEN", ['TOKEN']],
    ['a typed parameter of another name', 'export function f(bindings: Env) { return bindings.DB }', ['DB']],
    ['a variable', 'const f = (context) => { const e = context.env; return e.DB }', ['DB']],
    [
      'what is optional',
      'export default { fetch(r, env) { if (env.A) return env.B ?? env.C?.get(); return !env.D } }',
      ['A?', 'B?', 'C?', 'D?'],
    ],
    [
      'neither a type, nor a write, nor the process',
      'interface Env { A: string }\nexport default { fetch(r, env) { env.B = 1; return process.env.C } }',
      [],
    ],
  ])('%s', (_name, text, names) => {
    expect(reads(text)).toEqual(names);
  });

  test.each([
    [
      'behind a type',
      'export default { f(r, env) { (env as Env).DB.prepare(""); const { A } = env as B; env!.C } }',
      ['DB', 'A', 'C'],
    ],
    [
      'a private property',
      'class A { #env; constructor(env) { this.#env = env } f() { return this.#env.DB } }',
      ['DB'],
    ],
    [
      'another name',
      'let kept;\nexport default { f(r, env) { kept = env; const e = env; e.A; } }\nfunction g() { return kept.B }',
      ['A', 'B'],
    ],
    ['any holder', 'const f = (deps) => deps.cloudflare.env.DB', ['DB']],
    [
      'Hono’s adapter',
      "import { env } from 'hono/adapter';\nconst { A } = env<{ A: string }>(c); env(c).B",
      ['A', 'B'],
    ],
    ['a switch', "g = (env) => { f(env.D !== '1'); Boolean(env.C); f(env.E === token) }", ['D?', 'C?', 'E']],
    [
      'several conditions',
      'g = (env) => { if (env.A || env.B) return env.C || env.D }',
      ['A?', 'B?', 'C?', 'D'],
    ],
    ['a process', 'const { env } = process; env.A; process.env.C', []],
    ['a build', 'import.meta.env.B', []],
    ['the name of one', "f = (env: 'a' | 'b') => env.D", []],
    ['a handler that takes it apart', 'export default { fetch(request, { DB }) { DB.all() } }', ['DB']],
    ['what the code puts there', 'g = (env) => { env.SQL = connect(env.URL); env.SQL.end() }', ['URL']],
    ['another `fetch`', 'const keys = { fetch(issuer, { now }) { return now } }', []],
    ['a text', 'g = (env) => env.trim()', []],
  ])('%s', (_name, text, names) => {
    expect(reads(text)).toEqual(names);
  });

  test('what is used as no text can be is a binding', () => {
    const used = (text: string) => of(text).reads.map(({ name, isBinding }) => [name, isBinding ?? false]);
    expect(
      used('g = (env) => { env.DB.prepare(s); (env.KV as KVNamespace).get(k); env.KEY.trim(); f(env.X) }'),
    ).toEqual([
      ['DB', true],
      ['KV', true],
      ['KEY', false],
      ['X', false],
    ]);
  });

  test('with the line of each, in the module that reads it', () => {
    const { reads: all, files } = worker({
      'src/index.ts': "import { a } from './lib/a';\nexport default { fetch: (r, env) => a(env) }",
      'src/lib/a.ts': 'export function a(env: Env) {\n  return env.DB;\n}',
    });
    expect(files).toEqual(['src/index.ts', 'src/lib/a.ts']);
    expect(all).toEqual([{ name: 'DB', at: { source: 'repo', file: 'src/lib/a.ts', line: 2 } }]);
  });

  test('where the environment goes out of sight, it is told', () => {
    expect(
      blind("import { make } from 'elsewhere';\nexport default { fetch: (r, env) => make(env) }"),
    ).toEqual(['environment-passed-on']);
    expect(blind('export default { fetch: (r, env) => ({ ...env }) }')).toEqual(['environment-passed-on']);
    expect(blind('export default { fetch: (r, env) => env[r.url] }')).toEqual(['environment-passed-on']);
    // a function that knows it by a name that is not followed
    expect(blind('function f(x) { return x.DB }\nexport default { fetch: (r, env) => f(env) }')).toEqual([
      'environment-passed-on',
    ]);
    expect(blind('function f(env) { return env.DB }\nexport default { fetch: (r, env) => f(env) }')).toEqual(
      [],
    );
    expect(blind('export default { fetch: (r, env) => app.fetch(r, env) }')).toEqual([]);
    expect(blind('const all = { store: (env) => env }')).toEqual(['environment-passed-on']);
    expect(blind('export class A extends B { constructor(c, env) { super(c, env) } }')).toEqual([]);
  });
});

describe('modules', () => {
  test('what is not there or not readable is a blind spot, and costs no more', () => {
    const { blindSpots, files } = worker({
      'src/index.ts':
        "import './gone';\nimport './broken';\nimport { Hono } from 'hono';\nimport sql from './a.sql';",
      'src/broken.ts': 'export const = ;;; }{',
      'src/a.sql': 'select 1',
    });
    expect(files[0]).toBe('src/index.ts');
    expect(blindSpots.map(({ what, at }) => `${what} ${at.file}:${at.line}`).sort()).toEqual([
      'framework src/index.ts:3',
      'module-not-found src/index.ts:1',
      'module-unreadable src/broken.ts:1',
    ]);
  });

  test('packages of the repository and paths of TypeScript are followed', () => {
    const { files } = worker({
      'src/index.ts': "import { a } from '@quay/shared';\nimport { b } from '@/b';",
      'packages/shared/package.json': '{"name": "@quay/shared"}',
      'packages/shared/src/index.ts': 'export const a = 1',
      'src/b.ts': 'export const b = 1',
    });
    expect(files).toEqual(['src/index.ts', 'packages/shared/src/index.ts', 'src/b.ts']);
  });

  test('the index at the root', () => {
    const { files, blindSpots } = worker({
      'src/index.ts': "import { a } from '..';",
      'index.ts': 'export const a = 1',
    });
    expect(files).toEqual(['src/index.ts', 'index.ts']);
    expect(blindSpots).toEqual([]);
  });

  test('code that is nested without end is not followed, and nothing breaks', () => {
    const deep = `export default ${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const { blindSpots } = worker({ 'src/index.ts': "import './deep';\n", 'src/deep.ts': deep });
    expect(blindSpots.map(({ what }) => what)).toEqual(['module-unreadable']);
  });
});

describe('answers', () => {
  const names = (text: string) => of(text).headers.map(({ name }) => name);
  test.each([
    ['an object', "new Response('', { headers: { 'X-Frame-Options': 'DENY' } })", ['x-frame-options']],
    ['a call', "response.headers.set('Content-Security-Policy', policy)", ['content-security-policy']],
    ['a pair', "new Headers([['Referrer-Policy', 'no-referrer']])", ['referrer-policy']],
    ['an assignment', "headers['Strict-Transport-Security'] = 'max-age=1'", ['strict-transport-security']],
    [
      'a middleware',
      "import { secureHeaders } from 'hono/secure-headers';\napp.use(secureHeaders())",
      [
        'cross-origin-resource-policy',
        'cross-origin-opener-policy',
        'referrer-policy',
        'strict-transport-security',
        'x-content-type-options',
        'x-frame-options',
        'x-xss-protection',
      ],
    ],
    ['reading is no setting', "request.headers.get('X-Frame-Options')", []],
  ])('%s sets headers', (_name, text, headers) => {
    expect(names(text)).toEqual(headers);
  });

  const cors = (text: string) => of(text).cors.map(({ policy, origins }) => [policy, origins]);
  test.each([
    [
      'a list',
      "const ALLOWED_ORIGINS = ['https://a.example', 'http://localhost:8080'];",
      [['list', ['https://a.example', 'http://localhost:8080']]],
    ],
    ['any', "h.set('Access-Control-Allow-Origin', '*')", [['any', []]]],
    [
      'whoever asks',
      "const origin = request.headers.get('Origin');\nh.set('Access-Control-Allow-Origin', origin)",
      [['reflected', []]],
    ],
    [
      'whoever asks and is in a list',
      "const origin = request.headers.get('Origin');\nif (allowed.includes(origin)) h.set('Access-Control-Allow-Origin', origin)",
      [],
    ],
    ['a middleware without options', "import { cors } from 'hono/cors';\napp.use(cors())", [['any', []]]],
    [
      'a middleware with a list',
      "import { cors } from 'hono/cors';\napp.use(cors({ origin: ['https://a.example'] }))",
      [['list', ['https://a.example']]],
    ],
  ])('%s is let in', (_name, text, expected) => {
    expect(cors(text)).toEqual(expected);
  });

  test('a limit is an answer of 429 or a binding that counts, not what others answered', () => {
    expect(of("new Response('', { status: 429 })").rateLimits).toHaveLength(1);
    expect(of('const { success } = await env.LIMITER.limit({ key: ip })').rateLimits).toHaveLength(1);
    expect(of('if (answer.status === 429) wait()').rateLimits).toEqual([]);
    expect(of('const limiter = new RateLimiter(ip); await checkRateLimit(ip)').rateLimits).toHaveLength(2);
    expect(of('throw new RateLimitError(); logRateLimitResponse(r)').rateLimits).toEqual([]);
    expect(of('await rateLimitedFetch(url); throttledFetch(url)').rateLimits).toEqual([]);
  });

  test('health checks that are routed or compared', () => {
    expect(
      of("if (url.pathname === '/health') return ok; app.get('/api/healthz', f)").health.map(
        ({ path }) => path,
      ),
    ).toEqual(['/health', '/api/healthz']);
    expect(of("fetch('https://a.example/health'); const s = '/api/orders/status'").health).toEqual([]);
  });
});

describe('webhooks', () => {
  const hooks = (text: string) => of(text).webhooks.map(({ path, isVerified }) => [path, isVerified]);
  test.each([
    ['without a check', "app.post('/webhook/form', (c) => save(c))", [['/webhook/form', false]]],
    [
      'a library',
      "import Stripe from 'stripe';\napp.post('/stripe/webhook', (c) => stripe.webhooks.constructEventAsync(b, s, k))",
      [['/stripe/webhook', true]],
    ],
    [
      'Web Crypto',
      "if (url.pathname === '/hooks/a') { const mac = await crypto.subtle.sign('HMAC', key, body); if (hex(mac) !== signature) return }",
      [['/hooks/a', true]],
    ],
    [
      'a signature that goes elsewhere',
      "import './gone';\napp.post('/webhook', (c) => check(c.req.header('X-Hub-Signature-256')))",
      [['/webhook', 'unknown']],
    ],
    ['an address of another service', "await fetch('https://discord.example/webhook/1')", []],
  ])('%s', (_name, text, expected) => {
    expect(hooks(text)).toEqual(expected);
  });
});

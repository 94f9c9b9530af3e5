import { describe, expect, test } from 'vitest';
import type { WranglerConfig } from '#model/wrangler.ts';
import { memoryTree } from '../readers/memory-tree.ts';
import { workersOf } from './worker-code.ts';

const config = (parts: Partial<WranglerConfig> = {}): WranglerConfig => ({
  file: 'wrangler.toml',
  isPages: false,
  main: { path: 'src/index.ts', line: 2, exists: true },
  migrations: [],
  environments: [],
  ...parts,
});
const worker = (files: Record<string, string>, parts: Partial<WranglerConfig> = {}) => {
  const [only] = workersOf(memoryTree(files), { wranglerConfigs: [config(parts)] });
  if (!only) throw new Error('no Worker was read');
  return only;
};
const of = (text: string) => worker({ 'src/index.ts': text });
const events = (text: string) => of(text).handlers.map(({ event }) => event);

describe('what a Worker answers to', () => {
  test.each([
    [
      'an object',
      'export default { async fetch(r) {}, scheduled: run } satisfies ExportedHandler',
      ['fetch', 'scheduled'],
    ],
    ['a name', 'const worker = { queue(batch) {} };\nexport default worker', ['queue']],
    ['a name in a list', 'const worker = { fetch(r) {} };\nexport { worker as default }', ['fetch']],
    [
      'an application',
      "import { Hono } from 'hono';\nconst app = new Hono<Env>();\nexport default app",
      ['fetch'],
    ],
    [
      'an application in a chain',
      'const app = new Hono().get("/", f).post("/a", g);\nexport default app',
      ['fetch'],
    ],
    [
      'an application among handlers',
      'export default { ...app, fetch: app.fetch, scheduled }',
      ['fetch', 'scheduled'],
    ],
    ['a wrapper', 'export default withSentry((env) => ({}), { fetch(r) {} })', ['fetch']],
    ['a class', 'export default class extends WorkerEntrypoint { verify(t) {} }', []],
    [
      'a class that answers',
      'export default class Api extends WorkerEntrypoint { async fetch(r) {} }',
      ['fetch'],
    ],
    ['what says the same to everybody', 'export default { fetch() { return new Response("Hello") } }', []],
    [
      'a wrapper of a package around what has a type',
      'export default Sentry.withSentry((env) => ({}), { fetch(r) {} } satisfies ExportedHandler)',
      ['fetch'],
    ],
    [
      'a function that makes it',
      'function createApp() { const app = new Hono(); return app }\nconst app = createApp();\nexport default app',
      ['fetch'],
    ],
    ['the old syntax', "addEventListener('fetch', (event) => event.respondWith(f(event)))", ['fetch']],
    ['what is made elsewhere', "import make from 'elsewhere';\nexport default make()", []],
  ])('%s', (_name, text, expected) => {
    expect(events(text)).toEqual(expected);
  });

  test('through a module of the repository', () => {
    const app =
      "import { Hono } from 'hono';\nexport const app = new Hono();\nexport default { fetch: app.fetch }";
    for (const entry of [
      "export { default } from './app'",
      "import app from './app';\nexport default app",
      "import { app } from './app';\nexport default app",
    ])
      expect(worker({ 'src/index.ts': entry, 'src/app.ts': app }).handlers.map(({ event }) => event)).toEqual(
        ['fetch'],
      );
  });

  test('functions of Pages, by the names they export', () => {
    const { handlers, writes } = worker(
      { 'functions/api/form.ts': 'export const onRequestPost: PagesFunction = async () => new Response()' },
      { isPages: true, main: undefined as never },
    );
    expect(handlers).toMatchObject([{ event: 'fetch' }]);
    expect(writes).toHaveLength(1);
  });
});

describe('how it answers', () => {
  const writes = (text: string) => of(text).writes.length;
  test('what changes something is routed or compared; what is asked of others is none', () => {
    expect(writes("app.post('/orders', save)")).toBe(1);
    expect(writes("if (request.method === 'POST') save()")).toBe(1);
    expect(writes("switch (request.method) { case 'DELETE': drop() }")).toBe(1);
    expect(writes("fetch(url, { method: 'POST' }); store.delete('/a'); axios.post(url, body)")).toBe(0);
  });

  test('pages', () => {
    expect(
      of("new Response(a, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })").pages,
    ).toHaveLength(1);
    expect(of('app.get("/", (c) => c.html(page))').pages).toHaveLength(1);
    expect(of("if (accept.includes('text/html')) a()").pages).toEqual([]);
  });

  test('requests that are handed on whole', () => {
    const forwards = (text: string) => of(text).forwards.map(({ binding }) => binding ?? 'origin');
    expect(forwards('return fetch(request)')).toEqual(['origin']);
    expect(forwards('return fetch(new Request(url, request))')).toEqual(['origin']);
    expect(forwards('return fetch(url, request)')).toEqual(['origin']);
    expect(forwards('upstream.fetch(new Request(url, request))')).toEqual(['origin']);
    const routed = "import { route } from 'elsewhere';\nconst app = route.make();\n";
    expect(forwards(`${routed}route(request, env)`)).toEqual(['origin']);
    expect(forwards(`${routed}app.handle(request, env)`)).toEqual(['origin']);
    expect(forwards("import { Hono } from 'hono';\nnew Hono().fetch(request, env)")).toEqual([]);
    expect(forwards('return sandbox.containerFetch(request, 8080)')).toEqual(['origin']);
    expect(forwards('return env.ASSETS.fetch(c.req.raw)')).toEqual(['ASSETS']);
    expect(forwards("fetch('https://api.example/'); app.fetch(request, env); stub.fetch(request)")).toEqual(
      [],
    );
  });
});

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
const hooksOf = (files: Record<string, string>) =>
  workersOf(memoryTree(files), { wranglerConfigs: 'src/index.ts' in files ? [config] : [] }).flatMap(
    ({ webhooks }) => webhooks.map(({ path, isVerified }) => [path, isVerified]),
  );
const hooks = (text: string) => hooksOf({ 'src/index.ts': text });

const SIGNED = `async function isSigned(body, given, secret) {
  const key = await crypto.subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, bytes(body));
  return base64(mac) === given;
}
`;

describe('each webhook by the code that runs for it', () => {
  test('one that checks does not answer for one that does not', () => {
    expect(
      hooks(`${SIGNED}
        app.post('/webhooks/tally', async (c) => {
          const body = await c.req.text();
          if (!(await isSigned(body, c.req.header('Tally-Signature'), c.env.TALLY_SIGNING_SECRET))) return c.text('', 401);
          return c.json(await keep(c.env.DB, JSON.parse(body)));
        });
        app.post('/webhooks/stripe', async (c) => {
          const event = await c.req.json();
          await c.env.DB.prepare('INSERT INTO payments VALUES (?)').bind(event.id).run();
          return c.json({ received: true });
        });`),
    ).toEqual([
      ['/webhooks/tally', true],
      ['/webhooks/stripe', false],
    ]);
  });

  test.each([
    [
      'a signature that is only asked for',
      `app.post('/webhook', async (c) => {
         if (!c.req.header('stripe-signature')) return c.text('', 400);
         return c.json(await c.req.json());
       })`,
      false,
    ],
    [
      'a handler of its own, by comparison',
      `${SIGNED}
       async function onForm(request, env) {
         const body = await request.text();
         return (await isSigned(body, request.headers.get('x-signature'), env.KEY)) ? new Response() : new Response('', { status: 401 });
       }
       export default { async fetch(request, env) {
         const { pathname } = new URL(request.url);
         if (pathname === '/webhook' && request.method === 'POST') return onForm(request, env);
         return new Response('', { status: 404 });
       } }`,
      true,
    ],
    [
      'a switch',
      `export default { async fetch(request, env) {
         switch (new URL(request.url).pathname) {
           case '/webhook': { const form = await request.json(); return Response.json(form); }
           case '/signed': return check(await crypto.subtle.verify('HMAC', k, s, b));
         }
       } }`,
      false,
    ],
    [
      'a secret that was agreed',
      `app.post('/webhook', async (c) => {
         if (c.req.header('X-Telegram-Bot-Api-Secret-Token') !== c.env.TELEGRAM_SECRET) return c.text('', 401);
         return c.json(await c.req.json());
       })`,
      true,
    ],
    [
      'a check before the branch',
      `${SIGNED}
       export default { async fetch(request, env) {
         const { pathname } = new URL(request.url);
         const body = await request.text();
         if (!(await isSigned(body, request.headers.get('x-signature'), env.KEY))) return new Response('', { status: 401 });
         if (pathname === '/webhook') return keep(await request.json());
       } }`,
      true,
    ],
    [
      'a middleware',
      `import { createMiddleware } from 'hono/factory';
       const signed = createMiddleware(async (c, next) => {
         if (!(await crypto.subtle.verify('HMAC', key, c.req.header('x-signature'), await c.req.text()))) return c.text('', 401);
         await next();
       });
       app.use('/webhook/*', signed);
       app.post('/webhook/form', async (c) => c.json(await c.req.json()));`,
      true,
    ],
    [
      'a package that looks at the request',
      `import { guard } from '@quay/guard';
       app.use(guard());
       app.post('/webhook', async (c) => { await inspect(c); return c.json(await c.req.json()) });
       import { inspect } from 'somewhere';`,
      'unknown',
    ],
    [
      'a library',
      `import { Webhook } from 'svix';
       app.post('/webhook/clerk', async (c) => {
         const wh = new Webhook(c.env.SECRET);
         return c.json(wh.verify(await c.req.text(), c.req.header()));
       })`,
      true,
    ],
    [
      'a path that is a secret',
      "app.post('/webhook/:secret', async (c) => c.json(await c.req.json()))",
      'unknown',
    ],
    [
      'a bearer token',
      "app.post('/webhook', async (c) => { await allow(c.req.header('Authorization')); return c.json(await c.req.json()) })",
      'unknown',
    ],
  ])('%s', (_name, text, isVerified) => {
    expect(hooks(text).map(([, verified]) => verified)).toEqual([isVerified]);
  });

  test.each([
    ['one that answers a question', "app.get('/webhook', (c) => c.text(c.req.query('challenge')))"],
    ['one that takes nothing', "app.post('/webhook', (c) => c.json({ message: 'to be written' }))"],
    ['one of others', "await client.post('/webhook', { body: JSON.stringify(x) })"],
  ])('%s is none', (_name, text) => expect(hooks(text)).toEqual([]));

  test('a list of webhooks that users keep is not taken for one', () => {
    expect(hooks("app.post('/api/webhooks', async (c) => c.json(await create(await c.req.json())))")).toEqual(
      [['/api/webhooks', 'unknown']],
    );
  });

  test('a router in another module, by the path under which it is mounted', () => {
    expect(
      hooksOf({
        'src/index.ts':
          "import { Hono } from 'hono'; import { hooks } from './hooks';\nconst app = new Hono(); app.route('/webhooks', hooks); export default app",
        'src/hooks.ts':
          "import { Hono } from 'hono';\nexport const hooks = new Hono();\nhooks.post('/form', async (c) => c.json(await c.req.json()))",
      }),
    ).toEqual([['/webhooks/form', false]]);
  });

  test('a function of Pages, by its place', () => {
    expect(
      hooksOf({
        'functions/api/webhook.ts':
          'export const onRequestPost = async ({ request, env }) => { await env.DB.prepare(await request.text()).run(); return new Response() }',
      }),
    ).toEqual([['/api/webhook', false]]);
  });

  test('a module that is not there may check', () => {
    expect(hooks("import './gone';\napp.post('/webhook', async (c) => c.json(await c.req.json()))")).toEqual([
      ['/webhook', 'unknown'],
    ]);
  });
});

import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ProbeLimits } from './budget.ts';
import { probe } from './probe.ts';
import { TestAuthority } from './test-certificates.ts';
import { TestNameServer, type Zone } from './test-name-server.ts';
import { type Answer, httpSite, httpsSite, type Site } from './test-site.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await TestAuthority.create();
});

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
});
async function kept<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  open.push(started);
  return started;
}

const ok: Answer = (_, response) => response.writeHead(200).end('hello');
const redirect =
  (location: string, status = 301): Answer =>
  (_, response) =>
    response.writeHead(status, { location }).end();

const here = { A: ['127.0.0.1'] };
const SHOP: Zone = { 'shop.test': { ...here, NS: ['ns.test'] }, 'www.shop.test': here };

/** What sends requests for names of `zone` to sites of a test. */
async function limits(zone: Zone, sites: { http?: Site; https?: Site } = {}): Promise<ProbeLimits> {
  const server = await kept(TestNameServer.start(zone));
  return {
    resolver: [server.address],
    ca: [authority.root],
    privateAddresses: true,
    timeout: 1_500,
    ports: { http: sites.http?.port ?? 1, https: sites.https?.port ?? 1 },
  };
}

const shop = (names = ['shop.test', 'www.shop.test']) => authority.issue({ names });

test('a sound site is told whole: DNS, TLS, HTTP/2, headers, upgrade and www', async () => {
  const https = await kept(
    httpsSite(await shop(), (_, response) =>
      response
        .writeHead(200, {
          'strict-transport-security': 'max-age=31536000',
          server: 'nginx',
          via: '1.1 abc.cloudfront.net (CloudFront)',
          'x-cache': 'Hit from cloudfront',
          'x-amz-cf-id': 'xqN7hRCYzQj1Sx5u1JbV6QF3xWnqL4w8yJ2nqD0fKz8aB1cD2eF3gH==',
          'content-encoding': 'gzip',
          'set-cookie': ['session=c2VjcmV0; HttpOnly', 'theme=dark'],
          'x-internal-token': 'do-not-keep',
        })
        .end('not gzip at all'),
    ),
  );
  const http = await kept(httpSite(redirect('https://shop.test/')));
  const answers = await probe(
    'https://user:pw@shop.test/cart?token=s3cr3t#top',
    {},
    await limits(SHOP, { http, https }),
  );

  expect(answers).toMatchObject({
    url: 'https://shop.test/cart?…',
    host: 'shop.test',
    names: [{ name: 'shop.test', result: 'addresses', a: ['127.0.0.1'], zone: 'shop.test' }],
    tls: [
      {
        host: 'shop.test',
        chain: 'valid',
        protocol: 'TLSv1.3',
        alpn: 'h2',
        certificate: { subject: 'shop.test', names: ['shop.test', 'www.shop.test'], days: 90, covers: true },
        versions: { TLSv1: 'refused', 'TLSv1.1': 'refused', 'TLSv1.2': 'accepted', 'TLSv1.3': 'accepted' },
      },
    ],
    journey: {
      end: 'answered',
      hops: [
        {
          status: 200,
          protocol: 'HTTP/2',
          address: '127.0.0.1',
          headers: {
            'strict-transport-security': 'max-age=31536000',
            server: 'nginx',
            'x-cache': 'Hit from cloudfront',
            'x-amz-cf-id': 'xqN7hRCYzQj1Sx5u1JbV6QF3xWnqL4w8yJ2nqD0fKz8aB1cD2eF3gH==',
            'content-encoding': 'gzip',
          },
          cookies: ['session', 'theme'],
          body: { bytes: 15, end: 'complete' },
        },
      ],
    },
    plain: { url: 'http://shop.test/cart?…', status: 301, location: 'https://shop.test/' },
    twin: { name: 'www.shop.test', leads: 'same' },
  });
  expect(https.requests).toContain('GET shop.test /cart?token=s3cr3t');
  const all = JSON.stringify(answers);
  for (const secret of ['c2VjcmV0', 'do-not-keep', 's3cr3t', 'hello', 'user', 'pw'])
    expect(all).not.toContain(secret);
  expect(all).toContain('x-internal-token');
  expect(answers.operations.map(({ name }) => name)).toEqual(['DNS', 'HTTP', 'TLS']);
  expect(answers.spent).toBeUndefined();
});

test('a server that speaks HTTP/1.1 only is told so', async () => {
  const https = await kept(httpsSite(await shop(), ok, { http2: false }));
  const { journey, tls } = await probe('https://shop.test/', {}, await limits(SHOP, { https }));
  expect(journey.hops[0]).toMatchObject({ status: 200, protocol: 'HTTP/1.1' });
  expect(tls[0]?.alpn).toBe('http/1.1');
});

test('old versions of TLS are told where they are accepted', async () => {
  const old = {
    minVersion: 'TLSv1' as const,
    maxVersion: 'TLSv1.2' as const,
    ciphers: 'DEFAULT:@SECLEVEL=0',
  };
  const https = await kept(httpsSite(await shop(), ok, { http2: false, ...old }));
  const { tls } = await probe('https://shop.test/', {}, await limits(SHOP, { https }));
  expect(tls[0]?.versions).toEqual({
    TLSv1: 'accepted',
    'TLSv1.1': 'accepted',
    'TLSv1.2': 'accepted',
    'TLSv1.3': 'refused',
  });
});

test.each([
  ['expired', { names: ['shop.test'], days: -3 }, { chain: 'CERT_HAS_EXPIRED', days: -3, covers: true }],
  ['for another name', { names: ['other.test'] }, { chain: 'valid', days: 90, covers: false }],
  [
    'signed by itself',
    { names: ['shop.test'], selfSigned: true },
    { chain: 'DEPTH_ZERO_SELF_SIGNED_CERT', days: 90, covers: true },
  ],
  [
    'for another name and expired',
    { names: ['*.x.test'], days: -1 },
    { chain: 'CERT_HAS_EXPIRED', days: -1, covers: false },
  ],
])(
  'a certificate that is %s is told, and so is what is served behind it',
  async (_, wanted, { chain, days, covers }) => {
    const https = await kept(httpsSite(await authority.issue(wanted), ok));
    const { tls, journey } = await probe('https://shop.test/', {}, await limits(SHOP, { https }));
    expect(tls[0]).toMatchObject({ chain, certificate: { days, covers } });
    expect(journey.hops[0]?.status).toBe(200);
  },
);

test('a certificate for all names below a domain is for one of them, and not for the domain', async () => {
  const https = await kept(httpsSite(await shop(['*.shop.test']), ok));
  const own = await limits(SHOP, { https });
  const covers = async (url: string) => (await probe(url, {}, own)).tls[0]?.certificate?.covers;
  expect(await covers('https://www.shop.test/')).toBe(true);
  expect(await covers('https://shop.test/')).toBe(false);
});

test('an authority that this machine does not know is told from a certificate that signs itself', async () => {
  const https = await kept(httpsSite(await shop(), ok));
  const { tls } = await probe('https://shop.test/', {}, { ...(await limits(SHOP, { https })), ca: [] });
  expect(tls[0]?.chain).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});

test('redirects are followed by hand, each told', async () => {
  const http = await kept(
    httpSite((request, response) => {
      if (request.url === '/') redirect('/a', 302)(request, response);
      else if (request.url === '/a') redirect('//www.shop.test/b?state=s3cr3t', 307)(request, response);
      else ok(request, response);
    }),
  );
  const { journey } = await probe('http://shop.test/', {}, await limits(SHOP, { http }));
  expect(journey.hops.map(({ url, status, location }) => [url, status, location])).toEqual([
    ['http://shop.test/', 302, 'http://shop.test/a'],
    ['http://shop.test/a', 307, 'http://www.shop.test/b?…'],
    ['http://www.shop.test/b?…', 200, undefined],
  ]);
  expect(http.requests).toContain('GET www.shop.test /b?state=s3cr3t');
  expect(journey.end).toBe('answered');
});

test('a loop ends where it closes, and redirects without an end after ten', async () => {
  const loop = await kept(
    httpSite((request, response) => redirect(request.url === '/' ? '/b' : '/')(request, response)),
  );
  const looped = await probe('http://shop.test/', {}, await limits({ 'shop.test': here }, { http: loop }));
  expect(looped.journey).toMatchObject({ end: 'loop', hops: { length: 2 } });
  expect(loop.requests).toHaveLength(2);

  let count = 0;
  const endless = await kept(
    httpSite((request, response) => {
      count += 1;
      redirect(`/${count}`)(request, response);
    }),
  );
  const { journey } = await probe(
    'http://shop.test/',
    {},
    await limits({ 'shop.test': here }, { http: endless }),
  );
  expect(journey).toMatchObject({ end: 'too-many', hops: { length: 11 } });
});

test.each(['ftp://shop.test/secret-file', 'javascript:alert(1)', 'file:///etc/passwd', 'http://['])(
  'a redirect to %s is told and not followed',
  async (location) => {
    const http = await kept(httpSite(redirect(location)));
    const { journey } = await probe('http://shop.test/', {}, await limits({ 'shop.test': here }, { http }));
    expect(journey).toMatchObject({ end: 'not-followed', hops: { length: 1 } });
    expect(JSON.stringify(journey)).not.toMatch(/secret-file|alert|passwd/);
  },
);

test.each([
  ['the metadata service', 'http://169.254.169.254/latest/meta-data/', '169.254.169.254'],
  ['a private network', 'http://10.0.0.7/', '10.0.0.7'],
  ['this machine, by another of its addresses', 'http://127.0.0.2/', '127.0.0.2'],
  ['an address of IPv6 that holds another', 'http://[::ffff:a9fe:a9fe]/', '::ffff:a9fe:a9fe'],
])('a redirect to %s is told and not followed', async (_, location, address) => {
  const http = await kept(httpSite(redirect(location)));
  const { journey } = await probe(`http://127.0.0.1:${http.port}/`, {}, { timeout: 1_500 });
  expect(journey).toMatchObject({
    end: 'silent',
    hops: [
      { status: 301, address: '127.0.0.1' },
      { silence: 'not-public', error: address },
    ],
  });
});

test('a name that leads to this machine is not followed, unless private networks are asked for', async () => {
  const http = await kept(httpSite(ok));
  const own = await limits({ 'shop.test': here }, { http });
  const { journey, names } = await probe('http://shop.test/', {}, { ...own, privateAddresses: false });
  expect(journey.hops[0]).toMatchObject({ silence: 'not-public', error: '127.0.0.1' });
  expect(names[0]?.notPublic).toEqual(['127.0.0.1']);
  expect(http.connections).toBe(0);
});

test('a load balancer is asked for the same, as if it were the host', async () => {
  const https = await kept(httpsSite(await shop(), (_, response) => response.writeHead(502).end()));
  const balancer = await kept(httpsSite(await shop(['origin.test']), ok));
  const zone = { ...SHOP, 'lb.test': here };
  const { origins, journey } = await probe(
    'https://shop.test/cart',
    { balancers: [{ host: 'lb.test', port: balancer.port, scheme: 'https', hostHeader: 'shop.test' }] },
    await limits(zone, { https }),
  );
  expect(journey.hops[0]?.status).toBe(502);
  expect(origins[0]).toMatchObject({
    host: 'lb.test',
    answer: { status: 200, by: `lb.test:${balancer.port}`, url: 'https://shop.test/cart' },
    tls: { host: 'shop.test', certificate: { covers: false, names: ['origin.test'] } },
  });
  expect(balancer.requests).toEqual(['GET shop.test /cart']);
});

test('other names are asked of DNS, and a domain without its www is told', async () => {
  const http = await kept(httpSite(ok));
  const zone = { 'shop.test': { ...here, NS: ['ns.test'] } };
  const { names, twin } = await probe(
    'http://shop.test/',
    { names: ['api.shop.test', '*.shop.test'] },
    await limits(zone, { http }),
  );
  expect(names.map(({ name, result }) => [name, result])).toEqual([
    ['shop.test', 'addresses'],
    ['api.shop.test', 'no-name'],
  ]);
  expect(twin).toEqual({ name: 'www.shop.test', leads: 'nowhere' });
});

test('one connection after another is made to a host', async () => {
  const https = await kept(httpsSite(await shop(), ok));
  await probe('https://shop.test/', {}, await limits(SHOP, { https }));
  expect(https.connections).toBeGreaterThan(3);
  expect(https.mostAtOnce).toBe(1);
});

test('no more is asked than is allowed, and what was left is said', async () => {
  const https = await kept(httpsSite(await shop(), ok));
  const answers = await probe('https://shop.test/', {}, { ...(await limits(SHOP, { https })), requests: 7 });
  expect(answers.spent).toBe('requests');
  expect(answers.operations.reduce((sum, { calls }) => sum + calls, 0)).toBe(7);
});

test('only URLs of HTTP are asked', async () => {
  await expect(probe('ftp://shop.test/', {})).rejects.toThrow(TypeError);
});

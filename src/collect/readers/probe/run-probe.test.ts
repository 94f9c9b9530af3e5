import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type OutsideCheck, runProbe } from './run-probe.ts';
import { TestAuthority } from './test-certificates.ts';
import { TestNameServer } from './test-name-server.ts';
import { type Answer, httpSite, httpsSite, rawSite } from './test-site.ts';

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
const result = async (check: OutsideCheck, resolver?: string) => {
  const options = { timeout: 600, ca: [authority.root], ...(resolver && { resolver: [resolver] }) };
  const { milliseconds, ...outcome } = await runProbe(check, options);
  expect(milliseconds).toBeGreaterThanOrEqual(0);
  return outcome;
};

describe('DNS', () => {
  const server = () =>
    kept(
      TestNameServer.start({
        'shop.test': { A: ['198.41.0.4', '199.9.14.201'] },
        'www.shop.test': { CNAME: ['Shop.CDN.test'] },
        'shop.cdn.test': { A: ['198.41.0.4'] },
        'broken.test': 'SERVFAIL',
        'refused.test': 'REFUSED',
        'silent.test': 'silent',
      }),
    );
  test.each<
    [string, 'A' | 'AAAA' | 'CNAME', string | undefined, 'pass' | 'fail' | 'unknown', string | RegExp]
  >([
    ['shop.test', 'A', undefined, 'pass', /^A 19\d/],
    ['Shop.Test.', 'A', '199.9.14.201', 'pass', /199\.9\.14\.201/],
    ['shop.test', 'A', '198.41.0.40', 'fail', /198\.41\.0\.4/],
    ['shop.test', 'A', '98.41.0.4', 'fail', /198\.41\.0\.4/],
    ['shop.test', 'AAAA', undefined, 'fail', 'no AAAA record'],
    ['shop.test', 'CNAME', undefined, 'fail', 'no CNAME record'],
    ['www.shop.test', 'CNAME', 'shop.cdn.test.', 'pass', 'CNAME shop.cdn.test'],
    ['www.shop.test', 'CNAME', 'other.cdn.test', 'fail', 'CNAME shop.cdn.test'],
    ['nothing.test', 'A', undefined, 'fail', 'NXDOMAIN'],
    ['broken.test', 'A', undefined, 'unknown', /ESERVFAIL/],
    ['refused.test', 'A', undefined, 'unknown', /EREFUSED/],
    ['silent.test', 'CNAME', undefined, 'unknown', /ETIMEOUT/],
  ])('%s %s %s: %s', async (name, record, includes, expected, got) => {
    const { address } = await server();
    const check = { type: 'dns' as const, name, record, ...(includes !== undefined && { includes }) };
    const outcome = await result(check, address);
    expect(outcome.result).toBe(expected);
    expect(outcome.got).toMatch(got);
  });
});

describe('HTTP', () => {
  test('a status and where a redirect leads', async () => {
    const { port } = await kept(
      httpSite((request, response) =>
        request.url === '/'
          ? response.writeHead(301, { location: 'https://shop.test/?token=s3cr3t' }).end()
          : response.writeHead(503).end(),
      ),
    );
    const url = `http://127.0.0.1:${port}/`;
    const ask = (path: string, status: number[], location?: string) =>
      result({ type: 'http', url: url + path, status, ...(location && { location }) });
    expect(await ask('', [301], 'https://shop.test/')).toEqual({
      result: 'pass',
      got: 'HTTP 301, Location: https://shop.test/?…',
    });
    expect((await ask('', [301], 'https://other.test/')).result).toBe('fail');
    expect((await ask('', [200])).result).toBe('fail');
    expect(await ask('down', [200])).toEqual({ result: 'fail', got: 'HTTP 503' });
    expect((await ask('down', [200, 503], 'https:')).result).toBe('fail');
  });

  test('a relative redirect is one to the whole URL', async () => {
    const { port } = await kept(
      httpSite((_, response) => response.writeHead(302, { location: '/login' }).end()),
    );
    const url = `http://127.0.0.1:${port}/`;
    expect((await result({ type: 'http', url, status: [302], location: `${url}login` })).result).toBe('pass');
    expect((await result({ type: 'http', url, status: [302], location: '/login' })).result).toBe('pass');
  });

  test('of a host, by a load balancer', async () => {
    const site = await kept(httpsSite(await authority.issue({ names: ['shop.test'] }), ok));
    const check = {
      type: 'http' as const,
      url: 'https://shop.test/',
      status: [200],
      connectTo: `127.0.0.1:${site.port}`,
    };
    expect(await result(check)).toEqual({ result: 'pass', got: 'HTTP 200' });
    expect(site.requests).toEqual(['GET shop.test /']);
    expect((await result({ ...check, method: 'HEAD' })).result).toBe('pass');
    expect(await result({ ...check, url: 'https://other.test/' })).toMatchObject({
      result: 'fail',
      got: /not for this name/ as never,
    });
  });

  test('what was not asked is no failure', async () => {
    const { address } = await kept(
      TestNameServer.start({ 'silent.test': 'silent', 'meta.test': { A: ['169.254.169.254'] } }),
    );
    const of = (url: string) => result({ type: 'http', url, status: [200] }, address);
    expect((await of('http://silent.test/')).result).toBe('unknown');
    expect((await of('http://meta.test/')).result).toBe('unknown');
    expect((await of('no url')).result).toBe('unknown');
    expect(await of('http://nothing.test/')).toEqual({
      result: 'fail',
      got: 'the name leads to no address (NXDOMAIN)',
    });
    const stopped = await runProbe(
      { type: 'http', url: 'http://127.0.0.1:1/', status: [200] },
      { timeout: 500, signal: AbortSignal.abort() },
    );
    expect(stopped.result).toBe('unknown');
  });

  test('a refused connection, and one that is closed, are answers', async () => {
    const site = await kept(rawSite((socket) => socket.destroy()));
    const url = `http://127.0.0.1:${site.port}/`;
    expect((await result({ type: 'http', url, status: [200] })).result).toBe('fail');
    await site.stop();
    open.length = 0;
    expect((await result({ type: 'http', url, status: [200] })).got).toContain('refused');
  });
});

describe('TLS', () => {
  test.each([
    [
      'sound',
      { names: ['shop.test'] },
      'pass',
      /^TLSv1\.3, certificate of shop\.test, valid until \d{4}-\d\d-\d\d$/,
    ],
    ['expired', { names: ['shop.test'], days: -1 }, 'fail', /expired/],
    ['for another name', { names: ['www.shop.test'] }, 'fail', /not for this name/],
    ['signed by itself', { names: ['shop.test'], selfSigned: true }, 'fail', /DEPTH_ZERO_SELF_SIGNED_CERT/],
  ])('a certificate that is %s', async (_, wanted, expected, got) => {
    const { port } = await kept(httpsSite(await authority.issue(wanted), ok));
    const outcome = await result({
      type: 'tls',
      host: 'shop.test',
      port: 443,
      connectTo: `127.0.0.1:${port}`,
    });
    expect(outcome.result).toBe(expected);
    expect(outcome.got).toMatch(got);
  });

  test('an authority that this machine does not know establishes nothing', async () => {
    const { port } = await kept(httpsSite(await authority.issue({ names: ['shop.test'] }), ok));
    const check = { type: 'tls' as const, host: 'shop.test', port: 443, connectTo: `127.0.0.1:${port}` };
    expect((await runProbe(check, { timeout: 600 })).result).toBe('unknown');
  });

  test('no TLS at all is a failure', async () => {
    const { port } = await kept(httpSite(ok));
    expect((await result({ type: 'tls', host: '127.0.0.1', port })).result).toBe('fail');
  });
});

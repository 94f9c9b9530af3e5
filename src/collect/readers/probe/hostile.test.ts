import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ProbeLimits } from './budget.ts';
import { probe } from './probe.ts';
import { type Identity, TestAuthority } from './test-certificates.ts';
import { TestNameServer } from './test-name-server.ts';
import { type Answer, httpSite, httpsSite, rawSite, type Site } from './test-site.ts';

let identity: Identity;
beforeAll(async () => {
  identity = await (await TestAuthority.create()).issue({ names: ['127.0.0.1'] });
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

const LIMITS: ProbeLimits = { timeout: 400, milliseconds: 5_000 };

async function firstHop(site: Site, scheme = 'http') {
  const start = performance.now();
  const { journey } = await probe(`${scheme}://127.0.0.1:${site.port}/`, {}, LIMITS);
  return { hop: journey.hops[0], took: performance.now() - start };
}

/** Writes the same again and again, as fast as it is taken; counts what was. */
function endless(socket: Socket, text: string): { sent: () => number } {
  const chunk = Buffer.from(text);
  let sent = 0;
  const more = () => {
    while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
  };
  socket.on('drain', more);
  socket.on('error', () => undefined);
  more();
  return { sent: () => sent };
}

describe('a hostile server', () => {
  test('with headers without an end is left', async () => {
    let sent = () => 0;
    const site = await kept(
      rawSite((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        ({ sent } = endless(socket, `x-more: ${'a'.repeat(1_000)}\r\n`));
      }),
    );
    expect((await firstHop(site)).hop).toMatchObject({ silence: 'malformed', error: 'HPE_HEADER_OVERFLOW' });
    expect(sent()).toBeLessThan(20_000_000);
  });

  test('with interim answers without an end is left', async () => {
    const site = await kept(
      rawSite((socket) => void endless(socket, 'HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n')),
    );
    expect((await firstHop(site)).hop).toMatchObject({ silence: 'malformed', error: 'HPE_INTERIM' });
  });

  test.each(['http', 'https'])('with a body without an end is read to its limit (%s)', async (scheme) => {
    const chunk = Buffer.alloc(16_384, 'a');
    const answer: Answer = (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => {
        for (let count = 0; count < 8; count += 1) response.write(chunk);
      }, 1);
      setTimeout(() => clearInterval(timer), 1_500);
    };
    const site = await kept(scheme === 'http' ? httpSite(answer) : httpsSite(identity, answer));
    const { hop, took } = await firstHop(site, scheme);
    expect(hop).toMatchObject({ status: 200, body: { bytes: 65_536, end: 'cut' } });
    expect(took).toBeLessThan(1_500);
  });

  test('that drips its body is not waited for', async () => {
    const site = await kept(
      httpSite((_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('a'), 20);
        setTimeout(() => clearInterval(timer), 4_000);
      }),
    );
    const { hop, took } = await firstHop(site);
    expect(hop).toMatchObject({ status: 200, body: { end: 'cut' } });
    expect(took).toBeLessThan(2_000);
  });

  test('that drips its headers is left in time', async () => {
    const site = await kept(
      rawSite((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx: ');
        const timer = setInterval(() => socket.write('a'), 20);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    const { hop, took } = await firstHop(site);
    expect(hop).toMatchObject({ silence: 'timeout' });
    expect(took).toBeLessThan(1_500);
  });

  test('with a bomb of gzip gets it read as it is, and no further', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const site = await kept(
      httpSite((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)),
    );
    const before = process.memoryUsage().arrayBuffers;
    const { hop } = await firstHop(site);
    expect(hop).toMatchObject({
      status: 200,
      headers: { 'content-encoding': 'gzip' },
      body: { bytes: 65_536, end: 'cut' },
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  test.each<[string, (socket: Socket) => void, string]>([
    ['accepts and says nothing', () => undefined, 'timeout'],
    ['closes at once', (socket) => socket.end(), 'closed'],
    ['resets', (socket) => socket.resetAndDestroy(), 'closed'],
    ['speaks something else', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), 'malformed'],
    ['breaks off in the headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nserver: x\r\n'), 'closed'],
    [
      'switches protocols',
      (socket) => socket.end('HTTP/1.1 101 x\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      'malformed',
    ],
  ])('that %s gave no answer', async (_, serve, silence) => {
    const site = await kept(rawSite((socket) => socket.once('data', () => serve(socket))));
    expect((await firstHop(site)).hop).toMatchObject({ silence });
  });

  test('that breaks off in the body did answer', async () => {
    const site = await kept(
      rawSite((socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc')),
      ),
    );
    expect((await firstHop(site)).hop).toMatchObject({ status: 200, body: { bytes: 3, end: 'broken' } });
  });

  test.each<[string, (socket: Socket) => void, string]>([
    ['speaks plain HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'handshake'],
    ['closes', (socket) => socket.end(), 'handshake'],
    ['says nothing', () => undefined, 'timeout'],
  ])('that %s where TLS is asked for is told', async (_, serve, silence) => {
    const site = await kept(rawSite((socket) => socket.once('data', () => serve(socket))));
    expect((await firstHop(site, 'https')).hop).toMatchObject({ silence });
  });

  test('that asks for a certificate is told from one that fails', async () => {
    const site = await kept(
      httpsSite(identity, (_, response) => response.writeHead(200).end(), {
        http2: false,
        requestCert: true,
        rejectUnauthorized: true,
        ca: identity.cert,
      }),
    );
    expect((await firstHop(site, 'https')).hop).toMatchObject({ silence: 'client-certificate' });
  });

  test('with control characters in what it says does not bring them into a report', async () => {
    const site = await kept(
      rawSite((socket) =>
        socket.once('data', () =>
          socket.end(
            'HTTP/1.1 200 OK\r\nserver: \u001b[31mred\u202e\r\nset-cookie: \u001b]0;x\u0007=1\r\ncontent-length: 0\r\n\r\n',
          ),
        ),
      ),
    );
    const { hop } = await firstHop(site);
    expect(JSON.stringify(hop)).not.toMatch(/\\u00(1b|07)|\u202e/);
  });
});

test('the whole is over in time, whatever nobody answers', async () => {
  const silent = await kept(rawSite(() => undefined));
  const names = await kept(TestNameServer.start({ 'shop.test': { A: ['127.0.0.1'] } }));
  const start = performance.now();
  const { journey, spent, origins } = await probe(
    'http://shop.test/',
    {
      balancers: Array.from({ length: 8 }, () => ({
        host: 'shop.test',
        port: silent.port,
        scheme: 'http',
        hostHeader: 'x.test',
      })),
    },
    {
      timeout: 300,
      milliseconds: 900,
      resolver: [names.address],
      privateAddresses: true,
      ports: { http: silent.port, https: 1 },
    },
  );
  expect(performance.now() - start).toBeLessThan(1_500);
  expect(journey.hops[0]?.silence).toBe('timeout');
  expect(spent).toBe('time');
  expect(origins.at(-1)?.answer.silence).toBe('limit');
});

test('whoever asked can stop it', async () => {
  const silent = await kept(rawSite(() => undefined));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const start = performance.now();
  const { journey } = await probe(
    `http://127.0.0.1:${silent.port}/`,
    {},
    { timeout: 10_000, signal: stop.signal },
  );
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(journey.hops[0]?.silence).toBe('limit');
});

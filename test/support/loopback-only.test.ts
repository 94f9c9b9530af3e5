import { execFile } from 'node:child_process';
import dgram from 'node:dgram';
import dns, { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';

/** Forgets what was tried on purpose; the set-up of tests fails on what is left. */
function tried(): string[] {
  const all = (globalThis as unknown as Record<symbol, string[]>)[Symbol.for('constat.outgoing')] ?? [];
  return all.splice(0);
}

/** The error that something ends with, and what it was caused by. */
const failureOf = (emitter: NodeJS.EventEmitter): Promise<Error> =>
  new Promise((resolve, reject) => {
    emitter.once('error', resolve);
    for (const event of ['connect', 'response']) emitter.once(event, () => reject(new Error(`${event}ed`)));
  });

describe('another machine', () => {
  const OUT = /a test tried to reach (192\.0\.2\.1|example\.com)(:\d+)?, which is not this machine/;
  afterEach(tried);

  test.each<[string, () => NodeJS.EventEmitter]>([
    ['net', () => net.connect(443, 'example.com')],
    ['net, by address', () => net.connect({ port: 443, host: '192.0.2.1' })],
    ['a socket', () => new net.Socket().connect(443, '192.0.2.1')],
    ['tls', () => tls.connect({ port: 443, host: 'example.com' })],
    ['http', () => http.get('http://example.com/')],
    ['https', () => https.get('https://192.0.2.1/')],
  ])('cannot be reached by %s', async (_, connect) => {
    expect((await failureOf(connect())).message).toMatch(OUT);
    expect(tried()).toHaveLength(1);
  });

  test('cannot be reached by fetch', async () => {
    await expect(fetch('https://example.com/')).rejects.toMatchObject({
      cause: { message: expect.stringMatching(OUT) },
    });
    expect(tried()).toEqual(['example.com:443']);
  });

  test('cannot be asked for a name, or sent anything', async () => {
    await expect(dns.promises.resolve4('example.com')).rejects.toThrow(OUT);
    const error = await new Promise<Error | null>((resolve) => lookup('example.com', resolve));
    expect(error?.message).toMatch(OUT);
    const socket = dgram.createSocket('udp4');
    expect(() => socket.send('x', 53, '192.0.2.1')).toThrow(OUT);
    socket.close();
    expect(tried()).toEqual(['example.com', 'example.com', '192.0.2.1']);
  });

  test('cannot be reached by a Node.js that a test starts', async () => {
    const code = "fetch('http://example.com/').catch(({ cause }) => console.log(cause.message))";
    const said = await new Promise((resolve) => {
      execFile(process.execPath, ['-e', code], (_, stdout) => resolve(stdout));
    });
    expect(said).toMatch(OUT);
  });
});

test.each(['127.0.0.1', 'localhost'])('%s can be reached', async (host) => {
  const server = http.createServer((_, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  expect(await (await fetch(url)).text()).toBe('here');
  await new Promise((resolve) => server.close(resolve));
});

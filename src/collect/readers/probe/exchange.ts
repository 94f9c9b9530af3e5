import { request as requestOverHttp1 } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { HttpAnswer, Silence } from '#model/probe.ts';
import { Silent } from './budget.ts';
import { codeOf, tlsSilence } from './connect.ts';

const MOST_HEADER_BYTES = 64 * 1024;
const MOST_HEADERS = 200;
const MOST_BODY_BYTES = 64 * 1024;
/** A body tells nothing that is kept: who sends it slowly is not waited for. */
const BODY_MILLISECONDS = 1_000;
const MOST_INTERIM = 10;

/** A request as it is sent. Nothing that identifies anybody is sent with it. */
export interface Sent {
  method: 'GET' | 'HEAD';
  scheme: string;
  /** `Host`, or `:authority` of HTTP/2. */
  authority: string;
  /** With the query. */
  path: string;
}

/** What came back; its headers as they were sent, not to be kept as they are. */
export interface Received extends Required<Pick<HttpAnswer, 'status' | 'protocol' | 'firstByte'>> {
  headers: [name: string, value: string][];
  body: NonNullable<HttpAnswer['body']>;
}

const HEADERS = {
  'user-agent': 'constat',
  accept: '*/*',
  'accept-encoding': 'gzip, br, zstd',
};

/** Why an open connection gave no response. */
function silenceOf(code: string, socket: Socket): Silence {
  if (code === 'ETIMEDOUT' || code === 'ABORT_ERR' || code === 'AbortError') return 'timeout';
  if (
    /^HPE_|^ERR_INVALID_|^ERR_UNESCAPED_|^ERR_HTTP2_(?!STREAM_ERROR|SESSION_ERROR|STREAM_CANCEL)/.test(code)
  )
    return 'malformed';
  return socket instanceof TLSSocket ? tlsSilence(code, true) : 'closed';
}

/** Reads a body as far as is allowed, and forgets it. It is not decompressed: what is small stays small. */
function forget(body: Readable, signal: AbortSignal): Promise<Received['body']> {
  return new Promise((resolve) => {
    let bytes = 0;
    const end = (how: Received['body']['end']) => {
      clearTimeout(timer);
      resolve({ bytes, end: how });
    };
    const timer = setTimeout(() => end('cut'), BODY_MILLISECONDS);
    body.on('data', (chunk: Buffer) => {
      bytes = Math.min(MOST_BODY_BYTES, bytes + chunk.length);
      if (bytes < MOST_BODY_BYTES) return;
      body.pause();
      end('cut');
    });
    body.once('end', () => end('complete'));
    const broken = () => end(signal.aborted ? 'cut' : 'broken');
    body.on('error', broken);
    body.once('close', broken);
  });
}

/**
 * Sends a request on an open connection, in the protocol that was agreed on, and closes it afterwards.
 * @throws Silent where no response came
 */
export async function exchange(socket: Socket, sent: Sent, signal: AbortSignal): Promise<Received> {
  const overHttp2 = socket instanceof TLSSocket && socket.alpnProtocol === 'h2';
  try {
    return await (overHttp2 ? http2(socket, sent, signal) : http1(socket, sent, signal));
  } catch (error) {
    if (error instanceof Silent) throw error;
    const code = signal.aborted ? 'ETIMEDOUT' : codeOf(error);
    throw new Silent(silenceOf(code, socket), code);
  } finally {
    socket.destroy();
  }
}

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** HTTP/1.1 (RFC 9112). */
function http1(socket: Socket, { method, authority, path }: Sent, signal: AbortSignal): Promise<Received> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const request = requestOverHttp1({
      createConnection: () => socket,
      method,
      path,
      headers: { host: authority, ...HEADERS, connection: 'close' },
      maxHeaderSize: MOST_HEADER_BYTES,
      signal,
    });
    request.maxHeadersCount = MOST_HEADERS;
    // once a response has begun, only its body decides when it is over
    let answered = false;
    const fail = (error: unknown) => {
      if (!answered) reject(error);
    };
    let interim = 0;
    request.on('information', () => {
      interim += 1;
      if (interim > MOST_INTERIM) request.destroy(failure('HPE_INTERIM'));
    });
    request.on('upgrade', () => fail(failure('HPE_UPGRADE')));
    request.on('error', fail);
    request.on('close', () => fail(failure('ECONNRESET')));
    request.once('response', async (response) => {
      answered = true;
      const firstByte = Math.round(performance.now() - start);
      const { statusCode = 0, rawHeaders, httpVersion } = response;
      const headers = rawHeaders.flatMap((name, at): [string, string][] =>
        at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
      );
      const body = await forget(response, signal);
      resolve({ status: statusCode, protocol: `HTTP/${httpVersion}`, firstByte, headers, body });
    });
    request.end();
  });
}

/** HTTP/2 (RFC 9113). */
function http2(
  socket: TLSSocket,
  { method, scheme, authority, path }: Sent,
  signal: AbortSignal,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const session = connectHttp2(`${scheme}://${authority}`, {
      createConnection: () => socket,
      settings: {
        enablePush: false,
        maxHeaderListSize: MOST_HEADER_BYTES,
        initialWindowSize: MOST_BODY_BYTES,
      },
      maxHeaderListPairs: MOST_HEADERS,
      maxSessionMemory: 2,
    });
    let answered = false;
    const fail = (error: unknown) => {
      if (!answered) reject(error);
      session.destroy();
    };
    session.on('error', fail);
    session.on('close', () => fail(failure('ECONNRESET')));
    const stream = session.request(
      { ':method': method, ':scheme': scheme, ':authority': authority, ':path': path, ...HEADERS },
      { endStream: true, signal },
    );
    stream.on('error', fail);
    stream.on('close', () => fail(failure('ECONNRESET')));
    stream.once('response', async (fields) => {
      answered = true;
      const firstByte = Math.round(performance.now() - start);
      const headers = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
        name.startsWith(':') ? [] : [value].flat().map((one) => [name, String(one ?? '')]),
      );
      const body = await forget(stream, signal);
      resolve({ status: Number(fields[':status'] ?? 0), protocol: 'HTTP/2', firstByte, headers, body });
      session.destroy();
    });
  });
}

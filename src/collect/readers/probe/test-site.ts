import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Identity } from './test-certificates.ts';

/** How a server of a test answers. */
export type Answer = (
  request: Pick<IncomingMessage, 'url' | 'headers' | 'method'>,
  response: Pick<ServerResponse, 'writeHead' | 'end' | 'write'>,
) => void;

/** A server of a test on a free port of the loopback interface, with the connections that it had. */
export interface Site {
  port: number;
  /** Connections, over all. */
  readonly connections: number;
  /** The most that were open at once. */
  readonly mostAtOnce: number;
  /** Requests: `GET shop.test /path`. */
  readonly requests: string[];
  stop(): Promise<void>;
}

async function listen(server: Server, requests: string[], host: string): Promise<Site> {
  const open = new Set<Socket>();
  let connections = 0;
  let mostAtOnce = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    mostAtOnce = Math.max(mostAtOnce, open.size);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  server.on('clientError', () => undefined);
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    get connections() {
      return connections;
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const told =
  (requests: string[], answer: Answer) =>
  (
    request: Pick<IncomingMessage, 'url' | 'headers' | 'method'>,
    response: Pick<ServerResponse, 'writeHead' | 'end' | 'write'>,
  ) => {
    const host = request.headers[':authority'] ?? request.headers.host;
    requests.push(`${request.method} ${host} ${request.url}`);
    answer(request, response);
  };

/** For tests: a server of plain HTTP. */
export function httpSite(answer: Answer, host = '127.0.0.1'): Promise<Site> {
  const requests: string[] = [];
  return listen(createHttp(told(requests, answer)), requests, host);
}

/** For tests: a server of HTTPS, with HTTP/2 too unless it is told not to. */
export function httpsSite(
  identity: Identity,
  answer: Answer,
  {
    http2 = true,
    ...options
  }: SecureContextOptions & { http2?: boolean; requestCert?: boolean; rejectUnauthorized?: boolean } = {},
): Promise<Site> {
  const requests: string[] = [];
  const server = http2
    ? createSecureServer({ ...identity, allowHTTP1: true, ...options }, told(requests, answer) as never)
    : createHttps({ ...identity, ...options }, told(requests, answer));
  return listen(server as unknown as Server, requests, '127.0.0.1');
}

/** For tests: a server that does with a connection what it wants. */
export const rawSite = (serve: (socket: Socket) => void): Promise<Site> =>
  listen(createTcp(serve), [], '127.0.0.1');

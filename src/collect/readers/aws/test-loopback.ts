import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Headers = IncomingHttpHeaders;

/** What goes back for one request. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** For tests: a server on a free port of the loopback interface that answers by the headers of a request, or its address. */
export async function loopback(
  reply: (headers: Headers, asked: { method: string; url: string }) => Reply,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const { status, headers, body } = reply(request.headers, {
        method: request.method ?? 'GET',
        url: request.url ?? '/',
      });
      response.writeHead(status, headers);
      response.end(request.method === 'HEAD' ? undefined : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

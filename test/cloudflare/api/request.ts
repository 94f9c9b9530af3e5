import type { IncomingHttpHeaders } from 'node:http';
import type { Operation } from './operation.ts';
import { operationAt } from './operations.ts';

/** A request as the API understands it. */
export interface CloudflareRequest {
  /** `d1.database.list`; of what there is no operation for, the method and the path. */
  name: string;
  operation?: Operation;
  method: string;
  /** After `/client/v4`, without its query. */
  path: string;
  /** What the braces of the operation's path stand for. */
  at: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
}

export const ROOT = '/client/v4';

/** Says what a request is, from its method and address. */
export function identify(method: string, url: string, headers: IncomingHttpHeaders): CloudflareRequest {
  const { pathname, searchParams: query } = new URL(url, 'http://localhost');
  const path = pathname.startsWith(`${ROOT}/`) ? pathname.slice(ROOT.length) : pathname;
  const found = operationAt(path);
  return {
    name: found && method === 'GET' ? found.operation.name : `${method} ${path}`,
    ...(found && { operation: found.operation }),
    method,
    path,
    at: found?.at ?? {},
    query,
    headers,
  };
}

/** What two requests have in common that must have the same answer. */
export function keyOf({ method, path, query, headers }: CloudflareRequest): string {
  const sorted = new URLSearchParams(query);
  sorted.sort();
  return `${method} ${path}?${sorted} ${headers['cf-r2-jurisdiction'] ?? ''}`;
}

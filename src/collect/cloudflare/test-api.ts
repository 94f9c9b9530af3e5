import type { Fact } from '#model/fact.ts';
import { DeclaredNames } from '../declared-names.ts';
import { type Headers, loopback } from '../readers/aws/test-loopback.ts';
import { CloudflareSession } from '../readers/cloudflare/session.ts';
import type { CloudflareCollector, Collection } from './cloudflare-collector.ts';
import { everyZone } from './zone-list.ts';

/** What one path answers: its result, or a whole reply. Called for each request. */
export type Reply = { status?: number; headers?: Record<string, string>; body?: unknown; raw?: string };
export type Route = unknown | ((query: URLSearchParams, headers: Headers) => unknown);

/** A reply in the API's words: an error with its code. */
export class ApiReply {
  readonly reply: Reply;
  constructor(reply: Reply) {
    this.reply = reply;
  }
}

export const refused = (status: number, code: number, message = 'no', headers = {}): ApiReply =>
  new ApiReply({
    status,
    headers,
    body: { success: false, errors: [{ code, message }], messages: [], result: null },
  });
export const denied = () => refused(403, 10000, 'Authentication error');
/** A result with what is said of its pages. */
export const page = (result: unknown, info: object): ApiReply =>
  new ApiReply({ body: { success: true, errors: [], messages: [], result, result_info: info } });

export const ACCOUNT = 'a'.repeat(32);
export const ZONE = 'b'.repeat(32);
export const TOKEN = 'canary-token-4f1c';

export interface TestApi {
  environment: Record<string, string>;
  /** Each request's path with its query, in their order. */
  asked: string[];
  stop(): Promise<void>;
}

/**
 * For tests: Cloudflare's API on a free port of the loopback interface. Paths are as they are asked for, without the
 * base; what is in no route answers as the API does for what is not there.
 */
export async function testApi(routes: Record<string, Route>): Promise<TestApi> {
  const asked: string[] = [];
  const server = await loopback((headers, { method, url: address }) => {
    const url = new URL(address, 'http://127.0.0.1');
    const path = url.pathname.replace(/^\/client\/v4/, '');
    asked.push(`${method} ${path}${url.search}`);
    const route = routes[path];
    const given = typeof route === 'function' ? route(url.searchParams, headers) : route;
    const reply: Reply =
      given instanceof ApiReply
        ? given.reply
        : given === undefined
          ? refused(404, 7003, 'Could not route').reply
          : { body: { success: true, errors: [], messages: [], result: given } };
    return {
      status: reply.status ?? 200,
      headers: { 'content-type': 'application/json', ...reply.headers },
      body: reply.raw ?? JSON.stringify(reply.body),
    };
  });
  return {
    environment: {
      CLOUDFLARE_API_BASE_URL: `${server.url}/client/v4`,
      CLOUDFLARE_API_TOKEN: TOKEN,
    },
    asked,
    stop: server.stop,
  };
}

/** The routes of one account with one zone, to which a test adds what it is about. */
export const oneAccount = (more: Record<string, Route> = {}): Record<string, Route> => ({
  '/accounts': (query: URLSearchParams) => (query.get('page') === '1' ? [{ id: ACCOUNT, name: 'Quay' }] : []),
  '/zones': (query: URLSearchParams) =>
    query.get('page') === '1'
      ? [
          {
            id: ZONE,
            name: 'quay.example',
            status: 'active',
            account: { id: ACCOUNT },
            plan: { legacy_id: 'free' },
          },
        ]
      : [],
  ...more,
});

/** For tests: what one product tells of the account, and the reads that it took. */
export async function collected(
  product: CloudflareCollector,
  routes: Record<string, Route>,
  said: readonly Fact[] = [],
): Promise<
  Collection & { asked: string[]; operations: ReturnType<CloudflareSession['ledger']>['operations'] }
> {
  const api = await testApi(oneAccount(routes));
  try {
    const session = new CloudflareSession({ environment: api.environment, delay: 1 });
    let zones: ReturnType<typeof everyZone> | undefined;
    const collection = await product.run(session, {
      account: ACCOUNT,
      at: '2026-11-28T12:00:00Z',
      declared: new DeclaredNames(said),
      zones: () => {
        zones ??= everyZone(session);
        return zones;
      },
    });
    return { ...collection, asked: api.asked, operations: session.ledger(ACCOUNT).operations };
  } finally {
    await api.stop();
  }
}

/** The path of something in the account. */
export const of = (path: string): string => `/accounts/${ACCOUNT}${path}`;
/** The path of something in the zone. */
export const ofZone = (path: string): string => `/zones/${ZONE}${path}`;

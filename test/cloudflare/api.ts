import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, DENIED, failure, json, Refusal, refuse, throttled } from './api/answer.ts';
import {
  accountId,
  atTime,
  type CloudflareAccount,
  readCloudflareEstate,
  type SaidToken,
  zoneId,
} from './api/estate.ts';
import { answerOf, type Conditions, changed, type Fault, Faults } from './api/faults.ts';
import { DOCUMENTED, type Limit, Window } from './api/limit.ts';
import type { Asked } from './api/operation.ts';
import { opens, PERMISSIONS } from './api/operations.ts';
import { pageOf } from './api/paging.ts';
import { auditorOf, isExpired } from './api/products/accounts.ts';
import { type CloudflareRequest, identify, keyOf, ROOT } from './api/request.ts';
import { type Ending, Statistics } from './api/statistics.ts';

export interface CloudflareApiOptions {
  /** What each answer takes, in milliseconds. */
  latency?: number;
  /** How often the token may ask; by default what Cloudflare documents. */
  limit?: Limit;
  /** The time by which the limit counts and relative times of the estate are reckoned; that of the machine by default. */
  clock?: () => Date;
  /** What the token of the audit may read, over what the estate says; every permission group by default. */
  permissions?: readonly string[];
}

/** A server in this process that answers as Cloudflare's API does, to who asks with its token. */
export interface CloudflareApi {
  /** What stands in place of `https://api.cloudflare.com/client/v4`. */
  url: string;
  token: string;
  /** The id of the first account. */
  account: string;
  /** What was asked since the start, or since it was cleared. */
  readonly statistics: Statistics;
  readonly requests: readonly CloudflareRequest[];
  /** Tells what goes wrong with calls of an operation, by its name or its path; a star stands for any text. */
  when(operation: string, fault: Fault, conditions?: Conditions): void;
  /** Forgets faults, counts and throttling. */
  clear(): void;
  /** Closes every connection; gives when that is done. */
  stop(): Promise<void>;
}

/** The one token that is valid: forty characters, as those of users have. */
const TOKEN = 'constat-reads-this-estate-in-tests-only0';

/** Starts the API on a free port of the loopback interface, for an estate or for the file that it is written in. */
export async function startCloudflareApi(
  estate: CloudflareAccount | readonly CloudflareAccount[] | string,
  options: CloudflareApiOptions = {},
): Promise<CloudflareApi> {
  const said = typeof estate === 'string' ? readCloudflareEstate(estate) : [estate].flat();
  const served = new Service(said as CloudflareAccount[], options);
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    served.serve(message, response).catch((error: unknown) => {
      served.statistics.errors.push(String((error instanceof Error && error.stack) || error));
      // No client takes this for an answer that it should ask for again.
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${ROOT}`,
    token: TOKEN,
    account: served.account,
    get statistics() {
      return served.statistics;
    },
    get requests() {
      return served.statistics.requests;
    },
    when: (operation, fault, conditions = {}) => served.faults.tell(operation, fault, conditions),
    clear: () => served.clear(),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

class Service {
  readonly faults = new Faults();
  readonly account: string;
  readonly #options: CloudflareApiOptions;
  readonly #accounts: readonly CloudflareAccount[];
  readonly #token: SaidToken;
  readonly #clock: () => Date;
  statistics = new Statistics();
  #window: Window;

  constructor(accounts: readonly CloudflareAccount[], options: CloudflareApiOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => new Date());
    this.#accounts = atTime(accounts, this.#clock());
    const [first] = this.#accounts;
    if (!first) throw new Error('an estate has at least one account');
    this.account = accountId(first);
    const token = auditorOf(first);
    this.#token = { ...token, permissions: options.permissions ?? token.permissions ?? PERMISSIONS };
    this.#window = this.#fresh();
  }

  #fresh(): Window {
    return new Window(this.#options.limit ?? DOCUMENTED);
  }

  clear(): void {
    this.faults.clear();
    this.statistics = new Statistics();
    this.#window = this.#fresh();
  }

  async serve(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    // What is sent along changes nothing here.
    message.resume();
    const request = identify(message.method ?? 'GET', message.url ?? '/', message.headers);
    const end = this.statistics.begin(request, keyOf(request));
    let ending: Ending = 'faults';
    try {
      ending = await this.#answer(message, response, request);
    } finally {
      this.statistics.total.perWindow = this.#window.most;
      end(ending);
    }
  }

  async #answer(
    message: http.IncomingMessage,
    response: http.ServerResponse,
    request: CloudflareRequest,
  ): Promise<Ending> {
    const now = this.#clock().getTime();
    const taken = this.#window.take(now);
    const headers = this.#window.headers(now);
    if (!taken) {
      const wait = { 'retry-after': String(this.#window.wait(now)) };
      send(response, failure(429, [throttled(this.#window.limit)], { ...headers, ...wait }));
      return 'throttled';
    }
    const fault = this.faults.meet(request);
    if (fault?.kind === 'reset') {
      message.socket.resetAndDestroy();
      return 'faults';
    }
    if (fault?.kind === 'timeout') {
      await new Promise((resolve) => response.once('close', resolve));
      return 'faults';
    }
    const given = fault && answerOf(fault, request);
    const { answer, ending } = given ? { answer: given, ending: 'faults' as const } : this.#known(request);
    if (this.#options.latency) await sleep(this.#options.latency);
    const whole = { ...answer, headers: { ...headers, ...answer.headers } };
    if (!fault) {
      send(response, whole);
      return ending;
    }
    if (fault.kind === 'truncate') await sendHalf(response, whole);
    else send(response, given ? whole : changed(fault, request, whole));
    return fault.kind === 'deny' ? 'denied' : fault.kind === 'throttle' ? 'throttled' : 'faults';
  }

  /** The answer that the estate gives. */
  #known(request: CloudflareRequest): { answer: Answer; ending: Ending } {
    try {
      const asked = this.#admit(request);
      const { operation } = request;
      if (!operation) return { answer: unrouted(request), ending: 'missing' };
      const result = operation.answer(asked);
      const answer = operation.paging
        ? pageOf(result as readonly unknown[], operation.paging, request.query)
        : json({ success: true, errors: [], messages: [], result });
      return { answer, ending: 'answered' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const denied =
        error.status === 403 && error.errors.some(({ code }) => code === DENIED.code || code === 0);
      return { answer: failure(error.status, error.errors), ending: denied ? 'denied' : 'refused' };
    }
  }

  /** Who asks, whether they may, and of what: refuses in the words of the API. */
  #admit(request: CloudflareRequest): Asked {
    const { operation, at, headers, method, path, query } = request;
    this.#authenticate(request);
    if (operation && method !== 'GET')
      refuse(405, 10405, 'Method not allowed for this authentication scheme');
    const account = this.#accountOf(at, path);
    if (operation && !opens(this.#token.permissions ?? [], operation)) throw new Refusal(403, DENIED);
    return {
      accounts: this.#accounts,
      account,
      // Only operations whose path has a zone ask for it, and those have one by now.
      zone: account.zones?.find((zone) => zoneId(zone) === at.zone_id) ?? { name: '' },
      token: this.#token,
      at: (name) => at[name] ?? '',
      query,
      headers,
      now: this.#clock(),
    };
  }

  #authenticate({ headers: { authorization }, name }: CloudflareRequest): void {
    if (authorization === undefined)
      refuse(400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers');
    const [, token] = /^Bearer ([\w-]{20,})$/.exec(authorization ?? '') ?? [];
    if (token === undefined)
      throw new Refusal(400, {
        code: 6003,
        message: 'Invalid request headers',
        error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
      });
    const verifies = name.endsWith('tokens.verify');
    if (token !== TOKEN)
      verifies ? refuse(401, 1000, 'Invalid API Token') : refuse(403, 9109, 'Invalid access token');
    const { status = 'active' } = this.#token;
    const isOver = status !== 'active' || isExpired(this.#token, this.#clock());
    // A token that is no longer valid can still be asked whether it is.
    if (isOver && !verifies) throw new Refusal(401, DENIED);
  }

  #accountOf(at: Readonly<Record<string, string>>, path: string): CloudflareAccount {
    const outside = () => refuse(403, 9109, 'Unauthorized to access requested resource');
    const [first] = this.#accounts;
    if (at.account_id !== undefined)
      return this.#accounts.find((one) => accountId(one) === at.account_id) ?? outside();
    if (at.zone_id === undefined) return first ?? outside();
    if (!/^[0-9a-f]{32}$/.test(at.zone_id)) throw new Refusal(404, noRoute(path));
    const owner = this.#accounts.find(({ zones = [] }) => zones.some((zone) => zoneId(zone) === at.zone_id));
    const name = owner?.zones?.find((zone) => zoneId(zone) === at.zone_id)?.name ?? '';
    return owner && (this.#token.zones?.includes(name) ?? true) ? owner : outside();
  }
}

const noRoute = (path: string) => ({
  code: 7003,
  message: `Could not route to ${ROOT}${path}, perhaps your object identifier is invalid?`,
});

/** Wrangler asks GraphQL for what it shows beside a database: there is nothing of it here. */
const unrouted = ({ name, path }: CloudflareRequest): Answer =>
  name === 'POST /graphql'
    ? json({ data: { viewer: { accounts: [] } }, errors: null })
    : failure(404, [noRoute(path)]);

function send(response: http.ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

async function sendHalf(response: http.ServerResponse, { status, headers, body }: Answer): Promise<void> {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.write(body.subarray(0, body.length >> 1));
  // Long enough for what was written to leave.
  await sleep(5);
  response.socket?.destroy();
}

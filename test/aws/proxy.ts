import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNT } from './moto.ts';
import { type Answer, errorAnswer, throttledError } from './proxy/answer.ts';
import { answerOf, type Conditions, changed, type Fault, Faults } from './proxy/faults.ts';
import { Buckets, delays, type Latency, type Limits } from './proxy/limits.ts';
import type { Known } from './proxy/recording.ts';
import { type AwsRequest, identify, keyOf } from './proxy/request.ts';
import { type Ending, Statistics } from './proxy/statistics.ts';

/** Where answers come from, and what they are made to wait for. */
export interface ProxyOptions {
  /** A server that answers as AWS does. Without it only what is recorded is answered. */
  upstream?: string;
  /** Answers that are known; what `upstream` answers is added to them. Without it everything is asked of `upstream`. */
  recording?: Known;
  latency?: Latency;
  limits?: Limits;
  /** The account of the user who is denied. */
  account?: string;
}

/** A server in this process that stands for every service of AWS in every region. */
export interface AwsProxy {
  /** The endpoint of every service. */
  url: string;
  /** What was asked since the start, or since it was cleared. */
  readonly statistics: Statistics;
  /** Tells what goes wrong with calls of `service:Operation`; a star stands for any text. What is told last comes first. */
  when(operation: string, fault: Fault, conditions?: Conditions): void;
  /** Forgets faults, counts and throttling. */
  clear(): void;
  /** Closes every connection; gives when that is done. */
  stop(): Promise<void>;
}

/** Starts a proxy on a free port of the loopback interface. */
export async function startProxy(options: ProxyOptions): Promise<AwsProxy> {
  const served = new Service(options);
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    served.serve(message, response).catch((error: unknown) => {
      const said = String((error instanceof Error && error.stack) || error);
      served.statistics.errors.push(said);
      // No client takes this for an answer that it should ask for again.
      if (!response.headersSent) response.writeHead(400, { 'content-type': 'text/plain' });
      response.end(said);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get statistics() {
      return served.statistics;
    },
    when: (operation, fault, conditions = {}) => served.faults.tell(operation, fault, conditions),
    clear: () => served.clear(),
    stop: async () => {
      served.agent.destroy();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Headers that belong to one connection, or to one transfer. */
const HOP = new Set(['connection', 'content-length', 'date', 'keep-alive', 'server', 'transfer-encoding']);

class Service {
  readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  readonly faults = new Faults();
  readonly #options: ProxyOptions;
  statistics = new Statistics();
  #buckets: Buckets;
  #delay: (key: string) => number;

  constructor(options: ProxyOptions) {
    this.#options = options;
    this.#buckets = new Buckets(options.limits ?? {});
    this.#delay = delays(options.latency ?? { mean: 0 });
  }

  clear(): void {
    this.faults.clear();
    this.statistics = new Statistics();
    this.#buckets = new Buckets(this.#options.limits ?? {});
    this.#delay = delays(this.#options.latency ?? { mean: 0 });
  }

  async serve(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await buffer(message);
    const request = await identify(message, body);
    const key = keyOf(request);
    const end = this.statistics.begin(request, key);
    let ending: Ending = 'faults';
    try {
      ending = await this.#answer({ message, response, request, key });
    } finally {
      end(ending);
    }
  }

  async #answer({ message, response, request, key }: Call): Promise<Ending> {
    const wait = this.#delay(key);
    if (!this.#buckets.take(request)) {
      // A service that throttles answers faster than one that works.
      await sleep(Math.min(wait, 10));
      send(response, request, errorAnswer(request, throttledError(request)));
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
    const given = fault && answerOf(fault, request, this.#options.account ?? ACCOUNT);
    const { answer, ending } = given
      ? { answer: given, ending: 'faults' as const }
      : await this.#known(message, request, key);
    if (wait > 0) await sleep(wait);
    if (!fault) {
      send(response, request, answer);
      return ending;
    }
    if (fault.kind === 'truncate') await sendHalf(response, answer);
    else send(response, request, given ?? changed(fault, request, answer));
    return fault.kind === 'deny' ? 'denied' : fault.kind === 'throttle' ? 'throttled' : 'faults';
  }

  /** The answer that is recorded, or that the server behind gives. */
  async #known(message: http.IncomingMessage, request: AwsRequest, key: string) {
    const { recording, upstream } = this.#options;
    const recorded = recording?.get(key, request);
    if (recorded) return { answer: recorded, ending: 'answered' as const };
    const refused = (code: string, what: string): Answer =>
      errorAnswer(request, { status: 400, code, message: `${request.name} ${what}` });
    if (upstream === undefined)
      return { answer: refused('NotRecorded', 'is not recorded'), ending: 'missing' as const };
    const answer = await this.#forward(upstream, message, request);
    if (answer.status < 500) {
      recording?.set(key, answer);
      return { answer, ending: 'answered' as const };
    }
    // What moto lacks, it answers with an error that clients take for one that passes.
    const instead = refused('UnsupportedOperation', `is not supported by ${upstream}`);
    recording?.set(key, instead);
    return { answer: instead, ending: 'unsupported' as const };
  }

  #forward(upstream: string, message: http.IncomingMessage, { path, body }: AwsRequest): Promise<Answer> {
    const url = new URL(path, upstream);
    const {
      'accept-encoding': _encoding,
      'transfer-encoding': _transfer,
      expect: _,
      ...rest
    } = message.headers;
    const headers = { ...rest, host: url.host, connection: 'keep-alive', 'content-length': body.length };
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const asked = http.request(
      url,
      { method: message.method ?? 'GET', headers, agent: this.agent },
      (answer) => {
        const kept = Object.entries(answer.headers).filter(
          ([name]) => !HOP.has(name) || (name === 'content-length' && message.method === 'HEAD'),
        );
        buffer(answer).then(
          (received) =>
            resolve({
              status: answer.statusCode ?? 500,
              headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
              body: received,
            }),
          reject,
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
    return promise;
  }
}

interface Call {
  message: http.IncomingMessage;
  response: http.ServerResponse;
  request: AwsRequest;
  key: string;
}

function send(
  response: http.ServerResponse,
  { method }: AwsRequest,
  { status, headers, body }: Answer,
): void {
  // An answer to HEAD announces a body, and has none.
  const length = method === 'HEAD' ? {} : { 'content-length': body.length };
  response.writeHead(status, { ...headers, ...length });
  response.end(method === 'HEAD' ? undefined : body);
}

async function sendHalf(response: http.ServerResponse, { status, headers, body }: Answer): Promise<void> {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.write(body.subarray(0, body.length >> 1));
  // Long enough for what was written to leave.
  await sleep(5);
  response.socket?.destroy();
}

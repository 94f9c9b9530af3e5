import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A server that stands for two services of AWS, and counts what was really done. */
export interface CountingServer {
  url: string;
  /** How often each thing was made: `task blue`, `listener 443`. */
  effects: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** Milliseconds until the server has done what it was asked, and until it answers. */
export const SLOWEST = 300;

/** A number from 0 to below 1, the same series for one seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * ECS by JSON 1.1 (RunTask, ListTasks) and load balancers by Query (CreateListener, DescribeListeners), as
 * https://smithy.io/2.0/aws/protocols/ has them. Both make one more thing each time that they are asked, whatever token
 * is given, and take a while before they do it, and again before they answer: one time in four long enough that whoever
 * asked was killed and has begun anew meanwhile. Never longer than {@link SLOWEST}.
 */
export async function startCounting(random: () => number): Promise<CountingServer> {
  const effects = new Map<string, number>();
  const named = (prefix: string): string[] =>
    [...effects].flatMap(([name, times]) =>
      name.startsWith(`${prefix} `) ? Array.from({ length: times }, () => name.slice(prefix.length + 1)) : [],
    );
  const work = () => wait(random() < 0.25 ? (0.3 + 0.7 * random()) * SLOWEST : random() * 10);
  const make = (name: string): void => void effects.set(name, (effects.get(name) ?? 0) + 1);

  async function json(target: string, body: string, response: ServerResponse): Promise<void> {
    const { startedBy } = JSON.parse(body) as { startedBy: string };
    let answer: object = { taskArns: named('task').filter((name) => name === startedBy) };
    if (target.endsWith('.RunTask')) {
      await work();
      make(`task ${startedBy}`);
      await work();
      answer = { tasks: [], failures: [] };
    }
    response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(answer));
  }

  async function query(parameters: URLSearchParams, response: ServerResponse): Promise<void> {
    const action = parameters.get('Action') ?? '';
    const list = () =>
      named('listener')
        .map((port) => `<member><Port>${port}</Port></member>`)
        .join('');
    if (action === 'GetCallerIdentity') {
      const arn = 'arn:aws:iam::123456789012:user/test';
      return answerXml(response, action, `<Account>123456789012</Account><Arn>${arn}</Arn>`);
    }
    if (action === 'CreateListener') {
      await work();
      make(`listener ${parameters.get('Port')}`);
      await work();
    }
    answerXml(response, action, `<Listeners>${list()}</Listeners>`);
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') await json(target, body, response);
    else await query(new URLSearchParams(body), response);
  };
  const server = createServer((request, response) => {
    // whoever asked may have been killed since
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    effects,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerXml(response: ServerResponse, action: string, result: string): void {
  response
    .setHeader('content-type', 'text/xml')
    .end(`<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
}

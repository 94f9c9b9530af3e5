import { type Answer, DENIED, failure, json, throttled } from './answer.ts';
import { DOCUMENTED } from './limit.ts';
import type { CloudflareRequest } from './request.ts';

/** What goes wrong with a call, or what is answered in place of what is there. */
export type Fault =
  /** The permission is lacking. */
  | { kind: 'deny' }
  /** The token asks too often; says after how many seconds to come back, where that is given. */
  | { kind: 'throttle'; retryAfter?: number }
  /** An error with this status, and the code that goes with it unless another is given. */
  | { kind: 'status'; status: number; code?: number }
  /** Never answers. */
  | { kind: 'timeout' }
  /** Closes the connection without a word. */
  | { kind: 'reset' }
  /** Announces the whole answer, sends half of it, and closes the connection. */
  | { kind: 'truncate' }
  /** Sends half of the answer as if it were whole. */
  | { kind: 'garble' }
  /** The first page says that more follow, whether they do or not, and those fail. A list without pages is left as it is. */
  | { kind: 'cut-page' }
  /** Another answer, as it goes over the wire; or a function that changes the envelope that is there, or gives another. */
  | { kind: 'answer'; body: object | string; status?: number }
  | { kind: 'patch'; patch: (envelope: never, request: CloudflareRequest) => unknown };

/** When a fault happens; always, unless something else is told. */
export interface Conditions {
  /** The first so many calls that fit. */
  times?: number;
  /** A question about the request, such as the script of its path: `({ at }) => at.script_name === 'api'`. */
  where?: (request: CloudflareRequest) => boolean;
}

interface Rule extends Conditions {
  operation: RegExp;
  fault: Fault;
  met: number;
}

/** What is to go wrong. */
export class Faults {
  #rules: Rule[] = [];

  /**
   * `operation` is one by its name, `d1.database.list`, or by its path as it is documented,
   * `/accounts/{account_id}/d1/database`; a star stands for any text. What is told last comes first.
   */
  tell(operation: string, fault: Fault, conditions: Conditions): void {
    const pattern = operation.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*');
    this.#rules.unshift({ ...conditions, operation: new RegExp(`^${pattern}$`), fault, met: 0 });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that this request meets, if any; counts it. */
  meet(request: CloudflareRequest): Fault | undefined {
    const rule = this.#rules.find(
      ({ operation, where, met, times = Number.POSITIVE_INFINITY }) =>
        met < times &&
        [request.name, request.operation?.path ?? ''].some((name) => operation.test(name)) &&
        (where?.(request) ?? true),
    );
    if (rule) rule.met += 1;
    return rule?.fault;
  }
}

const MESSAGES: Record<number, [code: number, message: string]> = {
  400: [1001, 'Bad request'],
  401: [10000, 'Authentication error'],
  403: [10000, 'Authentication error'],
  404: [7003, 'Could not route to the path, perhaps your object identifier is invalid?'],
  500: [10001, 'Internal error'],
};

function statusOf(status: number, code?: number): Answer {
  const [known, message] = MESSAGES[status] ?? [10001, 'Unable to complete the request'];
  return failure(status, [{ code: code ?? known, message }]);
}

const isLaterPage = ({ query }: CloudflareRequest): boolean =>
  Number(query.get('page') ?? 1) > 1 || Boolean(query.get('cursor'));

/** The answer that a fault gives by itself, without the one that is there. */
export function answerOf(fault: Fault, request: CloudflareRequest): Answer | undefined {
  switch (fault.kind) {
    case 'deny':
      return failure(403, [DENIED]);
    case 'throttle':
      return failure(429, [throttled(DOCUMENTED)], {
        ...(fault.retryAfter !== undefined && { 'retry-after': String(fault.retryAfter) }),
      });
    case 'status':
      return statusOf(fault.status, fault.code);
    case 'answer':
      return typeof fault.body === 'string'
        ? {
            status: fault.status ?? 200,
            headers: { 'content-type': 'text/html' },
            body: Buffer.from(fault.body),
          }
        : json(fault.body, fault.status);
    case 'cut-page':
      return isLaterPage(request) ? statusOf(500) : undefined;
    default:
      return;
  }
}

interface Envelope {
  result_info?: {
    page?: number;
    total_count?: number;
    total_pages?: number;
    cursors?: object;
    cursor?: string;
  };
}

/** A first page after which there is more: as many more pages as clients can be led to ask for. */
function goingOn(envelope: Envelope): Envelope {
  const info = envelope.result_info;
  if (info === undefined) return envelope;
  if (info.cursors !== undefined)
    return { ...envelope, result_info: { ...info, cursors: { after: 'more' } } };
  if (info.page === undefined) return { ...envelope, result_info: { ...info, cursor: 'more' } };
  const { total_count = 0, total_pages = 1 } = info;
  return {
    ...envelope,
    result_info: { ...info, total_count: total_count + 10_000, total_pages: total_pages + 1 },
  };
}

/** The answer that is there, as a fault changes it. */
export function changed(fault: Fault, request: CloudflareRequest, answer: Answer): Answer {
  const envelope = () => JSON.parse(answer.body.toString()) as never;
  switch (fault.kind) {
    case 'garble':
      return { ...answer, body: answer.body.subarray(0, answer.body.length >> 1) };
    case 'cut-page':
      return answer.status < 300 ? { ...answer, body: json(goingOn(envelope())).body } : answer;
    case 'patch': {
      const content = envelope();
      return { ...answer, body: json(fault.patch(content, request) ?? content).body };
    }
    default:
      return answer;
  }
}

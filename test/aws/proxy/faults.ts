import { type Answer, decode, deniedError, encode, errorAnswer, failure, throttledError } from './answer.ts';
import type { AwsRequest } from './request.ts';

/** What goes wrong with a call, or what is answered in place of what is there. */
export type Fault =
  /** The permission is lacking. */
  | { kind: 'deny' }
  /** The service is asked too often; says after how many seconds to come back, where that is given. */
  | { kind: 'throttle'; retryAfter?: number }
  /** An error with this status, and the code that the service uses with it unless another is given. */
  | { kind: 'status'; status: number; code?: string }
  /** Never answers. */
  | { kind: 'timeout' }
  /** Closes the connection without a word. */
  | { kind: 'reset' }
  /** Announces the whole answer, sends half of it, and closes the connection. */
  | { kind: 'truncate' }
  /** Sends half of the answer as if it were whole. */
  | { kind: 'garble' }
  /**
   * The first page comes, and those that its token leads to fail. Where the answer has one page only, `token` is the
   * member that gets a token: `nextToken`, `NextMarker`.
   */
  | { kind: 'cut-page'; token?: string }
  /**
   * Another answer: an object for the protocols of JSON and CBOR, text for all; or a function that changes what is
   * there, or gives another. XML is given to it as text.
   */
  | { kind: 'answer'; body: object | string; status?: number }
  | { kind: 'patch'; patch: (answer: never, request: AwsRequest) => unknown };

/** When a fault happens; always, unless something else is told. */
export interface Conditions {
  region?: string;
  /** The first so many calls that fit. */
  times?: number;
  /** A question about the request, such as a parameter of it. */
  where?: (request: AwsRequest) => boolean;
}

interface Rule extends Conditions {
  operation: RegExp;
  fault: Fault;
  met: number;
}

/** What is to go wrong. */
export class Faults {
  #rules: Rule[] = [];

  /** `operation` is `service:Operation`, where a star stands for any text. What is told last comes first. */
  tell(operation: string, fault: Fault, conditions: Conditions): void {
    const pattern = operation.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*');
    this.#rules.unshift({ ...conditions, operation: new RegExp(`^${pattern}$`), fault, met: 0 });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that this request meets, if any; counts it. */
  meet(request: AwsRequest): Fault | undefined {
    const rule = this.#rules.find(
      ({ operation, region, where, fault, met, times = Number.POSITIVE_INFINITY }) =>
        met < times &&
        operation.test(request.name) &&
        (region === undefined || region === request.region) &&
        (where?.(request) ?? true) &&
        (fault.kind !== 'cut-page' || fault.token !== undefined || isLaterPage(request)),
    );
    if (rule) rule.met += 1;
    return rule?.fault;
  }
}

/** The answer that a fault gives by itself, without the one that is there. */
export function answerOf(fault: Fault, request: AwsRequest, account: string): Answer | undefined {
  switch (fault.kind) {
    case 'deny':
      return errorAnswer(request, deniedError(request, account));
    case 'throttle': {
      const answer = errorAnswer(request, throttledError(request));
      if (fault.retryAfter !== undefined) answer.headers['retry-after'] = String(fault.retryAfter);
      return answer;
    }
    case 'status':
      return errorAnswer(request, failure(request, fault.status, fault.code));
    case 'answer':
      return encode(request, fault.body, fault.status);
    case 'cut-page':
      return isLaterPage(request) ? errorAnswer(request, failure(request, 500)) : undefined;
    default:
      return;
  }
}

/** The answer that is there, as a fault changes it. */
export function changed(fault: Fault, request: AwsRequest, answer: Answer): Answer {
  switch (fault.kind) {
    case 'garble':
      return { ...answer, body: answer.body.subarray(0, answer.body.length >> 1) };
    case 'cut-page':
      return fault.token && answer.status < 300 ? withToken(request, answer, fault.token) : answer;
    case 'patch': {
      const content = decode(request, answer);
      const body = fault.patch(content as never, request) ?? content;
      return { ...answer, body: encode(request, body).body };
    }
    default:
      return answer;
  }
}

/** Parameters that ask for a page after the first, in small letters and without hyphens. */
const TOKENS = new Set([
  'nexttoken',
  'marker',
  'nextmarker',
  'keymarker',
  'continuationtoken',
  'paginationtoken',
  'exclusivestarttablename',
  'startrecordname',
  // Route 53 calls the record to begin with by its name.
  'name',
]);

const isLaterPage = ({ parameters, service, operation }: AwsRequest): boolean =>
  Object.entries(parameters).some(([key, value]) => {
    const name = key.replaceAll('-', '').toLowerCase();
    const asksForPage = name !== 'name' || (service === 'route53' && operation === 'ListResourceRecordSets');
    return asksForPage && TOKENS.has(name) && value !== undefined && value !== null && value !== '';
  });

function withToken(request: AwsRequest, answer: Answer, token: string): Answer {
  const content = decode(request, answer);
  if (typeof content !== 'string')
    return { ...answer, body: encode(request, { [token]: 'more', ...(content as object) }).body };
  const element = `<${token}>more</${token}>`;
  const empty = new RegExp(`<${token}\\s*/>|<${token}></${token}>`);
  if (empty.test(content)) return { ...answer, body: Buffer.from(content.replace(empty, element)) };
  const end =
    request.protocol === 'query'
      ? content.indexOf(`</${request.operation}Result>`)
      : content.trimEnd().lastIndexOf('</');
  const text = `${content.slice(0, end)}${element}${content.slice(end)}`;
  return {
    ...answer,
    body: Buffer.from(text.replace('<IsTruncated>false<', '<IsTruncated>true<')),
  };
}

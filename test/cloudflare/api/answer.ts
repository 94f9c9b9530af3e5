import type { Limit } from './limit.ts';

/** What goes back to the client. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** An error as the API tells it: https://developers.cloudflare.com/fundamentals/api/troubleshooting/ */
export interface ApiError {
  code: number;
  message: string;
  error_chain?: ApiError[];
}

/** What an operation throws where it cannot give what was asked for. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly ApiError[];

  constructor(status: number, ...errors: ApiError[]) {
    super(errors.map(({ code, message }) => `${code} ${message}`).join('; '));
    this.status = status;
    this.errors = errors;
  }
}

export const refuse = (status: number, code: number, message: string): never => {
  throw new Refusal(status, { code, message });
};

/** Says what is not there: a status of 404 with the code that the product has for it. */
export function found<T>(thing: T | undefined, code: number, message: string): T {
  return thing ?? refuse(404, code, message);
}

export function json(content: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(content)),
  };
}

/** The envelope of what succeeded. */
export const success = (result: unknown, resultInfo?: object): Answer =>
  json({
    success: true,
    errors: [],
    messages: [],
    result,
    ...(resultInfo && { result_info: resultInfo }),
  });

/** The envelope of what did not. */
export const failure = (status: number, errors: readonly ApiError[], headers = {}): Answer =>
  json({ success: false, errors, messages: [], result: null }, status, headers);

/** A token lacks the permission: the same code as for a token that is not one, with another status. */
export const DENIED: ApiError = { code: 10000, message: 'Authentication error' };

/** The token asks too often; what the limit is stands in the message. */
export const throttled = ({ requests, seconds }: Limit): ApiError => ({
  code: 971,
  message: `More than ${requests} requests per ${seconds} seconds reached. Please wait and consider throttling your request speed`,
});

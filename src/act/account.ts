import type { Json } from '#model/fact.ts';
import type { AwsRead, AwsWrite } from '#model/step.ts';
import type { Answer } from './journal/event.ts';

/** What is sent: a write in which nothing is left open. It may hold secrets, and is kept nowhere. */
export interface Call {
  service: string;
  operation: string;
  region?: string;
  input: Record<string, unknown>;
  /** The same each time that one change is tried: where the API takes such a token, it does a thing once. */
  token: string;
}

/** How a call was answered. */
export interface Answered {
  answer: Answer;
  request?: string;
  status?: number;
  /** The name of the error; never its message, which may repeat what was sent. */
  error?: string;
}

/** Who changed something last. */
export interface Writer {
  event: string;
  at: string;
  by?: string;
}

/** What a run does with an account. `act/aws-account.ts` is the one that is real. */
export interface Account {
  identity: { account: string; arn: string };
  /** @throws Refused where there is no answer */
  read(read: AwsRead): Promise<Json>;
  /** As {@link read}, with dates and bytes as the SDK has them: for a document that is sent back. */
  document(read: AwsRead): Promise<unknown>;
  /** Sends once. Never throws: of a call without an answer nobody knows, and the answer says so. */
  send(call: Call): Promise<Answered>;
  /** @throws InputError where a write or one of its reads names what is not known */
  known(one: AwsWrite | AwsRead): Promise<void>;
  /** Who changed what a read shows since a moment, as far as the account's trail tells. Never throws. */
  lastWriter(read: AwsRead, since: string): Promise<Writer | undefined>;
}

/** What the run needs of the machine; tests have their own. */
export interface Time {
  now(): Date;
  /** @param ms milliseconds */
  sleep(ms: number): Promise<void>;
}

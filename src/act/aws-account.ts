import { NormalizedSchema } from '@smithy/core/schema';
import { readAws, readState } from '#collect/readers/aws/read-state.ts';
import { Refused } from '#collect/readers/aws/refusal.ts';
import { type AwsCommand, awsOperation } from '#collect/readers/aws/services.ts';
import { type AwsAccess, AwsSession, homeRegion, type Identity } from '#collect/readers/aws/session.ts';
import type { Account, Answered, Call } from './account.ts';
import { lastWriter } from './last-writer.ts';

/** The account that credentials open, and the means to close it. */
export interface OpenAccount extends Account {
  close(): void;
}

/**
 * Opens an account for reading and writing. Reads are tried again as in an audit; a write is sent once, and what became
 * of it is for its state to say.
 * @param region where whose credentials they are is asked, and what names no region
 * @throws Refused when there are no credentials, or they are not accepted
 */
export async function openAccount(access: AwsAccess, region: string): Promise<OpenAccount> {
  const reads = new AwsSession(access);
  const writes = new AwsSession({ ...access, attempts: 1 });
  const close = () => {
    reads.close();
    writes.close();
  };
  try {
    const identity = await reads.identity(region);
    const place = { partition: identity.partition, region };
    return {
      identity,
      read: (read) => readState(reads, read, place),
      document: (read) => readAws(reads, read, place),
      send: (call) => send(writes, call, identity, region),
      known: async ({ service, operation }) => void (await awsOperation(service, operation)),
      lastWriter: (read, since) => lastWriter(reads, read, since, place),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function send(
  session: AwsSession,
  call: Call,
  { partition }: Identity,
  home: string,
): Promise<Answered> {
  try {
    const { service, Client, Command } = await awsOperation(call.service, call.operation);
    const region = service.global ? homeRegion(partition) : (call.region ?? home);
    const client = session.client(Client, { service: service.iam, permissions: {} }, region, region);
    const command = new Command(withToken(Command, call));
    const { $metadata } = (await client.send(command as never)) as { $metadata?: Metadata };
    return { answer: 'accepted', ...told($metadata) };
  } catch (error) {
    return answeredBy(error);
  }
}

interface Metadata {
  requestId?: string;
  httpStatusCode?: number;
}

const told = ({ requestId, httpStatusCode }: Metadata = {}): Omit<Answered, 'answer'> => ({
  ...(requestId !== undefined && { request: requestId }),
  ...(httpStatusCode !== undefined && { status: httpStatusCode }),
});

/** Nothing was sent: there was nobody to send it as. */
const UNSENT = new Set(['CredentialsProviderError', 'TokenProviderError']);

/**
 * What an error says of a write. Smithy 2.0, “Error handling”: an answer of 4xx is a refusal, which changed nothing;
 * 408, 5xx and no answer at all leave open what the service did.
 */
export function answeredBy(error: unknown): Answered {
  const refused = Refused.of(error, { operation: '' });
  const cause = refused.cause as { name?: string; $metadata?: Metadata } | undefined;
  const status = cause?.$metadata?.httpStatusCode;
  const name = cause?.name ?? 'Error';
  const rest = { ...told(cause?.$metadata), error: name };
  if (refused.refusal.sort === 'throttled' && status !== undefined) return { answer: 'throttled', ...rest };
  if (UNSENT.has(name) || (status !== undefined && status >= 400 && status < 500 && status !== 408))
    return { answer: 'rejected', ...rest };
  return { answer: 'unknown', ...rest };
}

/** What APIs call the text by which they know a request that they have already served. */
const TOKEN =
  /^(?:clientToken|ClientToken|clientRequestToken|ClientRequestToken|idempotencyToken|IdempotencyToken|CallerReference)$/;

/** The input with the call's token, where the operation takes one at its top and the plan gives none. */
function withToken(Command: new (input: object) => AwsCommand, { input, token }: Call): object {
  const { schema } = new Command({});
  const shape = Array.isArray(schema) && typeof schema[4] === 'function' ? schema[4]() : undefined;
  if (shape === undefined) return input;
  const names = [...NormalizedSchema.of(shape).structIterator()].map(([name]) => name);
  const member = names.find((name) => TOKEN.test(name));
  return member === undefined || Object.hasOwn(input, member) ? input : { ...input, [member]: token };
}

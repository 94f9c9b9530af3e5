import { search } from '@jmespath-community/jmespath';
import { InputError } from '#lib/input-error.ts';
import type { Json } from '#model/fact.ts';
import type { AwsRead } from '#model/step.ts';
import { Refused } from './refusal.ts';
import { awsOperation } from './services.ts';
import { type AwsSession, homeRegion } from './session.ts';

/** Verbs with which reads begin. Service Authorization Reference, access levels “List” and “Read”. */
const READ = /^(?:Get|List|Describe|Lookup|Search|BatchGet|Head|Filter|Test)(?=[A-Z])/;
/** Named like reads, and more than that: they give secrets, or run something. */
const NO_READ = /^(?:GetSecretValue|BatchGetSecretValue|GetRandomPassword|GetSessionToken)$/;
/** The input asks for one page of its own choice. */
const OWN_PAGE = /^(?:max|limit$|marker$|nexttoken$|page|start)/i;
const MOST_PAGES = 50;
/** What it asks for is not there, as services say it. */
const ABSENT = /NotFound|NoSuch|DoesNotExist|NonExistent|NotExist/;

/** Where a read without a region is sent, and one of a service without regions. */
export interface ReadPlace {
  partition: string;
  /** For a read that names no region. */
  region: string;
}

/**
 * What a read's query gives of the answer, as the SDK gives it: dates are dates. `null` where the query finds nothing,
 * and where the service says that what it is asked about does not exist.
 *
 * All pages are read, unless the input asks for one itself.
 * @throws Refused where there is no answer; InputError for what is no read, or is not known
 */
export async function readAws(session: AwsSession, read: AwsRead, place: ReadPlace): Promise<unknown> {
  const { service: name, operation, input, query } = read;
  if (!READ.test(operation) || NO_READ.test(operation))
    throw new InputError(`${name} ${operation} is no read of a state: it is not sent as one`);
  const { service, Client, Command, paginate } = await awsOperation(name, operation);
  const region = service.global ? homeRegion(place.partition) : (read.region ?? place.region);
  const asked = { operation: `${service.iam}:${operation}`, permission: `${service.iam}:${operation}` };
  const client = session.client(Client, { service: service.iam, permissions: {} }, region, region);
  let answer: Record<string, unknown>;
  try {
    const paged = paginate && !Object.keys(input).some((key) => OWN_PAGE.test(key));
    answer = paged
      ? // the SDK keeps the place of the next page in what it is given
        await allPages(paginate({ client }, { ...input }), asked)
      : ((await client.send(new Command(input) as never)) as Record<string, unknown>);
  } catch (error) {
    const refused = Refused.of(error, asked);
    if (refused.refusal.sort === 'failed' && ABSENT.test(refused.fault)) return null;
    throw new Refused({ ...refused.refusal, ...asked }, refused.cause);
  }
  const { $metadata: _metadata, ...told } = answer;
  try {
    return search(told as never, query) ?? null;
  } catch (error) {
    throw new InputError(
      `${query}: no JMESPath that can be read (${(error as Error).message.split('\n')[0]})`,
    );
  }
}

/** The same as JSON: dates are texts, and what is not there is left out. */
export const readState = async (session: AwsSession, read: AwsRead, place: ReadPlace): Promise<Json> =>
  asJson(await readAws(session, read, place));

/** A value of the SDK as JSON. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;

/** Lists of all pages, one after the other; the rest is the first page's. */
async function allPages(
  pages: AsyncIterable<object>,
  asked: { operation: string; permission: string },
): Promise<Record<string, unknown>> {
  let all: Record<string, unknown> | undefined;
  let count = 0;
  for await (const page of pages) {
    if (!all) all = { ...page };
    else
      for (const [key, value] of Object.entries(page))
        if (Array.isArray(value)) all[key] = [...((all[key] as unknown[] | undefined) ?? []), ...value];
    count += 1;
    // what was not read to its end says nothing of what is not there
    if (count > MOST_PAGES)
      throw new Refused({
        sort: 'failed',
        ...asked,
        why: {
          fr: `\`${asked.operation}\` a plus de ${MOST_PAGES} pages`,
          en: `\`${asked.operation}\` has more than ${MOST_PAGES} pages`,
        },
      });
  }
  return all ?? {};
}

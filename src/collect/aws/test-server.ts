import type { BuildMiddleware, MetadataBearer } from '@smithy/types';
import type { Operation } from '#model/coverage.ts';
import type { Fact, Kind } from '#model/fact.ts';
import type { Lookup } from '#model/lookup.ts';
import { DeclaredNames } from '../declared-names.ts';
import { type AwsClient, type AwsClientClass, AwsSession } from '../readers/aws/session.ts';
import { type Headers, loopback, type Reply } from '../readers/aws/test-loopback.ts';
import type { AwsCollector, Place } from './aws-collector.ts';
import { type AwsAnswers, collectAws } from './collect-aws.ts';
import { Details } from './details.ts';
import type { WantedResource } from './wanted.ts';

/** What a service says of an error. */
export interface Failure {
  status: number;
  code: string;
}

/**
 * An answer: an object for services that speak JSON; for those that speak XML the text within `<OperationResult>`
 * (Query), within `<OperationResponse>` (EC2), or all of it (S3, Route 53, CloudFront); an error by status and code.
 */
type Content = object | string | Failure;

/** Answers by `service:Operation`, the service as the collector calls it; a function is given what was asked with. */
export type Answers = Record<
  `${string}:${string}`,
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what its operation is asked with
  Content | ((input: any) => Content)
>;

/** A server that stands for AWS in one test. */
export interface Answering {
  url: string;
  /** What was asked, in order: `sqs:ListQueues`. */
  readonly calls: readonly string[];
  /** The region that each of them was signed for. */
  readonly regions: readonly string[];
  stop(): Promise<void>;
}

/** What a principal without the permission is told. */
export const DENIED: Failure = { status: 403, code: 'AccessDeniedException' };

export const ACCOUNT = '123456789012';

/** Which operation it is, and what it is asked with: the request alone would not tell without each service's routes. */
const OPERATION = 'x-test-operation';
const INPUT = 'x-test-input';

type Protocol = 'json' | 'query' | 'ec2' | 'rest-xml';

/** https://smithy.io/2.0/aws/protocols/: JSON 1.0, JSON 1.1 and REST-JSON answer alike. */
function protocolOf(service: string, headers: Headers): Protocol {
  if (service === 'ec2') return 'ec2';
  if (['s3', 'route53', 'cloudfront'].includes(service)) return 'rest-xml';
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? 'query' : 'json';
}

const ERRORS: Record<Protocol, (code: string) => string> = {
  json: (code) => JSON.stringify({ __type: code, message: 'told by a test' }),
  query: (code) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>told by a test</Message></Error></ErrorResponse>`,
  ec2: (code) =>
    `<Response><Errors><Error><Code>${code}</Code><Message>told by a test</Message></Error></Errors></Response>`,
  'rest-xml': (code) => `<Error><Code>${code}</Code><Message>told by a test</Message></Error>`,
};

const isFailure = (content: Content): content is Failure =>
  typeof content === 'object' && 'status' in content && 'code' in content;

function bodyOf(content: object | string, protocol: Protocol, operation: string): string {
  if (typeof content !== 'string') return protocol === 'json' ? JSON.stringify(content) : '';
  if (protocol === 'query')
    return `<${operation}Response><${operation}Result>${content}</${operation}Result></${operation}Response>`;
  return protocol === 'ec2' ? `<${operation}Response>${content}</${operation}Response>` : content;
}

function replyTo(headers: Headers, answers: Answers): Reply {
  const name = String(headers[OPERATION]);
  const [service = '', operation = ''] = name.split(':');
  const protocol = protocolOf(service, headers);
  const type = protocol === 'json' ? 'application/x-amz-json-1.1' : 'text/xml';
  const answer = answers[name as keyof Answers] ?? (protocol === 'json' ? {} : '');
  const content: Content =
    typeof answer === 'function'
      ? (answer as (input: unknown) => Content)(
          JSON.parse(decodeURIComponent(String(headers[INPUT] ?? '%7B%7D'))),
        )
      : answer;
  if (isFailure(content))
    return {
      status: content.status,
      headers: { 'content-type': type, ...(protocol === 'json' && { 'x-amzn-errortype': content.code }) },
      body: ERRORS[protocol](content.code),
    };
  return { status: 200, headers: { 'content-type': type }, body: bodyOf(content, protocol, operation) };
}

/** Starts a server with these answers. What is not among them is answered as empty. */
export async function answering(answers: Answers): Promise<Answering> {
  const calls: string[] = [];
  const regions: string[] = [];
  const server = await loopback((headers) => {
    calls.push(String(headers[OPERATION]));
    regions.push(/Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '');
    return replyTo(headers, answers);
  });
  return { ...server, calls, regions };
}

/** A session that tells the server which operation each request is. */
class TestSession extends AwsSession {
  override client<C extends AwsClient>(
    Class: AwsClientClass<C>,
    service: { service: string; permissions: AwsCollector['permissions'] },
    region: string,
    place: string,
  ): C {
    const client = super.client(Class, service, region, place);
    const named: BuildMiddleware<object, MetadataBearer> = (next, context) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers[OPERATION] = `${service.service}:${String(context.commandName).replace(/Command$/, '')}`;
      headers[INPUT] = encodeURIComponent(JSON.stringify(args.input));
      return next(args);
    };
    client.middlewareStack.add(
      named as never,
      { name: 'constatTest', step: 'build', override: true } as never,
    );
    return client;
  }
}

const ENVIRONMENT: Record<string, string> = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};

/** Where a test's collector looks, and the names that files give. */
interface Where {
  region?: string;
  declared?: readonly (readonly [kind: Kind, name: string])[];
  /** Of details: what other services told. */
  known?: readonly Pick<Fact, 'kind' | 'name' | 'arn' | 'properties'>[];
}

const saidOf = (declared: Where['declared'] = []): Fact[] =>
  declared.map(([kind, name]) => ({
    kind,
    name,
    source: 'repo',
    sort: 'declared',
    nameStatus: name.includes('⟨') ? 'template' : 'literal',
    evidence: { source: 'repo', file: 'stack.yml', line: 1 },
    environments: [],
  }));

/** Opens a session that reaches a server, for as long as something is done with it. */
async function within<T>(
  { url }: Pick<Answering, 'url'>,
  { region = 'eu-west-3', declared }: Where,
  act: (session: AwsSession, place: Place) => Promise<T>,
): Promise<T> {
  const settings = { ...ENVIRONMENT, AWS_ENDPOINT_URL: url };
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  const session = new TestSession({ attempts: 2, delay: 0, timeout: 5_000 });
  try {
    return await act(session, {
      identity: { account: ACCOUNT, partition: 'aws', arn: `arn:aws:iam::${ACCOUNT}:user/auditor` },
      region,
      at: '2026-03-01T08:00:00.000Z',
      declared: new DeclaredNames(saidOf(declared)),
    });
  } finally {
    session.close();
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}

const coverageOf = (session: AwsSession): Operation[] =>
  session.places.flatMap((place) => session.ledger(place).operations);

/** Runs one collector against a server: its facts, what it looked for, and the operations with their refusals. */
export const collect = (
  collector: AwsCollector,
  server: Pick<Answering, 'url'>,
  where: Where = {},
): Promise<{ facts: Fact[]; lookups: Lookup[]; coverage: Operation[] }> =>
  within(server, where, async (session, place) => ({
    ...(await collector.run(session, place)),
    coverage: coverageOf(session),
  }));

/**
 * Runs a collector against a server, then asks it for details: what these add, and what was asked for them alone.
 * @param wanted kinds and names of what the lists told; more where nothing was seen of it
 */
export async function detailed(
  collector: AwsCollector,
  answers: Answers,
  wanted: readonly (readonly [kind: Kind, name: string])[],
  where: Where = {},
) {
  const server = await answering(answers);
  try {
    return await within(server, where, async (session, place) => {
      const first = await collector.run(session, place);
      const { length } = server.calls;
      const others = (where.known ?? []).map((one): Fact => {
        const [fact] = saidOf([[one.kind, one.name]]) as [Fact];
        return { ...fact, source: 'aws', sort: 'observed', region: place.region, ...one };
      });
      const seen = [...first.facts, ...others];
      const details = new Details(session, [collector], () => place, seen);
      const resources = wanted.map(([kind, name]): WantedResource => {
        const { scope, arn, region } = seen.find((one) => one.kind === kind && one.name === name) ?? {};
        return {
          kind,
          name,
          properties: {},
          ...(scope !== undefined && { scope }),
          ...(arn !== undefined && { arn }),
          ...(region !== undefined && { region }),
        };
      });
      const more = await details.of(resources);
      const calls = server.calls.slice(length);
      const again = await details.of(resources);
      if (again.facts.length > 0 || server.calls.length > length + calls.length)
        throw new Error('what was asked was asked again');
      return {
        ...more,
        first: first.facts,
        calls,
        regions: server.regions.slice(length),
        coverage: coverageOf(session),
      };
    });
  } finally {
    await server.stop();
  }
}

/** An account as an audit reads it, of which more may be asked until the act is over. */
export async function withAccount<T>(
  collectors: readonly AwsCollector[],
  answers: Answers,
  { regions, said = [] }: { regions: readonly string[]; said?: readonly Fact[] },
  act: (account: AwsAnswers, server: Answering) => Promise<T>,
): Promise<T> {
  const server = await answering(answers);
  try {
    return await within(server, {}, async (session, { identity }) => {
      const clock = () => new Date('2026-03-01T08:00:00.000Z');
      const opening = Promise.resolve({ identity, collectors });
      return act(await collectAws({ regions }, said, clock, undefined, { session, opening }), server);
    });
  } finally {
    await server.stop();
  }
}

/** Starts a server, runs a collector against it, stops the server. */
export async function collected(collector: AwsCollector, answers: Answers, where: Where = {}) {
  const server = await answering(answers);
  try {
    return { ...(await collect(collector, server, where)), calls: server.calls, regions: server.regions };
  } finally {
    await server.stop();
  }
}

/** The one fact of a name. */
export function factOf(facts: readonly Fact[], name: string): Fact {
  const [fact, ...more] = facts.filter((one) => one.name === name);
  if (!fact || more.length > 0) throw new Error(`${more.length + (fact ? 1 : 0)} facts are named ${name}`);
  return fact;
}

import { expect, test, vi } from 'vitest';
import type { AwsCollector } from '#collect/aws/aws-collector.ts';
import { collectAws, openAccount } from '#collect/aws/collect-aws.ts';
import { awsCollectors } from '#collect/aws/collectors.ts';
import type { WantedResource } from '#collect/aws/wanted.ts';
import type { Fact } from '#model/fact.ts';
import { resourceId } from '#model/kinds/kinds.ts';
import type { Resource } from '#model/resource.ts';
import { resourcesOf } from '#reconcile/resources.ts';
import { awsForTests } from '../aws/aws-for-tests.ts';
import type { Fault } from '../aws/proxy/faults.ts';
import { Recording } from '../aws/proxy/recording.ts';
import { type AwsProxy, startProxy } from '../aws/proxy.ts';
import { answerUnknown, REGION, seedEverything } from './everything.ts';
import { answerOnPath, imagesOf } from './on-path.ts';

const aws = awsForTests();
const DAY = () => new Date('2026-11-28T00:00:00Z');
const MATRIX: readonly [name: string, fault: Fault][] = [
  ['403', { kind: 'deny' }],
  ['404', { kind: 'status', status: 404 }],
  ['429 to the end', { kind: 'throttle' }],
  ['500', { kind: 'status', status: 500 }],
  ['a time-out', { kind: 'timeout' }],
  ['a reset', { kind: 'reset' }],
  ['a truncated body', { kind: 'truncate' }],
  ['half a body', { kind: 'garble' }],
];
/** What lists the things of which a service tells details. */
const LISTED_BY: Record<string, string> = { apigatewayv2: 'apigateway', wafv2: 'elbv2' };
/** Faults with which services say that there is nothing: AWS Lambda API Reference, GetPolicy. */
const NOTHING_THERE = new Set(['lambda:GetPolicy, 404']);
/** The members that give and take the token of a page, as services write them. */
const TOKENS = ['nextToken', 'NextToken', 'NextMarker', 'Marker', 'marker', 'position', 'PaginationToken'];

/** What files say: half of what the account holds, and for each kind something that it does not. */
function declarations(observed: readonly Fact[]): Fact[] {
  const declare = (fact: Fact, name: string): Fact => ({
    kind: fact.kind,
    name,
    source: 'repo',
    sort: 'declared',
    nameStatus: 'literal',
    evidence: { source: 'repo', file: 'deploy.yml', line: 1 },
    environments: [],
    ...(fact.scope !== undefined && { scope: fact.scope }),
    ...(fact.region !== undefined && { region: fact.region }),
  });
  return [...Map.groupBy(observed, ({ kind }) => kind).values()].flatMap((facts) => [
    ...facts.filter((_, index) => index % 2 === 0).map((fact) => declare(fact, fact.name)),
    ...facts.slice(0, 1).map((fact) => declare(fact, 'not-there')),
  ]);
}

async function read(collectors: readonly AwsCollector[], declared: readonly Fact[], timeout = 5_000) {
  const request = { regions: [REGION], attempts: 2, delay: 1, timeout };
  const services = collectors.map((collector) => async () => collector);
  const seen = await collectAws(request, declared, DAY, undefined, openAccount(request, services));
  // as if all of it were on a path
  const wanted: WantedResource[] = [
    ...seen.facts.map(({ kind, name, scope, arn, region }) => ({
      kind,
      name,
      properties: {},
      ...(scope !== undefined && { scope }),
      ...(arn !== undefined && { arn }),
      ...(region !== undefined && { region }),
    })),
    ...imagesOf(aws.account).map((name) => ({ kind: 'Docker::Image' as const, name, properties: {} })),
  ];
  const more = await seen.details(wanted);
  seen.close();
  return { ...seen, listed: seen.facts, facts: [...seen.facts, ...more.facts], coverage: seen.coverage() };
}

function answer(proxy: AwsProxy): void {
  answerUnknown(proxy, aws.account);
  answerOnPath(proxy, aws.account);
}

const keyOf = (resource: Resource) => `${resource.id}\n${resourceId(resource)}`;
const isSure = ({ status }: Resource) => status !== 'unverified';

test('no status depends on a read that was broken, and every one that changes names its operation', {
  timeout: 280_000,
}, async () => {
  const collectors = await Promise.all(awsCollectors.map((load) => load()));
  const recording = new Recording();
  const recorder = await startProxy({ upstream: aws.moto, recording, account: aws.account });
  answer(recorder);
  await seedEverything(aws.moto, aws.account);
  const point = (proxy: AwsProxy) => vi.stubEnv('AWS_ENDPOINT_URL', proxy.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
  point(recorder);
  const first = await read(collectors, []);
  const declared = declarations(first.listed);
  // details that are only read of what files name are recorded too
  const healthy = await read(collectors, declared);
  const silent = healthy.coverage.flatMap(({ operations }) =>
    operations.filter(({ denied, failed }) => denied + failed > 0).map(({ name }) => name),
  );
  expect(silent).toEqual([]);
  await recorder.stop();

  const proxy = await startProxy({ recording, account: aws.account });
  answer(proxy);
  point(proxy);
  const wrong: string[] = [];
  const broken = new Set<string>();
  try {
    for (const collector of collectors) {
      proxy.clear();
      answer(proxy);
      const together = collectors.filter(({ id }) => id === collector.id || id === LISTED_BY[collector.id]);
      const sound = await read(together, declared);
      const before = new Map(
        resourcesOf([...declared, ...sound.facts], [sound.observation]).map((one) => [keyOf(one), one]),
      );
      const own = new Set(Object.keys(collector.permissions).map((name) => `${collector.service}:${name}`));
      const operations = Object.keys(proxy.statistics.operations).filter((name) => own.has(name));
      const paged = TOKENS.map((token): [string, Fault] => [
        `a page cut off after its ${token}`,
        { kind: 'cut-page', token },
      ]);
      for (const operation of operations)
        for (const [name, fault] of [...MATRIX, ...paged]) {
          proxy.clear();
          answer(proxy);
          proxy.when(operation, fault);
          const after = await read(together, declared, fault.kind === 'timeout' ? 120 : undefined);
          const told = after.coverage.flatMap((one) => one.operations).find((one) => one.name === operation);
          const failed = told !== undefined && told.denied + told.failed > 0;
          // the answer is one page, whatever this service calls its token; or has no body to be cut
          if (!failed && (fault.kind === 'cut-page' || fault.kind === 'truncate' || fault.kind === 'garble'))
            continue;
          broken.add(operation);
          if (!failed && !NOTHING_THERE.has(`${operation}, ${name}`))
            wrong.push(`${operation}, ${name}: nothing says that it failed`);
          for (const resource of resourcesOf([...declared, ...after.facts], [after.observation])) {
            const was = before.get(keyOf(resource));
            if (isSure(resource) && was?.status !== resource.status)
              wrong.push(
                `${operation}, ${name}: ${resource.kind} ${resource.name} is ${resource.status}, and was ${was?.status ?? 'not there'}`,
              );
            else if (!isSure(resource) && was && isSure(was) && !resource.reason?.en.includes(operation))
              wrong.push(
                `${operation}, ${name}: ${resource.kind} ${resource.name} does not say why: ${resource.reason?.en}`,
              );
          }
        }
    }
  } finally {
    await proxy.stop();
    vi.unstubAllEnvs();
  }
  expect([...new Set(wrong)].slice(0, 40)).toEqual([]);
  const known = collectors.flatMap(({ service, permissions }) =>
    Object.keys(permissions).map((operation) => `${service}:${operation}`),
  );
  expect(known.filter((operation) => !broken.has(operation))).toEqual([]);
});

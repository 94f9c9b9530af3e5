import { expect, test } from 'vitest';
import { tagging } from './tagging.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const at = (service: string, resource: string, region = 'eu-west-3', account = ACCOUNT) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const tagged = (ResourceARN: string, tags: Record<string, string> = {}) => ({
  ResourceARN,
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});
const answers = (...list: object[]) => ({ 'tag:GetResources': { ResourceTagMappingList: list } });
const names = async (...arns: string[]) =>
  (await collected(tagging, answers(...arns.map((arn) => tagged(arn))))).facts.map(({ name }) => name);

test('what bears a tag and no collector lists is told by its ARN', async () => {
  const arn = at('batch', 'job-queue/nightly');
  const { facts } = await collected(
    tagging,
    answers(tagged(arn, { Name: 'Nightly jobs', Env: 'production' })),
  );
  expect(factOf(facts, 'nightly')).toMatchObject({
    kind: 'AWS::Batch::JobQueue',
    arn,
    region: 'eu-west-3',
    otherNames: ['Nightly jobs'],
    environments: ['prod'],
    evidence: { operation: 'tag:GetResources' },
  });
});

test('every page is read, a hundred at a time', async () => {
  const page = ({
    PaginationToken,
    ResourcesPerPage,
  }: {
    PaginationToken?: string;
    ResourcesPerPage: number;
  }) => ({
    ResourceTagMappingList: [
      tagged(at('batch', `job-queue/${PaginationToken || 'first'}-${ResourcesPerPage}`)),
    ],
    PaginationToken: PaginationToken ? '' : 'second',
  });
  const { facts } = await collected(tagging, { 'tag:GetResources': page });
  expect(facts.map(({ name }) => name)).toEqual(['first-100', 'second-100']);
});

test('a stale tag makes no resource of a kind that a collector lists', async () => {
  const arns = [
    at('ecs', 'service/shop/gone'),
    at('rds', 'db:gone'),
    at('wafv2', 'regional/webacl/gone/0a1b'),
    at('elasticloadbalancing', 'listener/app/gone/1/2'),
    at('comprehend', 'document-classifier-endpoint/gone'),
    at('events', 'rule/gone'),
    at('es', 'domain/gone'),
    at('eks', 'nodegroup/shop/gone/0a1b'),
    at('iam', 'policy/gone', ''),
    'arn:aws:apigateway:eu-west-3::/restapis/gone',
    'arn:aws:s3:::gone',
  ];
  expect(await names(...arns)).toEqual([]);
});

test('what files declare does not become verified by a tag', async () => {
  const arn = at('batch', 'job-queue/nightly');
  const declared = [['AWS::Batch::JobQueue', 'nightly']] as const;
  expect((await collected(tagging, answers(tagged(arn)), { declared })).facts).toEqual([]);
});

test('what is of another region or another account is left to who reads it', async () => {
  expect(
    await names(
      at('batch', 'job-queue/far', 'us-west-2'),
      at('batch', 'job-queue/theirs', 'eu-west-3', '210987654321'),
    ),
  ).toEqual([]);
});

test('what has no region has none', async () => {
  const { facts } = await collected(
    tagging,
    answers(tagged(at('globalaccelerator', 'accelerator/0a1b', ''))),
  );
  expect(factOf(facts, '0a1b').region).toBeUndefined();
});

test('what every account has from the start is its provider’s', async () => {
  const { facts } = await collected(
    tagging,
    answers(tagged(at('rds', 'pg:default.postgres17')), tagged(at('rds', 'pg:shop'))),
  );
  expect(factOf(facts, 'default.postgres17').builtIn).toBe(true);
  expect(factOf(facts, 'shop').builtIn).toBeUndefined();
});

test('a refusal is told in the coverage, and leaves nothing not established', async () => {
  const { facts, lookups, coverage } = await collected(tagging, { 'tag:GetResources': DENIED });
  expect([facts, lookups]).toEqual([[], []]);
  expect(coverage).toMatchObject([{ name: 'tag:GetResources', denied: 1, permission: 'tag:GetResources' }]);
});

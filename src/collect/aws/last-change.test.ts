import { expect, test } from 'vitest';
import type { ResourceChange } from '#model/resource.ts';
import type { AwsCollector } from './aws-collector.ts';
import { type ChangedResource, lastChanges } from './last-change.ts';
import { ACCOUNT, type Answers, collected, DENIED } from './test-server.ts';

const QUEUE: ChangedResource = {
  kind: 'AWS::SQS::Queue',
  name: 'orders',
  arn: `arn:aws:sqs:eu-west-3:${ACCOUNT}:orders`,
  region: 'eu-west-3',
};
const DAY = 1_772_000_000;

interface Recorded {
  name: string;
  identity?: object;
  source?: string;
  readOnly?: string;
  error?: string;
  at?: number;
  more?: object;
  parameters?: object;
}

const event = ({
  name,
  identity,
  source = 'sqs',
  readOnly = 'false',
  error,
  at = DAY,
  more,
  parameters,
}: Recorded) => ({
  EventId: '1',
  EventName: name,
  EventTime: at,
  EventSource: `${source}.amazonaws.com`,
  ReadOnly: readOnly,
  AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  Username: 'somebody',
  CloudTrailEvent: JSON.stringify({
    userIdentity: identity,
    errorCode: error,
    requestParameters: parameters,
  }),
  ...more,
});
const ROLE = {
  type: 'AssumedRole',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/GitHubActions`,
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
};

/** What is told of some resources, and what was asked. */
async function changesOf(answers: Answers, ...resources: ChangedResource[]) {
  let changes = new Map<string, ResourceChange>();
  const asking: AwsCollector = {
    id: 'last-change',
    title: { fr: '', en: '' },
    service: 'cloudtrail',
    where: 'regions',
    kinds: [],
    permissions: {},
    async run(session, place) {
      changes = await lastChanges(session, place, resources);
      return { facts: [], lookups: [] };
    },
  };
  const { calls, coverage } = await collected(asking, answers);
  return { changes, calls, coverage };
}

const events = (...list: object[]): Answers => ({ 'cloudtrail:LookupEvents': { Events: list } });

test('the newest change is told with the role and the session that made it', async () => {
  const { changes } = await changesOf(
    events(
      event({ name: 'SetQueueAttributes', identity: ROLE }),
      event({ name: 'CreateQueue', at: DAY - 60 }),
    ),
    QUEUE,
  );
  expect(changes.get(QUEUE.arn ?? '')).toEqual({
    event: 'SetQueueAttributes',
    at: '2026-02-25T06:13:20.000Z',
    by: 'deploy/GitHubActions',
  });
});

test('no access key is ever told', async () => {
  const keyed = { type: 'IAMUser', userName: 'AKIAIOSFODNN7EXAMPLE' };
  const { changes } = await changesOf(
    events(
      event({ name: 'SetQueueAttributes', identity: keyed, more: { Username: 'ASIAIOSFODNN7EXAMPLE' } }),
    ),
    QUEUE,
  );
  expect(changes.get(QUEUE.arn ?? '')).toEqual({ event: 'SetQueueAttributes', at: expect.any(String) });
});

test.each([
  ['a user', { type: 'IAMUser', userName: 'ada', arn: `arn:aws:iam::${ACCOUNT}:user/ada` }, 'ada'],
  ['the root user', { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root` }, 'root'],
  ['a service', { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' }, 'ecs.amazonaws.com'],
  ['nobody in the record', undefined, 'somebody'],
])('%s is told as such', async (_, identity, by) => {
  const one = event({ name: 'SetQueueAttributes', ...(identity && { identity }) });
  expect((await changesOf(events(one), QUEUE)).changes.get(QUEUE.arn ?? '')?.by).toBe(by);
});

test('reads, and what was refused, changed nothing', async () => {
  const { changes } = await changesOf(
    events(
      event({ name: 'GetQueueAttributes', readOnly: 'true' }),
      event({ name: 'DeleteQueue', error: 'AccessDenied' }),
      event({ name: 'TagQueue', at: DAY - 60 }),
    ),
    QUEUE,
  );
  expect(changes.get(QUEUE.arn ?? '')?.event).toBe('TagQueue');
});

test('a change of something of another service with the same name is not of this one', async () => {
  const { changes } = await changesOf(events(event({ name: 'DeleteBucket', source: 's3' })), QUEUE);
  expect(changes.size).toBe(0);
});

test('without an ARN the record must say the kind', async () => {
  const { arn: _, ...nameless } = QUEUE;
  const typed = (ResourceType: string) => ({ Resources: [{ ResourceName: 'orders', ResourceType }] });
  const told = events(
    event({ name: 'DeleteTopic', source: 'sns', more: typed('AWS::SNS::Topic') }),
    event({ name: 'DeleteQueue', more: typed('AWS::SQS::Queue') }),
  );
  expect((await changesOf(told, nameless)).changes.get('orders')?.event).toBe('DeleteQueue');
});

test('a change of a cluster is not one of the service that bears its name', async () => {
  const service: ChangedResource = {
    kind: 'AWS::ECS::Service',
    name: 'shop',
    arn: `arn:aws:ecs:eu-west-3:${ACCOUNT}:service/shop/shop`,
  };
  const typed = { Resources: [{ ResourceName: 'shop', ResourceType: 'AWS::ECS::Cluster' }] };
  const told = events(event({ name: 'DeleteCluster', source: 'ecs', more: typed }));
  expect((await changesOf(told, service)).changes.size).toBe(0);
});

test('a service of one cluster is not its namesake in another', async () => {
  const service: ChangedResource = {
    kind: 'AWS::ECS::Service',
    name: 'api',
    scope: 'shop-prod',
    arn: `arn:aws:ecs:eu-west-3:${ACCOUNT}:service/shop-prod/api`,
  };
  const update = (cluster: string, at: number) =>
    event({ name: 'UpdateService', source: 'ecs', at, parameters: { cluster, service: 'api' } });
  const { changes } = await changesOf(
    events(update('shop-prod-2', DAY), update('shop-prod', DAY - 3600)),
    service,
  );
  expect(changes.get(service.arn ?? '')?.at).toBe('2026-02-25T05:13:20.000Z');
});

test('what is not recorded under its name is looked for under its ARN, and no further', async () => {
  const asked: string[] = [];
  const { changes } = await changesOf(
    {
      'cloudtrail:LookupEvents': (input: { LookupAttributes: { AttributeValue: string }[] }) => {
        const name = input.LookupAttributes[0]?.AttributeValue ?? '';
        asked.push(name);
        return { Events: name === QUEUE.arn ? [event({ name: 'SetQueueAttributes' })] : [] };
      },
    },
    QUEUE,
  );
  expect(asked).toEqual(['orders', QUEUE.arn]);
  expect(changes.size).toBe(1);
});

test('what is read all day is not followed for ever', async () => {
  const reads = { Events: [event({ name: 'GetQueueAttributes', readOnly: 'true' })] };
  let page = 0;
  const endless = () => {
    page += 1;
    return { ...reads, NextToken: `page ${page}` };
  };
  const { calls } = await changesOf({ 'cloudtrail:LookupEvents': endless }, QUEUE);
  expect(calls).toHaveLength(6);
});

test('twenty resources are asked for at most', async () => {
  const many = Array.from(
    { length: 30 },
    (_, index): ChangedResource => ({ kind: 'AWS::SQS::Queue', name: `q${index}` }),
  );
  expect((await changesOf(events(), ...many)).calls).toHaveLength(20);
});

test('a refusal ends the asking: nothing is known, and the coverage says so', async () => {
  const other = { ...QUEUE, name: 'other', arn: `${QUEUE.arn}-2` };
  const { changes, calls, coverage } = await changesOf({ 'cloudtrail:LookupEvents': DENIED }, QUEUE, other);
  expect(changes.size).toBe(0);
  expect(calls).toHaveLength(1);
  expect(coverage).toMatchObject([
    { name: 'cloudtrail:LookupEvents', denied: 1, permission: 'cloudtrail:LookupEvents' },
  ]);
});

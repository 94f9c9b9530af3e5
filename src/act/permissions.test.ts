import { expect, test } from 'vitest';
import { awsOperation, SERVICE_NAMES } from '#collect/readers/aws/services.ts';
import { actionsOf, permissionsOf } from './permissions.ts';
import { stepOf } from './test-account.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/shop/1';
const read = (operation: string, query = '@') => ({ service: 'elbv2', operation, input: {}, query });

const step = stepOf(
  'S-01',
  [
    {
      write: {
        service: 'elbv2',
        operation: 'CreateListener',
        input: { LoadBalancerArn: arn, TargetGroupArn: { $find: 'group' } },
        finds: { group: read('DescribeTargetGroups') },
      },
      state: read('DescribeListeners'),
      before: [],
      after: [443],
      undo: {
        service: 'elbv2',
        operation: 'DeleteListener',
        input: { ListenerArn: { $find: 'listener' } },
        finds: { listener: read('DescribeListeners') },
      },
    },
  ],
  { proofs: ['P-01'] },
);

test('a plan needs its writes, its undoing and its reads, on the resources that its input says', () => {
  const proof = {
    id: 'P-01',
    title: { fr: '', en: '' },
    command: '',
    expected: { fr: '', en: '' },
    check: { type: 'aws' as const, read: read('DescribeTargetHealth'), equals: [] },
  };
  const { actions, unknown } = permissionsOf(
    [step],
    [
      proof,
      {
        ...proof,
        id: 'P-02',
        check: { ...proof.check, read: { ...proof.check.read, operation: 'DescribeRules' } },
      },
    ],
  );
  expect([...actions].map(([action, on]) => [action, ...on])).toEqual([
    ['elasticloadbalancing:CreateListener', arn],
    ['elasticloadbalancing:DeleteListener', '*'],
    ['elasticloadbalancing:DescribeListeners', '*'],
    ['elasticloadbalancing:DescribeTargetGroups', '*'],
    ['elasticloadbalancing:DescribeTargetHealth', '*'],
  ]);
  expect(unknown).toEqual([]);
});

test.each([
  ['s3api', 'PutBucketEncryption', ['s3:PutEncryptionConfiguration']],
  ['apigatewayv2', 'UpdateStage', ['apigateway:PATCH']],
  ['apigateway', 'PutRestApi', ['apigateway:PUT']],
  ['ecs', 'UpdateService', ['ecs:UpdateService']],
  ['cloudfront', 'UpdateDistribution', ['cloudfront:UpdateDistribution']],
  ['s3api', 'SelectObjectContent', undefined],
  ['lambda', 'PutSomethingNew', undefined],
  ['dynamodb', 'ExecuteStatement', undefined],
])('%s %s needs %j', (service, operation, actions) => {
  expect(actionsOf(service, operation)).toEqual(actions);
});

test('a role is passed where one is given, and any where only the moment knows which', () => {
  const role = 'arn:aws:iam::123456789012:role/shop';
  const change = step.changes[0];
  if (!change) throw new Error('no change');
  const passed = (service: string, operation: string, input: Record<string, string>) => [
    ...(permissionsOf(
      [stepOf('S-01', [{ ...change, write: { service, operation, input } }])],
      [],
    ).actions.get('iam:PassRole') ?? []),
  ];
  expect(passed('lambda', 'UpdateFunctionConfiguration', { Role: role })).toEqual([role]);
  expect(passed('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'x' })).toEqual([]);
  expect(passed('ecs', 'RegisterTaskDefinition', { executionRoleArn: role })).toEqual([role]);
  expect(passed('ecs', 'RegisterTaskDefinition', {})).toEqual(['*']);
});

test('what nobody has looked up is told, and not guessed', () => {
  const change = step.changes[0];
  if (!change) throw new Error('no change');
  const write = { ...change.write, service: 's3api', operation: 'SelectObjectContent' };
  expect(permissionsOf([stepOf('S-01', [{ ...change, write }])], []).unknown).toEqual([
    's3api:SelectObjectContent',
  ]);
});

test.each(SERVICE_NAMES)('%s is there, with its client', async (name) => {
  const { Client } = await awsOperation(name, SAMPLES[name] ?? '');
  expect(typeof Client).toBe('function');
});

/** An operation of each service. */
const SAMPLES: Record<string, string> = {
  acm: 'RequestCertificate',
  apigateway: 'GetRestApis',
  apigatewayv2: 'GetApis',
  apprunner: 'ListServices',
  autoscaling: 'DescribeAutoScalingGroups',
  cloudfront: 'UpdateDistribution',
  cloudtrail: 'LookupEvents',
  cloudwatch: 'PutMetricAlarm',
  dynamodb: 'UpdateTable',
  ec2: 'AuthorizeSecurityGroupIngress',
  ecr: 'CreateRepository',
  ecs: 'UpdateService',
  efs: 'CreateMountTarget',
  eks: 'UpdateClusterConfig',
  elasticache: 'ModifyCacheCluster',
  elbv2: 'CreateListener',
  events: 'PutRule',
  iam: 'PutRolePolicy',
  kms: 'EnableKeyRotation',
  lambda: 'AddPermission',
  logs: 'CreateLogGroup',
  rds: 'ModifyDBInstance',
  route53: 'ChangeResourceRecordSets',
  s3api: 'PutBucketPolicy',
  scheduler: 'UpdateSchedule',
  secretsmanager: 'CreateSecret',
  sns: 'Subscribe',
  sqs: 'SetQueueAttributes',
  ssm: 'PutParameter',
  stepfunctions: 'UpdateStateMachine',
  wafv2: 'AssociateWebACL',
};

test('a service or an operation that is not known is one line', async () => {
  await expect(awsOperation('elb', 'X')).rejects.toThrow(/^elb: no service that can be asked; known: acm, /);
  await expect(awsOperation('ecs', 'UpdateServices')).rejects.toThrow('ecs has no operation UpdateServices');
  await expect(awsOperation('ecs', 'constructor')).rejects.toThrow('ecs has no operation constructor');
});

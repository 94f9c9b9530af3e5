import { describe, expect, test } from 'vitest';
import type { Fact, Json, Kind } from '#model/fact.ts';
import type { Finding } from '#model/finding.ts';
import type { Resource } from '#model/resource.ts';
import { motoForTests } from '../aws/moto.ts';
import { Executor } from './execute.ts';
import { applyAndUndo, planOf, resource } from './try-remedy.ts';

const REGION = 'eu-west-3';
const moto = motoForTests();

const found = (rule: string, resource: Resource): Finding => ({
  gap: 'GAP-0001',
  fingerprint: rule,
  rule,
  severity: 'medium',
  confidence: 'high',
  priority: 'P2',
  title: { fr: '', en: '' },
  message: { fr: '', en: '' },
  remedy: { fr: '', en: '' },
  systems: [],
  environments: [],
  resources: [resource.id],
  evidence: [],
  steps: [],
});

const mend = (rule: string, one: Resource) =>
  applyAndUndo(moto.url, { ...planOf([]), findings: [found(rule, one)], resources: [one] });

const make = async (service: string, operation: string, input: Record<string, Json>) => {
  const executor = new Executor(moto.url);
  await executor.write({ service, operation, region: REGION, input });
  executor.close();
};

describe('what is missing is made, and is gone again', () => {
  test.each<[Kind, string, Record<string, Json>]>([
    ['AWS::ECR::Repository', 'shop/api', { imageTagMutability: 'IMMUTABLE', scanOnPush: true }],
    ['AWS::Logs::LogGroup', '/ecs/api', { retentionInDays: 30 }],
    ['AWS::SNS::Topic', 'alerts', {}],
    ['AWS::SNS::Topic', 'orders.fifo', {}],
    ['AWS::SQS::Queue', 'orders', { visibilityTimeout: '45' }],
    ['AWS::SQS::Queue', 'orders.fifo', {}],
  ])('%s %s', async (kind, name, properties) => {
    const [step] = await mend('resource-missing', resource(kind, name, { properties }));
    expect(step?.findings).toEqual(['GAP-0001']);
  });

  test('a log group of the path, and no other that begins alike', async () => {
    await make('logs', 'CreateLogGroup', { logGroupName: '/ecs/api-old' });
    await applyAndUndo(
      moto.url,
      planOf([
        { id: 'log-group-missing', values: { region: REGION, logGroup: '/ecs/api', retentionInDays: 14 } },
      ]),
    );
  });

  test('a repository for an image that its tasks ask for', async () => {
    const values = { region: REGION, repository: 'shop/api', tag: '1.2', isRepositoryMissing: true };
    const [step, ...others] = await applyAndUndo(moto.url, planOf([{ id: 'image-missing', values }]));
    expect(step?.title.en).toBe('Create the ECR repository `shop/api`');
    expect(others).toEqual([]);
  });
});

describe('what drifted is set back, and drifts again when that is undone', () => {
  const drifted = (kind: Kind, name: string, path: string, declared: Json, id?: string) =>
    resource(kind, name, {
      status: 'drifted',
      drift: [{ path, declared, observed: null }],
      ...(id !== undefined && { id }),
      facts: [{ sort: 'declared' } as Fact],
    });
  test('the retention of a log group, that it had and that it had not', async () => {
    await make('logs', 'CreateLogGroup', { logGroupName: '/ecs/api' });
    await mend('resource-drifted', drifted('AWS::Logs::LogGroup', '/ecs/api', 'retentionInDays', '30'));
    await make('logs', 'PutRetentionPolicy', { logGroupName: '/ecs/api', retentionInDays: 7 });
    await mend('resource-drifted', drifted('AWS::Logs::LogGroup', '/ecs/api', 'retentionInDays', '30'));
  });

  test.each([
    ['imageTagMutability', 'immutable'],
    ['scanOnPush', true],
  ])('%s of a repository', async (path, declared) => {
    await make('ecr', 'CreateRepository', { repositoryName: 'shop/api' });
    await mend('resource-drifted', drifted('AWS::ECR::Repository', 'shop/api', path, declared));
  });

  test.each([
    ['pointInTimeRecovery', true],
    ['deletionProtectionEnabled', true],
    ['billingMode', 'PAY_PER_REQUEST'],
  ])('%s of a table', async (path, declared) => {
    await make('dynamodb', 'CreateTable', {
      TableName: 'orders',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    });
    await mend('resource-drifted', drifted('AWS::DynamoDB::Table', 'orders', path, declared));
  });

  test('an attribute of a queue', async () => {
    await make('sqs', 'CreateQueue', { QueueName: 'orders' });
    const id = `arn:aws:sqs:${REGION}:${moto.account}:orders`;
    await mend('resource-drifted', drifted('AWS::SQS::Queue', 'orders', 'visibilityTimeout', 90, id));
  });
});

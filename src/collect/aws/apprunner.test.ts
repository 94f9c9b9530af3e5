import { expect, test } from 'vitest';
import { apprunner } from './apprunner.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = `arn:aws:apprunner:eu-west-3:${ACCOUNT}:service/shop-web/0a1b`;
const IMAGE = `${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/shop:1`;
const answers = {
  'apprunner:ListServices': {
    ServiceSummaryList: [
      {
        ServiceName: 'shop-web',
        ServiceArn: arn,
        ServiceUrl: 'abc.eu-west-3.awsapprunner.com',
        Status: 'RUNNING',
      },
    ],
  },
  'apprunner:DescribeService': {
    Service: {
      ServiceArn: arn,
      SourceConfiguration: {
        ImageRepository: {
          ImageIdentifier: IMAGE,
          ImageConfiguration: {
            Port: '8080',
            RuntimeEnvironmentVariables: { DB_PASSWORD: 'hidden' },
            RuntimeEnvironmentSecrets: {
              API_KEY: `arn:aws:secretsmanager:eu-west-3:${ACCOUNT}:secret:shop-a1B2c3`,
            },
          },
        },
      },
      InstanceConfiguration: { Cpu: '1024', Memory: '2048' },
      HealthCheckConfiguration: { Protocol: 'HTTP', Path: '/health' },
    },
  },
};
const declared = [['AWS::AppRunner::Service', 'shop-web']] as const;

test('a service is known by its address too', async () => {
  const { facts, calls } = await collected(apprunner, answers);
  expect(factOf(facts, 'shop-web')).toMatchObject({
    arn,
    otherNames: ['abc.eu-west-3.awsapprunner.com'],
    properties: { status: 'RUNNING' },
  });
  expect(calls).toEqual(['apprunner:ListServices']);
});

test('what a declared service runs is told, its variables by name alone', async () => {
  const { facts } = await collected(apprunner, answers, { declared });
  expect(factOf(facts, 'shop-web')).toMatchObject({
    properties: {
      cpu: '1024',
      port: '8080',
      healthCheckPath: '/health',
      variables: ['DB_PASSWORD'],
      secrets: ['API_KEY'],
    },
    relations: [{ type: 'uses-image', to: { kind: 'Docker::Image', name: IMAGE } }],
  });
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(apprunner, { 'apprunner:ListServices': DENIED });
  expect(lookups[0]?.refusal).toMatchObject({ permission: 'apprunner:ListServices' });
});

test('a service that is not described is there, with the refusal', async () => {
  const { facts } = await collected(
    apprunner,
    { ...answers, 'apprunner:DescribeService': DENIED },
    { declared },
  );
  expect(factOf(facts, 'shop-web').refusals).toMatchObject([{ operation: 'apprunner:DescribeService' }]);
});

import { describe, expect, test } from 'vitest';
import { cloudformation } from './cloudformation.ts';
import { collectFiles } from './collect-files.ts';

const read = (files: Record<string, string> | string) =>
  collectFiles(cloudformation, typeof files === 'string' ? { 'infra/stack.yaml': files } : files);
const template = (text: string) => `AWSTemplateFormatVersion: "2010-09-09"\n${text}`;
const named = (files: Record<string, string> | string) =>
  read(files).facts.map(({ kind, name, nameStatus, environments }) => [
    kind.replace('AWS::', ''),
    name,
    nameStatus,
    environments.join(),
  ]);

describe('SAM', () => {
  const sam = (text: string) => `Transform: AWS::Serverless-2016-10-31\n${text}`;

  test('functions have what Globals say, and their events are relations and named rules', () => {
    const { facts } = read({
      'template.yaml': sam(`Globals:
  Function: {Runtime: nodejs22.x, Timeout: 10, Environment: {Variables: {A: b}}}
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: quay-api
      Timeout: 30
      Events:
        Http: {Type: HttpApi}
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}
        Nightly: {Type: Schedule, Properties: {Name: quay-nightly, Schedule: rate(1 day)}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: quay-jobs}}
  Table: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: quay}}
`),
    });
    expect(
      facts.map(({ kind, name, properties, relations = [] }) => [
        kind.replace('AWS::', ''),
        name,
        properties,
        relations.map(({ type, to }) => `${type} ${to.name}`).join(),
      ]),
    ).toEqual([
      ['Lambda::Function', 'quay-api', { runtime: 'nodejs22.x', timeout: 30 }, 'reads quay-jobs'],
      ['ApiGatewayV2::Api', 'ServerlessHttpApi', {}, 'routes-to quay-api'],
      ['Events::Rule', 'quay-nightly', { scheduleExpression: 'rate(1 day)' }, 'routes-to quay-api'],
      ['SQS::Queue', 'quay-jobs', {}, ''],
      ['DynamoDB::Table', 'quay', {}, ''],
    ]);
  });

  test('each environment of samconfig deploys with its own parameters, stack and region', () => {
    const files = {
      'api/template.yaml': sam(`Parameters:
  Env: {Type: String}
Resources:
  Fn: {Type: AWS::Serverless::Function, Properties: {FunctionName: !Sub "api-\${Env}"}}
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "\${AWS::StackName}-jobs"}}
`),
      'api/samconfig.toml': `[dev.deploy.parameters]
stack_name = "quay-dev"
parameter_overrides = "Env=dev \\"Text=two words\\""
[prod.deploy.parameters]
stack_name = "quay-prod"
region = "eu-west-3"
parameter_overrides = ["Env=prod"]
`,
    };
    expect(
      read(files).facts.map(({ name, environments, region }) => [name, environments.join(), region]),
    ).toEqual([
      ['api-dev', 'dev', undefined],
      ['quay-dev-jobs', 'dev', undefined],
      ['api-prod', 'prod', 'eu-west-3'],
      ['quay-prod-jobs', 'prod', 'eu-west-3'],
    ]);
  });
});

describe('nested stacks', () => {
  test('a template that others start has the parameters that they pass, and nothing of its own defaults', () => {
    const files = {
      'main.yaml': template(`Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
Resources:
  Queues:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: nested/queues.yaml, Parameters: {Prefix: !Sub "quay-\${Stage}"}}
`),
      'nested/queues.yaml': template(`Parameters:
  Prefix: {Type: String, Default: none}
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "\${Prefix}-jobs"}}
`),
    };
    expect(named(files)).toEqual([
      ['CloudFormation::Stack', 'Queues', 'logical', ''],
      ['SQS::Queue', 'quay-dev-jobs', 'resolved', 'dev'],
      ['SQS::Queue', 'quay-prod-jobs', 'resolved', 'prod'],
    ]);
  });

  test('templates that start each other end', () => {
    const nested = (other: string) =>
      template(`Parameters: {A: {Type: String}}
Resources:
  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${other}, Parameters: {A: !Ref A}}}
`);
    expect(read({ 'a.yaml': nested('b.yaml'), 'b.yaml': nested('a.yaml') }).facts).toHaveLength(2);
  });
});

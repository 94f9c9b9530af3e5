import { describe, expect, test } from 'vitest';
import { cloudformation } from '../cloudformation.ts';
import { collectFiles } from '../collect-files.ts';

const read = (files: Record<string, string> | string) =>
  collectFiles(cloudformation, typeof files === 'string' ? { 'infra/stack.yaml': files } : files);
const template = (text: string) => `AWSTemplateFormatVersion: "2010-09-09"\n${text}`;
const resources = (text: string) => template(`Resources:\n${text}`);
const named = (files: Record<string, string> | string) =>
  read(files).facts.map(({ kind, name, nameStatus, environments }) => [
    kind.replace('AWS::', ''),
    name,
    nameStatus,
    environments.join(),
  ]);

describe('what is told of a resource', () => {
  test('properties in CloudFormation’s types, and only those that are stated', () => {
    const { facts } = read(
      resources(`  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: Quay-DB
      DBInstanceClass: db.t4g.micro
      EngineVersion: 8.0
      MultiAZ: "true"
      AllocatedStorage: 20
      MasterUserPassword: kP2vX9qLw7ZtB4nM
  Files:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms"}
      PublicAccessBlockConfiguration:
        {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
`),
    );
    expect(facts.map(({ name, properties }) => [name, properties])).toEqual([
      [
        'quay-db',
        { instanceClass: 'db.t4g.micro', engineVersion: '8.0', multiAZ: true, allocatedStorage: '20' },
      ],
      ['Files', { versioning: 'Enabled', encryption: 'aws:kms', publicAccessBlock: true }],
    ]);
    expect(JSON.stringify(facts)).not.toContain('kP2vX9qLw7ZtB4nM');
  });

  test('relations to what it refers to, a service within its cluster', () => {
    const { facts } = read(
      resources(`  Cluster: {Type: AWS::ECS::Cluster, Properties: {ClusterName: quay}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: quay-api
      TaskRoleArn: !GetAtt TaskRole.Arn
      ContainerDefinitions:
        - Name: api
          Image: !Sub "\${AWS::AccountId}.dkr.ecr.eu-west-3.amazonaws.com/quay-api:1"
          Secrets: [{Name: DB, ValueFrom: !Sub "arn:aws:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/quay/db"}]
  TaskRole: {Type: AWS::IAM::Role, Properties: {RoleName: quay-task}}
  Service:
    Type: AWS::ECS::Service
    Properties: {ServiceName: api, Cluster: !Ref Cluster, TaskDefinition: !Ref Task, DesiredCount: 2}
`),
    );
    const of = (kind: string) => facts.find((fact) => fact.kind === `AWS::${kind}`);
    expect(of('ECS::Service')).toMatchObject({
      scope: 'quay',
      properties: { desiredCount: 2 },
      relations: [
        { type: 'runs-in', to: { kind: 'AWS::ECS::Cluster', name: 'quay' } },
        { type: 'uses', to: { kind: 'AWS::ECS::TaskDefinition', name: 'quay-api' } },
      ],
    });
    expect(of('ECS::TaskDefinition')?.relations?.map(({ type, to }) => [type, to.name])).toEqual([
      ['assumes', 'quay-task'],
      ['reads', '/quay/db'],
      ['uses-image', '⟨AWS::AccountId⟩.dkr.ecr.eu-west-3.amazonaws.com/quay-api:1'],
    ]);
    expect(of('ECR::Repository')).toMatchObject({ name: 'quay-api', verb: 'requires' });
    expect(of('SSM::Parameter')).toMatchObject({ name: '/quay/db', nameStatus: 'resolved' });
  });

  test('a key is called by its alias', () => {
    expect(
      named(
        resources(`  Key: {Type: AWS::KMS::Key}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/quay, TargetKeyId: !Ref Key}}
`),
      ),
    ).toEqual([['KMS::Key', 'alias/quay', 'literal', '']]);
  });

  test('parameters and secrets that the deployment looks up are required', () => {
    expect(
      read(
        template(`Parameters:
  Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /quay/image}
  Ami: {Type: "AWS::SSM::Parameter::Value<String>", Default: /aws/service/ecs/optimized-ami/amazon-linux-2023}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: quay
      MasterUserPassword: "{{resolve:secretsmanager:quay/db:SecretString:password}}"
`),
      ).facts.map(({ kind, name, verb }) => [kind, name, verb]),
    ).toEqual([
      ['AWS::RDS::DBInstance', 'quay', 'creates'],
      ['AWS::SecretsManager::Secret', 'quay/db', 'requires'],
      ['AWS::SSM::Parameter', '/quay/image', 'requires'],
    ]);
  });
});

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

import { describe, expect, test } from 'vitest';
import { cloudformation } from './cloudformation.ts';
import { collectFiles } from './collect-files.ts';

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

describe('names', () => {
  test('a physical name is literal, with the line on which it stands', () => {
    const { facts } = read(
      resources('  Assets:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: quay-assets\n'),
    );
    expect(facts).toMatchObject([
      {
        kind: 'AWS::S3::Bucket',
        name: 'quay-assets',
        nameStatus: 'literal',
        verb: 'creates',
        evidence: { file: 'infra/stack.yaml', line: 6 },
      },
    ]);
  });

  test('a resource without one bears its logical id', () => {
    expect(named(resources('  Assets:\n    Type: AWS::S3::Bucket\n'))).toEqual([
      ['S3::Bucket', 'Assets', 'logical', ''],
    ]);
  });

  test('two templates that call different things alike do not declare one thing', () => {
    const text = resources('  Assets:\n    Type: AWS::S3::Bucket\n');
    expect(named({ 'a.yaml': text, 'b.yaml': text }).map(([, name]) => name)).toEqual([
      'Assets',
      'b.yaml/Assets',
    ]);
  });

  test('a parameter’s default is what a deployment uses; without one the name is open, or logical where nothing is known', () => {
    expect(
      named(
        template(`Parameters:
  System: {Type: String, Default: quay}
  Name: {Type: String}
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "\${System}-jobs"}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: !Join ["-", [!Ref Name, dead, letters]]}}
  C: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}
`),
      ),
    ).toEqual([
      ['SQS::Queue', 'quay-jobs', 'resolved', ''],
      ['SQS::Queue', '⟨Name⟩-dead-letters', 'template', ''],
      ['SQS::Queue', 'C', 'logical', ''],
    ]);
  });

  test('a parameter that may only be an environment gives one name for each, in that environment', () => {
    expect(
      named(
        template(`Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, staging, production]}
Mappings:
  Sizes:
    dev: {Table: small}
    staging: {Table: small}
    production: {Table: large}
Resources:
  Api: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "quay-api-\${Stage}"}}
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub ["orders-\${Size}", {Size: !FindInMap [Sizes, !Ref Stage, Table]}]}}
  Shared: {Type: AWS::S3::Bucket, Properties: {BucketName: quay-shared}}
`),
      ),
    ).toEqual([
      ['Lambda::Function', 'quay-api-dev', 'resolved', 'dev'],
      ['DynamoDB::Table', 'orders-small', 'resolved', 'dev,staging'],
      ['S3::Bucket', 'quay-shared', 'literal', ''],
      ['Lambda::Function', 'quay-api-staging', 'resolved', 'staging'],
      ['Lambda::Function', 'quay-api-production', 'resolved', 'prod'],
      ['DynamoDB::Table', 'orders-large', 'resolved', 'prod'],
    ]);
  });

  test('JSON is read likewise, also on one line', () => {
    const text = JSON.stringify({
      Resources: {
        Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'jobs-${AWS::Region}' } } },
        F: {
          Type: 'AWS::Lambda::Function',
          Properties: { FunctionName: { 'Fn::Select': [1, ['a1', 'b2']] } },
        },
      },
    });
    expect(named({ 't.json': text })).toEqual([
      ['SQS::Queue', 'jobs-⟨AWS::Region⟩', 'template', ''],
      ['Lambda::Function', 'b2', 'resolved', ''],
    ]);
  });

  test('what a reference to another resource gives is its name, or stays open', () => {
    expect(
      named(
        resources(`  Fn: {Type: AWS::Lambda::Function, Properties: {FunctionName: quay-api}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/\${Fn}"}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: quay-events}}
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: !Sub "\${Topic.TopicName} is silent"}}
  Other: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: !Sub "\${Topic} is silent"}}
`),
      ).map(([, name, status]) => [name, status]),
    ).toEqual([
      ['quay-api', 'literal'],
      ['/aws/lambda/quay-api', 'resolved'],
      ['quay-events', 'literal'],
      ['quay-events is silent', 'resolved'],
      ['⟨Topic⟩ is silent', 'template'],
    ]);
  });

  test('names that refer to each other in a circle are logical', () => {
    expect(
      named(
        resources(`  A: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref B}}
  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref A}}
`),
      ).map(([, , status]) => status),
    ).toEqual(['logical', 'logical']);
  });

  test('a value that AWS masks is never told', () => {
    const { facts } = read(
      template(`Parameters:
  Token: {Type: String, NoEcho: true, Default: kP2vX9qLw7ZtB4nM}
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub "api-\${Token}"
      Environment: {Variables: {TOKEN: !Ref Token}}
`),
    );
    expect(JSON.stringify(facts)).not.toContain('kP2vX9qLw7ZtB4nM');
    expect(facts[0]).toMatchObject({ name: 'api-⟨Token⟩', nameStatus: 'template' });
  });
});

describe('conditions', () => {
  const text = template(`Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Domain: {Type: String, Default: ""}
  Alarm: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  HasDomain: !Not [!Equals [!Ref Domain, ""]]
  HasAlarm: !Equals [!Ref Alarm, "yes"]
Resources:
  Trail: {Type: AWS::CloudTrail::Trail, Condition: IsProd, Properties: {TrailName: quay-trail}}
  Zone: {Type: AWS::Route53::HostedZone, Condition: HasDomain, Properties: {Name: quay.example}}
  Topic: {Type: AWS::SNS::Topic, Condition: HasAlarm, Properties: {TopicName: quay-alarms}}
`);

  test('one that holds in some environments declares for these, one that does not hold declares nothing', () => {
    expect(named(text)).toEqual([
      ['SNS::Topic', 'quay-alarms', 'literal', ''],
      ['CloudTrail::Trail', 'quay-trail', 'literal', 'prod'],
    ]);
  });

  test('one that nobody can evaluate is told', () => {
    expect(read(text).facts.map(({ name, condition }) => [name, condition])).toEqual([
      ['quay-alarms', 'HasAlarm'],
      ['quay-trail', 'Stage=prod'],
    ]);
  });
});

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
          PortMappings: [{ContainerPort: 8080}]
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
    expect(of('ECS::TaskDefinition')?.properties?.containerPorts).toEqual(['api:8080']);
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

describe('files', () => {
  test('other YAML and JSON is not parsed', () => {
    expect(read({ 'a.yaml': 'Resources: [', 'b.json': '{"Resources": ', 'c.yml': 'AWS: [' })).toMatchObject({
      facts: [],
      unread: [],
    });
  });

  test('a broken template is one line of coverage', () => {
    expect(read(template('Resources:\n  A: [\n')).unread).toMatchObject([
      { file: 'infra/stack.yaml', line: expect.any(Number), asked: true },
    ]);
    expect(
      read({ 't.json': '{"AWSTemplateFormatVersion": "2010-09-09",\n "Resources": {"A": }}' }).unread,
    ).toMatchObject([{ line: 2 }]);
  });

  test('a retired template declares nothing, an example refers to what it names', () => {
    const text = resources('  A: {Type: AWS::S3::Bucket, Properties: {BucketName: quay-a}}\n');
    const sorts = (path: string) => read({ [path]: text }).facts.map(({ sort }) => sort);
    expect(sorts('stack.yaml.bak')).toEqual(['retired']);
    expect(sorts('stack.example.yaml')).toEqual(['reference']);
    expect(sorts('template.yaml')).toEqual(['declared']);
  });

  test('what a service of the Serverless Framework takes in is no template of its own', () => {
    const part =
      'Resources:\n  A: {Type: AWS::S3::Bucket, Properties: {BucketName: "quay-${self:custom.stage}"}}\n';
    const files = {
      'quay/serverless.yml': 'service: quay\nresources:\n  - ${file(parts/base.yml)}\n',
      'quay/parts/base.yml': `${part}  Fn::Transform: \${file(parts/more.yml):Resources}\n`,
      'quay/parts/more.yml': part,
    };
    expect(named(files)).toEqual([]);
    expect(named({ ...files, 'quay/serverless.yml': 'service: quay\n' })).toHaveLength(2);
    expect(named({ ...files, 'quay/parts/base.yml': template(files['quay/parts/base.yml']) })).toHaveLength(
      1,
    );
  });

  test('hostile templates cost little', () => {
    const started = performance.now();
    const join = (depth: number): string => (depth === 0 ? 'a' : `!Join ["", [${join(depth - 1)}, b]]`);
    const bomb = Array.from({ length: 30 }, (_, i) => `  N${i}: !Sub "\${N${i + 1}}\${N${i + 1}}"`).join(
      '\n',
    );
    read(resources(`  A: {Type: AWS::S3::Bucket, Properties: {BucketName: ${join(200)}}}\n`));
    read(template(`Parameters: {P: {Type: String}}\nMappings:\n${bomb}\nResources: {}\n`));
    const many = Array.from(
      { length: 1500 },
      (_, i) => `  B${i}: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "\${B${i + 1}}x"}}`,
    );
    read(resources(`${many.join('\n')}\n`));
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

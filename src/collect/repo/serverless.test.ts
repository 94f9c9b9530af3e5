import { describe, expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { serverless } from './serverless.ts';

const read = (files: Record<string, string> | string) =>
  collectFiles(serverless, typeof files === 'string' ? { 'serverless.yml': files } : files);
const named = (files: Record<string, string> | string) =>
  read(files).facts.map(({ kind, name, nameStatus, environments }) => [
    kind.replace('AWS::', ''),
    name,
    nameStatus,
    environments.join(),
  ]);

describe('stages', () => {
  const service = (provider: string, rest = '') =>
    `service: quay\nprovider:\n  name: aws\n${provider}functions:\n  api:\n    handler: a.b\n    disableLogs: true\n${rest}`;

  test('the default that the file gives is what a deployment uses', () => {
    expect(named(service("  stage: ${opt:stage, 'dev'}\n"))).toEqual([
      ['CloudFormation::Stack', 'quay-dev', 'resolved', 'dev'],
      ['Lambda::Function', 'quay-dev-api', 'resolved', 'dev'],
    ]);
  });

  test('where the file tells none, names stay open', () => {
    expect(named(service(''))).toEqual([
      ['CloudFormation::Stack', 'quay-⟨stage⟩', 'template', ''],
      ['Lambda::Function', 'quay-⟨stage⟩-api', 'template', ''],
    ]);
    expect(named(service('  stage: ${env:STAGE}\n'))[0]?.[1]).toBe('quay-⟨stage⟩');
  });

  test('a function called the same in every stage is of no environment', () => {
    const text =
      'service: quay\nprovider: {name: aws, stage: "${opt:stage, \'dev\'}"}\nfunctions: {api: {name: quay-api, handler: a.b, disableLogs: true}}\n';
    expect(named(text)[1]).toEqual(['Lambda::Function', 'quay-api', 'literal', '']);
  });

  test('values for each environment tell the stages', () => {
    const rest = `custom:
  table: {dev: small, prod: large}
resources:
  Resources:
    Table:
      Type: AWS::DynamoDB::Table
      Properties:
        TableName: quay-\${self:custom.table.\${self:provider.stage}}
`;
    expect(named(service('  stage: ${opt:stage, self:custom.unknown}\n', rest))).toEqual([
      ['CloudFormation::Stack', 'quay-dev', 'resolved', 'dev'],
      ['CloudFormation::Stack', 'quay-prod', 'resolved', 'prod'],
      ['Lambda::Function', 'quay-dev-api', 'resolved', 'dev'],
      ['DynamoDB::Table', 'quay-small', 'resolved', 'dev'],
      ['Lambda::Function', 'quay-prod-api', 'resolved', 'prod'],
      ['DynamoDB::Table', 'quay-large', 'resolved', 'prod'],
    ]);
  });

  test('params of a stage go before the default ones', () => {
    const rest = `params:
  default: {size: 128}
  prod: {size: 512}
  dev: {}
`;
    const { facts } = read(service('  stage: ${opt:stage}\n  memorySize: ${param:size}\n', rest));
    expect(
      facts
        .filter(({ kind }) => kind === 'AWS::Lambda::Function')
        .map(({ name, properties }) => [name, properties?.memorySize]),
    ).toEqual([
      ['quay-prod-api', 512],
      ['quay-dev-api', 128],
    ]);
  });
});

describe('functions', () => {
  test('have what the provider says for all, and what their events name', () => {
    const { facts } = read(`service: quay
provider:
  name: aws
  stage: prod
  region: eu-west-3
  runtime: nodejs22.x
  logRetentionInDays: 14
  iam: {role: "arn:aws:iam::210123456780:role/quay"}
functions:
  api:
    handler: src/api.main
    timeout: 20
    events:
      - httpApi: "*"
      - s3: quay-uploads
      - schedule: {name: quay-nightly, rate: rate(1 day)}
      - schedule: rate(1 hour)
      - sqs: {arn: !GetAtt Jobs.Arn}
      - sns: arn:aws:sns:eu-west-3:210123456780:quay-events
resources:
  Resources:
    Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: "quay-jobs-\${sls:stage}"}}
    Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: !Sub "\${ApiLambdaFunction} fails"}}
`);
    expect(
      facts.map(({ kind, name, nameStatus, region, properties, relations = [] }) => [
        kind.replace('AWS::', ''),
        name,
        nameStatus,
        region,
        properties ?? {},
        relations.map(({ type, to }) => `${type} ${to.name}`).join(),
      ]),
    ).toEqual([
      ['CloudFormation::Stack', 'quay-prod', 'resolved', 'eu-west-3', {}, ''],
      [
        'Lambda::Function',
        'quay-prod-api',
        'resolved',
        'eu-west-3',
        { runtime: 'nodejs22.x', handler: 'src/api.main', timeout: 20 },
        'logs-to /aws/lambda/quay-prod-api,reads quay-jobs-prod,assumes quay,uses quay-events',
      ],
      ['IAM::Role', 'quay', 'literal', undefined, {}, ''],
      ['SNS::Topic', 'quay-events', 'literal', 'eu-west-3', {}, ''],
      ['Logs::LogGroup', '/aws/lambda/quay-prod-api', 'resolved', 'eu-west-3', { retentionInDays: 14 }, ''],
      ['ApiGatewayV2::Api', 'prod-quay', 'resolved', 'eu-west-3', {}, 'routes-to quay-prod-api'],
      ['S3::Bucket', 'quay-uploads', 'resolved', undefined, {}, 'routes-to quay-prod-api'],
      [
        'Events::Rule',
        'quay-nightly',
        'resolved',
        'eu-west-3',
        { scheduleExpression: 'rate(1 day)' },
        'routes-to quay-prod-api',
      ],
      ['SQS::Queue', 'quay-jobs-prod', 'resolved', 'eu-west-3', {}, ''],
      ['CloudWatch::Alarm', 'quay-prod-api fails', 'resolved', 'eu-west-3', {}, 'uses quay-prod-api'],
    ]);
  });

  test('the role that the framework makes has its name where the region is known', () => {
    const text =
      'service: quay\nprovider: {name: aws, stage: dev, region: eu-west-3}\nfunctions: {a: {handler: x}}\n';
    expect(named(text).at(-1)).toEqual(['IAM::Role', 'quay-dev-eu-west-3-lambdaRole', 'resolved', 'dev']);
  });
});

describe('variables', () => {
  test('files of the tree hold parts of a service, which have their evidence there', () => {
    const { facts } = read({
      'api/serverless.yml': `service: \${file(../common.yml):name}
provider: {name: aws, stage: dev}
functions: \${file(functions.yml)}
resources:
  - \${file(res.yml)}
`,
      'common.yml': 'name: quay\n',
      'api/functions.yml': 'hello:\n  handler: a.b\n  disableLogs: true\n',
      'api/res.yml':
        'Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: quay-jobs\n',
    });
    expect(
      facts.map(({ name, evidence }) => [name, 'file' in evidence && `${evidence.file}:${evidence.line}`]),
    ).toEqual([
      ['quay-dev', 'api/serverless.yml:1'],
      ['quay-dev-hello', 'api/functions.yml:1'],
      ['quay-jobs', 'api/res.yml:5'],
    ]);
  });

  test('what only the run knows stays open; parameters that are looked up are required', () => {
    const { facts } = read(`service: quay
provider:
  name: aws
  stage: dev
  environment:
    KEY: \${ssm:/quay/key}
    SECRET: \${ssm:/aws/reference/secretsmanager/quay/db}
functions:
  a: {name: "quay-\${env:USER}", handler: x, disableLogs: true}
`);
    expect(facts.map(({ name, nameStatus, verb }) => [name, nameStatus, verb])).toEqual([
      ['quay-dev', 'resolved', 'creates'],
      ['quay-⟨env:USER⟩', 'template', 'creates'],
      ['/quay/key', 'literal', 'requires'],
      ['quay/db', 'literal', 'requires'],
    ]);
  });

  test('variables that refer to each other in a circle end', () => {
    const started = performance.now();
    const text = `service: quay
provider: {name: aws, stage: dev}
custom:
  a: \${self:custom.b}\${self:custom.b}
  b: \${self:custom.a}\${self:custom.a}
functions: {f: {name: "\${self:custom.a}", handler: x}}
`;
    expect(read(text).facts.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

test('another provider is a word of coverage, a broken file one line, and other files are none', () => {
  expect(read('service: a\nprovider: {name: google}\n').unread).toMatchObject([{ asked: false }]);
  expect(read('service: [\n').unread).toMatchObject([{ line: expect.any(Number), asked: true }]);
  expect(read({ 'serverless-compose.yml': 'services: {a: {path: a}}\n' })).toMatchObject({
    facts: [],
    unread: [],
  });
});

test('of several parameters of which one gives a value none is required; one alone is', () => {
  const text = `service: quay
provider: {name: aws, stage: prod}
functions:
  api:
    handler: a.b
    disableLogs: true
    environment:
      FROM: \${ssm:/quay/\${sls:stage}/from, ssm:/quay/default/from, "no"}
      KEY: \${ssm:/quay/\${sls:stage}/key}
`;
  const parameters = read(text).facts.filter(({ kind }) => kind === 'AWS::SSM::Parameter');
  expect(parameters.map(({ name }) => name)).toEqual(['/quay/prod/key']);
  const open = read(text.replace('stage: prod', 'stage: "${env:STAGE}"')).facts;
  expect(open.filter(({ kind }) => kind === 'AWS::SSM::Parameter')).toMatchObject([
    { name: '/quay/${stage}/key', nameStatus: 'template' },
  ]);
});

test.each([
  ["frameworkVersion: '3'", true],
  ["frameworkVersion: '>=1.2.0 <4.0.0'", true],
  ['frameworkVersion: ^3.38.0', true],
  ["frameworkVersion: '4'", false],
  ['configValidationMode: error', false],
])('%s: whether the service has a bucket of its own', (line, has) => {
  const text = `service: quay\n${line}\nprovider: {name: aws, stage: prod}\nfunctions: {}\n`;
  const bucket = ['S3::Bucket', 'ServerlessDeploymentBucket', 'logical', 'prod'];
  expect(named(text).slice(1)).toEqual(has ? [bucket] : []);
  const given = text.replace('stage: prod', 'stage: prod, deploymentBucket: {name: quay-deployments}');
  expect(named(given).filter(([, , how]) => how === 'logical')).toEqual([]);
});

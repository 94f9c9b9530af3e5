import { expect, test } from 'vitest';
import { lambda } from './lambda.ts';
import { ACCOUNT, collected, DENIED, detailed, factOf } from './test-server.ts';

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-3:${ACCOUNT}:${rest}`;
const api = {
  FunctionName: 'orders-prod',
  FunctionArn: arn('lambda', 'function:orders-prod'),
  Runtime: 'nodejs24.x',
  Handler: 'index.handler',
  MemorySize: 512,
  Timeout: 30,
  PackageType: 'Zip',
  Architectures: ['arm64'],
  Role: `arn:aws:iam::${ACCOUNT}:role/service-role/orders`,
  Environment: { Variables: { TOKEN: 'hidden', STAGE: 'prod' } },
  VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'], VpcId: 'vpc-1' },
  LoggingConfig: { LogFormat: 'Text', LogGroup: '/orders' },
};
const packed = {
  FunctionName: 'resize',
  FunctionArn: arn('lambda', 'function:resize'),
  PackageType: 'Image',
};
const answers = {
  'lambda:ListFunctions': { Functions: [api, packed] },
  'lambda:ListEventSourceMappings': {
    EventSourceMappings: [
      {
        FunctionArn: arn('lambda', 'function:orders-prod:live'),
        EventSourceArn: arn('sqs', 'orders'),
        State: 'Enabled',
        BatchSize: 10,
      },
    ],
  },
  'lambda:GetFunctionConfiguration': { ...api, State: 'Active', LastUpdateStatus: 'Successful' },
  'lambda:ListFunctionUrlConfigs': { FunctionUrlConfigs: [] },
};
const declared = [['AWS::Lambda::Function', 'orders-prod']] as const;

test('a function says what runs it, with which limits and in which network', async () => {
  const { facts } = await collected(lambda, answers);
  expect(factOf(facts, 'orders-prod')).toMatchObject({
    arn: api.FunctionArn,
    environments: ['prod'],
    properties: {
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      memorySize: 512,
      timeout: 30,
      architectures: ['arm64'],
      subnetIds: ['subnet-1'],
    },
    relations: [
      { type: 'assumes', to: { kind: 'AWS::IAM::Role' } },
      { type: 'logs-to', to: { kind: 'AWS::Logs::LogGroup', name: '/orders' } },
      { type: 'in-vpc' },
      { type: 'in-subnet' },
      { type: 'protected-by' },
      { type: 'reads', to: { kind: 'AWS::SQS::Queue', name: arn('sqs', 'orders') } },
    ],
  });
});

test('variables are told by name, never by value', async () => {
  const { facts } = await collected(lambda, answers);
  expect(factOf(facts, 'orders-prod').properties?.variables).toEqual(['STAGE', 'TOKEN']);
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('two calls tell everything where no file names a function', async () => {
  const { calls } = await collected(lambda, answers);
  expect(calls).toEqual(['lambda:ListFunctions', 'lambda:ListEventSourceMappings']);
});

test('the state of a function that a file names is told', async () => {
  const { facts } = await collected(lambda, answers, { declared });
  expect(factOf(facts, 'orders-prod').properties).toMatchObject({
    state: 'Active',
    lastUpdateStatus: 'Successful',
  });
  expect(factOf(facts, 'resize').properties).not.toHaveProperty('state');
});

test('nothing is asked that gives the address of code', () => {
  expect(Object.keys(lambda.permissions)).not.toContain('GetFunction');
});

test('an address that anybody may call is told', async () => {
  const FunctionUrl = 'https://abc.lambda-url.eu-west-3.on.aws/';
  const { facts } = await collected(
    lambda,
    {
      ...answers,
      'lambda:ListFunctionUrlConfigs': { FunctionUrlConfigs: [{ FunctionUrl, AuthType: 'NONE' }] },
    },
    { declared },
  );
  expect(factOf(facts, 'orders-prod')).toMatchObject({
    otherNames: [FunctionUrl, 'abc.lambda-url.eu-west-3.on.aws'],
    properties: { functionUrl: FunctionUrl, functionUrlAuthType: 'NONE' },
  });
});

test('refused details keep the function, with their refusals', async () => {
  const { facts } = await collected(
    lambda,
    {
      ...answers,
      'lambda:ListEventSourceMappings': DENIED,
      'lambda:GetFunctionConfiguration': DENIED,
      'lambda:ListFunctionUrlConfigs': DENIED,
    },
    { declared },
  );
  const seen = factOf(facts, 'orders-prod');
  expect(seen.properties).toMatchObject({ runtime: 'nodejs24.x' });
  expect(seen.refusals?.map(({ operation }) => operation)).toEqual([
    'lambda:ListEventSourceMappings',
    'lambda:GetFunctionConfiguration',
    'lambda:ListFunctionUrlConfigs',
  ]);
});

test('a refused list is not established, and what was seen before stays', async () => {
  const pages = ({ Marker }: { Marker?: string }) =>
    Marker ? DENIED : { Functions: [api], NextMarker: 'more' };
  const { facts, lookups } = await collected(lambda, { ...answers, 'lambda:ListFunctions': pages });
  expect(factOf(facts, 'orders-prod').properties).toMatchObject({ memorySize: 512 });
  expect(lookups).toMatchObject([
    { refusal: { operation: 'lambda:ListFunctions', permission: 'lambda:ListFunctions' } },
  ]);
});

const KIND = 'AWS::Lambda::Function';
const policy = (statement: object) => ({
  Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
});
const API = arn('execute-api', 'a1b2c3d4e5/*/GET/orders');
const onPath = {
  ...answers,
  'lambda:GetPolicy': policy({
    Sid: 'api',
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: api.FunctionArn,
    Condition: { ArnLike: { 'AWS:SourceArn': API }, StringEquals: { 'lambda:EventSourceToken': 'canary' } },
  }),
  'lambda:GetFunctionConcurrency': { ReservedConcurrentExecutions: 0 },
};

test('a function on a path is told with its state, who may call it and how many calls it takes at once', async () => {
  const { facts, calls } = await detailed(lambda, onPath, [[KIND, 'orders-prod']]);
  expect(Object.assign({}, ...facts.map(({ properties }) => properties))).toEqual({
    state: 'Active',
    lastUpdateStatus: 'Successful',
    invokedBy: [
      {
        effect: 'Allow',
        actions: ['lambda:InvokeFunction'],
        principals: ['apigateway.amazonaws.com'],
        sourceArns: [API],
      },
    ],
    reservedConcurrentExecutions: 0,
  });
  expect(JSON.stringify(facts)).not.toContain('canary');
  expect(calls).toHaveLength(4);
});

test('of a function that a file names, what the lists told is not asked for again', async () => {
  const { calls } = await detailed(lambda, onPath, [[KIND, 'orders-prod']], { declared });
  expect(calls.toSorted()).toEqual(['lambda:GetFunctionConcurrency', 'lambda:GetPolicy']);
});

test('a function without a policy is called by nobody through it; one whose policy is refused is not known', async () => {
  const without = await detailed(
    lambda,
    { ...onPath, 'lambda:GetPolicy': { status: 404, code: 'ResourceNotFoundException' } },
    [[KIND, 'orders-prod']],
  );
  expect(without.facts.at(-1)?.properties).toMatchObject({ invokedBy: [] });
  const refused = await detailed(lambda, { ...onPath, 'lambda:GetPolicy': DENIED }, [[KIND, 'orders-prod']]);
  expect(refused.facts.at(-1)?.properties).not.toHaveProperty('invokedBy');
  expect(refused.facts.at(-1)?.refusals).toMatchObject([{ permission: 'lambda:GetPolicy' }]);
});

const URL_HOST = 'abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-west-3.on.aws';

test('the host of a function URL is looked for among the functions of its region', async () => {
  const urls = { FunctionUrlConfigs: [{ FunctionUrl: `https://${URL_HOST}/`, AuthType: 'NONE' }] };
  const { facts, calls } = await detailed(lambda, { ...answers, 'lambda:ListFunctionUrlConfigs': urls }, [
    [KIND, URL_HOST],
  ]);
  expect(facts.find(({ name }) => name === 'orders-prod')?.otherNames).toContain(URL_HOST);
  expect(calls).toEqual(['lambda:ListFunctionUrlConfigs', 'lambda:ListFunctionUrlConfigs']);
});

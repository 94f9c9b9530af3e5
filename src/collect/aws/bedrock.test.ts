import { expect, test } from 'vitest';
import { bedrock } from './bedrock.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (rest: string) => `arn:aws:bedrock:eu-west-3:${ACCOUNT}:${rest}`;
const MODEL = arn('custom-model/base.v1/0a1b2c');
const answers = {
  'bedrock:ListCustomModels': {
    modelSummaries: [{ modelName: 'tuned', modelArn: MODEL, baseModelName: 'base', modelStatus: 'Active' }],
  },
  'bedrock:ListGuardrails': {
    guardrails: [{ name: 'polite', id: 'gr1', arn: arn('guardrail/gr1'), status: 'READY', version: 'DRAFT' }],
  },
  'bedrock:ListProvisionedModelThroughputs': {
    provisionedModelSummaries: [
      {
        provisionedModelName: 'reserved',
        provisionedModelArn: arn('provisioned-model/pm1'),
        modelArn: MODEL,
        status: 'InService',
        modelUnits: 2,
      },
    ],
  },
  'bedrock:GetModelInvocationLoggingConfiguration': {
    loggingConfig: {
      cloudWatchConfig: { logGroupName: '/bedrock/calls', roleArn: `arn:aws:iam::${ACCOUNT}:role/bedrock` },
      textDataDeliveryEnabled: true,
    },
  },
};

test('models of the account, guardrails and what is reserved are told', async () => {
  const { facts } = await collected(bedrock, answers);
  expect(factOf(facts, 'tuned').properties).toEqual({ baseModel: 'base', status: 'Active' });
  expect(factOf(facts, 'polite').otherNames).toEqual(['gr1']);
  expect(factOf(facts, 'reserved')).toMatchObject({
    properties: { status: 'InService', modelUnits: 2 },
    relations: [{ type: 'uses', to: { kind: 'AWS::Bedrock::CustomModel', name: MODEL } }],
  });
});

test('where calls of models are recorded is told', async () => {
  const { facts } = await collected(bedrock, answers);
  const logging = facts.find(({ kind }) => kind === 'AWS::Bedrock::ModelInvocationLogging');
  expect(logging).toMatchObject({
    properties: { textDataDeliveryEnabled: true },
    relations: [
      { type: 'logs-to', to: { kind: 'AWS::Logs::LogGroup', name: '/bedrock/calls' } },
      { type: 'assumes', to: { kind: 'AWS::IAM::Role' } },
    ],
  });
});

test('a region that records nothing has no such configuration', async () => {
  const { facts, lookups } = await collected(bedrock, {
    'bedrock:GetModelInvocationLoggingConfiguration': { loggingConfig: {} },
  });
  expect(facts).toEqual([]);
  expect(lookups.filter(({ refusal }) => refusal)).toEqual([]);
});

test.each([
  ['ListCustomModels', 'AWS::Bedrock::CustomModel'],
  ['ListGuardrails', 'AWS::Bedrock::Guardrail'],
  ['ListProvisionedModelThroughputs', 'AWS::Bedrock::ProvisionedModelThroughput'],
  ['GetModelInvocationLoggingConfiguration', 'AWS::Bedrock::ModelInvocationLogging'],
])('a refused %s leaves its kind not established, and no other', async (operation, kind) => {
  const { lookups } = await collected(bedrock, { ...answers, [`bedrock:${operation}`]: DENIED });
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([
    { kind, refusal: { permission: `bedrock:${operation}` } },
  ]);
});

import { expect, test } from 'vitest';
import { sagemaker } from './sagemaker.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (rest: string) => `arn:aws:sagemaker:eu-west-3:${ACCOUNT}:${rest}`;
const AT = { CreationTime: 1_772_000_000, LastModifiedTime: 1_772_000_000 };
const answers = {
  'sagemaker:ListEndpoints': {
    Endpoints: [{ EndpointName: 'rank', EndpointArn: arn('endpoint/rank'), EndpointStatus: 'Failed', ...AT }],
  },
  'sagemaker:ListModels': { Models: [{ ModelName: 'rank-v1', ModelArn: arn('model/rank-v1'), ...AT }] },
  'sagemaker:ListNotebookInstances': {
    NotebookInstances: [
      {
        NotebookInstanceName: 'lab',
        NotebookInstanceArn: arn('notebook-instance/lab'),
        NotebookInstanceStatus: 'InService',
        InstanceType: 'ml.t3.medium',
      },
    ],
  },
  'sagemaker:ListDomains': {
    Domains: [{ DomainName: 'studio', DomainId: 'd-1', DomainArn: arn('domain/d-1'), Status: 'InService' }],
  },
};

test('endpoints, models, notebooks and domains are told with their states', async () => {
  const { facts } = await collected(sagemaker, answers);
  expect(factOf(facts, 'rank')).toMatchObject({
    arn: arn('endpoint/rank'),
    properties: { status: 'Failed' },
  });
  expect(factOf(facts, 'rank-v1').kind).toBe('AWS::SageMaker::Model');
  expect(factOf(facts, 'lab').properties).toEqual({ status: 'InService', instanceType: 'ml.t3.medium' });
  expect(factOf(facts, 'studio').otherNames).toEqual(['d-1']);
});

test.each([
  ['ListEndpoints', 'AWS::SageMaker::Endpoint'],
  ['ListModels', 'AWS::SageMaker::Model'],
  ['ListNotebookInstances', 'AWS::SageMaker::NotebookInstance'],
  ['ListDomains', 'AWS::SageMaker::Domain'],
])('a refused %s leaves its kind not established, and no other', async (operation, kind) => {
  const { lookups } = await collected(sagemaker, { ...answers, [`sagemaker:${operation}`]: DENIED });
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([
    { kind, refusal: { permission: `sagemaker:${operation}` } },
  ]);
});

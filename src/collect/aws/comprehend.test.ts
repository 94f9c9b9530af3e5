import { expect, test } from 'vitest';
import { comprehend } from './comprehend.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (rest: string) => `arn:aws:comprehend:eu-west-3:${ACCOUNT}:${rest}`;
const answers = {
  'comprehend:ListDocumentClassifiers': {
    DocumentClassifierPropertiesList: [
      {
        DocumentClassifierArn: arn('document-classifier/sorter/version/v2'),
        Status: 'TRAINED',
        DataAccessRoleArn: `arn:aws:iam::${ACCOUNT}:role/sorter`,
      },
    ],
  },
  'comprehend:ListEndpoints': {
    EndpointPropertiesList: [
      {
        EndpointArn: arn('document-classifier-endpoint/sorting'),
        Status: 'IN_SERVICE',
        ModelArn: arn('document-classifier/sorter/version/v2'),
      },
    ],
  },
};

test('a classifier bears its name, not that of its version', async () => {
  const { facts } = await collected(comprehend, answers);
  expect(factOf(facts, 'sorter')).toMatchObject({
    properties: { status: 'TRAINED' },
    relations: [{ type: 'assumes', to: { kind: 'AWS::IAM::Role' } }],
  });
});

test('an endpoint uses its classifier', async () => {
  const { facts } = await collected(comprehend, answers);
  expect(factOf(facts, 'sorting').relations).toMatchObject([
    { type: 'uses', to: { kind: 'AWS::Comprehend::DocumentClassifier' } },
  ]);
});

test.each([
  ['ListDocumentClassifiers', 'AWS::Comprehend::DocumentClassifier'],
  ['ListEndpoints', 'AWS::Comprehend::Endpoint'],
])('a refused %s leaves its kind not established, and no other', async (operation, kind) => {
  const { lookups } = await collected(comprehend, { ...answers, [`comprehend:${operation}`]: DENIED });
  expect(lookups.filter(({ refusal }) => refusal)).toMatchObject([
    { kind, refusal: { permission: `comprehend:${operation}` } },
  ]);
});

import { expect, test } from 'vitest';
import { apigatewayv2 } from './apigatewayv2.ts';
import { collected, DENIED, factOf } from './test-server.ts';

const api = (ApiId: string, Name: string) => ({
  apiId: ApiId,
  name: Name,
  protocolType: 'HTTP',
  routeSelectionExpression: '$request.method $request.path',
  apiEndpoint: `https://${ApiId}.execute-api.eu-west-3.amazonaws.com`,
});
const answers = {
  'apigateway:GetApis': { items: [api('a1b2c3d4e5', 'shop-prod')] },
  'apigateway:GetStages': {
    items: [{ stageName: '$default', autoDeploy: true, stageVariables: { password: 'hidden' } }],
  },
};
const API = 'AWS::ApiGatewayV2::Api';

test('an API is named by its id, and known by its name and its endpoint', async () => {
  const { facts, calls } = await collected(apigatewayv2, answers);
  expect(factOf(facts, 'a1b2c3d4e5')).toMatchObject({
    kind: API,
    arn: 'arn:aws:apigateway:eu-west-3::/apis/a1b2c3d4e5',
    otherNames: ['shop-prod', 'a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com'],
    environments: ['prod'],
    properties: { protocolType: 'HTTP' },
  });
  expect(calls).toEqual(['apigateway:GetApis']);
});

test('every page of APIs is read', async () => {
  const { facts } = await collected(apigatewayv2, {
    'apigateway:GetApis': ({ NextToken }: { NextToken?: string }) =>
      NextToken === undefined
        ? { items: [api('one', 'one')], nextToken: 'next' }
        : { items: [api('two', 'two')] },
  });
  expect(facts.map(({ name }) => name)).toEqual(['one', 'two']);
});

test('stages of an API that a file names are told, without their variables', async () => {
  const { facts } = await collected(apigatewayv2, answers, { declared: [[API, 'a1b2c3d4e5']] });
  expect(factOf(facts, 'a1b2c3d4e5').properties?.stages).toEqual([{ name: '$default', autoDeploy: true }]);
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('an API whose stages are refused is still seen', async () => {
  const { facts } = await collected(
    apigatewayv2,
    { ...answers, 'apigateway:GetStages': DENIED },
    { declared: [[API, 'shop-prod']] },
  );
  expect(factOf(facts, 'a1b2c3d4e5').refusals).toMatchObject([{ operation: 'apigateway:GetStages' }]);
});

test('a refused list is not established, and says what would open it', async () => {
  const { lookups } = await collected(apigatewayv2, { 'apigateway:GetApis': DENIED });
  expect(lookups).toMatchObject([
    { kind: API, refusal: { operation: 'apigateway:GetApis', permission: 'apigateway:GET' } },
  ]);
});

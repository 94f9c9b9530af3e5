import { expect, test } from 'vitest';
import { apigatewayv2 } from './apigatewayv2.ts';
import { collected, DENIED, detailed, factOf } from './test-server.ts';

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

const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-3:123456789012:listener/app/inner/50dc6c495c0c9188/f2f7dc8efc522ab2';
const onPath = {
  ...answers,
  'apigateway:GetRoutes': ({ NextToken }: { NextToken?: string }) =>
    NextToken === undefined
      ? {
          items: [{ routeKey: 'ANY /{proxy+}', target: 'integrations/i1', authorizationType: 'NONE' }],
          nextToken: 'next',
        }
      : {
          items: [
            { routeKey: '$default', target: 'integrations/i2', authorizationType: 'JWT', authorizerId: 'a1' },
          ],
        },
  'apigateway:GetIntegrations': {
    items: [
      {
        integrationId: 'i1',
        integrationType: 'HTTP_PROXY',
        connectionType: 'VPC_LINK',
        connectionId: 'l1',
        integrationUri: LISTENER,
        requestParameters: { 'overwrite:header.x-key': 'canary' },
      },
      {
        integrationId: 'i2',
        integrationType: 'HTTP_PROXY',
        integrationUri: 'https://hooks.slack.com/services/T0/B0/canarycanary',
      },
    ],
  },
  'apigateway:GetAuthorizers': { items: [{ authorizerId: 'a1', name: 'users', authorizerType: 'JWT' }] },
  'apigateway:GetVpcLink': {
    vpcLinkId: 'l1',
    name: 'inner',
    vpcLinkStatus: 'AVAILABLE',
    subnetIds: ['subnet-1'],
    securityGroupIds: ['sg-1'],
  },
  'apigateway:GetApiMappings': { items: [{ apiId: 'a1b2c3d4e5', apiMappingKey: 'v1', stage: '$default' }] },
};

test('an API on a path is told with its routes, what they lead to, and who may call them', async () => {
  const { facts } = await detailed(apigatewayv2, onPath, [[API, 'a1b2c3d4e5']]);
  expect(Object.assign({}, ...facts.map(({ properties }) => properties))).toMatchObject({
    stages: [{ name: '$default', autoDeploy: true }],
    routes: [
      { key: 'ANY /{proxy+}', integrationId: 'i1', authorization: 'NONE' },
      { key: '$default', integrationId: 'i2', authorization: 'JWT', authorizerId: 'a1' },
    ],
    integrations: [
      {
        id: 'i1',
        type: 'HTTP_PROXY',
        connectionType: 'VPC_LINK',
        connectionId: 'l1',
        target: { arn: LISTENER, service: 'elasticloadbalancing' },
      },
      { id: 'i2', target: { scheme: 'https', host: 'hooks.slack.com' } },
    ],
    authorizers: [{ id: 'a1', name: 'users', type: 'JWT' }],
    vpcLinks: [{ id: 'l1', status: 'AVAILABLE', subnets: ['subnet-1'], securityGroups: ['sg-1'] }],
  });
  expect(facts.flatMap(({ relations = [] }) => relations)).toEqual([
    {
      type: 'routes-to',
      to: {
        kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        name: 'arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/app/inner/50dc6c495c0c9188',
      },
    },
  ]);
  expect(JSON.stringify(facts)).not.toMatch(/canary|hidden/);
});

test('a custom domain name on a path leads to APIs of either version', async () => {
  const DOMAIN = 'AWS::ApiGateway::DomainName';
  const known = (endpointTypes: string[]) => ({
    known: [{ kind: DOMAIN, name: 'api.example.com', properties: { endpointTypes } }] as const,
  });
  const { facts } = await detailed(apigatewayv2, onPath, [[DOMAIN, 'api.example.com']], known(['REGIONAL']));
  expect(facts).toMatchObject([
    {
      kind: DOMAIN,
      properties: { mappings: [{ path: 'v1', api: 'a1b2c3d4e5', stage: '$default' }] },
      relations: [{ to: { kind: 'AWS::ApiGateway::RestApi' } }, { to: { kind: API, name: 'a1b2c3d4e5' } }],
    },
  ]);
  const edge = await detailed(apigatewayv2, onPath, [[DOMAIN, 'api.example.com']], known(['EDGE']));
  expect(edge.calls).toEqual([]);
});

test('a refused page of routes leaves them out, and says why', async () => {
  const { facts } = await detailed(apigatewayv2, { ...onPath, 'apigateway:GetRoutes': DENIED }, [
    [API, 'a1b2c3d4e5'],
  ]);
  expect(facts.flatMap(({ properties }) => Object.keys(properties ?? {}))).not.toContain('routes');
  expect(facts.flatMap(({ refusals = [] }) => refusals)).toMatchObject([
    { operation: 'apigateway:GetRoutes' },
  ]);
});

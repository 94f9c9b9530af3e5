import { expect, test } from 'vitest';
import { apigateway } from './apigateway.ts';
import { collected, DENIED, detailed, factOf } from './test-server.ts';

const CERTIFICATE = 'arn:aws:acm:eu-west-3:123456789012:certificate/0a1b2c3d';
const answers = {
  'apigateway:GetRestApis': {
    item: [{ id: 'a1b2c3d4e5', name: 'shop-prod', endpointConfiguration: { types: ['REGIONAL'] } }],
  },
  'apigateway:GetStages': {
    item: [{ stageName: 'v1', variables: { password: 'hidden' }, tracingEnabled: true }],
  },
  'apigateway:GetDomainNames': {
    item: [
      {
        domainName: 'api.example.com',
        domainNameStatus: 'AVAILABLE',
        securityPolicy: 'TLS_1_2',
        regionalDomainName: 'd-a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com',
        regionalCertificateArn: CERTIFICATE,
      },
    ],
  },
};
const API = 'AWS::ApiGateway::RestApi';

test('an API is named by its id, and known by its name, which tells its environment', async () => {
  const { facts, calls } = await collected(apigateway, answers);
  expect(factOf(facts, 'a1b2c3d4e5')).toMatchObject({
    kind: API,
    arn: 'arn:aws:apigateway:eu-west-3::/restapis/a1b2c3d4e5',
    otherNames: ['shop-prod'],
    environments: ['prod'],
    properties: { endpointTypes: ['REGIONAL'] },
  });
  expect(calls).not.toContain('apigateway:GetStages');
});

test('stages of an API that a file names are told, without their variables', async () => {
  const { facts } = await collected(apigateway, answers, { declared: [[API, 'shop-prod']] });
  expect(factOf(facts, 'a1b2c3d4e5').properties?.stages).toEqual([{ name: 'v1', tracingEnabled: true }]);
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a domain is known by the name that its records lead to, and uses its certificate', async () => {
  const { facts } = await collected(apigateway, answers);
  expect(factOf(facts, 'api.example.com')).toMatchObject({
    kind: 'AWS::ApiGateway::DomainName',
    otherNames: ['d-a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com'],
    relations: [
      { type: 'uses-certificate', to: { kind: 'AWS::CertificateManager::Certificate', name: CERTIFICATE } },
    ],
  });
});

test('a domain is of the kind under which files speak of it', async () => {
  const kind = 'AWS::ApiGatewayV2::DomainName';
  const { facts } = await collected(apigateway, answers, { declared: [[kind, 'api.example.com']] });
  expect(factOf(facts, 'api.example.com').kind).toBe(kind);
});

test('an API whose stages are refused is still seen', async () => {
  const { facts } = await collected(
    apigateway,
    { ...answers, 'apigateway:GetStages': DENIED },
    { declared: [[API, 'a1b2c3d4e5']] },
  );
  expect(factOf(facts, 'a1b2c3d4e5').refusals).toMatchObject([{ permission: 'apigateway:GET' }]);
});

test('a refused list of domains is not established; that of APIs is', async () => {
  const { lookups } = await collected(apigateway, { ...answers, 'apigateway:GetDomainNames': DENIED });
  expect(lookups.map(({ kind, refusal }) => [kind, refusal?.operation])).toEqual(
    expect.arrayContaining([
      [API, undefined],
      ['AWS::ApiGateway::DomainName', 'apigateway:GetDomainNames'],
    ]),
  );
});

const ARN = 'arn:aws:lambda:eu-west-3:123456789012:function:orders';
const BALANCER =
  'arn:aws:elasticloadbalancing:eu-west-3:123456789012:loadbalancer/net/inner/50dc6c495c0c9188';
const onPath = {
  ...answers,
  'apigateway:GetResources': ({ position }: { position?: string }) =>
    position === undefined
      ? {
          position: 'next',
          item: [
            {
              path: '/orders',
              resourceMethods: {
                GET: {
                  authorizationType: 'CUSTOM',
                  authorizerId: 'auth1',
                  methodIntegration: {
                    type: 'AWS_PROXY',
                    uri: `arn:aws:apigateway:eu-west-3:lambda:path/2015-03-31/functions/${ARN}/invocations`,
                    requestParameters: { 'integration.request.header.x-key': "'canary-header'" },
                  },
                },
              },
            },
          ],
        }
      : {
          item: [
            {
              path: '/shop',
              resourceMethods: {
                ANY: {
                  authorizationType: 'NONE',
                  methodIntegration: {
                    type: 'HTTP_PROXY',
                    connectionType: 'VPC_LINK',
                    connectionId: 'abc123',
                    uri: 'https://user:canary@shop.internal:8443/v1?token=canary',
                  },
                },
              },
            },
          ],
        },
  'apigateway:GetAuthorizers': { item: [{ id: 'auth1', name: 'jwt', type: 'TOKEN', authorizerUri: 'x' }] },
  'apigateway:GetVpcLink': { id: 'abc123', status: 'AVAILABLE', targetArns: [BALANCER] },
};

test('an API on a path is told with its stages, what its methods lead to, and its links', async () => {
  const { facts, calls } = await detailed(apigateway, onPath, [[API, 'a1b2c3d4e5']]);
  expect(Object.assign({}, ...facts.map(({ properties }) => properties))).toEqual({
    stages: [{ name: 'v1', tracingEnabled: true }],
    authorizers: [{ id: 'auth1', name: 'jwt', type: 'TOKEN' }],
    integrations: [
      {
        path: '/orders',
        method: 'GET',
        authorization: 'CUSTOM',
        authorizerId: 'auth1',
        type: 'AWS_PROXY',
        target: { function: ARN },
      },
      {
        path: '/shop',
        method: 'ANY',
        authorization: 'NONE',
        type: 'HTTP_PROXY',
        connectionType: 'VPC_LINK',
        connectionId: 'abc123',
        target: { scheme: 'https', host: 'shop.internal', port: 8443, path: '/v1' },
      },
    ],
    vpcLinks: [{ id: 'abc123', status: 'AVAILABLE', targets: [BALANCER] }],
  });
  expect(facts.flatMap(({ relations = [] }) => relations)).toEqual([
    { type: 'routes-to', to: { kind: 'AWS::Lambda::Function', name: ARN } },
    { type: 'routes-to', to: { kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: BALANCER } },
  ]);
  expect(JSON.stringify(facts)).not.toMatch(/canary|hidden/);
  expect(calls.toSorted()).toEqual([
    'apigateway:GetAuthorizers',
    'apigateway:GetResources',
    'apigateway:GetResources',
    'apigateway:GetStages',
    'apigateway:GetVpcLink',
  ]);
});

test('a link of the second version is not asked for: the integration names the load balancer', async () => {
  const integration = {
    type: 'HTTP_PROXY',
    connectionType: 'VPC_LINK',
    connectionId: 'abc123',
    integrationTarget: BALANCER,
    uri: 'http://shop.internal',
  };
  const { facts, calls } = await detailed(
    apigateway,
    {
      ...onPath,
      'apigateway:GetResources': {
        item: [{ path: '/', resourceMethods: { GET: { methodIntegration: integration } } }],
      },
    },
    [[API, 'a1b2c3d4e5']],
  );
  expect(facts.flatMap(({ relations = [] }) => relations)).toMatchObject([{ to: { name: BALANCER } }]);
  expect(calls).not.toContain('apigateway:GetVpcLink');
});

test('a refused page leaves integrations out, and stages that the lists told are not asked for', async () => {
  const { facts, calls } = await detailed(
    apigateway,
    { ...onPath, 'apigateway:GetResources': DENIED },
    [[API, 'a1b2c3d4e5']],
    { declared: [[API, 'shop-prod']] },
  );
  expect(facts.flatMap(({ properties }) => Object.keys(properties ?? {}))).toEqual(['authorizers']);
  expect(facts.flatMap(({ refusals = [] }) => refusals)).toMatchObject([
    { operation: 'apigateway:GetResources', permission: 'apigateway:GET' },
  ]);
  expect(calls).not.toContain('apigateway:GetStages');
});

test('a name that CloudFront serves is told with what it leads to; of others the second version tells it', async () => {
  const DOMAIN = 'AWS::ApiGateway::DomainName';
  const named = (type: string) => ({
    ...answers,
    'apigateway:GetDomainNames': {
      item: [{ domainName: 'api.example.com', endpointConfiguration: { types: [type] } }],
    },
    'apigateway:GetBasePathMappings': {
      item: [
        { basePath: '(none)', restApiId: 'a1b2c3d4e5', stage: 'v1' },
        { basePath: 'beta', restApiId: 'a1b2c3d4e5', stage: 'v2' },
      ],
    },
  });
  const edge = await detailed(apigateway, named('EDGE'), [[DOMAIN, 'api.example.com']]);
  expect(edge.facts).toMatchObject([
    {
      properties: {
        mappings: [
          { path: '', api: 'a1b2c3d4e5', stage: 'v1' },
          { path: 'beta', api: 'a1b2c3d4e5', stage: 'v2' },
        ],
      },
      relations: [{ type: 'routes-to', to: { kind: API, name: 'a1b2c3d4e5' } }],
    },
  ]);
  const regional = await detailed(apigateway, named('REGIONAL'), [[DOMAIN, 'api.example.com']]);
  expect({ facts: regional.facts, calls: regional.calls }).toEqual({ facts: [], calls: [] });
});

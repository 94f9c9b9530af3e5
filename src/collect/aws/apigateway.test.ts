import { expect, test } from 'vitest';
import { apigateway } from './apigateway.ts';
import { collected, DENIED, factOf } from './test-server.ts';

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

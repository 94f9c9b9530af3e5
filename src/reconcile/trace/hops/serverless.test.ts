import { expect, test } from 'vitest';
import { runPaths } from '../test-cases.ts';
import {
  Account,
  API_DOMAIN,
  arnOf,
  BUCKET,
  FUNCTION,
  HTTP_API,
  LOG_GROUP,
  type Properties,
  REGION,
  related,
  rolesOf,
} from '../test-estate.ts';
import {
  behaviour,
  CDN_DNS,
  certificate,
  customOrigin,
  distribution,
  OWN_CERTIFICATE,
  record,
  shop,
  zone,
} from '../test-shop.ts';

const API_DNS = `abcdefgh12.execute-api.${REGION}.amazonaws.com`;
const DOMAIN_DNS = `d-abcdefgh12.execute-api.${REGION}.amazonaws.com`;

/** A name, a domain of an API, the API and its function. */
function served(): Account {
  const account = zone(new Account(), 'shop.example', 'Z1');
  record(account, 'shop.example', DOMAIN_DNS);
  certificate(account, OWN_CERTIFICATE, ['shop.example']);
  account.see(
    API_DOMAIN,
    'shop.example',
    {
      status: 'AVAILABLE',
      certificateArn: OWN_CERTIFICATE,
      mappings: [{ path: '', api: 'abcdefgh12', stage: '$default' }],
    },
    { otherNames: [DOMAIN_DNS], relations: [related('routes-to', HTTP_API, 'abcdefgh12')] },
  );
  account.see(
    HTTP_API,
    'abcdefgh12',
    { name: 'shop', stages: [{ name: '$default' }] },
    { otherNames: [API_DNS], relations: [related('routes-to', FUNCTION, 'app')] },
  );
  return account.see(
    FUNCTION,
    'app',
    { state: 'Active', logGroup: '/aws/lambda/app' },
    { arn: arnOf('lambda', 'function:app') },
  );
}
const ROLES = 'dns api-gateway api-gateway function';

runPaths('an API and its function', served, [
  {
    name: 'that are sound',
    roles: ROLES,
    says: ['API `shop`', 'stage `$default` deployed', '`/aws/lambda/app` is created with the first line'],
  },
  {
    name: 'the domain is being made',
    change: (one) => one.set(API_DOMAIN, { status: 'PENDING' }),
    fail: ['api-domain-inactive'],
  },
  {
    name: 'the API has no stage',
    change: (one) => one.set(HTTP_API, { stages: [] }),
    fail: ['api-stage-missing'],
  },
  {
    name: 'stages were not read',
    change: (one) => one.forget(HTTP_API, 'stages', 'apigateway:GET'),
    hides: 'stage',
    roles: ROLES,
  },
  {
    name: 'mappings were not read, and are related',
    change: (one) => one.forget(API_DOMAIN, 'mappings', 'apigateway:GET'),
    roles: ROLES,
  },
  {
    name: 'mappings were not read',
    change: (one) => {
      one.forget(API_DOMAIN, 'mappings', 'apigateway:GET').one(API_DOMAIN).relations = [];
    },
    unknown: ['api-mapping-missing'],
    permission: 'apigateway:GET',
    roles: 'dns api-gateway',
  },
  {
    name: 'its own address is switched off, and is not asked',
    change: (one) => one.set(HTTP_API, { disableExecuteApiEndpoint: true }),
  },
  {
    name: 'its own address is switched off, and asked',
    url: `https://${API_DNS}/`,
    change: (one) => one.set(HTTP_API, { disableExecuteApiEndpoint: true }),
    fail: ['api-endpoint-disabled'],
    roles: 'api-gateway function',
  },
  {
    name: 'the function failed',
    change: (one) => one.set(FUNCTION, { state: 'Failed' }),
    fail: ['function-inactive'],
  },
  { name: 'the function sleeps', change: (one) => one.set(FUNCTION, { state: 'Inactive' }) },
  {
    name: 'its last update failed',
    change: (one) => one.set(FUNCTION, { lastUpdateStatus: 'Failed' }),
    fail: ['function-inactive'],
    says: 'the last update failed',
  },
  {
    name: 'no call of it passes',
    change: (one) => one.set(FUNCTION, { reservedConcurrentExecutions: 0 }),
    fail: ['function-throttled'],
  },
  { name: 'some calls of it pass', change: (one) => one.set(FUNCTION, { reservedConcurrentExecutions: 5 }) },
  {
    name: 'log groups were not read',
    change: (one) => one.refuse(LOG_GROUP),
    unknown: ['log-group-missing'],
  },
  {
    name: 'an integration calls a function that is gone',
    change: (one) =>
      one.remove(FUNCTION).set(HTTP_API, {
        routes: [{ key: '$default', integrationId: 'i1' }],
        integrations: [{ id: 'i1', target: { function: arnOf('lambda', 'function:app') } }],
      }),
    fail: ['function-inactive'],
    says: 'the function `app` is no longer there',
  },
  {
    name: 'an integration calls a function, and functions were not read',
    change: (one) =>
      one.refuse(FUNCTION).set(HTTP_API, {
        routes: [{ key: '$default', integrationId: 'i1' }],
        integrations: [{ id: 'i1', target: { function: arnOf('lambda', 'function:app') } }],
      }),
    unknown: ['function-inactive'],
    permission: `list:${FUNCTION}`,
  },
]);

/** A website of S3 behind its own name. */
const site = (properties: Properties) => () => {
  const account = zone(new Account(), 'shop.example', 'Z1');
  record(account, 'shop.example', `s3-website.${REGION}.amazonaws.com`);
  return account.see(BUCKET, 'shop.example', properties, { arn: 'arn:aws:s3:::shop.example' });
};
runPaths('a website', site({ publicPolicy: true, publicAccessBlock: false }), [
  {
    name: 'that everyone may read',
    url: 'http://shop.example/',
    roles: 'dns bucket',
    says: 'readable by everyone',
  },
  {
    name: 'that is closed',
    url: 'http://shop.example/',
    change: (one) => one.set(BUCKET, { publicAccessBlock: true }),
    fail: ['bucket-not-public'],
    certainty: 'probable',
  },
  {
    name: 'of which nobody read whether it is open',
    url: 'http://shop.example/',
    change: (one) => one.forget(BUCKET, 'publicPolicy', 's3:GetBucketPolicyStatus'),
    hides: 'readable',
  },
  {
    name: 'that is not of this account',
    url: 'http://shop.example/',
    change: (one) => one.remove(BUCKET),
    unknown: ['dns-record-misdirected'],
  },
]);

test('a bucket behind a distribution need not be public', () => {
  const account = zone(new Account(), 'shop.example', 'Z1');
  record(account, 'shop.example', CDN_DNS);
  distribution(account, 'E1', CDN_DNS, {
    aliases: ['shop.example'],
    origins: [customOrigin(`files.s3.${REGION}.amazonaws.com`)],
    behaviours: [behaviour('*', 'front')],
  });
  account.see(BUCKET, 'files', { publicPolicy: false }, { arn: 'arn:aws:s3:::files' });
  const { hops } = account.trace('https://shop.example/');
  expect(hops.map(({ role }) => role)).toEqual(['dns', 'cdn', 'bucket']);
  expect(hops[2]?.checks.map(({ id }) => id)).toEqual(['bucket-missing']);
});

test('kinds without a model are passed along what they route to', () => {
  const account = shop();
  account.see(
    'Host',
    'edge.elsewhere.example',
    {},
    { relations: [related('routes-to', 'Nginx::Server', 'inner')] },
  );
  account.see('Nginx::Server', 'inner', {});
  expect(rolesOf(account.trace('https://edge.elsewhere.example/'))).toEqual(['dns', 'server', 'server']);
});

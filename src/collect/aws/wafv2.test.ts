import { expect, test } from 'vitest';
import type { AwsCollector } from './aws-collector.ts';
import { ACCOUNT, collected, DENIED, detailed, factOf } from './test-server.ts';
import { wafv2 } from './wafv2.ts';

const acl = (scope: string, Name: string) => ({
  Name,
  Id: `id-${Name}`,
  ARN: `arn:aws:wafv2:us-east-1:${ACCOUNT}:${scope}/webacl/${Name}/id-${Name}`,
});
const BALANCER = `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/app/shop/1`;

const answers = {
  'wafv2:ListWebACLs': ({ Scope }: { Scope: string }) => ({
    WebACLs: [Scope === 'CLOUDFRONT' ? acl('global', 'edge') : acl('regional', 'api')],
  }),
  'wafv2:ListResourcesForWebACL': ({ ResourceType }: { ResourceType: string }) => ({
    ResourceArns: ResourceType === 'APPLICATION_LOAD_BALANCER' ? [BALANCER] : [],
  }),
};

test('a web ACL of a region is named by its name, and known by its id', async () => {
  const { facts, calls } = await collected(wafv2, answers);
  expect(factOf(facts, 'api')).toMatchObject({ otherNames: ['id-api'], properties: { scope: 'REGIONAL' } });
  expect(calls).toEqual(['wafv2:ListWebACLs']);
});

test('those of CloudFront are listed in the home region', async () => {
  const { facts } = await collected(wafv2, answers, { region: 'us-east-1' });
  expect(factOf(facts, 'edge').properties).toMatchObject({ scope: 'CLOUDFRONT' });
  expect(factOf(facts, 'api').properties).toMatchObject({ scope: 'REGIONAL' });
});

/** As a region is read that nobody asked for. */
const beyond: AwsCollector = {
  ...wafv2,
  run: (session, place) => wafv2.run(session, { ...place, beyond: true }),
};

test('of a home region that nobody asked for, what is regional is told only where a file names it', async () => {
  const here = { region: 'us-east-1' } as const;
  const { facts } = await collected(beyond, answers, here);
  expect(facts.map(({ name }) => name)).toEqual(['edge']);
  const named = await collected(beyond, answers, { ...here, declared: [['AWS::WAFv2::WebACL', 'api']] });
  expect(named.facts.map(({ name }) => name).sort()).toEqual(['api', 'edge']);
});

test('what a web ACL protects is read where a file names it', async () => {
  const { facts } = await collected(wafv2, answers, { declared: [['AWS::WAFv2::WebACL', 'api']] });
  expect(factOf(facts, 'api').properties?.resources).toEqual([BALANCER]);
});

test('a last page with a marker and nothing in it ends the list', async () => {
  const { calls } = await collected(wafv2, {
    'wafv2:ListWebACLs': ({ NextMarker }: { NextMarker?: string }) =>
      NextMarker === undefined
        ? { WebACLs: [acl('regional', 'api')], NextMarker: 'api' }
        : { WebACLs: [], NextMarker: 'more' },
  });
  expect(calls).toHaveLength(2);
});

test('refused resources are told with the web ACL that stays', async () => {
  const { facts } = await collected(
    wafv2,
    { ...answers, 'wafv2:ListResourcesForWebACL': DENIED },
    { declared: [['AWS::WAFv2::WebACL', 'api']] },
  );
  const fact = factOf(facts, 'api');
  expect(fact.properties).not.toHaveProperty('resources');
  expect(fact.refusals?.[0]).toMatchObject({ permission: 'wafv2:ListResourcesForWebACL' });
});

test('a refused list is not established, and says what would open it', async () => {
  const { lookups } = await collected(wafv2, { 'wafv2:ListWebACLs': DENIED });
  expect(lookups).toMatchObject([
    { kind: 'AWS::WAFv2::WebACL', refusal: { permission: 'wafv2:ListWebACLs' } },
  ]);
});

const BALANCER_KIND = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const ACL_KIND = 'AWS::WAFv2::WebACL';
const balancer = (type: string) =>
  ({ kind: BALANCER_KIND, name: type, arn: `${BALANCER}-${type}`, properties: { type } }) as const;
const protecting = {
  ...answers,
  'wafv2:GetWebACLForResource': {
    WebACL: {
      ...acl('regional', 'api'),
      DefaultAction: { Block: {} },
      Rules: [{ Name: 'header', Statement: { ByteMatchStatement: { SearchString: 'Y2FuYXJ5' } } }],
    },
  },
  'wafv2:GetWebACL': { WebACL: { ...acl('global', 'edge'), DefaultAction: { Allow: {} } } },
};

test('a load balancer on a path is told with the web ACL that protects it, and what that does by default', async () => {
  const { facts, calls } = await detailed(
    wafv2,
    protecting,
    [
      [BALANCER_KIND, 'application'],
      [BALANCER_KIND, 'network'],
    ],
    {
      known: [balancer('application'), balancer('network')],
    },
  );
  const { ARN } = acl('regional', 'api');
  expect(factOf(facts, 'application')).toMatchObject({
    properties: { webACLArn: ARN },
    relations: [{ type: 'protected-by', to: { kind: ACL_KIND, name: ARN } }],
  });
  expect(factOf(facts, 'api')).toMatchObject({ arn: ARN, properties: { defaultAction: 'Block' } });
  expect(JSON.stringify(facts)).not.toContain('Y2FuYXJ5');
  expect(JSON.stringify(facts)).not.toContain('canary');
  // load balancers of connections have none
  expect(calls).toEqual(['wafv2:GetWebACLForResource']);
});

test('a load balancer without one is told to have none', async () => {
  const { facts } = await detailed(
    wafv2,
    { ...answers, 'wafv2:GetWebACLForResource': {} },
    [[BALANCER_KIND, 'application']],
    {
      known: [balancer('application')],
    },
  );
  expect(facts).toHaveLength(1);
  expect(facts[0]).not.toHaveProperty('properties');
  expect(facts[0]).not.toHaveProperty('refusals');
});

test('a web ACL on a path is asked what it does by default', async () => {
  const { facts } = await detailed(wafv2, protecting, [[ACL_KIND, 'edge']], { region: 'us-east-1' });
  expect(facts).toMatchObject([{ name: 'edge', properties: { defaultAction: 'Allow' } }]);
});

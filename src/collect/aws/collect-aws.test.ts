import { STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { resourcesOf } from '#reconcile/resources.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { cloudfront } from './cloudfront.ts';
import { ecr } from './ecr.ts';
import { elbv2 } from './elbv2.ts';
import { ACCOUNT, DENIED, withAccount } from './test-server.ts';
import { wafv2 } from './wafv2.ts';
import { wantedOf } from './wanted.ts';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const shop = (region: string) =>
  `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/app/shop/50dc6c495c0c9188`;
const acl = { Name: 'api', Id: '1', ARN: `arn:aws:wafv2:eu-west-3:${ACCOUNT}:regional/webacl/api/1` };
const answers = {
  'elasticloadbalancing:DescribeLoadBalancers': `<LoadBalancers><member><LoadBalancerArn>${shop('eu-west-3')}</LoadBalancerArn>
    <LoadBalancerName>shop</LoadBalancerName><Type>application</Type></member></LoadBalancers>`,
  'elasticloadbalancing:DescribeLoadBalancerAttributes':
    '<Attributes><member><Key>routing.http2.enabled</Key><Value>true</Value></member></Attributes>',
  'wafv2:ListWebACLs': { WebACLs: [acl] },
  'wafv2:GetWebACLForResource': { WebACL: { ...acl, DefaultAction: { Allow: {} } } },
};
const collectors = [cloudfront, ecr, elbv2, wafv2];
const here = { regions: ['eu-west-3'] };

test('what services tell besides of one resource is merged into it', async () => {
  await withAccount(collectors, answers, here, async (account) => {
    const before = resourcesOf(account.facts, [account.observation]);
    const wanted = before.filter(({ kind }) => kind === BALANCER).map(wantedOf);
    const { facts } = await account.details(wanted);
    const after = resourcesOf([...account.facts, ...facts], [account.observation]);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.find(({ name }) => name === 'shop')).toMatchObject({
      id: shop('eu-west-3'),
      status: 'undocumented',
      properties: {
        type: 'application',
        loadBalancerAttributes: { 'routing.http2.enabled': 'true' },
        webACLArn: acl.ARN,
      },
    });
    expect(after.find(({ kind }) => kind === 'AWS::WAFv2::WebACL')?.properties).toMatchObject({
      scope: 'REGIONAL',
      defaultAction: 'Allow',
    });
  });
});

test('details are asked for once, whoever wants them again', async () => {
  await withAccount(collectors, answers, here, async (account, { calls }) => {
    const wanted = [{ kind: BALANCER, name: 'shop', region: 'eu-west-3', properties: {} }] as const;
    expect((await account.details(wanted)).facts).not.toEqual([]);
    const { length } = calls;
    expect(await account.details([...wanted, ...wanted])).toEqual({ facts: [], lookups: [] });
    expect(calls).toHaveLength(length);
  });
});

test('a listener that came with its load balancer is not asked for again by itself', async () => {
  const listener = `<Listeners><member><ListenerArn>${shop('eu-west-3').replace(':loadbalancer/', ':listener/')}/1</ListenerArn>
    <Port>443</Port><Protocol>HTTPS</Protocol></member></Listeners>`;
  const listening = { ...answers, 'elasticloadbalancing:DescribeListeners': listener };
  await withAccount([elbv2], listening, here, async (account, { calls }) => {
    const wanted = account.facts.map(({ kind, name, region = '' }) => ({
      kind,
      name,
      region,
      properties: {},
    }));
    const [balancers, others] = [true, false].map((is) =>
      wanted.filter(({ kind }) => (kind === BALANCER) === is),
    );
    await account.details(balancers ?? []);
    expect(calls.filter((call) => call.endsWith(':DescribeRules'))).toHaveLength(1);
    expect(others).toHaveLength(1);
    await account.details(others ?? []);
    expect(calls.filter((call) => /:Describe(?:Rules|ListenerCertificates)$/.test(call))).toHaveLength(2);
  });
});

test('what was looked for is told by the observation, and what was refused by the coverage', async () => {
  const image = `${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/api:v1`;
  await withAccount(collectors, { ...answers, 'ecr:DescribeImages': DENIED }, here, async (account) => {
    const { length } = account.observation.lookups;
    const { facts, lookups } = await account.details([
      { kind: 'Docker::Image', name: image, properties: {} },
    ]);
    expect(facts).toEqual([]);
    expect(account.observation.lookups.slice(length)).toEqual(lookups);
    expect(lookups).toMatchObject([{ scope: image, refusal: { permission: 'ecr:DescribeImages' } }]);
    const region = account.coverage().find(({ scope }) => scope.endsWith('eu-west-3'));
    expect(region?.state).toBe('partial');
    expect(region?.operations).toContainEqual(
      expect.objectContaining({ name: 'ecr:DescribeImages', denied: 1 }),
    );
  });
});

test('further regions are read once, what has no region is not read again, and details of them may be asked for', async () => {
  await withAccount(collectors, answers, here, async (account, { calls, regions }) => {
    const { length } = calls;
    const more = await account.regions(['eu-central-1', 'eu-west-3', 'eu-central-1']);
    expect(new Set(regions.slice(length))).toEqual(new Set(['eu-central-1']));
    expect(calls.slice(length)).not.toContain('cloudfront:ListDistributions');
    expect(more.facts.map(({ region }) => region)).toContain('eu-central-1');
    expect(account.observation.regions).toEqual(['eu-west-3', 'eu-central-1']);
    expect(account.observation.lookups).toEqual(expect.arrayContaining(more.lookups));
    expect(account.coverage().map(({ scope }) => scope)).toContain(`${ACCOUNT} eu-central-1`);
    expect(await account.regions(['eu-central-1'])).toEqual({ facts: [], lookups: [] });
    const { facts } = await account.details([
      { kind: BALANCER, name: 'shop', region: 'eu-central-1', properties: {} },
    ]);
    expect(new Set(facts.map(({ region }) => region))).toEqual(new Set(['eu-central-1']));
  });
});

test('a detail that fails as nobody foresaw fails alone, and is counted', async () => {
  const broken = defineAwsCollector({
    id: 'broken',
    title: { fr: 'Panne', en: 'Broken' },
    service: 'broken',
    where: 'regions',
    Client: STSClient,
    kinds: [],
    permissions: {},
    collect: async () => {},
    detailed: [BALANCER],
    detail: () => Promise.reject(new Error('unforeseen')),
  });
  await withAccount([broken, elbv2, wafv2], answers, here, async (account) => {
    const { facts } = await account.details([
      { kind: BALANCER, name: 'shop', region: 'eu-west-3', properties: {} },
    ]);
    expect(facts).toHaveLength(3);
    const operations = account.coverage().flatMap((one) => one.operations);
    expect(operations).toContainEqual(expect.objectContaining({ name: 'broken:*', failed: 1 }));
  });
});

import { describe, expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { motoForTests } from '../aws/moto.ts';
import { seed } from '../aws/seed.ts';
import { applyAndUndo, planOf } from './try-remedy.ts';

const REGION = 'eu-west-3';
const moto = motoForTests();

async function estate() {
  const ids = await seed(moto.url, REGION, {
    vpcs: {
      main: {
        cidr: '10.0.0.0/16',
        subnets: {
          a: { cidr: '10.0.1.0/24', zone: 'a' },
          b: { cidr: '10.0.2.0/24', zone: 'b' },
          c: { cidr: '10.0.3.0/24', zone: 'c' },
        },
      },
    },
    certificates: { 'old.example': {}, 'shop.example': {} },
    targetGroups: { web: { vpc: 'main', HealthCheckPath: '/' }, other: { vpc: 'main' } },
    loadBalancers: {
      shop: {
        subnets: ['a', 'b'],
        listeners: [
          {
            port: 443,
            certificate: 'old.example',
            to: { forward: 'other' },
            rules: [
              { paths: ['/*'], to: { forward: 'other' } },
              { paths: ['/api/*'], to: { forward: 'web' } },
            ],
          },
          { port: 8080, to: { forward: 'web' } },
        ],
      },
    },
  });
  return (key: string) => ids[key] ?? '';
}

const mend = async (id: string, values: (of: (key: string) => string) => Record<string, Json>) => {
  const of = await estate();
  return applyAndUndo(
    moto.url,
    planOf([{ id, values: { region: REGION, loadBalancer: of('load-balancer shop'), ...values(of) } }]),
  );
};

async function rulesOf(listener: string): Promise<string[]> {
  const { Executor } = await import('./execute.ts');
  const executor = new Executor(moto.url);
  const arns = await executor.read({
    service: 'elbv2',
    operation: 'DescribeRules',
    region: REGION,
    input: { ListenerArn: listener },
    query: 'Rules[?!IsDefault].RuleArn',
  });
  executor.close();
  return arns as string[];
}

describe('a load balancer', () => {
  test('serves another certificate', () =>
    mend('certificate-expired', (of) => ({
      listener: of('listener shop 443'),
      better: of('certificate shop.example'),
      names: ['shop.example'],
    })));

  test('sends to the group that answers', async () => {
    await mend('listener-wrong-target', (of) => ({
      listener: of('listener shop 443'),
      targetGroup: of('target-group web'),
    }));
  });

  test('lets a rule send to the group that answers', async () => {
    const of = await estate();
    const [, rule = ''] = await rulesOf(of('listener shop 443'));
    const values = { region: REGION, rule, targetGroup: of('target-group other') };
    await applyAndUndo(moto.url, planOf([{ id: 'listener-wrong-target', values }]));
  });

  test('asks a narrower rule before a wider one: the two change places', async () => {
    const of = await estate();
    const [by = '', rule = ''] = await rulesOf(of('listener shop 443'));
    const values = {
      region: REGION,
      listener: of('listener shop 443'),
      rule,
      by,
      priority: 1,
      shadowedPriority: 2,
    };
    const [step] = await applyAndUndo(moto.url, planOf([{ id: 'listener-rule-shadowed', values }]));
    expect(step?.changes[0]).toMatchObject({ before: ['2', '1'], after: ['1', '2'] });
  });

  test('speaks HTTPS where it spoke HTTP', () =>
    mend('listener-missing', (of) => ({
      listener: of('listener shop 8080'),
      port: 8080,
      protocol: 'HTTPS',
      actual: 'HTTP',
      better: of('certificate shop.example'),
    })));

  test('has a listener in clear', () =>
    mend('listener-missing', (of) => ({ port: 80, protocol: 'HTTP', targetGroup: of('target-group web') })));

  test('asks for its targets’ health at the right path, and at the port of the traffic', async () => {
    await mend('health-check-mismatch', (of) => ({
      targetGroup: of('target-group web'),
      expected: '/health',
      healthCheckPath: '/',
    }));
    await moto.reset();
    await mend('health-check-mismatch', (of) => ({ targetGroup: of('target-group web'), expected: '8081' }));
  });
});

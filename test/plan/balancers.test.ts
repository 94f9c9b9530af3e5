import { describe, expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import type { PlanInput } from '#plan/plan.ts';
import { motoForTests } from '../aws/moto.ts';
import { seed } from '../aws/seed.ts';
import { Executor } from './execute.ts';
import { applyAndUndo, plannedWith, planOf, resource } from './try-remedy.ts';

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

async function prioritise(priorities: Record<string, number>): Promise<void> {
  const executor = new Executor(moto.url);
  for (const [RuleArn, Priority] of Object.entries(priorities))
    await executor.write({
      service: 'elbv2',
      operation: 'SetRulePriorities',
      region: REGION,
      input: { RulePriorities: [{ RuleArn, Priority }] },
    });
  executor.close();
}

/** The check of a shadowed rule, with the rules of its listener as an audit knows them. */
function shadowed(one: {
  listener: string;
  rule: string;
  by: string;
  priority: number;
  behind: number;
}): PlanInput {
  const { listener, rule, by, priority, behind } = one;
  const ruleOf = (id: string, at: number) =>
    resource('AWS::ElasticLoadBalancingV2::ListenerRule', `shop:443 path-pattern=/${at}/*`, {
      id,
      properties: { priority: at },
    });
  return planOf(
    [
      {
        id: 'listener-rule-shadowed',
        values: { region: REGION, listener, rule, by, priority, shadowedPriority: behind },
      },
    ],
    {
      resources: [
        resource('AWS::ElasticLoadBalancingV2::Listener', 'shop:443', { id: listener }),
        ruleOf(rule, behind),
        ruleOf(by, priority),
      ],
    },
  );
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

  test('asks a narrower rule before a wider one, on a priority that is free', async () => {
    const of = await estate();
    const [by = '', rule = ''] = await rulesOf(of('listener shop 443'));
    await prioritise({ [rule]: 20, [by]: 10 });
    const listener = of('listener shop 443');
    const [step] = await applyAndUndo(moto.url, shadowed({ listener, rule, by, priority: 10, behind: 20 }));
    expect(step?.changes[0]).toMatchObject({ before: ['20'], after: ['9'] });
  });

  test('lets two rules change places where no priority is free; moto refuses to, so it is only planned', async () => {
    const { steps } = plannedWith(
      shadowed({ listener: 'l', rule: 'narrow', by: 'wide', priority: 1, behind: 2 }),
      ['2', '1'],
    );
    expect(steps[0]?.changes[0]).toMatchObject({
      write: {
        input: {
          RulePriorities: [
            { RuleArn: 'narrow', Priority: 1 },
            { RuleArn: 'wide', Priority: 2 },
          ],
        },
      },
      after: ['1', '2'],
      undo: {
        input: {
          RulePriorities: [
            { RuleArn: 'narrow', Priority: 2 },
            { RuleArn: 'wide', Priority: 1 },
          ],
        },
      },
    });
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

  test('is in the zone of its targets too, by the one public subnet of that zone', async () => {
    const of = await estate();
    const loadBalancer = of('load-balancer shop');
    const vpcId = of('vpc main');
    const subnet = (name: string, availabilityZone: string) =>
      resource('AWS::EC2::Subnet', of(`subnet ${name}`), { properties: { availabilityZone, vpcId } });
    const own = [of('subnet a'), of('subnet b')];
    const resources = [
      resource('AWS::ElasticLoadBalancingV2::LoadBalancer', 'shop', {
        id: loadBalancer,
        properties: { subnets: own, scheme: 'internet-facing', vpcId },
      }),
      ...(['a', 'b', 'c'] as const).map((name) => subnet(name, `${REGION}${name}`)),
      resource('AWS::EC2::RouteTable', 'rtb-1', {
        properties: { subnets: [of('subnet c')], routes: [{ target: 'igw-1' }] },
      }),
    ];
    const failure = {
      id: 'target-zone-not-enabled',
      values: { region: REGION, loadBalancer, zones: [`${REGION}c`], subnets: own },
    };
    const [step] = await applyAndUndo(moto.url, planOf([failure], { resources }));
    expect(step?.changes[0]?.after).toContain(of('subnet c'));
    // where two subnets fit, which one is meant is not known
    const other = subnet('x', `${REGION}c`);
    const two = { ...other, name: 'subnet-x', id: 'subnet-x' };
    const private_ = planOf([failure], {
      resources: [
        ...resources
          .slice(0, 1)
          .map((one) => ({ ...one, properties: { ...one.properties, scheme: 'internal' } })),
        ...resources.slice(1),
        two,
      ],
    });
    expect(plannedWith(private_).steps[0]).toMatchObject({ state: 'needs-input', changes: [], command: '' });
  });

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

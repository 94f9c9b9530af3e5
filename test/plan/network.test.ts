import { describe, expect, test } from 'vitest';
import type { Json } from '#model/fact.ts';
import { motoForTests } from '../aws/moto.ts';
import { seed } from '../aws/seed.ts';
import { Executor } from './execute.ts';
import { applyAndUndo, planOf } from './try-remedy.ts';

const REGION = 'eu-west-3';
const moto = motoForTests();

async function estate() {
  const ids = await seed(moto.url, REGION, {
    vpcs: {
      main: {
        cidr: '10.0.0.0/16',
        subnets: {
          a: { cidr: '10.0.1.0/24', zone: 'a', routes: 'public' },
          b: { cidr: '10.0.2.0/24', zone: 'b', routes: 'closed' },
        },
        nats: { one: { subnet: 'a' }, two: { subnet: 'a' } },
        routeTables: { public: { internet: true }, closed: {}, private: { nat: 'one' } },
        securityGroups: { lb: {}, tasks: {} },
      },
    },
  });
  return (key: string) => ids[key] ?? '';
}

const mend = async (id: string, values: (of: (key: string) => string) => Record<string, Json>) => {
  const of = await estate();
  return applyAndUndo(moto.url, planOf([{ id, values: { region: REGION, ...values(of) } }]));
};

const mended = async (...parts: Parameters<typeof mend>): Promise<void> => {
  await mend(...parts);
};

describe('a security group', () => {
  test.each([
    ['ingress', 'source', (of: (key: string) => string) => of('security-group lb')],
    ['ingress', 'source', () => '0.0.0.0/0'],
    ['ingress', 'source', () => '::/0'],
    ['egress', 'destination', () => '10.0.0.0/16'],
  ] as const)('lets traffic through (%s, %s %#)', (direction, end, peer) =>
    mended('security-group-blocks', (of) => ({
      group: of('security-group tasks'),
      direction,
      [end]: peer(of),
      protocol: 'tcp',
      fromPort: 3000,
      toPort: 3000,
    })),
  );

  test('lets all that a check of the network names in, by the names of that check', async () => {
    const steps = await mend('security-group-blocks', (of) => ({
      groupId: of('security-group tasks'),
      direction: 'ingress',
      peerCidrs: ['10.1.0.0/16', '10.2.0.0/16'],
      protocol: 'tcp',
      port: 443,
    }));
    expect(steps[0]?.changes).toHaveLength(2);
  });
});

test.each([false, true])(
  'a network ACL lets traffic through before what refuses it (egress: %s)',
  async (egress) => {
    const of = await estate();
    const executor = new Executor(moto.url);
    const acl = await executor.read({
      service: 'ec2',
      operation: 'DescribeNetworkAcls',
      region: REGION,
      input: { Filters: [{ Name: 'vpc-id', Values: [of('vpc main')] }] },
      query: 'NetworkAcls[0].NetworkAclId',
    });
    executor.close();
    const values = {
      region: REGION,
      acl,
      egress,
      source: '10.9.0.0/16',
      destination: '10.9.0.0/16',
      protocol: 'tcp',
      fromPort: 1024,
      toPort: 65535,
      ruleNumber: 100,
    };
    const [step] = await applyAndUndo(moto.url, planOf([{ id: 'network-acl-blocks', values }]));
    expect(step?.changes[0]?.write.input).toMatchObject({ RuleNumber: 99, Egress: egress });
  },
);

test.each(['internet-gateway main', 'nat one'])('a table leads out by %s', (target) =>
  mended('route-missing', (of) => ({
    routeTable: of('route-table closed'),
    [target.startsWith('nat') ? 'natGateway' : 'gateway']: of(target),
  })),
);

test('a route leads to the gateway that works', () =>
  mended('nat-gateway-unusable', (of) => ({
    routeTable: of('route-table private'),
    natGateway: of('nat one'),
    better: of('nat two'),
  })));

test.each(['ecr.api', 's3'])('an endpoint of %s is made and deleted', (service) =>
  mended('endpoint-unreachable', (of) => ({
    serviceName: `com.amazonaws.${REGION}.${service}`,
    vpc: of('vpc main'),
    subnets: [of('subnet b')],
    routeTable: of('route-table closed'),
    group: of('security-group tasks'),
  })),
);

test('an endpoint that is there lets the tasks in', () =>
  mended('endpoint-unreachable', (of) => ({
    endpoint: 'vpce-1',
    serviceName: `com.amazonaws.${REGION}.ecr.api`,
    group: of('security-group lb'),
    source: of('security-group tasks'),
  })));

test('names lead to the endpoint that is there once the VPC answers them', () =>
  mended('endpoint-unreachable', (of) => ({
    vpcEndpointId: 'vpce-1',
    vpcId: of('vpc main'),
    attributes: ['enableDnsHostnames'],
  })));

test('a table is led to the gateway endpoint that is there', async () => {
  const ids = await seed(moto.url, REGION, {
    vpcs: {
      other: {
        cidr: '10.9.0.0/16',
        routeTables: { used: {}, left: {} },
        endpoints: { s3: { service: 's3', routeTables: ['used'] } },
      },
    },
  });
  const values = {
    region: REGION,
    vpcEndpointId: ids['endpoint s3'] ?? '',
    routeTableIds: [ids['route-table left'] ?? ''],
  };
  await applyAndUndo(moto.url, planOf([{ id: 'endpoint-unreachable', values }]));
});

test('an internet gateway leads nothing out for tasks without a public address: theirs is the NAT gateway', async () => {
  const told = (of: (key: string) => string) => ({
    routeTableId: of('route-table closed'),
    internetGatewayId: of('internet-gateway main'),
    usableNatGatewayId: of('nat one'),
    ways: ['task-to-registry', 'task-to-logs'],
  });
  const targets = async (more: Record<string, Json>) => {
    const [step] = await mend('route-missing', (of) => ({ ...told(of), ...more }));
    const { NatGatewayId, GatewayId } = step?.changes[0]?.write.input ?? {};
    return [NatGatewayId !== undefined, GatewayId !== undefined];
  };
  expect(await targets({ assignPublicIp: 'DISABLED' })).toEqual([true, false]);
  await moto.reset();
  expect(await targets({ assignPublicIp: 'ENABLED' })).toEqual([false, true]);
  await moto.reset();
  expect(await targets({ ways: ['internet-to-balancer'] })).toEqual([false, true]);
});

import { describe, expect, test } from 'vitest';
import type { Kind } from '#model/fact.ts';
import type { Check, Path } from '#model/path.ts';
import { entry, natEstate, tcp } from './network/test-network.ts';
import { networkSides } from './network-sides.ts';
import { runPaths } from './test-cases.ts';
import {
  type Account,
  BALANCER,
  checksOf,
  DEFINITION,
  GROUP,
  idsOf,
  LISTENER,
  type Properties,
  related,
  SERVICE,
} from './test-estate.ts';
import {
  container,
  forward,
  GROUP_ARN,
  IMAGE_NAME,
  listener,
  plainShop,
  REGISTRY,
  service,
  shop,
  target,
} from './test-shop.ts';

const VPC: Kind = 'AWS::EC2::VPC';
const GROUPS: Kind = 'AWS::EC2::SecurityGroup';
const ROUTES: Kind = 'AWS::EC2::RouteTable';
const SECRET = 'arn:aws:secretsmanager:eu-west-3:111122223333:secret:shop-a1b2c3';

/** A shop in a network: the load balancer in its public subnets, tasks in the private ones, that lead out by NAT gateways. */
function networked(make = plainShop): Account {
  const account = make();
  for (const [name, { kind, properties }] of natEstate().things)
    account.see(kind, name, properties as Properties, {
      arn: `arn:aws:ec2:eu-west-3:111122223333:${kind.slice('AWS::EC2::'.length).toLowerCase()}/${name}`,
      relations: typeof properties.vpcId === 'string' ? [related('in-vpc', VPC, properties.vpcId)] : [],
    });
  account.set(GROUPS, { securityGroupIngress: [tcp(3000, { sourceSecurityGroupId: 'sg-lb' })] }, 'sg-app');
  account.set(BALANCER, { vpcId: 'vpc-1', subnets: ['public-a', 'public-b'], securityGroups: ['sg-lb'] });
  account.set(SERVICE, {
    subnets: ['private-a', 'private-b'],
    securityGroups: ['sg-app'],
    assignPublicIp: 'DISABLED',
  });
  account.set(DEFINITION, { containers: [container({ secretsFrom: [{ name: 'KEY', valueFrom: SECRET }] })] });
  return account;
}
const closed = (name: string) => (one: Account) => one.set(GROUPS, { securityGroupIngress: [] }, name);
const isolated = (one: Account) =>
  one.set(ROUTES, { routes: [] }, 'rtb-private-a').set(ROUTES, { routes: [] }, 'rtb-private-b');

runPaths('the network of a path', networked, [
  { name: 'lets everything pass' },
  {
    name: 'the load balancer takes nothing in',
    change: closed('sg-lb'),
    fail: ['security-group-blocks'],
    values: { ways: ['internet-to-balancer'] },
  },
  {
    name: 'tasks take nothing in',
    change: closed('sg-app'),
    fail: ['security-group-blocks'],
    values: { ways: ['balancer-to-target'] },
  },
  {
    name: 'tasks have no way out: of several ways that lack it alike one is told, with all of them',
    change: isolated,
    fail: ['route-missing'],
  },
  {
    name: 'an ACL denies what comes back',
    change: (one) =>
      one.set(
        'AWS::EC2::NetworkAcl',
        { entries: [entry(100, true, 'allow'), entry(32_767, false, 'deny')] },
        'acl-private',
      ),
    fail: ['network-acl-blocks'],
  },
  {
    name: 'tasks with a public address need another way',
    change: (one) => isolated(one).set(SERVICE, { launchType: 'EC2' }),
  },
  {
    name: 'a load balancer of which the subnets were not read is told nothing of',
    change: (one) => closed('sg-lb')(one).forget(BALANCER, 'subnets', 'x:Read'),
  },
]);

describe('a list of the network that was refused', () => {
  test.each([
    'VPC',
    'Subnet',
    'RouteTable',
    'NetworkAcl',
    'SecurityGroup',
    'NatGateway',
    'InternetGateway',
    'VPCEndpoint',
  ])('%s makes nothing fail', (short) => {
    const kind: Kind = `AWS::EC2::${short}`;
    const path = networked().refuse(kind).trace('https://shop.example/');
    expect(idsOf(path, 'fail')).toEqual([]);
  });
  test.each(['Subnet', 'RouteTable', 'NetworkAcl', 'SecurityGroup', 'InternetGateway'])(
    '%s is asked for',
    (short) => {
      const kind: Kind = `AWS::EC2::${short}`;
      const asked = checksOf(networked().refuse(kind).trace('https://shop.example/')).flatMap(
        ({ refusal }) => refusal?.permission ?? [],
      );
      expect(asked).toContain(`list:${kind}`);
    },
  );
});

const onWay = (path: Path, way: string): Check[] =>
  checksOf(path).filter(({ values }) => Array.isArray(values?.ways) && values.ways.includes(way));

test('each way that is passed is told, to what it leads', () => {
  const path = networked().trace('https://shop.example/');
  for (const way of [
    'internet-to-balancer',
    'balancer-to-target',
    'task-to-registry',
    'task-to-secrets',
    'task-to-logs',
  ])
    expect(onWay(path, way).length).toBeGreaterThan(0);
  expect(
    path.side.filter(({ role }) => role === 'network').flatMap(({ checks }) => checks),
  ).not.toContainEqual(expect.objectContaining({ result: 'fail' }));
});

test('what fails on the way of tasks says whose tasks they are', () => {
  const path = isolated(networked()).trace('https://shop.example/');
  const failing = checksOf(path).filter(({ result }) => result === 'fail');
  expect(failing[0]?.values).toMatchObject({ service: 'web', cluster: 'shop', assignPublicIp: 'DISABLED' });
  expect(failing.flatMap(({ values }) => values?.ways ?? [])).toEqual(
    expect.arrayContaining(['task-to-registry', 'task-to-secrets', 'task-to-logs']),
  );
});

test('an image that cannot be pulled, and tasks without a way out, are one cause for each table that lacks it', () => {
  const account = isolated(networked());
  account.set(GROUP, { targets: [] }).set(SERVICE, {
    runningCount: 0,
    stoppedTasks: [
      {
        stoppedReason: `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${IMAGE_NAME}: dial tcp: i/o timeout`,
      },
    ],
  });
  const { causes } = account.trace('https://shop.example/');
  const chain = ['route-missing', 'image-pull-failing', 'service-short-of-tasks', 'target-group-empty'];
  expect(causes.map(({ checks }) => checks)).toEqual([chain, chain]);
  expect(new Set(causes.map(({ hops }) => hops[0])).size).toBe(2);
});

test('behind a distribution it is CloudFront that has to be let in', () => {
  const account = networked(shop);
  account.set(GROUPS, { securityGroupIngress: [tcp(443, { cidrIp: '203.0.113.0/24' })] }, 'sg-lb');
  expect(idsOf(account.trace('https://shop.example/'), 'fail')).toEqual(['security-group-blocks']);
});

test('a network load balancer that keeps the address of clients: targets must let everybody in', () => {
  const account = networked();
  account.set(BALANCER, { type: 'network' }).remove(LISTENER, 'front:443');
  listener(account, 'front', 443, 'TCP', [forward(GROUP_ARN)]);
  const failing = (keeps?: string) => {
    account.set(
      GROUP,
      keeps === undefined
        ? { targetGroupAttributes: {} }
        : { targetGroupAttributes: { 'preserve_client_ip.enabled': keeps } },
    );
    return idsOf(account.trace('https://shop.example/'), 'fail');
  };
  expect(failing('false')).toEqual([]);
  expect(failing('true')).toEqual(['security-group-blocks']);
  // which of the two it is was not read, and neither is what is let in told of
  closed('sg-app')(account);
  expect(failing()).toEqual([]);
  expect(failing('false')).toEqual(['security-group-blocks']);
});

test('a port of the health check is looked at where a container takes it', () => {
  const account = networked();
  account.set(GROUP, { healthCheckPort: 9000 });
  expect(idsOf(account.trace('https://shop.example/'), 'fail')).toEqual([]);
  account.set(DEFINITION, { containers: [container({ ports: [3000, 9000] })] });
  expect(idsOf(account.trace('https://shop.example/'), 'fail')).toEqual(['security-group-blocks']);
});

test('hosts of a group are reached on the port of each target', () => {
  const account = networked();
  account.remove(SERVICE).set(GROUP, {
    targetType: 'instance',
    targets: [target('i-1', 3000, 'healthy'), target('i-2', 8080, 'healthy')],
  });
  for (const name of ['i-1', 'i-2'])
    account.see(
      'AWS::EC2::Instance',
      name,
      { subnetId: 'private-a', privateIp: '10.0.10.9', securityGroupIds: ['sg-app'] },
      { relations: [related('protected-by', GROUPS, 'sg-app')] },
    );
  const blocked = checksOf(account.trace('https://shop.example/')).filter(({ result }) => result === 'fail');
  expect(blocked.map(({ id, values }) => `${id} ${values?.port}`)).toEqual(['security-group-blocks 8080']);
});

test('two images of one repository are one way to it', () => {
  const account = networked();
  account.set(DEFINITION, { containers: [container(), { name: 'b', image: `${REGISTRY}/web:2.0` }] });
  const once = onWay(networked().trace('https://shop.example/'), 'task-to-registry').length;
  expect(onWay(account.trace('https://shop.example/'), 'task-to-registry')).toHaveLength(once);
});

test('other kinds have no network of their own', () => {
  const account = service(networked(shop), 'other', {}, []);
  const graph = account.graph();
  const [distribution] = graph.all('AWS::CloudFront::Distribution');
  if (!distribution) throw new Error('no distribution');
  const request = { scheme: 'https', host: 'shop.example', port: 443, path: '/' };
  expect(networkSides({ resource: distribution, request, passed: [] }, graph)).toEqual([]);
});

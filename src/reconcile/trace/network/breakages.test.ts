import { describe, expect, test } from 'vitest';
import { between } from './between.ts';
import { fromInternet } from './from-internet.ts';
import type { Interfaces } from './interfaces.ts';
import {
  BALANCER,
  type Estate,
  endpointEstate,
  endpointName,
  entry,
  LOCAL,
  natEstate,
  type Properties,
  PUBLIC_TASKS,
  ports,
  REGION,
  route,
  SERVICES,
  TASKS,
  tcp,
} from './test-network.ts';
import { toRegistry } from './to-registry.ts';
import { toService } from './to-service.ts';
import type { NetworkSide } from './verdict.ts';

/** What one element of a sound network is broken by, and what must be said then: the check, and on which resource. */
interface Break {
  name: string;
  /** What it changes: two breaks of one element are no pair. */
  of: string;
  how: (estate: Estate) => void;
  says: string[];
  /** Of a failure that leaves another way. */
  isPartial?: true;
  /** What can no longer be said: of an endpoint that is gone, that its policy denies. */
  hides?: string[];
}

const say = (check: string, resource: string) => `${check} @ ${resource}`;

const deny = (acl: string, egress: boolean, more: Properties) => (estate: Estate) => {
  estate.list(acl, 'entries').push(entry(egress ? 60 : 50, egress, 'deny', more));
};

const refusing = (acl: string, direction: 'in' | 'out', of: string, more: Properties): Break => ({
  name: `${acl} refuses ${of} ${direction}`,
  of: `${acl} ${direction} ${of}`,
  how: deny(acl, direction === 'out', more),
  says: [say('network-acl-blocks', acl)],
});

const grouping = (
  group: string,
  property: 'securityGroupIngress' | 'securityGroupEgress',
  rules: Properties[],
): Break => ({
  name: `${group} ${property} is ${JSON.stringify(rules)}`,
  of: `${group} ${property}`,
  how: (estate) => estate.set(group, { [property]: rules }),
  says: [say('security-group-blocks', group)],
});

const EPHEMERAL = ports(1024, 65_535);

/** What every estate here has: a balancer before tasks. */
const PATH: Break[] = [
  grouping('sg-lb', 'securityGroupIngress', []),
  grouping('sg-lb', 'securityGroupEgress', [tcp(80, { cidrIp: '0.0.0.0/0' })]),
  grouping('sg-app', 'securityGroupIngress', [tcp(80, { sourceSecurityGroupId: 'sg-lb' })]),
  grouping('sg-app', 'securityGroupIngress', [tcp(8080, { sourceSecurityGroupId: 'sg-other' })]),
  refusing('acl-public', 'out', '8080', ports(8080)),
  refusing('acl-private', 'in', '8080', ports(8080)),
  {
    name: 'public subnets have no route out',
    of: 'rtb-public route',
    how: (estate) => estate.set('rtb-public', { routes: [LOCAL] }),
    says: [say('route-missing', 'rtb-public')],
  },
  {
    name: 'the internet gateway is attached elsewhere',
    of: 'igw-1',
    how: (estate) => estate.set('igw-1', { vpcs: ['vpc-2'] }),
    says: [say('route-missing', 'rtb-public')],
  },
  {
    name: 'the internet gateway is gone',
    of: 'igw-1',
    how: (estate) => {
      estate.remove('igw-1').set('rtb-public', { routes: [LOCAL, route('0.0.0.0/0', 'igw-1', 'blackhole')] });
    },
    says: [say('route-missing', 'rtb-public')],
  },
];

const NAT: Break[] = [
  ...PATH,
  grouping('sg-app', 'securityGroupEgress', []),
  grouping('sg-app', 'securityGroupEgress', [tcp(443, { cidrIp: '10.0.0.0/16' })]),
  refusing('acl-public', 'in', '443', ports(443)),
  refusing('acl-public', 'out', 'answers', EPHEMERAL),
  refusing('acl-public', 'in', 'answers', EPHEMERAL),
  refusing('acl-private', 'out', '443', ports(443)),
  refusing('acl-private', 'out', 'answers', EPHEMERAL),
  refusing('acl-private', 'in', 'answers', EPHEMERAL),
  {
    name: 'one private subnet has no route out',
    of: 'rtb-private-a',
    how: (estate) => estate.set('rtb-private-a', { routes: [LOCAL] }),
    says: [say('route-missing', 'rtb-private-a')],
    isPartial: true,
    hides: [say('nat-gateway-unusable', 'nat-a')],
  },
  {
    name: 'one private subnet falls back to the main table',
    of: 'rtb-private-b',
    how: (estate) => estate.set('rtb-private-b', { subnets: [] }),
    says: [say('route-missing', 'rtb-main')],
    isPartial: true,
    hides: [say('nat-gateway-unusable', 'rtb-private-b')],
  },
  ...['failed', 'deleting'].map(
    (state): Break => ({
      name: `a NAT gateway is ${state}`,
      of: 'nat-a',
      how: (estate) => estate.set('nat-a', { state }),
      says: [say('nat-gateway-unusable', 'nat-a')],
      isPartial: true,
    }),
  ),
  {
    name: 'a NAT gateway is gone',
    of: 'nat-b',
    how: (estate) => {
      estate
        .remove('nat-b')
        .set('rtb-private-b', { routes: [LOCAL, route('0.0.0.0/0', 'nat-b', 'blackhole')] });
    },
    says: [say('nat-gateway-unusable', 'rtb-private-b')],
    isPartial: true,
  },
  {
    name: 'a NAT gateway is private',
    of: 'nat-a',
    how: (estate) => estate.set('nat-a', { connectivityType: 'private' }),
    says: [say('nat-gateway-unusable', 'nat-a')],
    isPartial: true,
  },
  {
    name: 'a NAT gateway stands in the subnet that it serves',
    of: 'nat-a',
    how: (estate) => estate.set('nat-a', { subnetId: 'private-a' }),
    says: [say('nat-gateway-unusable', 'nat-a')],
    isPartial: true,
  },
];

/** Where tasks stand in the public subnets beside the balancer. */
const PUBLIC: Break[] = [
  // inside one subnet the balancer and the tasks still meet
  ...PATH.filter(({ of }) => !of.startsWith('acl-')),
  { ...refusing('acl-public', 'out', '8080', ports(8080)), isPartial: true },
  grouping('sg-app', 'securityGroupEgress', []),
  refusing('acl-public', 'in', '443', ports(443)),
  refusing('acl-public', 'out', '443', ports(443)),
  refusing('acl-public', 'in', 'answers', EPHEMERAL),
];

const policyWithout = (action: string) => ({
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
    { Effect: 'Deny', Principal: '*', Action: action, Resource: '*' },
  ],
});

const ACTIONS: Record<(typeof SERVICES)[number], string> = {
  'ecr.api': 'ecr:GetAuthorizationToken',
  'ecr.dkr': 'ecr:BatchGetImage',
  secretsmanager: 'secretsmanager:GetSecretValue',
  logs: 'logs:PutLogEvents',
};

const ENDPOINTS: Break[] = [
  ...PATH,
  grouping('sg-app', 'securityGroupEgress', []),
  grouping('sg-endpoints', 'securityGroupIngress', []),
  grouping('sg-endpoints', 'securityGroupIngress', [tcp(443, { cidrIp: '10.0.0.0/24' })]),
  refusing('acl-public', 'in', '443', ports(443)),
  refusing('acl-private', 'out', '443', ports(443)),
  refusing('acl-private', 'in', 'answers', EPHEMERAL),
  ...SERVICES.flatMap((service): Break[] => {
    const endpoint = endpointName(service);
    const says = [say('endpoint-unreachable', endpoint)];
    return [
      {
        name: `${service}: private DNS is off`,
        of: endpoint,
        how: (estate) => estate.set(endpoint, { privateDnsEnabled: false }),
        says,
      },
      {
        name: `${service}: the endpoint failed`,
        of: endpoint,
        how: (estate) => estate.set(endpoint, { state: 'failed' }),
        says,
      },
      {
        name: `${service}: the endpoint has no interface`,
        of: endpoint,
        how: (estate) => estate.set(endpoint, { subnetIds: [] }),
        says,
      },
      {
        name: `${service}: no endpoint`,
        of: endpoint,
        how: (estate) => estate.remove(endpoint),
        says: [say('endpoint-unreachable', 'vpc-1')],
        hides: [say('endpoint-policy-denies', endpoint), say('endpoint-unreachable', endpoint)],
      },
      {
        name: `${service}: the policy denies`,
        of: `${endpoint} policy`,
        how: (estate) => {
          if (estate.things.has(endpoint))
            estate.set(endpoint, { policyDocument: policyWithout(ACTIONS[service]) });
        },
        says: [say('endpoint-policy-denies', endpoint)],
      },
    ];
  }),
  ...['enableDnsSupport', 'enableDnsHostnames'].map(
    (attribute): Break => ({
      name: `the VPC has no ${attribute}`,
      of: 'vpc-1',
      how: (estate) => estate.set('vpc-1', { [attribute]: false }),
      says: SERVICES.map((service) => say('endpoint-unreachable', endpointName(service))),
    }),
  ),
  {
    name: 's3: the gateway is not associated with the table',
    of: 'vpce-s3',
    how: (estate) => estate.set('vpce-s3', { routeTableIds: [] }).set('rtb-private', { routes: [LOCAL] }),
    says: [say('endpoint-unreachable', 'vpce-s3')],
  },
  {
    name: 's3: no gateway',
    of: 'vpce-s3',
    how: (estate) => estate.remove('vpce-s3').set('rtb-private', { routes: [LOCAL] }),
    says: [say('endpoint-unreachable', 'vpc-1')],
    hides: [say('endpoint-policy-denies', 'vpce-s3')],
  },
  {
    name: 's3: the policy is for another bucket',
    of: 'vpce-s3 policy',
    how: (estate) => {
      const own = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::shop/*' };
      if (estate.things.has('vpce-s3')) estate.set('vpce-s3', { policyDocument: { Statement: [own] } });
    },
    says: [say('endpoint-policy-denies', 'vpce-s3')],
  },
];

/** Everything that is asked of an estate. */
function asked(estate: Estate, tasks: Interfaces): NetworkSide[] {
  const graph = estate.graph();
  const host = `111122223333.dkr.ecr.${REGION}.amazonaws.com`;
  const arn = `arn:aws:secretsmanager:${REGION}:111122223333:secret:db`;
  return [
    ...fromInternet(graph, BALANCER, { port: 443 }),
    ...between(graph, BALANCER, tasks, { port: 8080 }),
    ...toRegistry(graph, tasks, { host, repository: 'shop' }),
    ...toService(graph, tasks, {
      service: 'secretsmanager',
      region: REGION,
      actions: [ACTIONS.secretsmanager],
      resource: arn,
    }),
    ...toService(graph, tasks, { service: 'logs', region: REGION, actions: [ACTIONS.logs] }),
  ];
}

const nameOf = (resource: string | undefined) => resource?.split('/').at(-1) ?? '?';
const told = (sides: readonly NetworkSide[], result: string) =>
  [
    ...new Set(
      sides.flatMap(({ resource, checks }) =>
        checks.flatMap((check) => (check.result === result ? say(check.id, nameOf(resource)) : [])),
      ),
    ),
  ].sort();

const ESTATES: [string, () => Estate, Interfaces, Break[]][] = [
  ['with NAT gateways', natEstate, TASKS, NAT],
  ['with endpoints', endpointEstate, TASKS, ENDPOINTS],
  ['with public tasks', natEstate, PUBLIC_TASKS, PUBLIC],
];

describe.each(ESTATES)('an estate %s', (_, estate, tasks, breaks) => {
  test('passes every check while it is sound', () => {
    const sides = asked(estate(), tasks);
    expect(told(sides, 'fail')).toEqual([]);
    expect(told(sides, 'unknown')).toEqual([]);
    expect(sides.flatMap(({ checks }) => checks).length).toBeGreaterThan(8);
  });

  test.each(breaks)('$name: that check fails, and no other', ({ how, says, isPartial }) => {
    const broken = estate();
    how(broken);
    const sides = asked(broken, tasks);
    expect(told(sides, 'fail')).toEqual([...says].sort());
    expect(told(sides, 'unknown')).toEqual([]);
    const failures = sides.flatMap(({ checks }) => checks).filter(({ result }) => result === 'fail');
    if (isPartial) expect(failures.every(({ certainty }) => certainty === 'probable')).toBe(true);
    else expect(failures.some(({ certainty }) => certainty === undefined)).toBe(true);
    for (const { values, evidence, text } of failures) {
      expect(values).toBeDefined();
      expect(evidence.length).toBeGreaterThan(0);
      expect(text.fr).not.toBe(text.en);
    }
  });

  // services that are asked for in the same way as these are not paired as well
  const paired = breaks.filter(({ of }) => !/^vpce-(?:ecr-dkr|logs)/.test(of));
  const pairs = paired.flatMap((one, index) =>
    paired.slice(index + 1).flatMap((other) => (one.of === other.of ? [] : [[one, other] as const])),
  );

  test(`names both of two (${pairs.length} pairs)`, () => {
    const wrong = pairs.flatMap(([one, other]) => {
      const broken = estate();
      one.how(broken);
      other.how(broken);
      const hidden = [...(one.hides ?? []), ...(other.hides ?? [])];
      const is = told(asked(broken, tasks), 'fail');
      const said = [...one.says, ...other.says].filter((each) => !hidden.includes(each));
      const should = [...new Set(said)].sort();
      return is.join() === should.join() ? [] : [`${one.name} + ${other.name}: ${is.join(' | ')}`];
    });
    expect(wrong).toEqual([]);
  });
});

import type { Interfaces } from './interfaces.ts';
import { type Case, runCases } from './test-cases.ts';
import {
  addEndpoint,
  type Estate,
  entry,
  LOCAL,
  natEstate,
  PUBLIC_TASKS,
  ports,
  REGION,
  route,
  TASKS,
  tcp,
} from './test-network.ts';
import { toRegistry } from './to-registry.ts';
import { toInternet, toService } from './to-service.ts';

const GROUP = 'security-group-blocks';
const ACL = 'network-acl-blocks';
const ROUTE = 'route-missing';
const NAT = 'nat-gateway-unusable';
const ENDPOINT = 'endpoint-unreachable';
const POLICY = 'endpoint-policy-denies';
const ADDRESS = 'public-ip-missing';
const ANYWHERE = '0.0.0.0/0';
const secrets = (estate: Estate, ends: Interfaces = TASKS) =>
  toService(estate.graph(), ends, {
    service: 'secretsmanager',
    region: REGION,
    actions: ['secretsmanager:GetSecretValue'],
  });
const appEgress = (estate: Estate, ...rules: ReturnType<typeof tcp>[]) =>
  estate.set('sg-app', { securityGroupEgress: rules });
const privateRoute = (estate: Estate, ...routes: ReturnType<typeof route>[]) =>
  estate
    .set('rtb-private-b', { subnets: [] })
    .set('rtb-private-a', { routes: [LOCAL, ...routes], subnets: ['private-a', 'private-b'] });

const withIpv6 = (estate: Estate, blocks: string[]): Estate =>
  estate.set('private-a', { ipv6CidrBlocks: blocks }).set('private-b', { ipv6CidrBlocks: blocks });

const withEndpoint = (estate: Estate): Estate =>
  addEndpoint(estate, 'secretsmanager').add('SecurityGroup', 'sg-endpoints', {
    securityGroupIngress: [tcp(443, { sourceSecurityGroupId: 'sg-app' })],
    securityGroupEgress: [],
  });
const closed = (estate: Estate): Estate =>
  withEndpoint(estate).set('sg-endpoints', { securityGroupIngress: [] });

const shared = (estate: Estate): Estate => {
  for (const name of ['private-a', 'private-b']) estate.set(name, { owner: '444455556666' });
  return estate;
};

const TO_SERVICE: Case[] = [
  { name: 'by a NAT gateway', ask: (e) => secrets(e) },
  {
    name: 'an endpoint takes the traffic though there is a NAT gateway',
    ask: (e) => secrets(closed(e)),
    fail: [GROUP],
    certainty: 'established',
    says: 'sg-endpoints',
  },
  {
    name: 'without private DNS it does not',
    ask: (e) => secrets(closed(e).set('vpce-secretsmanager', { privateDnsEnabled: false })),
  },
  {
    name: 'nobody knows whether it does, and the ways differ',
    ask: (e) => secrets(closed(e).forget('vpc-1', 'enableDnsSupport')),
    unknown: [ENDPOINT, GROUP],
  },
  {
    name: 'nobody knows whether it does, and both are open',
    ask: (e) => secrets(withEndpoint(e).forget('vpc-1', 'enableDnsSupport')),
  },
  {
    name: 'nobody knows whether it does, and both are closed',
    ask: (e) => secrets(appEgress(closed(e).forget('vpc-1', 'enableDnsSupport'))),
    fail: [GROUP],
    unknown: [ENDPOINT],
  },
  {
    name: 'neither an endpoint that is of use nor a NAT gateway',
    ask: (e) =>
      secrets(
        withEndpoint(e)
          .set('vpce-secretsmanager', { privateDnsEnabled: false })
          .set('nat-a', { state: 'failed' })
          .set('nat-b', { state: 'failed' }),
      ),
    fail: [ENDPOINT, NAT],
    certainty: 'established',
  },
  {
    name: 'the groups of the endpoint are not known',
    ask: (e) => secrets(withEndpoint(e).forget('vpce-secretsmanager', 'groups', 'protectedBy')),
    unknown: [GROUP],
  },
  {
    name: 'the groups of the endpoint are those of its relations',
    ask: (e) => secrets(closed(e).forget('vpce-secretsmanager', 'groups')),
    fail: [GROUP],
  },
  {
    name: 'the policy was not read',
    ask: (e) => secrets(withEndpoint(e).forget('vpce-secretsmanager', 'policyDocument')),
    unknown: [POLICY],
  },
  {
    name: 'the policy is for one role',
    ask: (e) =>
      secrets(
        withEndpoint(e).set('vpce-secretsmanager', {
          policyDocument: {
            Statement: {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:role/app' },
              Action: '*',
              Resource: '*',
            },
          },
        }),
      ),
    unknown: [POLICY],
  },
  {
    name: 'the policy denies some role',
    ask: (e) =>
      secrets(
        withEndpoint(e).set('vpce-secretsmanager', {
          policyDocument: {
            Statement: [
              { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
              {
                Effect: 'Deny',
                Principal: { AWS: 'arn:aws:iam::111122223333:role/other' },
                Action: '*',
                Resource: '*',
              },
            ],
          },
        }),
      ),
    unknown: [POLICY],
  },
  {
    name: 'the policy is for another action',
    ask: (e) =>
      secrets(
        withEndpoint(e).set('vpce-secretsmanager', {
          policyDocument: {
            Statement: [
              { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'secretsmanager:List*', Resource: '*' },
            ],
          },
        }),
      ),
    fail: [POLICY],
    says: 'secretsmanager:GetSecretValue',
  },
  {
    name: 'interfaces of the endpoint in one subnet, which is closed',
    ask: (e) => {
      e.list('acl-public', 'entries').push(entry(50, false, 'deny', ports(443)));
      return secrets(withEndpoint(e).set('vpce-secretsmanager', { subnetIds: ['public-a'] }));
    },
    fail: [ACL],
    certainty: 'established',
  },
  {
    name: 'interfaces of the endpoint in two subnets, one of them closed',
    ask: (e) => {
      e.list('acl-public', 'entries').push(entry(50, false, 'deny', ports(443)));
      return secrets(withEndpoint(e).set('vpce-secretsmanager', { subnetIds: ['public-a', 'private-a'] }));
    },
    fail: [ACL],
    certainty: 'probable',
  },
  {
    name: 'endpoints are denied, and the way out is open',
    ask: (e) => secrets(e.refuse('VPCEndpoint')),
    unknown: [ENDPOINT],
  },
  {
    name: 'endpoints are denied, and there is no way out',
    ask: (e) => secrets(privateRoute(e).refuse('VPCEndpoint')),
    unknown: [ENDPOINT, ROUTE],
  },
  {
    name: 'by a transit gateway',
    ask: (e) => secrets(privateRoute(e, route(ANYWHERE, 'tgw-1'))),
    unknown: [ROUTE],
  },
  {
    name: 'by a NAT instance',
    ask: (e) => secrets(privateRoute(e, route(ANYWHERE, 'eni-1'))),
    unknown: [ROUTE],
  },
  {
    name: 'by a NAT instance that is gone',
    ask: (e) => secrets(privateRoute(e, route(ANYWHERE, 'eni-1', 'blackhole'))),
    fail: [ROUTE],
  },
  {
    name: 'by a virtual private gateway',
    ask: (e) => secrets(privateRoute(e, route(ANYWHERE, 'vgw-1'))),
    unknown: [ROUTE],
  },
  {
    name: 'by routes to parts of the internet',
    ask: (e) => secrets(privateRoute(e, route('52.0.0.0/8', 'tgw-1'))),
    unknown: [ROUTE],
  },
  {
    name: 'a route to another network may lead to an endpoint there',
    ask: (e) => secrets(privateRoute(e, route('10.9.0.0/16', 'tgw-1'))),
    unknown: [ROUTE],
  },
  {
    name: 'a route to another network that is gone leads nowhere',
    ask: (e) => secrets(privateRoute(e, { ...route('10.9.0.0/16', 'tgw-1'), state: 'blackhole' })),
    fail: [ROUTE],
    certainty: 'established',
  },
  {
    name: 'a route for IPv6 is none for a subnet without it',
    ask: (e) => secrets(withIpv6(privateRoute(e, route('::/0', 'eigw-1')), [])),
    fail: [ROUTE],
  },
  {
    name: 'a route for IPv6 may lead to what answers there',
    ask: (e) => secrets(withIpv6(privateRoute(e, route('::/0', 'eigw-1')), ['2a05:d012::/64'])),
    unknown: [ROUTE],
    says: 'over IPv6 only',
  },
  {
    name: 'routes were not read',
    ask: (e) => secrets(e.forget('rtb-private-a', 'routes')),
    unknown: [ROUTE],
  },
  { name: 'NAT gateways are denied', ask: (e) => secrets(e.refuse('NatGateway')), unknown: [NAT] },
  {
    name: 'a NAT gateway that is being made',
    ask: (e) => secrets(e.set('nat-a', { state: 'pending' }).set('nat-b', { state: 'pending' })),
    fail: [NAT],
    certainty: 'probable',
    says: 'pending',
  },
  {
    name: 'a NAT gateway of a whole region',
    ask: (e) => secrets(e.forget('nat-a', 'subnetId').forget('nat-b', 'subnetId')),
    unknown: [NAT],
  },
  {
    name: 'both NAT gateways failed',
    ask: (e) => secrets(e.set('nat-a', { state: 'failed' }).set('nat-b', { state: 'failed' })),
    fail: [NAT],
    certainty: 'established',
  },
  {
    name: 'out to some list of nobody knows what',
    ask: (e) => secrets(appEgress(e, tcp(443, { destinationPrefixListId: 'pl-0123' }))),
    unknown: [GROUP],
  },
  {
    name: 'out to some addresses',
    ask: (e) => secrets(appEgress(e, tcp(443, { cidrIp: '52.0.0.0/8' }))),
    unknown: [GROUP],
  },
  {
    name: 'the subnet of the NAT gateway has no route',
    ask: (e) => secrets(e.set('rtb-public', { routes: [LOCAL] })),
    fail: [ROUTE],
    says: 'rtb-public',
  },
  ...(
    [
      ['takes nothing from inside', entry(50, false, 'deny', { ...ports(443), cidrBlock: '10.0.0.0/16' })],
      [
        'answers nothing inside',
        entry(50, true, 'deny', { ...ports(1024, 65_535), cidrBlock: '10.0.0.0/16' }),
      ],
      ['asks nobody', entry(50, true, 'deny', ports(443))],
      ['is not answered', entry(50, false, 'deny', ports(1024, 65_535))],
    ] as const
  ).map(
    ([what, more]): Case => ({
      name: `the NAT gateway ${what}`,
      ask: (e) => {
        e.list('acl-public', 'entries').push(more);
        return secrets(e);
      },
      fail: [ACL],
      certainty: 'established',
      says: 'acl-public',
    }),
  ),
  {
    name: 'a way out that is gone, and routes to parts of the internet',
    ask: (e) => secrets(privateRoute(e, route(ANYWHERE, 'eni-1', 'blackhole'), route('52.0.0.0/8', 'tgw-1'))),
    unknown: [ROUTE],
  },
  {
    name: 'a VPC with public addresses of its own',
    ask: (e) => secrets(privateRoute(e, route('52.9.0.0/16', 'local'))),
    fail: [ROUTE],
  },
  {
    name: 'a NAT gateway beside endpoints, and no route to it',
    ask: (e) => toService(privateRoute(withEndpoint(e)).graph(), TASKS, { service: 'logs', region: REGION }),
    fail: [ROUTE],
  },
  {
    name: 'in a shared subnet, whose gateways and endpoints its owner alone sees',
    ask: (e) => secrets(shared(e.remove('nat-a', 'nat-b'))),
    unknown: [ENDPOINT, NAT],
  },
  {
    name: 'in a shared subnet, whose table was not seen',
    ask: (e) =>
      secrets(shared(e.set('rtb-private-a', { subnets: [] }).set('rtb-private-b', { subnets: [] }))),
    unknown: [ENDPOINT, ROUTE],
  },
  { name: 'tasks with public addresses', ask: (e) => secrets(e, PUBLIC_TASKS) },
  {
    name: 'tasks in public subnets without',
    ask: (e) => secrets(e, { ...PUBLIC_TASKS, hasPublicAddress: false }),
    fail: [ADDRESS],
    certainty: 'established',
  },
  {
    name: 'tasks of which nobody knows',
    ask: (e) => secrets(e, { ...TASKS, subnets: ['public-a'], hasPublicAddress: undefined as never }),
    unknown: [ADDRESS],
  },
  {
    name: 'a public registry, from public subnets without a public address',
    ask: (e) => toRegistry(e.graph(), { ...PUBLIC_TASKS, hasPublicAddress: false }, { host: 'docker.io' }),
    fail: [ADDRESS],
  },
  { name: 'a public registry by a NAT gateway', ask: (e) => toInternet(e.graph(), TASKS) },
];

runCases('to a service', natEstate, TO_SERVICE);

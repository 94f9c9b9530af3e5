import { between } from './between.ts';
import type { Interfaces } from './interfaces.ts';
import { type Case, runCases } from './test-cases.ts';
import {
  all,
  BALANCER,
  type Estate,
  entry,
  LOCAL,
  natEstate,
  ports,
  route,
  TASKS,
  tcp,
} from './test-network.ts';

const GROUP = 'security-group-blocks';
const ACL = 'network-acl-blocks';
const ROUTE = 'route-missing';
const ANYWHERE = '0.0.0.0/0';
const hop = (estate: Estate, from: Interfaces = BALANCER, to: Interfaces = TASKS) =>
  between(estate.graph(), from, to, { port: 8080 });
const appIngress = (estate: Estate, ...rules: ReturnType<typeof tcp>[]) =>
  estate.set('sg-app', { securityGroupIngress: rules });

const BETWEEN: Case[] = [
  { name: 'by the group of the balancer', ask: (e) => hop(e) },
  { name: 'by the range of the VPC', ask: (e) => hop(appIngress(e, tcp(8080, { cidrIp: '10.0.0.0/16' }))) },
  {
    name: 'by the range of one of two subnets',
    ask: (e) => hop(appIngress(e, tcp(8080, { cidrIp: '10.0.0.0/24' }))),
    fail: [GROUP],
    certainty: 'probable',
  },
  {
    name: 'by a part of the range of each',
    ask: (e) =>
      hop(appIngress(e, tcp(8080, { cidrIp: '10.0.0.0/25' }), tcp(8080, { cidrIp: '10.0.1.0/25' }))),
    unknown: [GROUP],
  },
  {
    name: 'by the address that it has',
    ask: (e) =>
      hop(appIngress(e, tcp(8080, { cidrIp: '10.0.0.7/32' })), {
        ...BALANCER,
        subnets: ['public-a'],
        addresses: ['10.0.0.7'],
      }),
  },
  {
    name: 'by an address that it has not',
    ask: (e) =>
      hop(appIngress(e, tcp(8080, { cidrIp: '10.0.0.8/32' })), {
        ...BALANCER,
        subnets: ['public-a'],
        addresses: ['10.0.0.7'],
      }),
    fail: [GROUP],
    certainty: 'established',
  },
  {
    name: 'by its own group',
    ask: (e) => hop(appIngress(e, tcp(8080, { sourceSecurityGroupId: 'sg-app' })), TASKS, TASKS),
  },
  {
    name: 'its own group, and the balancer has another',
    ask: (e) => hop(appIngress(e, tcp(8080, { sourceSecurityGroupId: 'sg-app' }))),
    fail: [GROUP],
    says: 'sg-app',
  },
  {
    name: 'out to the group of the tasks',
    ask: (e) =>
      hop(e.set('sg-lb', { securityGroupEgress: [tcp(8080, { destinationSecurityGroupId: 'sg-app' })] })),
  },
  {
    name: 'out to another group',
    ask: (e) =>
      hop(e.set('sg-lb', { securityGroupEgress: [tcp(8080, { destinationSecurityGroupId: 'sg-lb' })] })),
    fail: [GROUP],
    says: 'sg-lb',
  },
  {
    name: 'out and in are both closed',
    ask: (e) => hop(appIngress(e.set('sg-lb', { securityGroupEgress: [] }))),
    fail: [GROUP],
  },
  {
    name: 'rules of the group were not read',
    ask: (e) => hop(e.forget('sg-app', 'securityGroupIngress')),
    unknown: [GROUP],
  },
  {
    name: 'clients keep their addresses',
    ask: (e) =>
      hop(appIngress(e, tcp(8080, { cidrIp: '10.0.0.0/16' })), {
        ...BALANCER,
        groups: [],
        sources: ['52.0.0.0/8'],
      }),
    fail: [GROUP],
  },
  {
    name: 'a balancer is answered on all ports',
    ask: (e) =>
      hop(
        e.set('acl-public', {
          entries: [entry(100, true, 'allow'), entry(100, false, 'allow', ports(32_768, 65_535))],
        }),
      ),
    fail: [ACL],
    certainty: 'probable',
    says: '1024-32767',
  },
  {
    name: 'answers of the tasks do not get out',
    ask: (e) => {
      e.list('acl-private', 'entries').push(entry(50, true, 'deny', ports(9000, 65_535)));
      return hop(e);
    },
    fail: [ACL],
    certainty: 'probable',
    says: '9000-65535',
  },
  {
    name: 'tasks are answered on those of Linux',
    ask: (e) =>
      between(
        e
          .set('acl-private', {
            entries: [entry(100, true, 'allow'), entry(100, false, 'allow', ports(32_768, 65_535))],
          })
          .set('sg-lb', { securityGroupIngress: [all()] })
          .graph(),
        TASKS,
        BALANCER,
        { port: 443 },
      ),
  },
  {
    name: 'inside one subnet no list filters',
    ask: (e) =>
      hop(
        e.set('acl-public', { entries: [] }),
        { ...BALANCER, subnets: ['public-a'] },
        { ...TASKS, subnets: ['public-a'] },
      ),
  },
  {
    name: 'a subnet of no list has the default one',
    ask: (e) => hop(e.set('acl-private', { subnets: [] }).set('acl-default', { entries: [] })),
    fail: [ACL],
    says: 'acl-default',
  },
  {
    name: 'what may be of another list, which was not seen',
    ask: (e) => hop(e.set('acl-private', { subnets: [] }).refuse('NetworkAcl', true)),
    unknown: [ACL],
  },
  {
    name: 'another VPC by peering',
    ask: (e) => hop(elsewhere(e, 'pcx-1'), BALANCER, ELSEWHERE),
    unknown: [ROUTE],
    says: 'pcx-1',
  },
  {
    name: 'another VPC by a transit gateway, which may translate',
    ask: (e) => hop(appIngress(elsewhere(e, 'tgw-1')), BALANCER, ELSEWHERE),
    unknown: [ROUTE, GROUP],
  },
  { name: 'another VPC without a route', ask: (e) => hop(elsewhere(e), BALANCER, ELSEWHERE), fail: [ROUTE] },
  {
    name: 'another VPC by a peering that is gone',
    ask: (e) => hop(elsewhere(e, 'pcx-1', 'blackhole'), BALANCER, ELSEWHERE),
    fail: [ROUTE],
    says: 'blackhole',
  },
  {
    name: 'addresses, whose subnet is found',
    ask: (e) => hop(e, BALANCER, { subnets: [], groups: ['sg-app'], addresses: ['10.0.10.9'] }),
  },
  {
    name: 'addresses of no subnet',
    ask: (e) => hop(e, BALANCER, { subnets: [], groups: undefined, addresses: ['192.168.7.7'] }),
    fail: [ROUTE],
  },
];

const ELSEWHERE: Interfaces = { ...TASKS, subnets: ['far'] };
const elsewhere = (estate: Estate, target?: string, state = 'active'): Estate =>
  estate
    .add('Subnet', 'far', { cidrBlock: '10.9.0.0/24', vpcId: 'vpc-2' })
    .add('NetworkAcl', 'acl-far', {
      isDefault: true,
      subnets: ['far'],
      vpcId: 'vpc-2',
      entries: [entry(100, true, 'allow'), entry(100, false, 'allow')],
    })
    .set('rtb-public', {
      routes: [LOCAL, route(ANYWHERE, 'igw-1'), ...(target ? [route('10.9.0.0/16', target, state)] : [])],
    });

runCases('between', natEstate, BETWEEN);

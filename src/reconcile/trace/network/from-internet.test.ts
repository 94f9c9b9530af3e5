import { expect, test } from 'vitest';
import { fromInternet } from './from-internet.ts';
import type { Interfaces } from './interfaces.ts';
import { type Case, runCases } from './test-cases.ts';
import { all, BALANCER, type Estate, entry, LOCAL, natEstate, ports, route, tcp } from './test-network.ts';
import { checksOf } from './verdict.ts';

const GROUP = 'security-group-blocks';
const ACL = 'network-acl-blocks';
const ROUTE = 'route-missing';
const ADDRESS = 'public-ip-missing';
const ANYWHERE = '0.0.0.0/0';
const CLOUDFRONT = 'pl-75b1541c';
const ingress =
  (...rules: ReturnType<typeof tcp>[]) =>
  (estate: Estate): Estate =>
    estate.set('sg-lb', { securityGroupIngress: rules });
const web = (estate: Estate, source: 'internet' | 'cloudfront' = 'internet', ends: Interfaces = BALANCER) =>
  fromInternet(estate.graph(), ends, { port: 443, source });

const FROM_INTERNET: Case[] = [
  { name: 'everybody is let in', ask: (e) => web(e) },
  {
    name: 'two halves are the whole',
    ask: (e) => web(ingress(tcp(443, { cidrIp: '0.0.0.0/1' }), tcp(443, { cidrIp: '128.0.0.0/1' }))(e)),
  },
  {
    name: 'a rule for IPv6 alone',
    ask: (e) => web(ingress(tcp(443, { cidrIpv6: '::/0' }))(e)),
    fail: [GROUP],
    certainty: 'established',
  },
  {
    name: 'an office alone',
    ask: (e) => web(ingress(tcp(443, { cidrIp: '52.1.2.0/24' }))(e)),
    fail: [GROUP],
    certainty: 'probable',
    says: '52.1.2.0/24',
  },
  {
    name: 'private addresses alone',
    ask: (e) => web(ingress(all('10.0.0.0/8'))(e)),
    fail: [GROUP],
    certainty: 'established',
  },
  {
    name: 'another group alone',
    ask: (e) => web(ingress(tcp(443, { sourceSecurityGroupId: 'sg-app' }))(e)),
    fail: [GROUP],
  },
  {
    name: 'a range of ports',
    ask: (e) => web(ingress({ ipProtocol: 'tcp', fromPort: 80, toPort: 8443, cidrIp: ANYWHERE })(e)),
  },
  { name: 'every protocol', ask: (e) => web(ingress(all())(e)) },
  {
    name: 'UDP alone',
    ask: (e) => web(ingress({ ipProtocol: 'udp', fromPort: 443, toPort: 443, cidrIp: ANYWHERE })(e)),
    fail: [GROUP],
  },
  {
    name: 'one of two groups is enough',
    ask: (e) =>
      web(
        ingress()(e).add('SecurityGroup', 'sg-web', {
          securityGroupIngress: [all()],
          securityGroupEgress: [],
        }),
        'internet',
        { ...BALANCER, groups: ['sg-lb', 'sg-web'] },
      ),
  },
  {
    name: 'CloudFront’s list, for CloudFront',
    ask: (e) => web(ingress(tcp(443, { sourcePrefixListId: CLOUDFRONT }))(e), 'cloudfront'),
  },
  {
    name: 'CloudFront’s list, for everybody',
    ask: (e) => web(ingress(tcp(443, { sourcePrefixListId: CLOUDFRONT }))(e)),
    fail: [GROUP],
    certainty: 'established',
  },
  {
    name: 'CloudFront’s list on another port',
    ask: (e) => web(ingress(tcp(80, { sourcePrefixListId: CLOUDFRONT }))(e), 'cloudfront'),
    fail: [GROUP],
  },
  {
    name: 'a list of nobody knows what',
    ask: (e) => web(ingress(tcp(443, { sourcePrefixListId: 'pl-0123' }))(e)),
    unknown: [GROUP],
    says: 'pl-0123',
  },
  {
    name: 'the same for CloudFront',
    ask: (e) => web(ingress(tcp(443, { sourcePrefixListId: 'pl-0123' }))(e), 'cloudfront'),
    unknown: [GROUP],
  },
  {
    name: 'some addresses, for CloudFront',
    ask: (e) => web(ingress(tcp(443, { cidrIp: '13.32.0.0/15' }))(e), 'cloudfront'),
    unknown: [GROUP],
  },
  {
    name: 'a balancer without groups',
    ask: (e) => web(ingress()(e), 'internet', { ...BALANCER, groups: [] }),
  },
  {
    name: 'groups that nobody knows',
    ask: (e) => web(e, 'internet', { ...BALANCER, groups: undefined }),
    unknown: [GROUP],
  },
  {
    name: 'the list of groups is denied',
    ask: (e) => web(e.refuse('SecurityGroup')),
    unknown: [GROUP],
    says: 'not known',
  },
  {
    name: 'one subnet that leads nowhere',
    ask: (e) =>
      web(e.add('Subnet', 'dark', { cidrBlock: '10.0.2.0/24' }), 'internet', {
        ...BALANCER,
        subnets: ['public-a', 'dark'],
      }),
    fail: [ROUTE],
    certainty: 'probable',
    says: 'dark',
  },
  {
    name: 'a subnet behind a NAT gateway',
    ask: (e) => web(e, 'internet', { ...BALANCER, subnets: ['private-a'] }),
    fail: [ROUTE],
    certainty: 'established',
    says: 'NAT gateway',
  },
  {
    name: 'a route to a firewall',
    ask: (e) => web(e.set('rtb-public', { routes: [LOCAL, route(ANYWHERE, 'vpce-firewall')] })),
    unknown: [ROUTE],
  },
  { name: 'route tables are denied', ask: (e) => web(e.refuse('RouteTable')), unknown: [ROUTE] },
  { name: 'internet gateways are denied', ask: (e) => web(e.refuse('InternetGateway')), unknown: [ROUTE] },
  { name: 'network ACLs are denied', ask: (e) => web(e.refuse('NetworkAcl')), unknown: [ACL] },
  { name: 'entries were not read', ask: (e) => web(e.forget('acl-public', 'entries')), unknown: [ACL] },
  { name: 'subnets are denied', ask: (e) => web(e.refuse('Subnet')), unknown: [ROUTE] },
  {
    name: 'a denial that comes after what allows',
    ask: (e) => {
      e.list('acl-public', 'entries').push(entry(200, false, 'deny'));
      return web(e);
    },
  },
  {
    name: 'a few addresses denied before',
    ask: (e) => {
      e.list('acl-public', 'entries').push(entry(50, false, 'deny', { cidrBlock: '45.0.0.0/16' }));
      return web(e);
    },
  },
  {
    name: 'a denial of UDP',
    ask: (e) => {
      e.list('acl-public', 'entries').push(entry(50, false, 'deny', { ...ports(443), protocol: '17' }));
      return web(e);
    },
  },
  {
    name: 'answers to the ports of AWS’s own guide',
    ask: (e) =>
      web(
        e.set('acl-public', {
          entries: [entry(100, false, 'allow'), entry(100, true, 'allow', ports(32_768, 65_535))],
        }),
      ),
  },
  {
    name: 'answers to a few ports',
    ask: (e) =>
      web(
        e.set('acl-public', {
          entries: [entry(100, false, 'allow'), entry(100, true, 'allow', ports(1024, 40_000))],
        }),
      ),
    fail: [ACL],
    certainty: 'probable',
    says: '40001-65535',
  },
  {
    name: 'entries for IPv6 alone',
    ask: (e) =>
      web(
        e.set('acl-public', {
          entries: [
            entry(100, true, 'allow'),
            { ruleNumber: 100, egress: false, ruleAction: 'allow', protocol: '-1', ipv6CidrBlock: '::/0' },
          ],
        }),
      ),
    fail: [ACL],
    says: 'no rule allows it',
  },
  {
    name: 'a host without a public address',
    ask: (e) => web(e, 'internet', { ...BALANCER, hasPublicAddress: false }),
    fail: [ADDRESS],
  },
];

runCases('from the internet', natEstate, FROM_INTERNET);

test('of what a few addresses are let in, all of them are named', () => {
  const rules = ['52.1.2.0/24', '1.0.0.0/8', '223.255.255.0/24'].map((cidrIp) => tcp(443, { cidrIp }));
  const [check] = checksOf(web(ingress(...rules)(natEstate()))).filter(({ result }) => result === 'fail');
  expect(check?.values?.admittedCidrs).toEqual(['52.1.2.0/24', '1.0.0.0/8', '223.255.255.0/24']);
});

test('what was denied says what to ask for', () => {
  const [check] = checksOf(web(natEstate().refuse('RouteTable'))).filter(
    ({ result }) => result === 'unknown',
  );
  expect(check?.refusal?.permission).toBe('ec2:DescribeRouteTables');
});

import type { Interfaces } from './interfaces.ts';
import { type Case, runCases } from './test-cases.ts';
import { type Estate, endpointEstate, LOCAL, REGION, TASKS, tcp } from './test-network.ts';
import { toRegistry } from './to-registry.ts';
import { toService } from './to-service.ts';

const GROUP = 'security-group-blocks';
const ROUTE = 'route-missing';
const ENDPOINT = 'endpoint-unreachable';
const secrets = (estate: Estate, ends: Interfaces = TASKS) =>
  toService(estate.graph(), ends, {
    service: 'secretsmanager',
    region: REGION,
    actions: ['secretsmanager:GetSecretValue'],
  });
const bucket = (estate: Estate) => toService(estate.graph(), TASKS, { service: 's3', region: REGION });
const appEgress = (estate: Estate, ...rules: ReturnType<typeof tcp>[]) =>
  estate.set('sg-app', { securityGroupEgress: rules });

const BY_ENDPOINTS: Case[] = [
  { name: 'by its endpoint', ask: (e) => secrets(e) },
  {
    name: 'a public registry',
    ask: (e) => toRegistry(e.graph(), TASKS, { host: 'ghcr.io' }),
    fail: [ROUTE],
    certainty: 'established',
  },
  {
    name: 'a registry of another region',
    ask: (e) => toRegistry(e.graph(), TASKS, { host: '111122223333.dkr.ecr.us-east-1.amazonaws.com' }),
    fail: [ROUTE],
  },
  {
    name: 'a bucket, with groups that let out to its list alone',
    ask: (e) => bucket(appEgress(e, tcp(443, { destinationPrefixListId: 'pl-s3' }))),
  },
  {
    name: 'that list is none of other services',
    ask: (e) => secrets(appEgress(e, tcp(443, { destinationPrefixListId: 'pl-s3' }))),
    fail: [GROUP],
  },
  {
    name: 'a bucket, with groups that let out to the VPC alone',
    ask: (e) => bucket(appEgress(e, tcp(443, { cidrIp: '10.0.0.0/16' }))),
    fail: [GROUP],
  },
  {
    name: 'a service by groups that let out to the VPC alone',
    ask: (e) => secrets(appEgress(e, tcp(443, { cidrIp: '10.0.0.0/16' }))),
  },
  {
    name: 'a private zone of one’s own may lead the name',
    ask: (e) => secrets(ownZone(e.set('vpce-secretsmanager', { privateDnsEnabled: false }))),
    unknown: [ENDPOINT],
  },
  {
    name: 'an endpoint of another VPC',
    ask: (e) => secrets(e.set('vpce-secretsmanager', { vpcId: 'vpc-2' })),
    fail: [ENDPOINT],
    says: 'no endpoint for `secretsmanager`',
  },
  {
    name: 'one of two tables is not associated with the gateway',
    ask: (e) =>
      bucket(
        e
          .add('RouteTable', 'rtb-private-b', { subnets: ['private-b'], main: false, routes: [LOCAL] })
          .set('rtb-private', { subnets: ['private-a'] }),
      ),
    fail: [ENDPOINT],
    certainty: 'probable',
    says: 'rtb-private-b',
  },
  {
    name: 'a bucket, and an interface endpoint beside the gateway that is as open',
    ask: (e) => bucket(besideGateway(e)),
  },
  {
    name: 'a bucket, and an interface endpoint beside the gateway that is closed',
    ask: (e) => bucket(besideGateway(e).set('sg-endpoints', { securityGroupIngress: [] })),
    unknown: [GROUP],
  },
];

const besideGateway = (estate: Estate): Estate =>
  estate.add('VPCEndpoint', 'vpce-s3-interface', {
    ...estate.of('vpce-secretsmanager').properties,
    serviceName: `com.amazonaws.${REGION}.s3`,
  });

const ownZone = (estate: Estate): Estate => {
  estate.things.set(`secretsmanager.${REGION}.amazonaws.com`, {
    kind: 'AWS::Route53::HostedZone',
    properties: { privateZone: true },
  });
  return estate;
};

runCases('to a service by endpoints', endpointEstate, BY_ENDPOINTS);

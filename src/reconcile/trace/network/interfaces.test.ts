import { expect, test } from 'vitest';
import type { Fact, Json, Kind } from '#model/fact.ts';
import { resourcesOf } from '../../resources.ts';
import { Graph } from '../graph.ts';
import { interfacesOf } from './interfaces.ts';

const NEAR = { account: '111122223333', region: 'eu-west-3' };
const fact = (kind: Kind, name: string, properties: Record<string, Json>): Fact => ({
  kind,
  name,
  source: 'aws',
  sort: 'observed',
  nameStatus: 'literal',
  evidence: { source: 'aws', operation: 'Describe', at: '2026-11-28T09:00:00Z' },
  environments: [],
  properties,
  ...NEAR,
  ...(kind === 'AWS::ECS::Service' && { scope: 'shop' }),
});
const DEFAULTS = [
  fact('AWS::EC2::Subnet', 'subnet-1', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24' }),
  fact('AWS::EC2::SecurityGroup', 'sg-other', { vpcId: 'vpc-2', groupName: 'default' }),
  fact('AWS::EC2::SecurityGroup', 'sg-default', { vpcId: 'vpc-1', groupName: 'default' }),
];
const of = (kind: Kind, properties: Record<string, Json>) => {
  const graph = new Graph(resourcesOf([...DEFAULTS, fact(kind, 'it', properties)]), [], []);
  const [resource] = graph.all(kind).filter(({ name }) => name === 'it');
  return resource && interfacesOf(graph, resource);
};
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const SERVICE = 'AWS::ECS::Service';

test('a load balancer connects from all ports', () => {
  const seen = { type: 'application', subnets: ['subnet-1'], securityGroups: ['sg-1'] };
  expect(of(BALANCER, seen)).toEqual({
    ...NEAR,
    subnets: ['subnet-1'],
    groups: ['sg-1'],
    clientPorts: { from: 1024, to: 65_535 },
  });
});

test('no group filters a network load balancer without; those of another were not read', () => {
  expect(of(BALANCER, { type: 'network', subnets: ['subnet-1'] })?.groups).toEqual([]);
  expect(of(BALANCER, { type: 'application', subnets: ['subnet-1'] })?.groups).toBeUndefined();
});

test('a service has the public addresses that it asks for', () => {
  const seen = { subnets: ['subnet-1'], securityGroups: ['sg-1'] };
  expect(of(SERVICE, { ...seen, assignPublicIp: 'ENABLED' })?.hasPublicAddress).toBe(true);
  expect(of(SERVICE, { ...seen, assignPublicIp: 'DISABLED' })?.hasPublicAddress).toBe(false);
  expect(of(SERVICE, seen)?.hasPublicAddress).toBeUndefined();
});

test('a service that names no group has the default one of its VPC', () => {
  expect(of(SERVICE, { subnets: ['subnet-1'], securityGroups: [] })?.groups).toEqual(['sg-default']);
});

test('a service whose tasks have the network of their hosts has no interfaces of its own', () => {
  expect(of(SERVICE, { status: 'ACTIVE' })).toBeUndefined();
});

test('an instance has its own addresses', () => {
  const seen = { subnetId: 'subnet-1', securityGroupIds: ['sg-1'], privateIp: '10.0.0.9' };
  expect(of('AWS::EC2::Instance', seen)).toMatchObject({ addresses: ['10.0.0.9'], hasPublicAddress: false });
  expect(of('AWS::EC2::Instance', { ...seen, publicIp: '52.1.1.1' })).toMatchObject({
    hasPublicAddress: true,
  });
});

test('anything else has the subnets and the groups that it states', () => {
  const seen = { subnetIds: ['subnet-1'], groups: ['sg-1'] };
  expect(of('AWS::RDS::DBInstance', seen)).toEqual({ ...NEAR, subnets: ['subnet-1'], groups: ['sg-1'] });
  expect(of('AWS::S3::Bucket', {})).toBeUndefined();
});

test('a function in a network never has a public address', () => {
  const seen = { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
  expect(of('AWS::Lambda::Function', seen)).toMatchObject({ groups: ['sg-1'], hasPublicAddress: false });
  expect(of('AWS::Lambda::Function', {})).toBeUndefined();
});

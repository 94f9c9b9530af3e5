import { expect, test } from 'vitest';
import { parseArn } from '#lib/arn.ts';
import { typeOfArn } from './arn-types.ts';

const read = (text: string) => {
  const arn = parseArn(text);
  const type = arn && typeOfArn(arn);
  return type && `${type.kind} ${type.name}`;
};
const at = (service: string, resource: string) => `arn:aws:${service}:eu-west-3:123456789012:${resource}`;

test.each([
  [at('ec2', 'snapshot/snap-1'), 'AWS::EC2::Snapshot snap-1'],
  [at('ec2', 'vpc-peering-connection/pcx-1'), 'AWS::EC2::VPCPeeringConnection pcx-1'],
  [at('rds', 'subgrp:shop'), 'AWS::RDS::DBSubnetGroup shop'],
  [at('rds', 'cluster-snapshot:before-2026'), 'AWS::RDS::DBClusterSnapshot before-2026'],
  [at('batch', 'job-queue/nightly'), 'AWS::Batch::JobQueue nightly'],
  [at('kafka', 'cluster/events/0a1b'), 'AWS::MSK::Cluster events/0a1b'],
  [at('redshift', 'cluster:warehouse'), 'AWS::Redshift::Cluster warehouse'],
  [at('states', 'activity:approve'), 'AWS::StepFunctions::Activity approve'],
  [at('wafv2', 'regional/ipset/office/0a1b'), 'AWS::WAFv2::IPSet office'],
  [
    at('autoscaling', 'launchConfiguration:0a1b:launchConfigurationName/web'),
    'AWS::AutoScaling::LaunchConfiguration web',
  ],
  [at('elasticloadbalancing', 'loadbalancer/old-web'), 'AWS::ElasticLoadBalancing::LoadBalancer old-web'],
  [at('elasticloadbalancing', 'loadbalancer/app/web/0a1b'), 'AWS::ElasticLoadBalancingV2::LoadBalancer web'],
  ['arn:aws:apigateway:eu-west-3::/apikeys/a1b2', 'AWS::ApiGateway::ApiKey a1b2'],
])('%s is %s', (arn, type) => {
  expect(read(arn)).toBe(type);
});

test('a service that nobody here knows keeps its own words', () => {
  expect(read(at('quantum-lab', 'noisy_qubit/q1'))).toBe('AWS::QuantumLab::NoisyQubit q1');
});

test.each([
  at('ecs', 'task/shop/0a1b'),
  at('sagemaker', 'training-job/rank-1'),
  at('elasticloadbalancing', 'listener-rule/app/web/1/2/3'),
  'arn:aws:apigateway:eu-west-3::/restapis/a1b2/stages/prod',
  at('ec2', 'snapshot/'),
  at('constructor', 'toString'),
])('%s is no resource of its own', (arn) => {
  expect(read(arn)).toBeUndefined();
});

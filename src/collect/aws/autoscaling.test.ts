import { expect, test } from 'vitest';
import { autoscaling } from './autoscaling.ts';
import { ACCOUNT, collected, factOf } from './test-server.ts';

const ARN = `arn:aws:autoscaling:eu-west-3:${ACCOUNT}:autoScalingGroup:1a2b:autoScalingGroupName/workers`;
const TARGETS = `arn:aws:elasticloadbalancing:eu-west-3:${ACCOUNT}:targetgroup/workers/73e2d6bc24d8a067`;
const answers = {
  'autoscaling:DescribeAutoScalingGroups': `<AutoScalingGroups><member>
    <AutoScalingGroupName>workers</AutoScalingGroupName><AutoScalingGroupARN>${ARN}</AutoScalingGroupARN>
    <MinSize>1</MinSize><MaxSize>4</MaxSize><DesiredCapacity>2</DesiredCapacity>
    <HealthCheckType>ELB</HealthCheckType><VPCZoneIdentifier>subnet-1,subnet-2</VPCZoneIdentifier>
    <MixedInstancesPolicy><LaunchTemplate><LaunchTemplateSpecification><LaunchTemplateName>worker</LaunchTemplateName>
    </LaunchTemplateSpecification></LaunchTemplate></MixedInstancesPolicy>
    <TargetGroupARNs><member>${TARGETS}</member></TargetGroupARNs>
    <Instances><member><InstanceId>i-0123456789abcdef0</InstanceId><LifecycleState>InService</LifecycleState>
      <HealthStatus>Healthy</HealthStatus></member></Instances></member></AutoScalingGroups>`,
};

test('a group is told with its size, its template and the state of its instances', async () => {
  const { facts } = await collected(autoscaling, answers);
  expect(factOf(facts, 'workers')).toMatchObject({
    arn: ARN,
    properties: {
      minSize: 1,
      maxSize: 4,
      desiredCapacity: 2,
      subnets: ['subnet-1', 'subnet-2'],
      launchTemplate: 'worker',
      instances: [{ id: 'i-0123456789abcdef0', state: 'InService', health: 'Healthy' }],
    },
  });
});

test('a group registers in its target groups and contains its instances', async () => {
  const { facts } = await collected(autoscaling, answers);
  expect(factOf(facts, 'workers').relations).toEqual(
    expect.arrayContaining([
      { type: 'registers-in', to: { kind: 'AWS::ElasticLoadBalancingV2::TargetGroup', name: TARGETS } },
      { type: 'contains', to: { kind: 'AWS::EC2::Instance', name: 'i-0123456789abcdef0' } },
    ]),
  );
});

test('a refused list is not established, and says what would open it', async () => {
  const { lookups } = await collected(autoscaling, {
    'autoscaling:DescribeAutoScalingGroups': { status: 403, code: 'AccessDenied' },
  });
  expect(lookups).toMatchObject([
    {
      kind: 'AWS::AutoScaling::AutoScalingGroup',
      refusal: { sort: 'denied', permission: 'autoscaling:DescribeAutoScalingGroups' },
    },
  ]);
});

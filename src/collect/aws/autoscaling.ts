import {
  AutoScalingClient,
  type AutoScalingGroup,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation, tagsOf } from './parts.ts';
import { moment, stated } from './stated.ts';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** Auto Scaling groups with their instances. Amazon EC2 Auto Scaling API Reference, version 2011-01-01. */
export const autoscaling = defineAwsCollector({
  id: 'autoscaling',
  title: { fr: 'Auto Scaling', en: 'Auto Scaling' },
  service: 'autoscaling',
  where: 'regions',
  Client: AutoScalingClient,
  kinds: [GROUP],
  permissions: { DescribeAutoScalingGroups: 'autoscaling:DescribeAutoScalingGroups' },
  async collect(aws) {
    await aws.list([GROUP], async () => {
      for await (const page of aws.pages(paginateDescribeAutoScalingGroups, { MaxRecords: 100 }))
        for (const group of page.AutoScalingGroups ?? []) see(aws, group);
    });
  },
});

function see(aws: AwsScope, group: AutoScalingGroup): void {
  const { AutoScalingGroupName = '', AutoScalingGroupARN, Instances = [], TargetGroupARNs = [] } = group;
  // one text in the API, a list in a template
  const subnets = (group.VPCZoneIdentifier ?? '').split(',').filter((subnet) => subnet !== '');
  const template =
    group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  aws.see({
    kind: GROUP,
    name: AutoScalingGroupName,
    ...(AutoScalingGroupARN && { arn: AutoScalingGroupARN }),
    operation: 'DescribeAutoScalingGroups',
    otherNames: [tagsOf(group.Tags).Name],
    properties: {
      status: group.Status,
      minSize: group.MinSize,
      maxSize: group.MaxSize,
      desiredCapacity: group.DesiredCapacity,
      healthCheckType: group.HealthCheckType,
      healthCheckGracePeriod: group.HealthCheckGracePeriod,
      availabilityZones: group.AvailabilityZones,
      subnets,
      launchTemplate: template?.LaunchTemplateName ?? template?.LaunchTemplateId,
      launchConfigurationName: group.LaunchConfigurationName,
      suspendedProcesses: group.SuspendedProcesses?.flatMap(({ ProcessName }) => ProcessName ?? []),
      createdTime: moment(group.CreatedTime),
      instances: Instances.map((instance) =>
        stated({
          id: instance.InstanceId,
          state: instance.LifecycleState,
          health: instance.HealthStatus,
          zone: instance.AvailabilityZone,
          type: instance.InstanceType,
        }),
      ),
    },
    relations: [
      ...subnets.map((subnet) => relation('in-subnet', 'AWS::EC2::Subnet', subnet)),
      ...TargetGroupARNs.map((arn) =>
        relation('registers-in', 'AWS::ElasticLoadBalancingV2::TargetGroup', arn),
      ),
      ...Instances.flatMap(({ InstanceId }) =>
        InstanceId ? relation('contains', 'AWS::EC2::Instance', InstanceId) : [],
      ),
    ],
  });
}

import { AutoScalingClient, paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const GROUP: Kind = 'AWS::AutoScaling::AutoScalingGroup';

/** Auto Scaling groups. Amazon EC2 Auto Scaling API Reference, version 2011-01-01. */
export const autoscaling = defineAwsCollector({
  id: 'autoscaling',
  title: { fr: 'Auto Scaling', en: 'Auto Scaling' },
  service: 'autoscaling',
  where: 'regions',
  Client: AutoScalingClient,
  kinds: [GROUP],
  permissions: { DescribeAutoScalingGroups: 'autoscaling:DescribeAutoScalingGroups' },
  async collect(aws) {
    await listOf(
      aws,
      [GROUP],
      paginateDescribeAutoScalingGroups,
      { MaxRecords: 100 },
      ({ AutoScalingGroups }) => AutoScalingGroups,
      (one) =>
        aws.see({
          kind: GROUP,
          name: one.AutoScalingGroupName ?? '',
          ...(one.AutoScalingGroupARN && { arn: one.AutoScalingGroupARN }),
          operation: 'DescribeAutoScalingGroups',
          properties: {
            minSize: one.MinSize,
            maxSize: one.MaxSize,
            desiredCapacity: one.DesiredCapacity,
            instances: one.Instances?.length,
            healthCheckType: one.HealthCheckType,
          },
          relations: [
            ...(one.TargetGroupARNs ?? []).map((arn) =>
              relation('registers-in', 'AWS::ElasticLoadBalancingV2::TargetGroup', arn),
            ),
            ...(one.Instances ?? []).map(({ InstanceId = '' }) =>
              relation('contains', 'AWS::EC2::Instance', InstanceId),
            ),
          ],
        }),
    );
  },
});

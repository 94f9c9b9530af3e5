import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';
import { moment } from './stated.ts';

const STACK: Kind = 'AWS::CloudFormation::Stack';

/** Stacks that are not deleted. AWS CloudFormation API Reference, version 2010-05-15. Outputs by name alone. */
export const cloudformation = defineAwsCollector({
  id: 'cloudformation',
  title: { fr: 'CloudFormation', en: 'CloudFormation' },
  service: 'cloudformation',
  where: 'regions',
  Client: CloudFormationClient,
  kinds: [STACK],
  permissions: { DescribeStacks: 'cloudformation:DescribeStacks' },
  async collect(aws) {
    await listOf(
      aws,
      [STACK],
      paginateDescribeStacks,
      {},
      ({ Stacks }) => Stacks,
      (one) => {
        if (one.StackStatus === 'DELETE_COMPLETE') return;
        const parent = one.ParentId?.split('/')[1];
        aws.see({
          kind: STACK,
          name: one.StackName ?? '',
          ...(one.StackId && { arn: one.StackId }),
          operation: 'DescribeStacks',
          properties: {
            stackStatus: one.StackStatus,
            driftStatus: one.DriftInformation?.StackDriftStatus,
            lastUpdatedTime: moment(one.LastUpdatedTime ?? one.CreationTime),
            outputs: (one.Outputs ?? []).flatMap(({ OutputKey }) => OutputKey ?? []),
            terminationProtection: one.EnableTerminationProtection,
          },
          relations: [parent ? relation('part-of', STACK, parent) : undefined],
          builtIn: one.StackName === 'CDKToolkit',
        });
      },
    );
  },
});

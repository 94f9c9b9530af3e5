import {
  CloudFormationClient,
  paginateDescribeStacks,
  paginateListStackResources,
  type Stack,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Kind, RelationFact } from '#model/fact.ts';
import { allKinds } from '#model/kinds/kinds.ts';
import { nameOfArn } from '../repo/aws-names.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';
import { moment } from './stated.ts';

const STACK: Kind = 'AWS::CloudFormation::Stack';
const KNOWN: ReadonlySet<string> = new Set(allKinds.map(({ kind }) => kind));

/**
 * Stacks that are not deleted, and what those that files name contain. Outputs by name alone. AWS CloudFormation API
 * Reference, version 2010-05-15.
 */
export const cloudformation = defineAwsCollector({
  id: 'cloudformation',
  title: { fr: 'CloudFormation', en: 'CloudFormation' },
  service: 'cloudformation',
  where: 'regions',
  Client: CloudFormationClient,
  kinds: [STACK],
  permissions: {
    DescribeStacks: 'cloudformation:DescribeStacks',
    ListStackResources: 'cloudformation:ListStackResources',
  },
  async collect(aws) {
    await listOf(
      aws,
      [STACK],
      paginateDescribeStacks,
      {},
      ({ Stacks }) => Stacks?.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE'),
      (stack) => see(aws, stack),
    );
  },
});

async function see(aws: AwsScope, stack: Stack): Promise<void> {
  const { StackName = '' } = stack;
  const contained: RelationFact[] = [];
  const refusal =
    aws.isDeclared(STACK, StackName) || aws.fitsDeclared(STACK, StackName)
      ? await aws.tryPages(
          paginateListStackResources,
          { StackName: stack.StackId ?? StackName },
          ({ StackResourceSummaries = [] }) =>
            void contained.push(...StackResourceSummaries.flatMap((one) => containedIn(one) ?? [])),
        )
      : undefined;
  const parent = stack.ParentId?.split('/')[1];
  aws.see({
    kind: STACK,
    name: StackName,
    ...(stack.StackId && { arn: stack.StackId }),
    operation: 'DescribeStacks',
    properties: {
      stackStatus: stack.StackStatus,
      driftStatus: stack.DriftInformation?.StackDriftStatus,
      lastUpdatedTime: moment(stack.LastUpdatedTime ?? stack.CreationTime),
      outputs: (stack.Outputs ?? []).flatMap(({ OutputKey }) => OutputKey ?? []),
      terminationProtection: stack.EnableTerminationProtection,
    },
    relations: [
      parent ? relation('part-of', STACK, parent) : undefined,
      stack.RoleARN ? relation('assumes', 'AWS::IAM::Role', stack.RoleARN) : undefined,
      ...contained,
    ],
    refusals: [refusal],
    builtIn: StackName === 'CDKToolkit',
  });
}

/** A resource of a stack, by the id that its service gave it; undefined for one that is gone or of no kind known here. */
function containedIn({
  ResourceType = '',
  ResourceStatus,
  PhysicalResourceId: id,
  LogicalResourceId,
}: StackResourceSummary): RelationFact | undefined {
  if (!id || ResourceStatus === 'DELETE_COMPLETE' || !KNOWN.has(ResourceType)) return undefined;
  const named = nameOfArn(id);
  const contained =
    named?.kind === ResourceType
      ? relation('contains', named.kind, named.name, named.scope)
      : relation('contains', ResourceType as Kind, id);
  return { ...contained, ...(LogicalResourceId && { as: LogicalResourceId }) };
}

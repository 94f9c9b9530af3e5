import {
  DescribeStateMachineCommand,
  paginateListStateMachines,
  SFNClient,
  type StateMachineListItem,
} from '@aws-sdk/client-sfn';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';
import { moment } from './stated.ts';

const MACHINE: Kind = 'AWS::StepFunctions::StateMachine';

/**
 * State machines; the role and the logs of those that files name, never their definitions, which may hold what they
 * send. AWS Step Functions API Reference, version 2016-11-23.
 */
export const sfn = defineAwsCollector({
  id: 'sfn',
  title: { fr: 'Step Functions', en: 'Step Functions' },
  service: 'states',
  where: 'regions',
  Client: SFNClient,
  kinds: [MACHINE],
  permissions: {
    ListStateMachines: 'states:ListStateMachines',
    DescribeStateMachine: 'states:DescribeStateMachine',
  },
  async collect(aws) {
    await listOf(
      aws,
      [MACHINE],
      paginateListStateMachines,
      { maxResults: 1000 },
      ({ stateMachines }) => stateMachines,
      (one) => see(aws, one),
    );
  },
});

async function see(aws: AwsScope, one: StateMachineListItem): Promise<void> {
  const { name = '', stateMachineArn } = one;
  const { output, refusal } = aws.isDeclared(MACHINE, name)
    ? await aws.ask(DescribeStateMachineCommand, { stateMachineArn, includedData: 'METADATA_ONLY' })
    : {};
  const groups = (output?.loggingConfiguration?.destinations ?? []).flatMap(
    ({ cloudWatchLogsLogGroup }) => cloudWatchLogsLogGroup?.logGroupArn ?? [],
  );
  aws.see({
    kind: MACHINE,
    name,
    ...(stateMachineArn && { arn: stateMachineArn }),
    operation: output ? 'DescribeStateMachine' : 'ListStateMachines',
    properties: {
      type: one.type,
      creationDate: moment(one.creationDate),
      status: output?.status,
      logLevel: output?.loggingConfiguration?.level,
      tracing: output?.tracingConfiguration?.enabled,
    },
    relations: [
      output?.roleArn ? relation('assumes', 'AWS::IAM::Role', output.roleArn) : undefined,
      ...groups.map((group) => relation('logs-to', 'AWS::Logs::LogGroup', group)),
    ],
    refusals: [refusal],
  });
}

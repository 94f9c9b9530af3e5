import { paginateListStateMachines, SFNClient } from '@aws-sdk/client-sfn';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { moment } from './stated.ts';

const MACHINE: Kind = 'AWS::StepFunctions::StateMachine';

/** State machines. AWS Step Functions API Reference, version 2016-11-23. */
export const sfn = defineAwsCollector({
  id: 'sfn',
  title: { fr: 'Step Functions', en: 'Step Functions' },
  service: 'states',
  where: 'regions',
  Client: SFNClient,
  kinds: [MACHINE],
  permissions: { ListStateMachines: 'states:ListStateMachines' },
  async collect(aws) {
    await listOf(
      aws,
      [MACHINE],
      paginateListStateMachines,
      { maxResults: 1000 },
      ({ stateMachines }) => stateMachines,
      (one) =>
        aws.see({
          kind: MACHINE,
          name: one.name ?? '',
          ...(one.stateMachineArn && { arn: one.stateMachineArn }),
          operation: 'ListStateMachines',
          properties: { type: one.type, creationDate: moment(one.creationDate) },
        }),
    );
  },
});

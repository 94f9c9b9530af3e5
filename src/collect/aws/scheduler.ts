import { paginateListSchedules, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const SCHEDULE: Kind = 'AWS::Scheduler::Schedule';

/** Schedules of all groups. Amazon EventBridge Scheduler API Reference, version 2021-06-30. */
export const scheduler = defineAwsCollector({
  id: 'scheduler',
  title: { fr: 'EventBridge Scheduler', en: 'EventBridge Scheduler' },
  service: 'scheduler',
  where: 'regions',
  Client: SchedulerClient,
  kinds: [SCHEDULE],
  permissions: { ListSchedules: 'scheduler:ListSchedules' },
  async collect(aws) {
    await listOf(
      aws,
      [SCHEDULE],
      paginateListSchedules,
      { MaxResults: 100 },
      ({ Schedules }) => Schedules,
      (one) =>
        aws.see({
          kind: SCHEDULE,
          name: one.Name ?? '',
          ...(one.Arn && { arn: one.Arn }),
          operation: 'ListSchedules',
          properties: { state: one.State, groupName: one.GroupName, target: one.Target?.Arn },
        }),
    );
  },
});

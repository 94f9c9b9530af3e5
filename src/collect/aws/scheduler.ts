import {
  GetScheduleCommand,
  paginateListSchedules,
  SchedulerClient,
  type ScheduleSummary,
} from '@aws-sdk/client-scheduler';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { leadsTo } from './leads-to.ts';
import { listOf } from './list-of.ts';
import { lastPart, relation } from './parts.ts';

const SCHEDULE: Kind = 'AWS::Scheduler::Schedule';

/**
 * Schedules of all groups; when those run that files name. Amazon EventBridge Scheduler API Reference, version
 * 2021-06-30.
 */
export const scheduler = defineAwsCollector({
  id: 'scheduler',
  title: { fr: 'EventBridge Scheduler', en: 'EventBridge Scheduler' },
  service: 'scheduler',
  where: 'regions',
  Client: SchedulerClient,
  kinds: [SCHEDULE],
  permissions: { ListSchedules: 'scheduler:ListSchedules', GetSchedule: 'scheduler:GetSchedule' },
  async collect(aws) {
    await listOf(
      aws,
      [SCHEDULE],
      paginateListSchedules,
      { MaxResults: 100 },
      ({ Schedules }) => Schedules,
      (one) => seeSchedule(aws, one),
    );
  },
});

async function seeSchedule(aws: AwsScope, one: ScheduleSummary): Promise<void> {
  const { Name = '', GroupName, Arn } = one;
  const { output, refusal } = aws.isDeclared(SCHEDULE, Name)
    ? await aws.ask(GetScheduleCommand, { Name, GroupName })
    : {};
  const task = output?.Target?.EcsParameters?.TaskDefinitionArn;
  aws.see({
    kind: SCHEDULE,
    name: Name,
    ...(Arn && { arn: Arn }),
    operation: output ? 'GetSchedule' : 'ListSchedules',
    properties: {
      state: one.State,
      groupName: GroupName,
      scheduleExpression: output?.ScheduleExpression,
      scheduleExpressionTimezone: output?.ScheduleExpressionTimezone,
      target: one.Target?.Arn,
    },
    relations: [
      leadsTo(aws, 'routes-to', one.Target?.Arn),
      leadsTo(aws, 'assumes', output?.Target?.RoleArn),
      task ? relation('routes-to', 'AWS::ECS::TaskDefinition', lastPart(task)) : undefined,
      leadsTo(aws, 'dead-letters-to', output?.Target?.DeadLetterConfig?.Arn),
    ],
    refusals: [refusal],
  });
}

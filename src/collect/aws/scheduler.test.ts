import { expect, test } from 'vitest';
import { scheduler } from './scheduler.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-3:${ACCOUNT}:${rest}`;
const FUNCTION = arn('lambda', 'function:invoice');
const answers = {
  'scheduler:ListSchedules': {
    Schedules: [
      {
        Name: 'invoices',
        GroupName: 'billing',
        Arn: arn('scheduler', 'schedule/billing/invoices'),
        State: 'ENABLED',
        Target: { Arn: FUNCTION },
      },
    ],
  },
  'scheduler:GetSchedule': ({ GroupName }: { GroupName: string }) => ({
    Name: 'invoices',
    GroupName,
    ScheduleExpression: 'rate(1 day)',
    ScheduleExpressionTimezone: 'Europe/Paris',
    Target: { Arn: FUNCTION, RoleArn: `arn:aws:iam::${ACCOUNT}:role/scheduler`, Input: '{"token":"hidden"}' },
  }),
};
const declared = [['AWS::Scheduler::Schedule', 'invoices']] as const;

test('schedules of all groups are told by one list', async () => {
  const { facts, calls } = await collected(scheduler, answers);
  expect(factOf(facts, 'invoices')).toMatchObject({
    arn: arn('scheduler', 'schedule/billing/invoices'),
    properties: { state: 'ENABLED', groupName: 'billing' },
    relations: [{ type: 'routes-to', to: { kind: 'AWS::Lambda::Function', name: FUNCTION } }],
  });
  expect(calls).toEqual(['scheduler:ListSchedules']);
});

test('when a schedule runs is told where a file names it, without what it is started with', async () => {
  const { facts } = await collected(scheduler, answers, { declared });
  expect(factOf(facts, 'invoices')).toMatchObject({
    properties: { scheduleExpression: 'rate(1 day)', scheduleExpressionTimezone: 'Europe/Paris' },
    relations: [{ type: 'routes-to' }, { type: 'assumes' }],
  });
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a refused schedule is there all the same', async () => {
  const { facts } = await collected(scheduler, { ...answers, 'scheduler:GetSchedule': DENIED }, { declared });
  expect(factOf(facts, 'invoices').refusals).toMatchObject([
    { operation: 'scheduler:GetSchedule', permission: 'scheduler:GetSchedule' },
  ]);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(scheduler, { 'scheduler:ListSchedules': DENIED });
  expect(lookups).toMatchObject([
    { refusal: { operation: 'scheduler:ListSchedules', permission: 'scheduler:ListSchedules' } },
  ]);
});

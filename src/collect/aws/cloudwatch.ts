import {
  type AlarmType,
  CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { leadsTo } from './leads-to.ts';
import { moment, text } from './stated.ts';

const ALARM: Kind = 'AWS::CloudWatch::Alarm';
/** Without them composite alarms are left out. Both kinds share their names. */
const BOTH: AlarmType[] = ['MetricAlarm', 'CompositeAlarm'];

/** Metric and composite alarms with their state. Amazon CloudWatch API Reference, version 2010-08-01. */
export const cloudwatch = defineAwsCollector({
  id: 'cloudwatch',
  title: { fr: 'CloudWatch', en: 'CloudWatch' },
  service: 'cloudwatch',
  where: 'regions',
  Client: CloudWatchClient,
  kinds: [ALARM],
  permissions: { DescribeAlarms: 'cloudwatch:DescribeAlarms' },
  async collect(aws) {
    await aws.list([ALARM], async () => {
      const input = { MaxRecords: 100, AlarmTypes: BOTH };
      for await (const page of aws.pages(paginateDescribeAlarms, input)) {
        for (const alarm of page.MetricAlarms ?? []) see(aws, alarm, ofMetric(alarm));
        for (const alarm of page.CompositeAlarms ?? []) see(aws, alarm, { alarmRule: alarm.AlarmRule });
      }
    });
  },
});

/** One that computes with several metrics has none of its own. */
const ofMetric = (alarm: MetricAlarm) => ({
  namespace: alarm.Namespace,
  metricName: alarm.MetricName,
  statistic: alarm.Statistic ?? alarm.ExtendedStatistic,
  comparisonOperator: alarm.ComparisonOperator,
  threshold: alarm.Threshold,
  period: alarm.Period,
  evaluationPeriods: alarm.EvaluationPeriods,
  treatMissingData: alarm.TreatMissingData,
  dimensions: alarm.Dimensions?.map(({ Name = '', Value = '' }) => `${Name}=${Value}`),
});

function see(
  aws: AwsScope,
  alarm: MetricAlarm | CompositeAlarm,
  properties: ReturnType<typeof ofMetric> | { alarmRule: string | undefined },
): void {
  const actions = new Set([
    ...(alarm.AlarmActions ?? []),
    ...(alarm.OKActions ?? []),
    ...(alarm.InsufficientDataActions ?? []),
  ]);
  aws.see({
    kind: ALARM,
    name: alarm.AlarmName ?? '',
    ...(alarm.AlarmArn && { arn: alarm.AlarmArn }),
    operation: 'DescribeAlarms',
    properties: {
      state: alarm.StateValue,
      stateReason: text(alarm.StateReason),
      stateUpdated: moment(alarm.StateUpdatedTimestamp),
      actionsEnabled: alarm.ActionsEnabled,
      alarmActions: alarm.AlarmActions ?? [],
      ...properties,
    },
    relations: [...actions].map((arn) => leadsTo(aws, 'sends-to', arn)),
  });
}

import {
  CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';
import { moment } from './stated.ts';

const ALARM: Kind = 'AWS::CloudWatch::Alarm';

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
      const input = { MaxRecords: 100, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] as never };
      for await (const page of aws.pages(paginateDescribeAlarms, input)) {
        for (const alarm of page.MetricAlarms ?? []) see(aws, alarm, alarm);
        for (const alarm of page.CompositeAlarms ?? []) see(aws, alarm);
      }
    });
  },
});

function see(aws: AwsScope, alarm: MetricAlarm | CompositeAlarm, metric?: MetricAlarm): void {
  const actions = alarm.AlarmActions ?? [];
  aws.see({
    kind: ALARM,
    name: alarm.AlarmName ?? '',
    ...(alarm.AlarmArn && { arn: alarm.AlarmArn }),
    operation: 'DescribeAlarms',
    properties: {
      state: alarm.StateValue,
      stateUpdated: moment(alarm.StateUpdatedTimestamp),
      actionsEnabled: alarm.ActionsEnabled,
      alarmActions: actions,
      namespace: metric?.Namespace,
      metricName: metric?.MetricName,
      statistic: metric?.Statistic ?? metric?.ExtendedStatistic,
      comparisonOperator: metric?.ComparisonOperator,
      threshold: metric?.Threshold,
      period: metric?.Period,
      evaluationPeriods: metric?.EvaluationPeriods,
      dimensions: metric?.Dimensions?.map(({ Name = '', Value = '' }) => `${Name}=${Value}`),
    },
    relations: actions.map((arn) =>
      arn.split(':')[2] === 'sns' ? relation('sends-to', 'AWS::SNS::Topic', arn) : undefined,
    ),
  });
}

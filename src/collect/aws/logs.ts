import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Kind } from '#model/fact.ts';
import { type DetailScope, defineAwsCollector } from './aws-collector.ts';
import { encryptedBy } from './leads-to.ts';
import { listOf } from './list-of.ts';
import { moment } from './stated.ts';
import type { WantedResource } from './wanted.ts';

const GROUP: Kind = 'AWS::Logs::LogGroup';

/**
 * Log groups with what they keep, and of those on a path when the last line came. Lines themselves are never read: they
 * may hold anything. Amazon CloudWatch Logs API Reference, version 2014-03-28.
 */
export const logs = defineAwsCollector({
  id: 'logs',
  title: { fr: 'CloudWatch Logs', en: 'CloudWatch Logs' },
  service: 'logs',
  where: 'regions',
  Client: CloudWatchLogsClient,
  kinds: [GROUP],
  permissions: {
    DescribeLogGroups: 'logs:DescribeLogGroups',
    DescribeLogStreams: 'logs:DescribeLogStreams',
  },
  detailed: [GROUP],
  async detail(aws, wanted) {
    await Promise.all(wanted.map((group) => lastLine(aws, group)));
  },
  async collect(aws) {
    await listOf(
      aws,
      [GROUP],
      paginateDescribeLogGroups,
      { limit: 50 },
      ({ logGroups }) => logGroups,
      (group) => {
        const name = group.logGroupName ?? '';
        aws.see({
          kind: GROUP,
          name,
          arn: `arn:${aws.partition}:logs:${aws.region}:${aws.account}:log-group:${name}`,
          operation: 'DescribeLogGroups',
          properties: {
            retentionInDays: group.retentionInDays,
            storedBytes: group.storedBytes,
            logGroupClass: group.logGroupClass,
            kmsKeyId: group.kmsKeyId,
          },
          relations: [encryptedBy(aws, group.kmsKeyId)],
        });
      },
    );
  },
});

/** LogStream: the moment of the last line is told with up to an hour's delay. */
async function lastLine(aws: DetailScope, group: WantedResource): Promise<void> {
  const { output, refusal } = await aws.ask(DescribeLogStreamsCommand, {
    logGroupName: group.name,
    orderBy: 'LastEventTime',
    descending: true,
    limit: 1,
  });
  const [last] = output?.logStreams ?? [];
  aws.add(group, {
    operation: 'DescribeLogStreams',
    properties: {
      hasLines: output && last?.lastEventTimestamp !== undefined,
      lastLineAt:
        last?.lastEventTimestamp === undefined ? undefined : moment(new Date(last.lastEventTimestamp)),
    },
    refusals: [refusal],
  });
}

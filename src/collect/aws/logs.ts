import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const GROUP: Kind = 'AWS::Logs::LogGroup';

/** Log groups with what they keep. Amazon CloudWatch Logs API Reference, version 2014-03-28. */
export const logs = defineAwsCollector({
  id: 'logs',
  title: { fr: 'CloudWatch Logs', en: 'CloudWatch Logs' },
  service: 'logs',
  where: 'regions',
  Client: CloudWatchLogsClient,
  kinds: [GROUP],
  permissions: { DescribeLogGroups: 'logs:DescribeLogGroups' },
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
          relations: [group.kmsKeyId ? relation('encrypted-by', 'AWS::KMS::Key', group.kmsKeyId) : undefined],
        });
      },
    );
  },
});

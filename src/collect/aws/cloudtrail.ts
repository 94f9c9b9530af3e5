import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';

const TRAIL: Kind = 'AWS::CloudTrail::Trail';

/**
 * Trails of the region, and whether they log. One of another region that records this one too is seen where a file
 * names it: it is there, although its own region may not be read. AWS CloudTrail API Reference, version 2013-11-01.
 */
export const cloudtrail = defineAwsCollector({
  id: 'cloudtrail',
  title: { fr: 'CloudTrail', en: 'CloudTrail' },
  service: 'cloudtrail',
  where: 'regions',
  Client: CloudTrailClient,
  kinds: [TRAIL],
  permissions: { DescribeTrails: 'cloudtrail:DescribeTrails', GetTrailStatus: 'cloudtrail:GetTrailStatus' },
  async collect(aws) {
    await aws.list([TRAIL], async () => {
      const { trailList = [] } = await aws.read(DescribeTrailsCommand, { includeShadowTrails: true });
      const own = trailList.filter(
        ({ HomeRegion, Name = '' }) => HomeRegion === aws.region || aws.isDeclared(TRAIL, Name),
      );
      await Promise.all(own.map((trail) => see(aws, trail)));
    });
  },
});

async function see(aws: AwsScope, trail: Trail): Promise<void> {
  const { output, refusal } = await aws.ask(GetTrailStatusCommand, { Name: trail.TrailARN ?? trail.Name });
  aws.see({
    kind: TRAIL,
    name: trail.Name ?? '',
    ...(trail.TrailARN && { arn: trail.TrailARN }),
    operation: 'DescribeTrails',
    properties: {
      isLogging: output?.IsLogging,
      isMultiRegionTrail: trail.IsMultiRegionTrail,
      isOrganizationTrail: trail.IsOrganizationTrail,
      includeGlobalServiceEvents: trail.IncludeGlobalServiceEvents,
      enableLogFileValidation: trail.LogFileValidationEnabled,
      homeRegion: trail.HomeRegion,
      s3BucketName: trail.S3BucketName,
      kMSKeyId: trail.KmsKeyId,
      // the name of the error that the last delivery met: `NoSuchBucket`
      latestDeliveryError: output?.LatestDeliveryError || undefined,
    },
    relations: [
      trail.S3BucketName ? relation('logs-to', 'AWS::S3::Bucket', trail.S3BucketName) : undefined,
      trail.CloudWatchLogsLogGroupArn
        ? relation('logs-to', 'AWS::Logs::LogGroup', trail.CloudWatchLogsLogGroupArn)
        : undefined,
      trail.CloudWatchLogsRoleArn
        ? relation('assumes', 'AWS::IAM::Role', trail.CloudWatchLogsRoleArn)
        : undefined,
      trail.SnsTopicARN ? relation('sends-to', 'AWS::SNS::Topic', trail.SnsTopicARN) : undefined,
      trail.KmsKeyId ? relation('encrypted-by', 'AWS::KMS::Key', trail.KmsKeyId) : undefined,
    ],
    refusals: [refusal],
  });
}

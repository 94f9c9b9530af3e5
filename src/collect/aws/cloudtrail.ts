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

/** Trails of the region, and whether they log. AWS CloudTrail API Reference, version 2013-11-01. */
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
      // shadows of trails of other regions would be seen once in each
      const { trailList = [] } = await aws.read(DescribeTrailsCommand, { includeShadowTrails: false });
      await Promise.all(trailList.map((trail) => see(aws, trail)));
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
      logFileValidation: trail.LogFileValidationEnabled,
      s3BucketName: trail.S3BucketName,
      kmsKeyId: trail.KmsKeyId,
    },
    relations: [trail.S3BucketName ? relation('logs-to', 'AWS::S3::Bucket', trail.S3BucketName) : undefined],
    refusals: [refusal],
  });
}

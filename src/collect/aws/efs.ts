import { EFSClient, paginateDescribeFileSystems } from '@aws-sdk/client-efs';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const FILE_SYSTEM: Kind = 'AWS::EFS::FileSystem';

/** File systems. Amazon Elastic File System API Reference, version 2015-02-01. */
export const efs = defineAwsCollector({
  id: 'efs',
  title: { fr: 'EFS', en: 'EFS' },
  service: 'elasticfilesystem',
  where: 'regions',
  Client: EFSClient,
  kinds: [FILE_SYSTEM],
  permissions: { DescribeFileSystems: 'elasticfilesystem:DescribeFileSystems' },
  async collect(aws) {
    await listOf(
      aws,
      [FILE_SYSTEM],
      paginateDescribeFileSystems,
      { MaxItems: 1000 },
      ({ FileSystems }) => FileSystems,
      (one) =>
        aws.see({
          kind: FILE_SYSTEM,
          name: one.FileSystemId ?? '',
          arn:
            one.FileSystemArn ??
            `arn:${aws.partition}:elasticfilesystem:${aws.region}:${aws.account}:file-system/${one.FileSystemId}`,
          otherNames: [one.Name],
          operation: 'DescribeFileSystems',
          properties: {
            encrypted: one.Encrypted,
            lifeCycleState: one.LifeCycleState,
            performanceMode: one.PerformanceMode,
            numberOfMountTargets: one.NumberOfMountTargets,
            nameTag: one.Name,
          },
        }),
    );
  },
});

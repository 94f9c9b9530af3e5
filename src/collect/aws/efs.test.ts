import { expect, test } from 'vitest';
import { efs } from './efs.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = (id: string) => `arn:aws:elasticfilesystem:eu-west-3:${ACCOUNT}:file-system/${id}`;

test('a file system is named by its id, and known by its name tag', async () => {
  const { facts } = await collected(efs, {
    'elasticfilesystem:DescribeFileSystems': {
      FileSystems: [
        {
          FileSystemId: 'fs-1',
          FileSystemArn: arn('fs-1'),
          Name: 'uploads-prod',
          Encrypted: true,
          PerformanceMode: 'generalPurpose',
          ThroughputMode: 'elastic',
          LifeCycleState: 'available',
          NumberOfMountTargets: 2,
          KmsKeyId: `arn:aws:kms:eu-west-3:${ACCOUNT}:key/1`,
        },
      ],
    },
  });
  expect(factOf(facts, 'fs-1')).toMatchObject({
    arn: arn('fs-1'),
    otherNames: ['uploads-prod'],
    environments: ['prod'],
    properties: { encrypted: true, performanceMode: 'generalPurpose', throughputMode: 'elastic' },
    relations: [{ type: 'encrypted-by' }],
  });
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(efs, { 'elasticfilesystem:DescribeFileSystems': DENIED });
  expect(lookups).toMatchObject([
    {
      kind: 'AWS::EFS::FileSystem',
      refusal: {
        operation: 'elasticfilesystem:DescribeFileSystems',
        permission: 'elasticfilesystem:DescribeFileSystems',
      },
    },
  ]);
});

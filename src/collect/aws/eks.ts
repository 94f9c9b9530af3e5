import { DescribeClusterCommand, EKSClient, paginateListClusters } from '@aws-sdk/client-eks';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const CLUSTER: Kind = 'AWS::EKS::Cluster';

/** Clusters of EKS. Amazon EKS API Reference, version 2017-11-01. */
export const eks = defineAwsCollector({
  id: 'eks',
  title: { fr: 'EKS', en: 'EKS' },
  service: 'eks',
  where: 'regions',
  Client: EKSClient,
  kinds: [CLUSTER],
  permissions: { ListClusters: 'eks:ListClusters', DescribeCluster: 'eks:DescribeCluster' },
  async collect(aws) {
    await listOf(
      aws,
      [CLUSTER],
      paginateListClusters,
      { maxResults: 100 },
      ({ clusters }) => clusters,
      (name) => see(aws, name),
    );
  },
});

async function see(aws: AwsScope, name: string): Promise<void> {
  const { output, refusal } = await aws.ask(DescribeClusterCommand, { name });
  const is = output?.cluster;
  const role = is?.roleArn?.split('/').at(-1);
  aws.see({
    kind: CLUSTER,
    name,
    arn: is?.arn ?? `arn:${aws.partition}:eks:${aws.region}:${aws.account}:cluster/${name}`,
    operation: is ? 'DescribeCluster' : 'ListClusters',
    properties: {
      status: is?.status,
      version: is?.version,
      endpointPublicAccess: is?.resourcesVpcConfig?.endpointPublicAccess,
      endpointPrivateAccess: is?.resourcesVpcConfig?.endpointPrivateAccess,
      publicAccessCidrs: is?.resourcesVpcConfig?.publicAccessCidrs,
      logging: is?.logging?.clusterLogging?.flatMap(({ enabled, types = [] }) => (enabled ? types : [])),
    },
    relations: [role ? relation('assumes', 'AWS::IAM::Role', role) : undefined],
    refusals: [refusal],
  });
}

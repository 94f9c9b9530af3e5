import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  paginateListClusters,
  paginateListNodegroups,
} from '@aws-sdk/client-eks';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const CLUSTER: Kind = 'AWS::EKS::Cluster';
const NODE_GROUP: Kind = 'AWS::EKS::Nodegroup';

/**
 * Clusters of EKS and their node groups, looked into where a file names them. Amazon EKS API Reference, version
 * 2017-11-01.
 */
export const eks = defineAwsCollector({
  id: 'eks',
  title: { fr: 'EKS', en: 'EKS' },
  service: 'eks',
  where: 'regions',
  Client: EKSClient,
  kinds: [CLUSTER, NODE_GROUP],
  permissions: {
    ListClusters: 'eks:ListClusters',
    DescribeCluster: 'eks:DescribeCluster',
    ListNodegroups: 'eks:ListNodegroups',
    DescribeNodegroup: 'eks:DescribeNodegroup',
  },
  async collect(aws) {
    await listOf(
      aws,
      [CLUSTER, NODE_GROUP],
      paginateListClusters,
      { maxResults: 100 },
      ({ clusters }) => clusters,
      async (name) => {
        await Promise.all([seeCluster(aws, name), nodeGroups(aws, name)]);
      },
    );
  },
});

async function seeCluster(aws: AwsScope, name: string): Promise<void> {
  const { output, refusal } = await aws.ask(DescribeClusterCommand, { name });
  const is = output?.cluster;
  const network = is?.resourcesVpcConfig;
  aws.see({
    kind: CLUSTER,
    name,
    arn: is?.arn ?? `arn:${aws.partition}:eks:${aws.region}:${aws.account}:cluster/${name}`,
    operation: is ? 'DescribeCluster' : 'ListClusters',
    properties: {
      status: is?.status,
      version: is?.version,
      endpointPublicAccess: network?.endpointPublicAccess,
      endpointPrivateAccess: network?.endpointPrivateAccess,
      publicAccessCidrs: network?.publicAccessCidrs,
      logging: is?.logging?.clusterLogging?.flatMap(({ enabled, types = [] }) => (enabled ? types : [])),
    },
    relations: [
      is?.roleArn ? relation('assumes', 'AWS::IAM::Role', is.roleArn) : undefined,
      network?.vpcId ? relation('in-vpc', 'AWS::EC2::VPC', network.vpcId) : undefined,
      ...(network?.subnetIds ?? []).map((subnet) => relation('in-subnet', 'AWS::EC2::Subnet', subnet)),
      ...(is?.encryptionConfig ?? []).map(({ provider }) =>
        provider?.keyArn ? relation('encrypted-by', 'AWS::KMS::Key', provider.keyArn) : undefined,
      ),
    ],
    refusals: [refusal],
  });
}

async function nodeGroups(aws: AwsScope, clusterName: string): Promise<void> {
  await listOf(
    aws,
    [NODE_GROUP],
    paginateListNodegroups,
    { clusterName, maxResults: 100 },
    ({ nodegroups }) => nodegroups,
    (name) => seeNodeGroup(aws, clusterName, name),
    clusterName,
  );
}

async function seeNodeGroup(aws: AwsScope, clusterName: string, name: string): Promise<void> {
  const { output, refusal } = aws.isDeclared(NODE_GROUP, name)
    ? await aws.ask(DescribeNodegroupCommand, { clusterName, nodegroupName: name })
    : {};
  const is = output?.nodegroup;
  aws.see({
    kind: NODE_GROUP,
    name,
    scope: clusterName,
    // its ARN ends in an id that the list does not tell: what a refusal leaves out must not make it another one
    otherNames: [is?.nodegroupArn],
    operation: is ? 'DescribeNodegroup' : 'ListNodegroups',
    properties: {
      status: is?.status,
      capacityType: is?.capacityType,
      version: is?.version,
      instanceTypes: is?.instanceTypes,
      issues: is?.health?.issues?.flatMap(({ code }) => code ?? []),
    },
    relations: [
      relation('runs-in', CLUSTER, clusterName),
      is?.nodeRole ? relation('assumes', 'AWS::IAM::Role', is.nodeRole) : undefined,
      ...(is?.subnets ?? []).map((subnet) => relation('in-subnet', 'AWS::EC2::Subnet', subnet)),
    ],
    refusals: [refusal],
  });
}

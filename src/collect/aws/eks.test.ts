import { expect, test } from 'vitest';
import { eks } from './eks.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = `arn:aws:eks:eu-west-3:${ACCOUNT}:cluster/shop`;
const answers = {
  'eks:ListClusters': { clusters: ['shop'] },
  'eks:DescribeCluster': {
    cluster: {
      name: 'shop',
      arn,
      version: '1.30',
      status: 'ACTIVE',
      roleArn: `arn:aws:iam::${ACCOUNT}:role/eks`,
      certificateAuthority: { data: 'hidden' },
      resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'], vpcId: 'vpc-1' },
      logging: {
        clusterLogging: [
          { enabled: true, types: ['audit'] },
          { enabled: false, types: ['api'] },
        ],
      },
    },
  },
  'eks:ListNodegroups': { nodegroups: ['workers'] },
  'eks:DescribeNodegroup': {
    nodegroup: { nodegroupName: 'workers', capacityType: 'SPOT', instanceTypes: ['t3.large'] },
  },
};
const declared = [['AWS::EKS::Nodegroup', 'workers']] as const;

test('a cluster is told with who reaches it, what it logs and where it runs', async () => {
  const { facts } = await collected(eks, answers);
  expect(factOf(facts, 'shop')).toMatchObject({
    arn,
    properties: {
      version: '1.30',
      endpointPublicAccess: true,
      publicAccessCidrs: ['0.0.0.0/0'],
      logging: ['audit'],
    },
    relations: [
      { type: 'assumes', to: { name: `arn:aws:iam::${ACCOUNT}:role/eks` } },
      { type: 'in-vpc', to: { name: 'vpc-1' } },
    ],
  });
});

test('a node group runs in its cluster, and is looked into where a file names it', async () => {
  const undeclared = await collected(eks, answers);
  expect(factOf(undeclared.facts, 'workers')).toMatchObject({
    scope: 'shop',
    relations: [{ type: 'runs-in', to: { kind: 'AWS::EKS::Cluster', name: 'shop' } }],
  });
  expect(undeclared.calls).not.toContain('eks:DescribeNodegroup');
  const { facts } = await collected(eks, answers, { declared });
  expect(factOf(facts, 'workers').properties).toMatchObject({
    capacityType: 'SPOT',
    instanceTypes: ['t3.large'],
  });
});

test('without the clusters neither they nor their node groups are established', async () => {
  const { lookups } = await collected(eks, { 'eks:ListClusters': DENIED });
  expect(lookups.map(({ kind, refusal }) => [kind, refusal?.permission])).toEqual([
    ['AWS::EKS::Cluster', 'eks:ListClusters'],
    ['AWS::EKS::Nodegroup', 'eks:ListClusters'],
  ]);
});

test('node groups of a cluster that does not tell them are not established there', async () => {
  const { lookups } = await collected(eks, { ...answers, 'eks:ListNodegroups': DENIED });
  expect(lookups.find(({ scope }) => scope === 'shop')?.refusal).toMatchObject({
    operation: 'eks:ListNodegroups',
  });
});

test('what is not described is there, with the refusal', async () => {
  const refused = { ...answers, 'eks:DescribeCluster': DENIED, 'eks:DescribeNodegroup': DENIED };
  const { facts } = await collected(eks, refused, { declared });
  expect(factOf(facts, 'shop')).toMatchObject({ arn, refusals: [{ operation: 'eks:DescribeCluster' }] });
  expect(factOf(facts, 'workers').refusals).toMatchObject([{ operation: 'eks:DescribeNodegroup' }]);
});

import {
  type Address,
  DescribeAddressesCommand,
  EC2Client,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeVolumes,
  type Volume,
} from '@aws-sdk/client-ec2';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { ofEc2 } from './ec2/names.ts';
import { collectNetwork, NETWORK_KINDS } from './ec2/network.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';
import { moment } from './stated.ts';

const INSTANCE: Kind = 'AWS::EC2::Instance';
const VOLUME: Kind = 'AWS::EC2::Volume';
const ADDRESS: Kind = 'AWS::EC2::EIP';

/** Networks, machines, their disks and addresses. Amazon EC2 API Reference, version 2016-11-15. User data is never read. */
export const ec2 = defineAwsCollector({
  id: 'ec2',
  title: { fr: 'EC2 et VPC', en: 'EC2 and VPC' },
  service: 'ec2',
  where: 'regions',
  Client: EC2Client,
  kinds: [...NETWORK_KINDS, INSTANCE, VOLUME, ADDRESS],
  permissions: {
    DescribeVpcs: 'ec2:DescribeVpcs',
    DescribeSubnets: 'ec2:DescribeSubnets',
    DescribeSecurityGroups: 'ec2:DescribeSecurityGroups',
    DescribeRouteTables: 'ec2:DescribeRouteTables',
    DescribeInternetGateways: 'ec2:DescribeInternetGateways',
    DescribeNatGateways: 'ec2:DescribeNatGateways',
    DescribeVpcEndpoints: 'ec2:DescribeVpcEndpoints',
    DescribeNetworkAcls: 'ec2:DescribeNetworkAcls',
    DescribeInstances: 'ec2:DescribeInstances',
    DescribeVolumes: 'ec2:DescribeVolumes',
    DescribeAddresses: 'ec2:DescribeAddresses',
  },
  async collect(aws) {
    await Promise.all([
      collectNetwork(aws),
      listOf(
        aws,
        [INSTANCE],
        paginateDescribeInstances,
        { MaxResults: 1000 },
        ({ Reservations = [] }) => Reservations.flatMap(({ Instances = [] }) => Instances),
        (one) => seeInstance(aws, one),
      ),
      listOf(
        aws,
        [VOLUME],
        paginateDescribeVolumes,
        { MaxResults: 1000 },
        ({ Volumes }) => Volumes,
        (one) => seeVolume(aws, one),
      ),
      aws.list([ADDRESS], async () => {
        const { Addresses = [] } = await aws.read(DescribeAddressesCommand, {});
        for (const address of Addresses) seeAddress(aws, address);
      }),
    ]);
  },
});

function seeInstance(aws: AwsScope, instance: Instance): void {
  // what is terminated is listed for an hour
  if (instance.State?.Name === 'terminated') return;
  const { nameTag, ...own } = ofEc2(aws, INSTANCE, 'instance', instance.InstanceId ?? '', instance.Tags);
  const groups = (instance.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []);
  const profile = instance.IamInstanceProfile?.Arn?.split('/').at(-1);
  aws.see({
    ...own,
    otherNames: [...(own.otherNames ?? []), instance.PrivateIpAddress, instance.PublicIpAddress],
    operation: 'DescribeInstances',
    properties: {
      state: instance.State?.Name,
      instanceType: instance.InstanceType,
      imageId: instance.ImageId,
      publicIp: instance.PublicIpAddress,
      privateIp: instance.PrivateIpAddress,
      subnetId: instance.SubnetId,
      vpcId: instance.VpcId,
      securityGroupIds: groups,
      iamInstanceProfile: profile,
      launchTime: moment(instance.LaunchTime),
      monitoring: instance.Monitoring?.State,
      metadataTokens: instance.MetadataOptions?.HttpTokens,
      nameTag,
    },
    relations: [
      instance.SubnetId ? relation('in-subnet', 'AWS::EC2::Subnet', instance.SubnetId) : undefined,
      ...groups.map((group) => relation('protected-by', 'AWS::EC2::SecurityGroup', group)),
    ],
  });
}

function seeVolume(aws: AwsScope, volume: Volume): void {
  const { nameTag, ...own } = ofEc2(aws, VOLUME, 'volume', volume.VolumeId ?? '', volume.Tags);
  const instances = (volume.Attachments ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
  aws.see({
    ...own,
    operation: 'DescribeVolumes',
    properties: {
      state: volume.State,
      encrypted: volume.Encrypted,
      size: volume.Size,
      volumeType: volume.VolumeType,
      instances,
      nameTag,
    },
    relations: instances.map((id) => relation('attached-to', INSTANCE, id)),
  });
}

function seeAddress(aws: AwsScope, address: Address): void {
  const id = address.AllocationId ?? address.PublicIp ?? '';
  const { nameTag, ...own } = ofEc2(aws, ADDRESS, 'elastic-ip', id, address.Tags);
  aws.see({
    ...own,
    otherNames: [...(own.otherNames ?? []), address.PublicIp],
    operation: 'DescribeAddresses',
    properties: { publicIp: address.PublicIp, associated: address.AssociationId !== undefined, nameTag },
    relations: [address.InstanceId ? relation('attached-to', INSTANCE, address.InstanceId) : undefined],
  });
}

import {
  DescribeAddressesCommand,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import type { AwsScope } from '../aws-collector.ts';
import { lastPart, relation, tagsOf } from '../parts.ts';
import { moment, text } from '../stated.ts';
import { PAGE, seeTagged } from './tagged.ts';

const INSTANCE = 'AWS::EC2::Instance';
const VOLUME = 'AWS::EC2::Volume';
const ADDRESS = 'AWS::EC2::EIP';

/** One that was terminated is told for about an hour more, and is not there. */
export async function instances(aws: AwsScope): Promise<void> {
  await aws.list([INSTANCE], async () => {
    for await (const { Reservations = [] } of aws.pages(paginateDescribeInstances, PAGE))
      for (const { OwnerId, Instances = [] } of Reservations)
        for (const instance of Instances)
          if (instance.State?.Name !== 'terminated') seeInstance(aws, OwnerId, instance);
  });
}

function seeInstance(aws: AwsScope, owner: string | undefined, instance: Instance): void {
  const { InstanceId = '', SubnetId, VpcId, SecurityGroups = [], Tags } = instance;
  const groups = SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []);
  const profile = instance.IamInstanceProfile?.Arn;
  const scaled = tagsOf(Tags)['aws:autoscaling:groupName'];
  seeTagged(aws, {
    kind: INSTANCE,
    name: InstanceId,
    type: 'instance',
    owner,
    tags: Tags,
    operation: 'DescribeInstances',
    otherNames: [instance.PublicDnsName, instance.PublicIpAddress],
    properties: {
      state: instance.State?.Name,
      instanceType: instance.InstanceType,
      imageId: instance.ImageId,
      launchTime: moment(instance.LaunchTime),
      availabilityZone: instance.Placement?.AvailabilityZone,
      platform: instance.PlatformDetails,
      publicIp: instance.PublicIpAddress,
      privateIp: instance.PrivateIpAddress,
      vpcId: VpcId,
      subnetId: SubnetId,
      securityGroupIds: groups,
      iamInstanceProfile: profile && lastPart(profile),
      monitoring: instance.Monitoring?.State,
      metadataHttpTokens: instance.MetadataOptions?.HttpTokens,
      ebsOptimized: instance.EbsOptimized,
      autoScalingGroup: scaled,
    },
    relations: [
      VpcId ? relation('in-vpc', 'AWS::EC2::VPC', VpcId) : undefined,
      SubnetId ? relation('in-subnet', 'AWS::EC2::Subnet', SubnetId) : undefined,
      ...groups.map((group) => relation('protected-by', 'AWS::EC2::SecurityGroup', group)),
    ],
  });
}

export async function volumes(aws: AwsScope): Promise<void> {
  await aws.list([VOLUME], async () => {
    for await (const { Volumes = [] } of aws.pages(paginateDescribeVolumes, PAGE))
      for (const { VolumeId = '', Attachments = [], KmsKeyId, ...volume } of Volumes)
        seeTagged(aws, {
          kind: VOLUME,
          name: VolumeId,
          type: 'volume',
          tags: volume.Tags,
          operation: 'DescribeVolumes',
          properties: {
            state: volume.State,
            size: volume.Size,
            volumeType: volume.VolumeType,
            iops: volume.Iops,
            encrypted: volume.Encrypted,
            kmsKeyId: KmsKeyId,
            availabilityZone: volume.AvailabilityZone,
            instances: Attachments.flatMap(({ InstanceId }) => InstanceId ?? []),
            createTime: moment(volume.CreateTime),
          },
          relations: [
            KmsKeyId ? relation('encrypted-by', 'AWS::KMS::Key', KmsKeyId) : undefined,
            ...Attachments.flatMap(({ InstanceId }) =>
              InstanceId ? relation('part-of', INSTANCE, InstanceId) : [],
            ),
          ],
        });
  });
}

/** The list of addresses has no pages. */
export async function addresses(aws: AwsScope): Promise<void> {
  await aws.list([ADDRESS], async () => {
    const { Addresses = [] } = await aws.read(DescribeAddressesCommand, {});
    for (const { AllocationId, PublicIp, InstanceId, ...address } of Addresses) {
      const instance = text(InstanceId);
      seeTagged(aws, {
        kind: ADDRESS,
        name: AllocationId ?? PublicIp ?? '',
        type: 'elastic-ip',
        tags: address.Tags,
        operation: 'DescribeAddresses',
        otherNames: [PublicIp],
        properties: {
          publicIp: PublicIp,
          associationId: address.AssociationId,
          instanceId: instance,
          networkInterfaceId: text(address.NetworkInterfaceId),
          serviceManaged: address.ServiceManaged,
        },
        relations: [instance ? relation('routes-to', INSTANCE, instance) : undefined],
      });
    }
  });
}

import {
  DescribeVpcAttributeCommand,
  paginateDescribeInternetGateways,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import type { AwsScope, DetailScope } from '../aws-collector.ts';
import { relation } from '../parts.ts';
import type { WantedResource } from '../wanted.ts';
import { PAGE, seeTagged } from './tagged.ts';

const VPC = 'AWS::EC2::VPC';
const SUBNET = 'AWS::EC2::Subnet';
const GATEWAY = 'AWS::EC2::InternetGateway';

/** Gives the ids of those that AWS made. */
export async function vpcs(aws: AwsScope): Promise<ReadonlySet<string>> {
  const defaults = new Set<string>();
  await aws.list([VPC], async () => {
    for await (const { Vpcs = [] } of aws.pages(paginateDescribeVpcs, PAGE))
      for (const { VpcId = '', IsDefault = false, ...vpc } of Vpcs) {
        if (IsDefault) defaults.add(VpcId);
        seeTagged(aws, {
          kind: VPC,
          name: VpcId,
          type: 'vpc',
          owner: vpc.OwnerId,
          tags: vpc.Tags,
          operation: 'DescribeVpcs',
          properties: {
            cidrBlock: vpc.CidrBlock,
            cidrBlocks: vpc.CidrBlockAssociationSet?.flatMap(({ CidrBlock }) => CidrBlock ?? []),
            state: vpc.State,
            instanceTenancy: vpc.InstanceTenancy,
            isDefault: IsDefault,
          },
          builtIn: IsDefault,
        });
      }
  });
  return defaults;
}

/** Whether names are resolved in a VPC, and given to what is in it. Amazon EC2 API Reference, DescribeVpcAttribute: one at a time. */
export async function dnsOf(aws: DetailScope, vpc: WantedResource): Promise<void> {
  const [support, hostnames] = await Promise.all([
    aws.ask(DescribeVpcAttributeCommand, { VpcId: vpc.name, Attribute: 'enableDnsSupport' }),
    aws.ask(DescribeVpcAttributeCommand, { VpcId: vpc.name, Attribute: 'enableDnsHostnames' }),
  ]);
  aws.add(vpc, {
    operation: 'DescribeVpcAttribute',
    properties: {
      enableDnsSupport: support.output?.EnableDnsSupport?.Value,
      enableDnsHostnames: hostnames.output?.EnableDnsHostnames?.Value,
    },
    refusals: [support.refusal, hostnames.refusal],
  });
}

export async function subnets(aws: AwsScope): Promise<void> {
  await aws.list([SUBNET], async () => {
    for await (const { Subnets = [] } of aws.pages(paginateDescribeSubnets, PAGE))
      for (const { SubnetId = '', VpcId, ...subnet } of Subnets)
        seeTagged(aws, {
          kind: SUBNET,
          name: SubnetId,
          type: 'subnet',
          owner: subnet.OwnerId,
          tags: subnet.Tags,
          operation: 'DescribeSubnets',
          properties: {
            cidrBlock: subnet.CidrBlock,
            // none is told as such: what leads out over IPv6 is then nothing to it
            ipv6CidrBlocks: (subnet.Ipv6CidrBlockAssociationSet ?? []).flatMap(
              ({ Ipv6CidrBlock, Ipv6CidrBlockState }) =>
                Ipv6CidrBlock && Ipv6CidrBlockState?.State !== 'disassociated' ? Ipv6CidrBlock : [],
            ),
            ipv6Native: subnet.Ipv6Native || undefined,
            availabilityZone: subnet.AvailabilityZone,
            mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch,
            availableIpAddressCount: subnet.AvailableIpAddressCount,
            state: subnet.State,
            vpcId: VpcId,
          },
          relations: [VpcId ? relation('in-vpc', VPC, VpcId) : undefined],
          builtIn: subnet.DefaultForAz === true,
        });
  });
}

export async function gateways(aws: AwsScope, defaults: Promise<ReadonlySet<string>>): Promise<void> {
  await aws.list([GATEWAY], async () => {
    for await (const { InternetGateways = [] } of aws.pages(paginateDescribeInternetGateways, PAGE)) {
      const builtIn = await defaults;
      for (const { InternetGatewayId = '', OwnerId, Tags, Attachments = [] } of InternetGateways) {
        const attached = Attachments.flatMap(({ VpcId }) => VpcId ?? []);
        seeTagged(aws, {
          kind: GATEWAY,
          name: InternetGatewayId,
          type: 'internet-gateway',
          owner: OwnerId,
          tags: Tags,
          operation: 'DescribeInternetGateways',
          properties: { vpcs: attached },
          relations: attached.map((vpc) => relation('in-vpc', VPC, vpc)),
          builtIn: attached.some((vpc) => builtIn.has(vpc)),
        });
      }
    }
  });
}

import { EC2Client } from '@aws-sdk/client-ec2';
import { defineAwsCollector } from './aws-collector.ts';
import { addresses, instances, volumes } from './ec2/machines.ts';
import { dnsOf, gateways, subnets, vpcs } from './ec2/networks.ts';
import { endpoints, natGateways, routeTables } from './ec2/routes.ts';
import { networkAcls, securityGroups } from './ec2/traffic.ts';

/**
 * Networks, what filters and routes their traffic, and the machines, disks and addresses in them; one list each.
 * Amazon EC2 API Reference, version 2016-11-15. What a machine is started with (user data) is never asked for.
 */
export const ec2 = defineAwsCollector({
  id: 'ec2',
  title: { fr: 'EC2 et VPC', en: 'EC2 and VPC' },
  service: 'ec2',
  where: 'regions',
  Client: EC2Client,
  kinds: [
    'AWS::EC2::VPC',
    'AWS::EC2::Subnet',
    'AWS::EC2::InternetGateway',
    'AWS::EC2::RouteTable',
    'AWS::EC2::NatGateway',
    'AWS::EC2::VPCEndpoint',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::NetworkAcl',
    'AWS::EC2::Instance',
    'AWS::EC2::Volume',
    'AWS::EC2::EIP',
  ],
  permissions: {
    DescribeVpcs: 'ec2:DescribeVpcs',
    DescribeSubnets: 'ec2:DescribeSubnets',
    DescribeInternetGateways: 'ec2:DescribeInternetGateways',
    DescribeRouteTables: 'ec2:DescribeRouteTables',
    DescribeNatGateways: 'ec2:DescribeNatGateways',
    DescribeVpcEndpoints: 'ec2:DescribeVpcEndpoints',
    DescribeSecurityGroups: 'ec2:DescribeSecurityGroups',
    DescribeNetworkAcls: 'ec2:DescribeNetworkAcls',
    DescribeInstances: 'ec2:DescribeInstances',
    DescribeVolumes: 'ec2:DescribeVolumes',
    DescribeAddresses: 'ec2:DescribeAddresses',
    DescribeVpcAttribute: 'ec2:DescribeVpcAttribute',
  },
  detailed: ['AWS::EC2::VPC'],
  async detail(aws, wanted) {
    await Promise.all(wanted.map((vpc) => dnsOf(aws, vpc)));
  },
  async collect(aws) {
    const defaults = vpcs(aws);
    await Promise.all([
      defaults,
      subnets(aws),
      gateways(aws, defaults),
      routeTables(aws, defaults),
      natGateways(aws),
      endpoints(aws),
      securityGroups(aws),
      networkAcls(aws),
      instances(aws),
      volumes(aws),
      addresses(aws),
    ]);
  },
});

import {
  type InternetGateway,
  type NatGateway,
  type NetworkAcl,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type Vpc,
  type VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { Kind } from '#model/fact.ts';
import type { AwsScope } from '../aws-collector.ts';
import { listOf } from '../list-of.ts';
import { relation } from '../parts.ts';
import { ofEc2 } from './names.ts';
import { entryOf, permissionOf, routeOf } from './rules.ts';

const VPC: Kind = 'AWS::EC2::VPC';
const SUBNET: Kind = 'AWS::EC2::Subnet';
const GROUP: Kind = 'AWS::EC2::SecurityGroup';
const TABLE: Kind = 'AWS::EC2::RouteTable';
const INTERNET: Kind = 'AWS::EC2::InternetGateway';
const NAT: Kind = 'AWS::EC2::NatGateway';
const ENDPOINT: Kind = 'AWS::EC2::VPCEndpoint';
const ACL: Kind = 'AWS::EC2::NetworkAcl';
export const NETWORK_KINDS: readonly Kind[] = [VPC, SUBNET, GROUP, TABLE, INTERNET, NAT, ENDPOINT, ACL];

const PAGE = { MaxResults: 1000 };
const inVpc = (id: string | undefined) => (id ? relation('in-vpc', VPC, id) : undefined);
const inSubnet = (id: string) => relation('in-subnet', SUBNET, id);

/** What the default VPC of a region holds is made by AWS with it. */
class Defaults {
  readonly #vpcs = new Set<string>();

  add(vpc: string): void {
    this.#vpcs.add(vpc);
  }

  holds(vpc: string | undefined): boolean {
    return vpc !== undefined && this.#vpcs.has(vpc);
  }
}

/** Virtual networks and all that stands in them. The default one is known before what it holds. */
export async function collectNetwork(aws: AwsScope): Promise<void> {
  const defaults = new Defaults();
  await listOf(
    aws,
    [VPC],
    paginateDescribeVpcs,
    PAGE,
    ({ Vpcs }) => Vpcs,
    (vpc) => seeVpc(aws, vpc, defaults),
  );
  await Promise.all([
    listOf(
      aws,
      [SUBNET],
      paginateDescribeSubnets,
      PAGE,
      ({ Subnets }) => Subnets,
      (one) => seeSubnet(aws, one, defaults),
    ),
    listOf(
      aws,
      [GROUP],
      paginateDescribeSecurityGroups,
      PAGE,
      ({ SecurityGroups }) => SecurityGroups,
      (one) => seeGroup(aws, one),
    ),
    listOf(
      aws,
      [TABLE],
      paginateDescribeRouteTables,
      { MaxResults: 100 },
      ({ RouteTables }) => RouteTables,
      (one) => seeTable(aws, one, defaults),
    ),
    listOf(
      aws,
      [INTERNET],
      paginateDescribeInternetGateways,
      PAGE,
      ({ InternetGateways }) => InternetGateways,
      (one) => seeInternet(aws, one, defaults),
    ),
    listOf(
      aws,
      [NAT],
      paginateDescribeNatGateways,
      PAGE,
      ({ NatGateways }) => NatGateways,
      (one) => seeNat(aws, one),
    ),
    listOf(
      aws,
      [ENDPOINT],
      paginateDescribeVpcEndpoints,
      PAGE,
      ({ VpcEndpoints }) => VpcEndpoints,
      (one) => seeEndpoint(aws, one),
    ),
    listOf(
      aws,
      [ACL],
      paginateDescribeNetworkAcls,
      PAGE,
      ({ NetworkAcls }) => NetworkAcls,
      (one) => seeAcl(aws, one, defaults),
    ),
  ]);
}

function seeVpc(aws: AwsScope, vpc: Vpc, defaults: Defaults): void {
  const { VpcId = '', IsDefault, CidrBlock, State } = vpc;
  if (IsDefault) defaults.add(VpcId);
  const { nameTag, ...own } = ofEc2(aws, VPC, 'vpc', VpcId, vpc.Tags);
  aws.see({
    ...own,
    operation: 'DescribeVpcs',
    properties: { cidrBlock: CidrBlock, state: State, isDefault: IsDefault, nameTag },
    builtIn: IsDefault === true,
  });
}

function seeSubnet(aws: AwsScope, subnet: Subnet, defaults: Defaults): void {
  const { nameTag, ...own } = ofEc2(aws, SUBNET, 'subnet', subnet.SubnetId ?? '', subnet.Tags);
  aws.see({
    ...own,
    operation: 'DescribeSubnets',
    properties: {
      vpcId: subnet.VpcId,
      cidrBlock: subnet.CidrBlock,
      availabilityZone: subnet.AvailabilityZone,
      mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch,
      availableIpAddressCount: subnet.AvailableIpAddressCount,
      nameTag,
    },
    relations: [inVpc(subnet.VpcId)],
    builtIn: subnet.DefaultForAz === true && defaults.holds(subnet.VpcId),
  });
}

function seeGroup(aws: AwsScope, group: SecurityGroup): void {
  const {
    nameTag,
    otherNames = [],
    ...own
  } = ofEc2(aws, GROUP, 'security-group', group.GroupId ?? '', group.Tags);
  aws.see({
    ...own,
    otherNames: [...otherNames, group.GroupName === 'default' ? undefined : group.GroupName],
    operation: 'DescribeSecurityGroups',
    properties: {
      groupName: group.GroupName,
      groupDescription: group.Description,
      vpcId: group.VpcId,
      securityGroupIngress: (group.IpPermissions ?? []).map(permissionOf),
      securityGroupEgress: (group.IpPermissionsEgress ?? []).map(permissionOf),
      nameTag,
    },
    relations: [inVpc(group.VpcId)],
    builtIn: group.GroupName === 'default',
  });
}

function seeTable(aws: AwsScope, table: RouteTable, defaults: Defaults): void {
  const { nameTag, ...own } = ofEc2(aws, TABLE, 'route-table', table.RouteTableId ?? '', table.Tags);
  const subnets = (table.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  const isMain = (table.Associations ?? []).some(({ Main }) => Main);
  aws.see({
    ...own,
    operation: 'DescribeRouteTables',
    properties: {
      vpcId: table.VpcId,
      main: isMain,
      subnets,
      routes: (table.Routes ?? []).map(routeOf),
      nameTag,
    },
    relations: [inVpc(table.VpcId), ...subnets.map(inSubnet)],
    builtIn: isMain && (defaults.holds(table.VpcId) || nameTag === undefined),
  });
}

function seeInternet(aws: AwsScope, gateway: InternetGateway, defaults: Defaults): void {
  const { nameTag, ...own } = ofEc2(
    aws,
    INTERNET,
    'internet-gateway',
    gateway.InternetGatewayId ?? '',
    gateway.Tags,
  );
  const vpcs = (gateway.Attachments ?? []).flatMap(({ VpcId }) => VpcId ?? []);
  aws.see({
    ...own,
    operation: 'DescribeInternetGateways',
    properties: { vpcs, nameTag },
    relations: vpcs.map(inVpc),
    builtIn: vpcs.length > 0 && vpcs.every((vpc) => defaults.holds(vpc)),
  });
}

function seeNat(aws: AwsScope, gateway: NatGateway): void {
  // what is deleted is listed for an hour
  if (gateway.State === 'deleted') return;
  const { nameTag, ...own } = ofEc2(aws, NAT, 'natgateway', gateway.NatGatewayId ?? '', gateway.Tags);
  aws.see({
    ...own,
    operation: 'DescribeNatGateways',
    properties: {
      state: gateway.State,
      vpcId: gateway.VpcId,
      subnetId: gateway.SubnetId,
      connectivityType: gateway.ConnectivityType,
      nameTag,
    },
    relations: [inVpc(gateway.VpcId), gateway.SubnetId ? inSubnet(gateway.SubnetId) : undefined],
  });
}

function seeEndpoint(aws: AwsScope, endpoint: VpcEndpoint): void {
  const { nameTag, ...own } = ofEc2(
    aws,
    ENDPOINT,
    'vpc-endpoint',
    endpoint.VpcEndpointId ?? '',
    endpoint.Tags,
  );
  aws.see({
    ...own,
    operation: 'DescribeVpcEndpoints',
    properties: {
      serviceName: endpoint.ServiceName,
      vpcEndpointType: endpoint.VpcEndpointType,
      state: endpoint.State,
      vpcId: endpoint.VpcId,
      subnetIds: endpoint.SubnetIds,
      routeTableIds: endpoint.RouteTableIds,
      securityGroupIds: (endpoint.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      privateDnsEnabled: endpoint.PrivateDnsEnabled,
      policyDocument: endpoint.PolicyDocument,
      nameTag,
    },
    relations: [inVpc(endpoint.VpcId), ...(endpoint.SubnetIds ?? []).map(inSubnet)],
  });
}

function seeAcl(aws: AwsScope, acl: NetworkAcl, defaults: Defaults): void {
  const { nameTag, ...own } = ofEc2(aws, ACL, 'network-acl', acl.NetworkAclId ?? '', acl.Tags);
  aws.see({
    ...own,
    operation: 'DescribeNetworkAcls',
    properties: {
      vpcId: acl.VpcId,
      isDefault: acl.IsDefault,
      subnets: (acl.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
      entries: (acl.Entries ?? []).map(entryOf),
      nameTag,
    },
    relations: [inVpc(acl.VpcId)],
    builtIn: acl.IsDefault === true || defaults.holds(acl.VpcId),
  });
}

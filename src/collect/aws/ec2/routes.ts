import {
  paginateDescribeNatGateways,
  paginateDescribeRouteTables,
  paginateDescribeVpcEndpoints,
  type Route,
} from '@aws-sdk/client-ec2';
import type { RelationFact } from '#model/fact.ts';
import type { AwsScope } from '../aws-collector.ts';
import { relation } from '../parts.ts';
import { policyDocument } from '../policy-document.ts';
import { moment, stated } from '../stated.ts';
import { PAGE, seeTagged } from './tagged.ts';

const TABLE = 'AWS::EC2::RouteTable';
const NAT = 'AWS::EC2::NatGateway';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const VPC = 'AWS::EC2::VPC';
const SUBNET = 'AWS::EC2::Subnet';

const targetOf = (route: Route): string | undefined =>
  route.GatewayId ??
  route.NatGatewayId ??
  route.TransitGatewayId ??
  route.VpcPeeringConnectionId ??
  route.EgressOnlyInternetGatewayId ??
  route.NetworkInterfaceId ??
  route.InstanceId ??
  route.LocalGatewayId ??
  route.CarrierGatewayId ??
  route.CoreNetworkArn;

/** The resources that a route may lead to, by how their ids begin. */
const TARGETS: readonly [prefix: string, kind: RelationFact['to']['kind']][] = [
  ['igw-', 'AWS::EC2::InternetGateway'],
  ['nat-', NAT],
  ['vpce-', ENDPOINT],
];

const leadsTo = (target: string): RelationFact[] =>
  TARGETS.flatMap(([prefix, kind]) => (target.startsWith(prefix) ? relation('routes-to', kind, target) : []));

/** The main table of a VPC is made with it; it is somebody's own as soon as it leads out. */
export async function routeTables(aws: AwsScope, defaults: Promise<ReadonlySet<string>>): Promise<void> {
  await aws.list([TABLE], async () => {
    // this list takes pages of 100 at most
    for await (const { RouteTables = [] } of aws.pages(paginateDescribeRouteTables, { MaxResults: 100 })) {
      const builtIn = await defaults;
      for (const { RouteTableId = '', VpcId, Routes = [], Associations = [], ...table } of RouteTables) {
        const main = Associations.some(({ Main }) => Main === true);
        const targets = [...new Set(Routes.flatMap((route) => targetOf(route) ?? []))];
        seeTagged(aws, {
          kind: TABLE,
          name: RouteTableId,
          type: 'route-table',
          owner: table.OwnerId,
          tags: table.Tags,
          operation: 'DescribeRouteTables',
          properties: {
            vpcId: VpcId,
            main,
            subnets: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
            routes: Routes.map((route) =>
              stated({
                destination:
                  route.DestinationCidrBlock ??
                  route.DestinationIpv6CidrBlock ??
                  route.DestinationPrefixListId,
                target: targetOf(route),
                state: route.State,
              }),
            ),
          },
          relations: [VpcId ? relation('in-vpc', VPC, VpcId) : undefined, ...targets.flatMap(leadsTo)],
          builtIn: main && (builtIn.has(VpcId ?? '') || targets.every((target) => target === 'local')),
        });
      }
    }
  });
}

/** One that was deleted is told for an hour more, and is not there. */
export async function natGateways(aws: AwsScope): Promise<void> {
  await aws.list([NAT], async () => {
    for await (const { NatGateways = [] } of aws.pages(paginateDescribeNatGateways, PAGE))
      for (const { NatGatewayId = '', SubnetId, VpcId, ...gateway } of NatGateways)
        if (gateway.State !== 'deleted')
          seeTagged(aws, {
            kind: NAT,
            name: NatGatewayId,
            type: 'natgateway',
            tags: gateway.Tags,
            operation: 'DescribeNatGateways',
            properties: {
              state: gateway.State,
              connectivityType: gateway.ConnectivityType,
              subnetId: SubnetId,
              vpcId: VpcId,
              publicIps: gateway.NatGatewayAddresses?.flatMap(({ PublicIp }) => PublicIp ?? []),
              failureCode: gateway.FailureCode,
              createTime: moment(gateway.CreateTime),
            },
            relations: [
              SubnetId ? relation('in-subnet', SUBNET, SubnetId) : undefined,
              VpcId ? relation('in-vpc', VPC, VpcId) : undefined,
            ],
          });
  });
}

export async function endpoints(aws: AwsScope): Promise<void> {
  await aws.list([ENDPOINT], async () => {
    for await (const { VpcEndpoints = [] } of aws.pages(paginateDescribeVpcEndpoints, PAGE))
      for (const { VpcEndpointId = '', VpcId, SubnetIds = [], Groups = [], ...endpoint } of VpcEndpoints)
        if (endpoint.State?.toLowerCase() !== 'deleted')
          seeTagged(aws, {
            kind: ENDPOINT,
            name: VpcEndpointId,
            type: 'vpc-endpoint',
            owner: endpoint.OwnerId,
            tags: endpoint.Tags,
            operation: 'DescribeVpcEndpoints',
            properties: {
              serviceName: endpoint.ServiceName,
              vpcEndpointType: endpoint.VpcEndpointType,
              state: endpoint.State,
              privateDnsEnabled: endpoint.PrivateDnsEnabled,
              vpcId: VpcId,
              subnetIds: SubnetIds,
              routeTableIds: endpoint.RouteTableIds,
              groups: Groups.flatMap(({ GroupId }) => GroupId ?? []),
              policyDocument: policyDocument(endpoint.PolicyDocument),
            },
            relations: [
              VpcId ? relation('in-vpc', VPC, VpcId) : undefined,
              ...SubnetIds.map((subnet) => relation('in-subnet', SUBNET, subnet)),
              ...Groups.flatMap(({ GroupId }) =>
                GroupId ? relation('protected-by', 'AWS::EC2::SecurityGroup', GroupId) : [],
              ),
            ],
          });
  });
}

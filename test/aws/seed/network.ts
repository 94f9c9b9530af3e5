import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { each, type Made } from './made.ts';

export interface NetworkDescription {
  /** Names are `Name` tags, and unique among all VPCs. */
  vpcs?: Record<
    string,
    {
      /** `10.0.0.0/16`. */
      cidr: string;
      subnets?: Record<string, { cidr: string; zone: string; routes?: string }>;
      /** Route tables: where `0.0.0.0/0` leads, which is an internet gateway or a NAT of the VPC. */
      routeTables?: Record<string, { internet?: true; nat?: string }>;
      /** Each stands in a subnet. */
      nats?: Record<string, { subnet: string }>;
      securityGroups?: Record<string, { ingress?: Ingress[] }>;
    }
  >;
}

/** What may come in: from addresses, or from another security group of the description. */
export interface Ingress {
  /** One port, or the first and the last. */
  port: number | [number, number];
  protocol?: 'tcp' | 'udp';
  from: string;
}

type Vpc = NonNullable<NetworkDescription['vpcs']>[string];

export async function seedNetwork(made: Made, { vpcs }: NetworkDescription): Promise<void> {
  const ec2 = made.client(EC2Client);
  const named = async (what: string, name: string, id: string | undefined) => {
    const Resources = [made.keep(what, name, id)];
    await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'Name', Value: name }] }));
  };
  await each(vpcs, async (name, vpc) => {
    await named('vpc', name, (await ec2.send(new CreateVpcCommand({ CidrBlock: vpc.cidr }))).Vpc?.VpcId);
    const VpcId = made.id('vpc', name);
    await each(vpc.subnets, async (subnet, { cidr, zone }) => {
      const AvailabilityZone = `${made.region}${zone}`;
      const command = new CreateSubnetCommand({ VpcId, CidrBlock: cidr, AvailabilityZone });
      await named('subnet', subnet, (await ec2.send(command)).Subnet?.SubnetId);
    });
    await each(vpc.securityGroups, async (GroupName) => {
      const command = new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId });
      await named('security-group', GroupName, (await ec2.send(command)).GroupId);
    });
    await each(vpc.securityGroups, (group, { ingress = [] }) => admit(made, group, ingress));
    await each(vpc.nats, async (nat, { subnet }) => {
      const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
      const command = new CreateNatGatewayCommand({ SubnetId: made.id('subnet', subnet), AllocationId });
      await named('nat', nat, (await ec2.send(command)).NatGateway?.NatGatewayId);
    });
    await seedRoutes(made, name, vpc, named);
  });
}

async function admit(made: Made, group: string, ingress: Ingress[]): Promise<void> {
  const ec2 = made.client(EC2Client);
  for (const { port, protocol = 'tcp', from } of ingress) {
    const [FromPort, ToPort] = typeof port === 'number' ? [port, port] : port;
    const source = from.includes('/')
      ? { IpRanges: [{ CidrIp: from }] }
      : { UserIdGroupPairs: [{ GroupId: made.id('security-group', from) }] };
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: made.id('security-group', group),
        IpPermissions: [{ IpProtocol: protocol, FromPort, ToPort, ...source }],
      }),
    );
  }
}

async function seedRoutes(
  made: Made,
  vpcName: string,
  { routeTables, subnets }: Vpc,
  named: (what: string, name: string, id: string | undefined) => Promise<void>,
): Promise<void> {
  const ec2 = made.client(EC2Client);
  const VpcId = made.id('vpc', vpcName);
  if (Object.values(routeTables ?? {}).some(({ internet }) => internet)) {
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = made.keep('internet-gateway', vpcName, InternetGateway?.InternetGatewayId);
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  }
  await each(routeTables, async (table, { internet, nat }) => {
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    await named('route-table', table, RouteTable?.RouteTableId);
    const route: CreateRouteCommandInput = {
      RouteTableId: made.id('route-table', table),
      DestinationCidrBlock: '0.0.0.0/0',
      ...(internet && { GatewayId: made.id('internet-gateway', vpcName) }),
      ...(nat !== undefined && { NatGatewayId: made.id('nat', nat) }),
    };
    if (internet || nat) await ec2.send(new CreateRouteCommand(route));
  });
  await each(subnets, async (subnet, { routes }) => {
    if (routes === undefined) return;
    const SubnetId = made.id('subnet', subnet);
    await ec2.send(
      new AssociateRouteTableCommand({ SubnetId, RouteTableId: made.id('route-table', routes) }),
    );
  });
}

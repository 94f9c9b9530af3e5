import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupEgressCommand,
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
  CreateVpcEndpointCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  RevokeSecurityGroupEgressCommand,
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
      securityGroups?: Record<string, { ingress?: Ingress[]; egress?: Egress[] }>;
      /** By name: a gateway where it names route tables, else an interface in subnets. */
      endpoints?: Record<string, Endpoint>;
    }
  >;
}

/** A way to a service of AWS that does not leave the VPC. */
interface Endpoint {
  /** As the API names it, without the region before it: `ecr.dkr`. */
  service: string;
  routeTables?: string[];
  subnets?: string[];
  securityGroups?: string[];
}

/** What may go out. A group for which none is described lets everything out, as AWS makes it. */
export interface Egress {
  port: number | [number, number];
  protocol?: 'tcp' | 'udp';
  to: string;
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
    await each(vpc.securityGroups, async (group, { ingress = [], egress }) => {
      await admit(made, group, ingress);
      if (egress) await restrict(made, group, egress);
    });
    await each(vpc.nats, async (nat, { subnet }) => {
      const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
      const command = new CreateNatGatewayCommand({
        SubnetId: made.id('subnet', subnet),
        AllocationId,
        ConnectivityType: 'public',
      });
      await named('nat', nat, (await ec2.send(command)).NatGateway?.NatGatewayId);
    });
    await seedRoutes(made, name, vpc, named);
    if (vpc.endpoints)
      for (const setting of ['EnableDnsSupport', 'EnableDnsHostnames'])
        await ec2.send(new ModifyVpcAttributeCommand({ VpcId, [setting]: { Value: true } }));
    await each(vpc.endpoints, async (endpoint, { service, routeTables, subnets, securityGroups }) => {
      const command = new CreateVpcEndpointCommand({
        VpcId,
        ServiceName: `com.amazonaws.${made.region}.${service}`,
        ...(routeTables
          ? { VpcEndpointType: 'Gateway', RouteTableIds: made.ids('route-table', routeTables) }
          : {
              VpcEndpointType: 'Interface',
              SubnetIds: made.ids('subnet', subnets),
              SecurityGroupIds: made.ids('security-group', securityGroups),
              PrivateDnsEnabled: true,
            }),
      });
      await named('endpoint', endpoint, (await ec2.send(command)).VpcEndpoint?.VpcEndpointId);
    });
  });
}

/** Another end of a rule: addresses, or a security group of the description. */
const endOf = (made: Made, end: string) =>
  end.includes('/')
    ? { IpRanges: [{ CidrIp: end }] }
    : { UserIdGroupPairs: [{ GroupId: made.id('security-group', end) }] };

/** Takes away the rule that lets everything out, and puts others in its place. */
async function restrict(made: Made, group: string, egress: Egress[]): Promise<void> {
  const ec2 = made.client(EC2Client);
  const GroupId = made.id('security-group', group);
  const all = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [all] }));
  for (const { port, protocol = 'tcp', to } of egress) {
    const [FromPort, ToPort] = typeof port === 'number' ? [port, port] : port;
    await ec2.send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId,
        IpPermissions: [{ IpProtocol: protocol, FromPort, ToPort, ...endOf(made, to) }],
      }),
    );
  }
}

async function admit(made: Made, group: string, ingress: Ingress[]): Promise<void> {
  const ec2 = made.client(EC2Client);
  for (const { port, protocol = 'tcp', from } of ingress) {
    const [FromPort, ToPort] = typeof port === 'number' ? [port, port] : port;
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: made.id('security-group', group),
        IpPermissions: [{ IpProtocol: protocol, FromPort, ToPort, ...endOf(made, from) }],
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

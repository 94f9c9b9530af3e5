import {
  AssociateRouteTableCommand,
  AssociateVpcCidrBlockCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateManagedPrefixListCommand,
  CreateRouteCommand,
  type CreateRouteCommandInput,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTransitGatewayCommand,
  CreateVpcEndpointCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { type Maker, REGION } from '../account.ts';
import { answers, balancer, service } from './parts.ts';

/** Tasks in subnets of every way out but a NAT gateway: through another network, a firewall, lists, or IPv6. */
export async function egress(m: Maker) {
  const ec2 = m.client(EC2Client);
  const VpcId = m.id('vpc', 'trial');
  await balancer(m, 'outward');
  await m.listener('outward', 443, { DefaultActions: [answers('404')] } as never, ['region']);
  const { TransitGateway } = await ec2.send(new CreateTransitGatewayCommand({}));
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'services',
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: [{ Cidr: '52.0.0.0/8' }],
    }),
  );
  const { VpcEndpoint } = await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId,
      ServiceName: `com.amazonaws.vpce.${REGION}.vpce-svc-0a1b2c3d4e5f60718`,
      VpcEndpointType: 'GatewayLoadBalancer',
      SubnetIds: [m.id('subnet', 'public-a')],
    }),
  );
  const { Ipv6CidrBlockAssociation } = await ec2.send(
    new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }),
  );
  const block = Ipv6CidrBlockAssociation?.Ipv6CidrBlock?.replace('/56', '/64');
  const { EgressOnlyInternetGateway } = await ec2.send(new CreateEgressOnlyInternetGatewayCommand({ VpcId }));
  const TransitGatewayId = TransitGateway?.TransitGatewayId;
  const ways: Record<string, Partial<CreateRouteCommandInput>[]> = {
    transit: [{ DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId }],
    firewall: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: VpcEndpoint?.VpcEndpointId }],
    lists: [{ DestinationPrefixListId: PrefixList?.PrefixListId, TransitGatewayId }],
    hub: [{ DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId }],
    six: [
      {
        DestinationIpv6CidrBlock: '::/0',
        EgressOnlyInternetGatewayId: EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId,
      },
    ],
  };
  for (const [index, [name, routes]] of Object.entries(ways).entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId,
        CidrBlock: `10.20.${30 + index}.0/24`,
        AvailabilityZone: `${REGION}a`,
        ...(name === 'six' && { Ipv6CidrBlock: block }),
      }),
    );
    m.keep('subnet', name, Subnet?.SubnetId);
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = m.keep('route-table', name, RouteTable?.RouteTableId);
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: Subnet?.SubnetId }));
    for (const route of routes) await ec2.send(new CreateRouteCommand({ RouteTableId, ...route }));
    await m.group(name, { Port: 3000 }, [{ Id: `10.20.${30 + index}.9`, Port: 3000 }]);
    await service(m, name, [name], {
      service: {
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [Subnet?.SubnetId ?? ''],
            securityGroups: m.ids('security-group', ['inside']),
          },
        },
      },
    });
    const Values = [`${name}.trial.example`];
    await m.rule(
      'outward',
      443,
      index + 1,
      [{ Field: 'host-header', HostHeaderConfig: { Values } }],
      m.forward(name),
    );
  }
  await m.records(
    'trial.example',
    Object.keys(ways).map((name) => m.toBalancer(`${name}.trial.example`, 'outward')),
  );
}

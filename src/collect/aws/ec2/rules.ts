import type { IpPermission, NetworkAclEntry, Route } from '@aws-sdk/client-ec2';
import type { Json } from '#model/fact.ts';
import { stated } from '../stated.ts';

/** One permission of a security group: protocol, ports, and who. `-1` is every protocol. */
export const permissionOf = (permission: IpPermission): Json =>
  stated({
    protocol: permission.IpProtocol,
    fromPort: permission.FromPort,
    toPort: permission.ToPort,
    from: [
      ...(permission.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
      ...(permission.Ipv6Ranges ?? []).flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
      ...(permission.PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
      ...(permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    ],
  });

/** One route: where to, and through what. */
export const routeOf = (route: Route): Json =>
  stated({
    destination:
      route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId,
    target:
      route.GatewayId ??
      route.NatGatewayId ??
      route.TransitGatewayId ??
      route.VpcPeeringConnectionId ??
      route.EgressOnlyInternetGatewayId ??
      route.NetworkInterfaceId ??
      route.InstanceId,
    state: route.State,
  });

/** One entry of a network ACL, in its order. */
export const entryOf = (entry: NetworkAclEntry): Json =>
  stated({
    number: entry.RuleNumber,
    egress: entry.Egress,
    action: entry.RuleAction,
    protocol: entry.Protocol,
    cidr: entry.CidrBlock ?? entry.Ipv6CidrBlock,
    fromPort: entry.PortRange?.From,
    toPort: entry.PortRange?.To,
  });

import type { Resource } from '#model/resource.ts';
import { codes } from '#model/text.ts';
import { type Graph, seenOf } from '../graph.ts';
import { groupsOf, type Network, textOf, textsOf } from './network.ts';
import { EPHEMERAL, LINUX_EPHEMERAL, type Ports } from './network-acls.ts';
import { type Range, rangesOf } from './ranges.ts';
import type { Peer } from './security-groups.ts';

/** Network interfaces that are alike: those of the tasks of a service, of a load balancer, of a host. */
export interface Interfaces {
  account?: string;
  region?: string;
  /** Ids: there is one in each of them, or may be. */
  subnets: readonly string[];
  /** Ids of the security groups that all bear; empty where none filters, undefined where nobody knows. */
  groups: readonly string[] | undefined;
  /** Their IPv4 addresses, where they are known: else any of their subnets. */
  addresses?: readonly string[];
  /** What the other end sees in place of their own addresses: the clients of a balancer that keeps their addresses. */
  sources?: readonly string[];
  /** The ports from which they connect; those of Linux unless told otherwise. */
  clientPorts?: Ports;
  /** Whether they have a public IPv4 address; undefined where nobody knows. */
  hasPublicAddress?: boolean;
}

/** The interfaces of a resource of AWS; undefined for what has none in a network of the account. */
export function interfacesOf(graph: Graph, resource: Resource): Interfaces | undefined {
  const seen = seenOf(resource);
  const near = {
    ...(resource.account !== undefined && { account: resource.account }),
    ...(resource.region !== undefined && { region: resource.region }),
  };
  switch (resource.kind) {
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer': {
      const subnets = textsOf(seen.subnets);
      // a network load balancer may have been made without groups; an application one always has some
      const groups = textsOf(seen.securityGroups) ?? (seen.type === 'network' ? [] : undefined);
      return subnets && { ...near, subnets, groups, clientPorts: EPHEMERAL };
    }
    case 'AWS::ECS::Service': {
      const subnets = textsOf(seen.subnets);
      if (!subnets || subnets.length === 0) return undefined;
      const groups = textsOf(seen.securityGroups);
      const { assignPublicIp } = seen;
      return {
        ...near,
        subnets,
        // a service that names none has the default group of its VPC: AwsVpcConfiguration, ECS API Reference
        groups: groups && groups.length > 0 ? groups : defaultGroupOf(graph, near, subnets),
        ...(typeof assignPublicIp === 'string' && { hasPublicAddress: assignPublicIp === 'ENABLED' }),
      };
    }
    case 'AWS::EC2::Instance': {
      const [subnet, address] = [textOf(seen.subnetId), textOf(seen.privateIp)];
      return subnet === undefined
        ? undefined
        : {
            ...near,
            subnets: [subnet],
            groups: textsOf(seen.securityGroupIds),
            ...(address !== undefined && { addresses: [address] }),
            hasPublicAddress: textOf(seen.publicIp) !== undefined,
          };
    }
    case 'AWS::Lambda::Function': {
      const subnets = textsOf(seen.subnetIds);
      if (!subnets || subnets.length === 0) return undefined;
      const groups = textsOf(seen.securityGroupIds);
      // its interfaces never have a public address: “Internet access for VPC-connected functions”, Lambda guide
      return { ...near, subnets, groups, clientPorts: EPHEMERAL, hasPublicAddress: false };
    }
    default: {
      const subnets = textsOf(seen.subnetIds) ?? textsOf(seen.subnets);
      return subnets && subnets.length > 0 ? { ...near, subnets, groups: groupsOf(resource) } : undefined;
    }
  }
}

function defaultGroupOf(
  graph: Graph,
  near: { account?: string; region?: string },
  [first]: readonly string[],
): string[] | undefined {
  const subnet = first === undefined ? undefined : graph.named('AWS::EC2::Subnet', first, near);
  const vpc = subnet && textOf(seenOf(subnet).vpcId);
  const group =
    vpc !== undefined &&
    graph
      .all('AWS::EC2::SecurityGroup')
      .find((one) => seenOf(one).vpcId === vpc && seenOf(one).groupName === 'default');
  return group ? [group.name] : undefined;
}

export const clientPortsOf = ({ clientPorts = LINUX_EPHEMERAL }: Interfaces): Ports => clientPorts;

/** The addresses that the other end meets, of those in one subnet. */
export function rangesIn({ addresses, sources }: Interfaces, subnet: Resource): Range[] {
  if (sources) return rangesOf(sources);
  const own = rangesOf(cidrsIn(subnet));
  const known = rangesOf(addresses ?? []).filter((one) =>
    own.some(({ first, last }) => first <= one.first && one.last <= last),
  );
  return known.length > 0 ? known : own;
}

/** The block of a subnet, where it has one of IPv4. */
export const cidrsIn = (subnet: Resource): string[] => {
  const cidr = textOf(seenOf(subnet).cidrBlock);
  return cidr === undefined ? [] : [cidr];
};

/** Interfaces in one subnet, as the rules of others see them. */
export function peerOf(network: Network, ends: Interfaces, subnet: Resource): Peer {
  const subnets = ends.subnets.flatMap((id) => network.subnet(id).resource ?? []);
  const cidrs = ends.sources ?? subnets.flatMap(cidrsIn);
  const groups = ends.sources ? [] : ends.groups;
  return {
    label: codes(groups && groups.length > 0 ? groups : cidrs),
    key: [...(groups ?? ['?']), ...cidrs].join(),
    ranges: rangesIn(ends, subnet),
    cidrs: ends.sources ?? cidrsIn(subnet),
    groups,
    lists: [],
  };
}

import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { say } from '../checks.ts';
import type { Graph } from '../graph.ts';
import { cloudFrontList } from './cloudfront-lists.ts';
import { edgeFromInternet } from './edges.ts';
import type { Interfaces } from './interfaces.ts';
import { type Network, networkOf } from './network.ts';
import { groupVerdict, internetPeer, type Peer } from './security-groups.ts';
import { type NetworkSide, sidesOf, type Verdict, wayOf } from './verdict.ts';
import { wayOut } from './way-out.ts';

/** Who asks: anybody, or CloudFront for them. */
export type Source = 'internet' | 'cloudfront';

const peerOf = (source: Source, region: string | undefined): Peer => {
  if (source === 'internet') return internetPeer();
  const list = cloudFrontList(region);
  return {
    ...internetPeer(list === undefined ? [] : [list]),
    label: say('CloudFront', 'CloudFront'),
    key: 'cloudfront',
  };
};

/**
 * Whether requests from the internet reach an internet-facing load balancer or a public host, and their answers get back:
 * groups, lists at the edges of the subnets, and a route to an internet gateway of the VPC.
 */
export function fromInternet(
  graph: Graph,
  ends: Interfaces,
  {
    port,
    source = 'internet',
    isForAll: isAsked = true,
  }: {
    port: number;
    source?: Source;
    /** Whether everybody should be let in; where only a CDN need be, what lets in some is enough. */
    isForAll?: boolean;
  },
): NetworkSide[] {
  const network = networkOf(graph, ends);
  const peer = peerOf(source, ends.region);
  const isForAll = isAsked && source === 'internet';
  const verdicts = ends.subnets.flatMap((id): Verdict[] => {
    const way = wayOf(source, id);
    const flow = { protocol: 'tcp', port, way, isForAll } as const;
    const filters = groupVerdict(network, {
      ...flow,
      groups: ends.groups,
      direction: 'ingress',
      peer,
      subnets: [id],
    });
    const { resource: subnet, refusal } = network.subnet(id);
    if (!subnet)
      return [
        ...filters,
        {
          id: 'route-missing',
          result: 'unknown',
          topic: `${id} unseen`,
          way,
          subnets: [id],
          text: say(`Le sous-réseau ${code(id)} n’a pas été vu`, `Subnet ${code(id)} was not seen`),
          refusal,
        },
      ];
    return [
      ...routeBack(network, subnet, way),
      ...publicAddress(ends, subnet, way),
      ...filters,
      ...edgeFromInternet(network, subnet, peer.label, flow),
    ];
  });
  return sidesOf(
    verdicts,
    ends.subnets.map((id) => wayOf(source, id)),
  );
}

/** Answers go back by the gateway by which requests come: “Enable internet access for a VPC”, Amazon VPC User Guide. */
function routeBack(network: Network, subnet: Resource, way: string): Verdict[] {
  const out = wayOut({ network, subnet, way, subnets: [subnet.name] });
  const [first] = out.verdicts;
  if (out.by !== 'nat-gateway' || !first || !out.table) return out.verdicts;
  return [
    {
      ...first,
      result: 'fail',
      text: say(
        `La table de routage ${code(out.table.name)} mène à Internet par une passerelle NAT\u00a0: ce qui vient d’Internet n’atteint pas le sous-réseau`,
        `Route table ${code(out.table.name)} leads to the internet by a NAT gateway: what comes from there does not reach the subnet`,
      ),
    },
  ];
}

function publicAddress({ hasPublicAddress }: Interfaces, subnet: Resource, way: string): Verdict[] {
  if (hasPublicAddress === undefined) return [];
  return [
    {
      id: 'public-ip-missing',
      result: hasPublicAddress ? 'pass' : 'fail',
      topic: 'public address',
      at: subnet,
      way,
      subnets: [subnet.name],
      text: hasPublicAddress
        ? say('Une adresse IP publique est attribuée', 'A public IP address is assigned')
        : say(
            'Aucune adresse IP publique n’est attribuée\u00a0: rien ne vient d’Internet',
            'No public IP address is assigned: nothing comes from the internet',
          ),
    },
  ];
}

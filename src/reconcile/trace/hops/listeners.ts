import type { CallEvidence } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Path } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { type Graph, type Near, seenOf } from '../graph.ts';
import { asNumber, asText } from '../values.ts';

export const LISTENER: Kind = 'AWS::ElasticLoadBalancingV2::Listener';

export const nearOf = ({ account, region }: Resource): Near => ({
  ...(account !== undefined && { account }),
  ...(region !== undefined && { region }),
});

/** A protocol of a listener that is encrypted. */
export const isSecure = (protocol: string) => protocol === 'HTTPS' || protocol === 'TLS';

export interface Listening {
  port: number;
  protocol: string;
  listener: Resource;
}

/** The load balancers of a path that the internet reaches, as what comes before them would ask. */
export function balancersOf(
  { hops }: Path,
  known: ReadonlyMap<string, Resource>,
): { host: string; port: number; scheme: string; hostHeader: string }[] {
  const [first] = hops;
  return hops.flatMap(({ resource: id, role, request }) => {
    const resource = known.get(id);
    const seen = resource && seenOf(resource);
    const host = asText(seen?.dnsName);
    if (role !== 'load-balancer' || !request || host === undefined || seen?.scheme !== 'internet-facing')
      return [];
    return [
      { host, port: request.port, scheme: request.scheme, hostHeader: first?.request?.host ?? request.host },
    ];
  });
}

/** Where a load balancer listens, and why that may not be all. */
export function portsOf(
  graph: Graph,
  balancer: Resource,
): { ports: Listening[]; refusal?: Refusal; evidence: CallEvidence[] } {
  const listeners = graph.into(balancer, 'part-of', LISTENER);
  const refusal = graph.unseen(LISTENER, nearOf(balancer), balancer.name);
  return {
    ports: listeners
      .flatMap((listener) => {
        const seen = seenOf(listener);
        const port = asNumber(seen.port);
        return port === undefined ? [] : [{ port, protocol: asText(seen.protocol) ?? '', listener }];
      })
      .sort((a, b) => a.port - b.port),
    ...(refusal && { refusal }),
    evidence: listeners[0]?.observed ?? balancer.observed,
  };
}

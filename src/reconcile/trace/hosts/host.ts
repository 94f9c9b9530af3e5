import { isIpAddress } from '#lib/ip-address.ts';
import type { HostState } from '#model/host.ts';
import type { PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import type { Graph } from '../graph.ts';
import type { HopModel, Passage } from '../hop.ts';
import { coveredBy } from '../names.ts';
import { addressOf } from './address.ts';
import {
  type At,
  hopAt,
  isLoopback,
  type Onward,
  onward,
  partsOf,
  plainHost,
  refusalOf,
  together,
} from './at.ts';
import { meet } from './endpoint.ts';
import { reachCheck } from './firewall.ts';
import { listeningAt, mayForward, unitMeantFor } from './listening.ts';

/**
 * Hosts: what listens on the port, whether the firewall lets it in, and what answers there: a container or a process, by the
 * proxy in it and on to where that leads.
 */
export const hosts: HopModel = {
  kinds: ['Host'],
  role: 'host',
  pass({ resource, request, passed }, graph): Passage {
    const state = stateOf(resource, graph);
    if (!state) return { checks: [] };
    return enter({
      state,
      graph,
      request,
      entered: [],
      passed: [...passed, resource],
      ways: { enter, meet },
    });
  },
};

/** What a host was seen to run, where it was read. */
export const stateOf = ({ kind, account, name }: Resource, graph: Graph): HostState | undefined =>
  kind === 'Host' ? graph.hosts.find((one) => one.name === (account ?? name)) : undefined;

/** How often a client may be sent elsewhere before it is taken for a loop. */
const MOST_ENTRIES = 6;

function enter(at: At): Onward {
  const { state, request } = at;
  const { scheme, host, port, path } = request;
  const where = `${scheme}://${host}:${port}${path}`;
  if (at.entered.length >= MOST_ENTRIES) return onward();
  const here: At = { ...at, entered: [...at.entered, where] };
  const shown = code(port);
  const found = listeningAt(state, port);
  if ('endpoint' in found) {
    const { endpoint, listener } = found;
    const isOfOne = listener && !listener.isAnyAddress;
    const inner = isOfOne ? { ...here, address: listener.address } : here;
    if (!listener) return meet(inner, endpoint);
    const name = addressOf(listener.address, port);
    return hopAt(inner, { kind: 'Host::Listener', name, role: 'listener' }, (there) => {
      const who = listener.container ?? listener.unit ?? listener.process?.name;
      const told = onward({
        checks: [
          pass(
            'host-port-closed',
            who === undefined
              ? say(`${code(name)} est en écoute`, `${code(name)} is listened on`)
              : say(`${code(name)} est à ${code(who)}`, `${code(name)} is of ${code(who)}`),
            partsOf(there, 'listeners', { port }),
          ),
          reachCheck(there, listener),
        ],
      });
      return together(told, meet(there, endpoint));
    });
  }
  const refusal = refusalOf(state, 'listeners');
  const parts = partsOf(here, 'listeners', { port });
  if (refusal || mayForward(state))
    return onward({
      checks: [
        unknown(
          'host-port-closed',
          say(
            `on ne sait pas ce qui écoute sur le port ${shown}`,
            `what listens on port ${shown} is not known`,
          ),
          refusal,
          parts,
        ),
      ],
    });
  const local = found.elsewhere.find((one) => isLoopback(one.address));
  // a unit that does not run says more than a port that is closed
  const meant = local || refusalOf(state, 'units') ? undefined : unitMeantFor(state, port);
  if (meant) return meet(here, { unit: meant });
  return onward({
    checks: [
      fail(
        'host-port-closed',
        local
          ? say(
              `le port ${shown} n’est écouté qu’à ${code(local.address)}`,
              `port ${shown} is listened on at ${code(local.address)} alone`,
            )
          : say(
              `rien n’écoute sur le port ${shown} de ${code(state.name)}`,
              `nothing listens on port ${shown} of ${code(state.name)}`,
            ),
        parts,
      ),
    ],
  });
}

/** A host at which a request may come in, though no DNS was read that says so. */
export interface Meant {
  state: HostState;
  /** A router or server of it names the host that is asked for: nothing else that was read does. */
  isNamed: boolean;
}

/** The one host whose proxies name what is asked for, else the one that was read and takes any name. */
export function hostMeant(graph: Graph, { host }: PathRequest): Meant | undefined {
  const name = plainHost(host);
  if (isIpAddress(name) || graph.hosts.length === 0) return undefined;
  const naming = graph.hosts.filter(({ proxies }) =>
    proxies.some(({ routers }) =>
      routers.some(({ match }) => match.hosts.some((one) => one !== '*' && coveredBy(name, [one]))),
    ),
  );
  const [own] = naming;
  if (own) return naming.length === 1 ? { state: own, isNamed: true } : undefined;
  const [only] = graph.hosts;
  return graph.hosts.length === 1 && only ? { state: only, isNamed: false } : undefined;
}

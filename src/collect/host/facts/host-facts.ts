import type { Fact, Kind } from '#model/fact.ts';
import type { HostPart, HostState } from '#model/host.ts';
import type { Lookup, Observation } from '#model/lookup.ts';
import type { DeclaredNames } from '../../declared-names.ts';
import { containerFacts } from './container-facts.ts';
import { observed } from './observed.ts';
import { proxyFacts } from './proxy-facts.ts';
import { addressOf, cronFacts, unitFacts } from './unit-facts.ts';

/** What each kind of a host is listed by: where one of these was not read, nothing of the kind is known to be absent. */
const LISTS: readonly [Kind, readonly HostPart[]][] = [
  ['Systemd::Unit', ['units']],
  ['Host::Listener', ['listeners']],
  ['Cron::Job', ['cron']],
  ['Host::Certificate', ['certificates']],
  ['Docker::Container', ['containers']],
  ['Compose::Service', ['containers']],
  ['Docker::Network', ['networks']],
  ['Docker::Volume', ['volumes']],
  ['Traefik::EntryPoint', ['traefik']],
  ['Traefik::Router', ['traefik']],
  ['Traefik::Service', ['traefik']],
  ['Traefik::Middleware', ['traefik']],
  ['Nginx::Server', ['nginx']],
  ['Nginx::Upstream', ['nginx']],
  ['Caddy::Site', ['caddy']],
  ['HAProxy::Frontend', ['haproxy']],
  ['HAProxy::Backend', ['haproxy']],
];

/** Above this port the kernel gives ports out by itself. ip-sysctl, `ip_local_port_range`. */
const FIRST_EPHEMERAL = 32_768;

/** What a host that was read says, as facts. */
export function hostFacts(state: HostState, declared: DeclaredNames): Fact[] {
  return [
    hostFact(state),
    ...unitFacts(state, (name) => declared.has('Systemd::Unit', name)),
    ...cronFacts(state),
    ...containerFacts(state),
    ...proxyFacts(state),
    ...listenerFacts(state),
    ...state.certificates.map((one) =>
      observed(state, {
        kind: 'Host::Certificate',
        name: one.path,
        operation: 'certificates',
        properties: {
          names: one.names,
          issuer: one.issuer,
          until: one.until,
          days: one.days,
          usedBy: one.usedBy,
        },
        builtIn: true,
      }),
    ),
  ];
}

function hostFact(state: HostState): Fact {
  const addresses = state.interfaces
    .filter(({ isUp, name }) => isUp && !/^(?:lo|docker|br-|veth|virbr|cni|podman)/.test(name))
    .map(({ address }) => address);
  return observed(state, {
    kind: 'Host',
    name: state.name,
    operation: 'system',
    otherNames: [
      ...new Set([...(state.hostname === undefined ? [] : [state.hostname]), ...addresses]),
    ].filter((name) => name !== state.name),
    properties: {
      hostname: state.hostname,
      system: state.system?.title,
      kernel: state.system?.kernel,
      addresses,
      engines: state.engines.map(({ product, version }) => `${product} ${version}`),
    },
    // it was given by whoever started the audit
    builtIn: true,
  });
}

/** Ports that are listened on, told with what listens: nobody declares them by themselves. */
const listenerFacts = (state: HostState): Fact[] =>
  [
    ...new Map(
      state.listeners
        .filter(
          ({ port, protocol, address }) =>
            port < FIRST_EPHEMERAL || (protocol === 'tcp' && !isLoopback(address)),
        )
        .map((one) => [listenerName(one), one]),
    ),
  ].map(([name, one]) =>
    observed(state, {
      kind: 'Host::Listener',
      name,
      operation: 'ss',
      properties: {
        address: one.address,
        port: one.port,
        protocol: one.protocol,
        process: one.process?.name,
        unit: one.unit,
        container: one.container,
        reach: one.reach?.from,
        reachBecause: one.reach?.because,
      },
      relations: [
        ...(one.unit === undefined
          ? []
          : [{ type: 'routes-to', to: { kind: 'Systemd::Unit' as const, name: one.unit } }]),
        ...(one.container === undefined
          ? []
          : [{ type: 'routes-to', to: { kind: 'Docker::Container' as const, name: one.container } }]),
      ],
      builtIn: true,
    }),
  );

/** The name of a listener: `0.0.0.0:8001`, `[::]:53/udp`. */
export const listenerName = ({
  address,
  port,
  protocol,
}: {
  address: string;
  port: number;
  protocol: string;
}): string => `${addressOf(address, port)}${protocol === 'tcp' ? '' : `/${protocol}`}`;

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** What was looked for on a host, and what of it was not seen in full. */
export function observationOf(state: HostState): Observation {
  const lookups: Lookup[] = LISTS.map(([kind, parts]) => {
    const refusal = parts.map((part) => state.refusals[part]).find((one) => one !== undefined);
    return { source: 'host', kind, account: state.name, ...(refusal && { refusal }) };
  });
  return {
    source: 'host',
    account: state.name,
    regions: [],
    kinds: new Set(LISTS.map(([kind]) => kind)),
    lookups,
  };
}

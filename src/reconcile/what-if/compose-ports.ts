import type { ComposeService } from '#model/artifacts.ts';
import { code, codes } from '#model/text.ts';
import type { Effect } from '#model/what-if.ts';
import { isOnHost } from './addresses.ts';
import {
  dependentsOf,
  isOwn,
  needsOf,
  ownContainers,
  type Start,
  type WantedPort,
  wantedPort,
} from './compose-start.ts';
import { isUp, lineOf, say, seen, withFirst } from './effect.ts';
import { freePort, type Holder, holderAffected, holderText, holds } from './holders.ts';

/** Why a service cannot be started, if it cannot: its ports are what the engine asks for last. */
export function portCollision(
  start: Start,
  service: ComposeService,
  wanted: readonly WantedPort[],
  holders: readonly Holder[],
): Effect | undefined {
  const at = wanted.findIndex((one) => one.service === service.name);
  const earlier = wanted.slice(0, Math.max(at, 0));
  for (const port of wanted.filter((one) => one.service === service.name)) {
    const absent = addressMissing(start, port);
    if (absent) return absent;
    const twice = port.isAnyOf
      ? undefined
      : earlier.find((one) => !one.isAnyOf && one.from <= port.to && port.from <= one.to && alike(one, port));
    if (twice) return inFile(start, port, twice);
    const inTheWay = holders.filter((holder) => !isReleased(start, holder) && holds(holder, port));
    const [first] = inTheWay;
    const isTaken = port.isAnyOf
      ? new Set(inTheWay.map((holder) => holder.port)).size > port.to - port.from
      : first !== undefined;
    if (isTaken && first) return taken(start, service, port, first, holders, wanted);
  }
  return undefined;
}

/** Two published ports of one file that cannot both be bound. */
const alike = (a: WantedPort, b: WantedPort): boolean =>
  a.protocol === b.protocol &&
  holds(
    {
      ...b,
      port: a.from,
      address: '',
      isDualStack: false,
      evidence: { source: 'host', operation: '', at: '' },
    },
    { ...a, to: a.from },
  );

/**
 * A container that the file recreates gives its ports back first, and one that stays as it is asks for none. Compose
 * replaces containers before it starts any.
 */
const isReleased = (start: Start, { container }: Holder): boolean =>
  container !== undefined && isOwn(start, container);

const shown = ({ address, from, to, protocol }: WantedPort): string =>
  `${address === undefined ? '' : `${address}:`}${from === to ? from : `${from}-${to}`}${protocol === 'tcp' ? '' : `/${protocol}`}`;

export const shownPorts = (wanted: readonly WantedPort[], service: string): string[] =>
  wanted.filter((one) => one.service === service).map(shown);

function addressMissing(start: Start, port: WantedPort): Effect | undefined {
  if (port.address === undefined || typeof port.bound === 'string') return undefined;
  if (isOnHost(start.host, port.address) !== false) return undefined;
  return {
    id: 'port-collision',
    fails: true,
    severity: 'medium',
    text: say(
      `Le service ${code(port.service)} publierait ${code(shown(port))}, et aucune interface de l’hôte n’a l’adresse ${code(port.address)}\u00a0: Docker refuse de le démarrer.`,
      `Service ${code(port.service)} would publish ${code(shown(port))}, and no interface of the host has the address ${code(port.address)}: Docker refuses to start it.`,
    ),
    evidence: withFirst(lineOf(start.file.file, port.line), [seen(start.host, 'ip address')]),
    affects: [{ kind: 'Compose::Service', name: port.service }],
  };
}

function inFile(start: Start, port: WantedPort, twice: WantedPort): Effect {
  return {
    id: 'port-collision',
    fails: true,
    severity: 'medium',
    text: say(
      `Les services ${code(twice.service)} et ${code(port.service)} de ce fichier publient tous deux ${code(shown(port))}\u00a0: un seul des deux démarre.`,
      `Services ${code(twice.service)} and ${code(port.service)} of this file both publish ${code(shown(port))}: only one of them starts.`,
    ),
    evidence: withFirst(lineOf(start.file.file, port.line), [lineOf(start.file.file, twice.line)]),
    affects: [{ kind: 'Compose::Service', name: port.service }],
    values: { port: port.from, protocol: port.protocol, service: port.service },
  };
}

function taken(
  start: Start,
  service: ComposeService,
  port: WantedPort,
  holder: Holder,
  holders: readonly Holder[],
  wanted: readonly WantedPort[],
): Effect {
  const { host, file } = start;
  const free = freePort(
    host,
    holders,
    holder.port,
    new Set(wanted.flatMap(({ from, to }) => (to - from < 1000 ? range(from, to) : [from, to]))),
  );
  // its own container is taken away before the port of the new one is asked for
  const stopped = ownContainers(start, service.name).filter(isUp);
  const who = holderText(holder);
  const refusal = holder.container ? 'port is already allocated' : 'address already in use';
  const [lost] = stopped;
  const rest = consequences(start, service, lost?.name);
  return {
    id: 'port-collision',
    fails: true,
    severity: lost ? 'high' : 'medium',
    text: say(
      `Le service ${code(service.name)} publierait ${code(shown(port))}, que tient ${who.fr}\u00a0: Docker crée le conteneur et refuse de le démarrer (${code(refusal)}).${rest.fr}`,
      `Service ${code(service.name)} would publish ${code(shown(port))}, which ${who.en} holds: Docker creates the container and refuses to start it (${code(refusal)}).${rest.en}`,
    ),
    evidence: withFirst(lineOf(file.file, port.line), [holder.evidence]),
    affects: [holderAffected(holder), ...(lost ? [{ kind: 'Docker::Container', name: lost.name }] : [])],
    values: {
      port: holder.port,
      protocol: port.protocol,
      service: service.name,
      holder: holderAffected(holder).name,
      ...(free !== undefined && { free }),
    },
  };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** What is left of a start that a port ends: nothing is taken back by Compose. */
function consequences({ services }: Start, service: ComposeService, lost: string | undefined) {
  const waiting = dependentsOf(services, service.name);
  const before = new Set<string>();
  const collect = (names: readonly string[]) => {
    for (const name of names) {
      if (before.has(name)) continue;
      before.add(name);
      const needed = services.find((one) => one.name === name);
      if (needed) collect(needsOf(needed));
    }
  };
  collect(needsOf(service));
  const started = services.filter(({ name }) => before.has(name)).map(({ name }) => name);
  const beside = services
    .map(({ name }) => name)
    .filter((name) => name !== service.name && !before.has(name) && !waiting.includes(name));
  const fr: string[] = [];
  const en: string[] = [];
  const told = (
    names: readonly string[],
    french: (list: string) => string,
    english: (list: string) => string,
  ) => {
    if (names.length === 0) return;
    fr.push(french(codes(names).fr));
    en.push(english(codes(names).en));
  };
  told(
    lost === undefined ? [] : [lost],
    (name) => `Le conteneur ${name}, qui tournait, est déjà remplacé\u00a0: plus rien ne sert à sa place.`,
    (name) => `Container ${name}, which ran, is replaced by then: nothing serves in its place.`,
  );
  told(
    started,
    (list) => `Ce qui a démarré avant reste\u00a0: ${list}.`,
    (list) => `What was started before stays: ${list}.`,
  );
  told(
    waiting,
    (list) => `Ce qui en dépend n’est pas démarré\u00a0: ${list}.`,
    (list) => `What depends on it is not started: ${list}.`,
  );
  told(
    beside,
    (list) => `Ce qui n’en dépend pas peut démarrer et reste alors\u00a0: ${list}.`,
    (list) => `What does not depend on it may be started, and then stays: ${list}.`,
  );
  const joined = (parts: string[]) => (parts.length === 0 ? '' : ` ${parts.join(' ')}`);
  return say(joined(fr), joined(en));
}

/** Ports as the services of a start publish them, with the services of which some port is not known. */
export function wantedPorts({ services }: Start): { wanted: WantedPort[]; unknown: ComposeService[] } {
  const read = services.flatMap((service) =>
    service.networkMode === undefined
      ? service.ports.map((port) => ({ service, port: wantedPort(service.name, port) }))
      : [],
  );
  const known = read.flatMap(({ service, port }) => (typeof port === 'string' ? [] : [{ service, port }]));
  return {
    wanted: known.slice(0, MOST_PORTS).map(({ port }) => port),
    unknown: [
      ...new Set([
        ...read.filter(({ port }) => port === 'unknown').map(({ service }) => service),
        ...known.slice(MOST_PORTS).map(({ service }) => service),
      ]),
    ].slice(0, 50),
  };
}

/** Ports of one file that are compared with each other. */
const MOST_PORTS = 3000;

/** A port that is opened to whoever reaches the host: published on every address, with nothing in the way. */
export function openedPorts(
  start: Start,
  wanted: readonly WantedPort[],
  failed: ReadonlySet<string>,
): Effect[] {
  const { host, file } = start;
  const { firewall } = host;
  const isOpenTo =
    firewall && (!firewall.isActive || firewall.tool === 'none' || firewall.publishedAreFiltered === false);
  if (!isOpenTo || host.refusals.firewall !== undefined) return [];
  return wanted
    .filter(
      ({ bound, service, from }) =>
        typeof bound === 'string' &&
        !failed.has(service) &&
        !ownContainers(start, service).some(
          (own) =>
            isUp(own) &&
            own.ports.some(
              ({ hostPort, hostAddress }) => hostPort === from && /^(?:0\.0\.0\.0|::|)$/.test(hostAddress),
            ),
        ),
    )
    .map((port) => ({
      id: 'port-opened',
      fails: false,
      severity: 'medium',
      text:
        firewall.isActive && firewall.tool !== 'none'
          ? say(
              `${code(shown(port))} est ouvert sur toutes les adresses de l’hôte\u00a0: ce que Docker publie passe avant les règles de ${code(firewall.tool)}.`,
              `${code(shown(port))} is open on every address of the host: what Docker publishes passes before the rules of ${code(firewall.tool)}.`,
            )
          : say(
              `${code(shown(port))} est ouvert sur toutes les adresses de l’hôte, où aucun pare-feu n’est actif.`,
              `${code(shown(port))} is open on every address of the host, where no firewall is active.`,
            ),
      evidence: withFirst(lineOf(file.file, port.line), [
        seen(host, firewall.tool === 'none' ? 'nft list ruleset' : firewall.tool),
      ]),
      affects: [{ kind: 'Compose::Service', name: port.service }],
      values: { port: port.from, protocol: port.protocol, service: port.service },
    }));
}

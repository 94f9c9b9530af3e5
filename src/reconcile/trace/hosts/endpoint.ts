import type { HostContainer, HostListener, HostPart, HostUnit } from '#model/host.ts';
import type { Check } from '#model/path.ts';
import { PROXIES, type ProxyConfig, type ProxyProduct } from '#model/proxy.ts';
import { code } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { type At, type Endpoint, hopAt, type Onward, onward, partsOf, refusalOf, together } from './at.ts';
import { isUp } from './listening.ts';
import { routed } from './route.ts';

/** What a container or a process answers: by the proxy in it, where there is one. */
export function meet(at: At, endpoint: Endpoint): Onward {
  if ('container' in endpoint) {
    const { container, port } = endpoint;
    return hopAt(at, { kind: 'Docker::Container', name: container.name, role: 'container' }, (here) =>
      together(
        onward({ checks: containerChecks(here, container, port) }),
        isUp(container) ? answered(here, proxyIn(here, { container: container.name }, port), port) : onward(),
      ),
    );
  }
  if ('unit' in endpoint) return meantUnit(at, endpoint.unit);
  const { listener } = endpoint;
  const { unit: name, port } = listener;
  if (name === undefined) return process(at, listener);
  return hopAt(at, { kind: 'Systemd::Unit', name, role: 'unit' }, (here) => {
    const unit = here.state.units.find((one) => one.name === name);
    return together(
      onward({ checks: [unit ? unitCheck(here, unit) : listensCheck(here, listener)] }),
      answered(here, proxyIn(here, { unit: name, process: listener.process?.name }, port), port),
    );
  });
}

/** Whether a container takes requests; nobody looks into it to see on which port it listens. */
function containerChecks(at: At, container: HostContainer, port: number): Check[] {
  const name = code(container.name);
  const parts = partsOf(at, container, { container: container.name });
  if (!isUp(container))
    return [
      fail(
        'container-not-running',
        say(
          `${name} ne tourne pas (${code(container.state)})`,
          `${name} does not run (${code(container.state)})`,
        ),
        parts,
      ),
    ];
  const checks = [pass('container-not-running', say(`${name} tourne`, `${name} runs`), parts)];
  if (container.health === 'healthy')
    checks.push(
      pass('container-unhealthy', say(`${name} se dit sain`, `${name} says that it is healthy`), parts),
    );
  if (container.health === 'starting')
    checks.push(
      unknown(
        'container-unhealthy',
        say(`${name} démarre encore`, `${name} is still starting`),
        undefined,
        parts,
      ),
    );
  if (container.health === 'unhealthy')
    checks.push(
      fail(
        'container-unhealthy',
        say(`${name} échoue à son propre contrôle de santé`, `${name} fails its own health check`),
        // it may answer all the same
        { ...parts, certainty: 'probable' },
      ),
    );
  if (container.networkMode === 'host') return checks;
  const isPublished = container.ports.some((one) => one.containerPort === port && one.protocol === 'tcp');
  const text = say(`port ${code(port)} du conteneur`, `port ${code(port)} of the container`);
  return [
    ...checks,
    isPublished
      ? pass('upstream-port-closed', text, parts)
      : unknown(
          'upstream-port-closed',
          say(
            `${text.fr}\u00a0: rien de ce qui a été lu ne dit s’il y écoute`,
            `${text.en}: nothing that was read tells whether it listens there`,
          ),
          undefined,
          parts,
        ),
  ];
}

function unitCheck(at: At, unit: HostUnit): Check {
  const name = code(unit.name);
  const parts = partsOf(at, 'units', { unit: unit.name });
  // a socket takes requests and starts its service for them; that it has failed is told by the service
  const own =
    unit.type === 'socket' ? at.state.units.find((one) => unit.triggers.includes(one.name)) : undefined;
  const judged = own?.active === 'failed' ? own : unit;
  if (judged.active === 'failed' || judged.active === 'inactive')
    return fail(
      'unit-inactive',
      say(
        `${code(judged.name)} est ${code(judged.active)}`,
        `${code(judged.name)} is ${code(judged.active)}`,
      ),
      partsOf(at, 'units', { unit: judged.name }),
    );
  if (unit.active !== 'active')
    return unknown(
      'unit-inactive',
      say(`${name} est ${code(unit.active)}`, `${name} is ${code(unit.active)}`),
      undefined,
      parts,
    );
  return pass('unit-inactive', say(`${name} est active`, `${name} is active`), parts);
}

/** A unit that was meant to listen and does not run. */
const meantUnit = (at: At, unit: HostUnit): Onward =>
  hopAt(at, { kind: 'Systemd::Unit', name: unit.name, role: 'unit' }, (here) =>
    onward({ checks: [unitCheck(here, unit)] }),
  );

const listensCheck = (at: At, { process: by, port, unit }: HostListener): Check => {
  const who = code(unit ?? by?.name ?? '?');
  return pass(
    'upstream-port-closed',
    say(`${who} écoute sur le port ${code(port)}`, `${who} listens on port ${code(port)}`),
    partsOf(at, 'listeners', { port }),
  );
};

/** Processes that pass on to containers what comes to a published port. */
const OF_ENGINES = /^(?:docker-proxy|dockerd|conmon|rootlessport|slirp4netns|pasta(?:\.avx2)?|exe)$/;

function process(at: At, listener: HostListener): Onward {
  const by = listener.process?.name;
  const { port } = listener;
  if (by !== undefined && OF_ENGINES.test(by))
    return onward({
      checks: [
        unknown(
          'container-not-running',
          say(
            `le port ${code(port)} mène à un conteneur qui n’a pas été lu`,
            `port ${code(port)} leads to a container that was not read`,
          ),
          refusalOf(at.state, 'containers'),
          partsOf(at, 'listeners', { port }),
        ),
      ],
    });
  if (by === undefined)
    return onward({
      checks: [
        unknown(
          'upstream-port-closed',
          say(
            `quelque chose écoute sur le port ${code(port)}, sans que l’on sache quoi`,
            `something listens on port ${code(port)}; what it is was not read`,
          ),
          refusalOf(at.state, 'listeners', 'units'),
          partsOf(at, 'listeners', { port }),
        ),
      ],
    });
  return together(
    onward({ checks: [listensCheck(at, listener)] }),
    answered(at, proxyIn(at, { process: by }, port), port),
  );
}

type InIt = { config: ProxyConfig } | { unread: ProxyProduct } | undefined;

/** The proxy that runs in a container or process; `unread`: there is one, and its configuration was not read. */
function proxyIn(
  { state }: At,
  { container, unit, process: by }: { container?: string; unit?: string; process?: string | undefined },
  port: number,
): InIt {
  const own = state.proxies.filter(({ runsIn, product }) =>
    container !== undefined
      ? runsIn?.container === container
      : (unit !== undefined && runsIn?.unit === unit) ||
        (runsIn?.container === undefined && runsIn?.unit === undefined && by === product),
  );
  const config = own.find(({ entryPoints }) => entryPoints.some((one) => one.port === port)) ?? own[0];
  if (config) return { config };
  const image = state.containers.find(({ name }) => name === container)?.image ?? '';
  const told = image.split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? '';
  const product = PROXIES.find((one) => one === by || one === told || unit === `${one}.service`);
  return product && { unread: product };
}

function answered(at: At, found: InIt, port: number): Onward {
  if (!found) return onward();
  if ('config' in found) return routed(at, found.config, port);
  const part: HostPart = found.unread;
  const refusal = refusalOf(at.state, part);
  // an image of nginx that serves files is no proxy to be asked for more
  if (!refusal) return onward();
  return onward({
    checks: [
      unknown(
        'router-missing',
        say(
          `la configuration de ${code(found.unread)} n’a pas été lue\u00a0: on ne sait pas où il mène`,
          `the configuration of ${code(found.unread)} was not read: where it leads is not known`,
        ),
        refusal,
      ),
    ],
  });
}

import type { ComposeService } from '#model/artifacts.ts';
import { code } from '#model/text.ts';
import type { Effect } from '#model/what-if.ts';
import { blockOf, blocksOverlap } from './addresses.ts';
import { networksOf, type Start } from './compose-start.ts';
import {
  type Foretold,
  isEngineRead,
  isOpen,
  isUp,
  lineOf,
  nothing,
  say,
  seen,
  withFirst,
} from './effect.ts';

/** What becomes of the networks that the services join. Compose makes those before anything else. */
export function networkEffects(start: Start): Foretold {
  const { file, host } = start;
  const told = nothing();
  const used = new Map(
    start.services.flatMap((service) => networksOf(file, service).map((one) => [one.key, one])),
  );
  for (const { key, name } of used.values()) {
    const declared = file.networks.find((network) => network.key === key);
    const line = declared?.line ?? start.services[0]?.line ?? 1;
    if (isOpen(name)) {
      told.unknown.push(
        say(
          `le nom du réseau ${code(key)} dépend d’une variable\u00a0: ${code(name)}`,
          `the name of network ${code(key)} depends on a variable: ${code(name)}`,
        ),
      );
      continue;
    }
    const there = host.networks.find((network) => network.name === name);
    if (there) {
      if (!declared?.isExternal && there.project === undefined && there.engine === 'docker')
        told.unknown.push(
          say(
            `le réseau ${code(name)} existe et n’a pas été créé par Compose\u00a0: Compose 2 refuse de s’en servir s’il n’est pas déclaré ${code('external: true')}`,
            `network ${code(name)} exists and was not made by Compose: Compose 2 refuses it unless it is declared ${code('external: true')}`,
          ),
        );
      continue;
    }
    if (!isEngineRead(host, 'networks')) {
      told.unknown.push(
        say(
          `les réseaux de l’hôte n’ont pas été lus\u00a0: ${code(name)} y est peut-être`,
          `the networks of the host were not read: ${code(name)} may be there`,
        ),
      );
      continue;
    }
    const evidence = withFirst(lineOf(file.file, line), [seen(host, 'docker network inspect')]);
    if (declared?.isExternal) {
      told.effects.push({
        id: 'network-missing',
        fails: true,
        severity: 'medium',
        text: say(
          `Le réseau externe ${code(name)} n’existe pas\u00a0: Compose refuse de démarrer le projet.`,
          `External network ${code(name)} does not exist: Compose refuses to start the project.`,
        ),
        evidence,
        affects: [{ kind: 'Docker::Network', name }],
      });
      continue;
    }
    const overlap = overlapOf(start, name, declared?.subnets ?? [], line);
    if (overlap) told.effects.push(overlap);
    if (overlap?.fails) continue;
    told.effects.push({
      id: 'network-created',
      fails: false,
      severity: 'low',
      text: say(`Le réseau ${code(name)} est créé.`, `Network ${code(name)} is created.`),
      evidence,
      affects: [{ kind: 'Docker::Network', name }],
    });
  }
  return told;
}

/**
 * A subnet that is in use: Docker refuses one that another of its networks has (“Pool overlaps with other one on this
 * address space”); beside an interface of the host it is made, and the host no longer reaches one of the two.
 */
function overlapOf(start: Start, name: string, subnets: readonly string[], line: number): Effect | undefined {
  const { host, file } = start;
  const wanted = subnets.flatMap((text) => {
    const block = blockOf(text);
    return block ? [{ text, block }] : [];
  });
  const overlapped = (text: string, block: NonNullable<ReturnType<typeof blockOf>>) => {
    const other = blockOf(text);
    return other !== undefined && blocksOverlap(block, other);
  };
  for (const { text, block } of wanted) {
    const network = host.networks.find((one) => one.subnets.some((subnet) => overlapped(subnet, block)));
    if (network)
      return {
        id: 'subnet-overlap',
        fails: true,
        severity: 'medium',
        text: say(
          `Le réseau ${code(name)} demande ${code(text)}, que le réseau ${code(network.name)} a déjà\u00a0: Docker refuse de le créer.`,
          `Network ${code(name)} asks for ${code(text)}, which network ${code(network.name)} has already: Docker refuses to create it.`,
        ),
        evidence: withFirst(lineOf(file.file, line), [
          seen(host, `${network.engine} network inspect`, `${network.name} ${network.subnets.join(', ')}`),
        ]),
        affects: [{ kind: 'Docker::Network', name: network.name }],
      };
  }
  for (const { text, block } of wanted) {
    const beside = host.interfaces.find(
      (one) => one.isUp && one.prefix > 0 && overlapped(`${one.address}/${one.prefix}`, block),
    );
    if (beside)
      return {
        id: 'subnet-overlap',
        fails: false,
        severity: 'high',
        text: say(
          `Le réseau ${code(name)} prend ${code(text)}, où l’interface ${code(beside.name)} a ${code(`${beside.address}/${beside.prefix}`)}\u00a0: une partie des adresses de l’un n’est plus joignable depuis l’hôte.`,
          `Network ${code(name)} takes ${code(text)}, where interface ${code(beside.name)} has ${code(`${beside.address}/${beside.prefix}`)}: some addresses of one of them can no longer be reached from the host.`,
        ),
        evidence: withFirst(lineOf(file.file, line), [
          seen(host, 'ip address', `${beside.name} ${beside.address}/${beside.prefix}`),
        ]),
        affects: [{ kind: 'Host', name: host.name }],
      };
  }
  return undefined;
}

/**
 * A name that two containers of one network answer to: Docker's DNS server gives both addresses, in turn. Docker
 * documentation, “network connect”, network-scoped aliases.
 * @param services those that would be started or replaced: what runs already has its names
 */
export function aliasEffects(start: Start, services: readonly ComposeService[]): Foretold {
  const { file, host } = start;
  const told = nothing();
  for (const service of services) {
    const names = new Map(
      [service.name, ...service.aliases, ...(service.containerName ? [service.containerName] : [])]
        .filter((name) => !isOpen(name))
        .map((name) => [name.toLowerCase(), name]),
    );
    for (const { name: network } of networksOf(file, service)) {
      for (const other of host.containers) {
        if (!isUp(other) || other.compose?.project === file.project) continue;
        const joined = other.networks.find((one) => one.name === network);
        if (!joined) continue;
        // a container of the same name cannot be there twice: that is told by its name
        const shared = joined.aliases.find(
          (alias) => names.has(alias.toLowerCase()) && alias !== other.id && alias !== service.containerName,
        );
        if (shared === undefined) continue;
        told.effects.push({
          id: 'alias-collision',
          fails: false,
          severity: 'high',
          text: say(
            `Dans le réseau ${code(network)}, ${code(shared)} désigne déjà le conteneur ${code(other.name)}\u00a0: les requêtes vers ce nom vont tantôt à lui, tantôt au service ${code(service.name)} de ce fichier.`,
            `In network ${code(network)}, ${code(shared)} already names container ${code(other.name)}: requests to that name go now to it, now to service ${code(service.name)} of this file.`,
          ),
          evidence: withFirst(lineOf(file.file, service.line), [
            seen(
              host,
              `${other.engine} inspect`,
              `${other.name}: ${network} ${joined.aliases.slice(0, 5).join(', ')}`,
            ),
          ]),
          affects: [{ kind: 'Docker::Container', name: other.name }],
        });
      }
    }
  }
  return told;
}

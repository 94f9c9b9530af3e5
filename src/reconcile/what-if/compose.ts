import { shellQuote } from '#lib/shell-quote.ts';
import type { ComposeFile, ComposeService, EnvironmentFile } from '#model/artifacts.ts';
import type { HostState } from '#model/host.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { code, codes, type Text } from '#model/text.ts';
import type { Effect, WhatIf } from '#model/what-if.ts';
import {
  imageEffects,
  isStarted,
  nameEffects,
  projectEffects,
  recreated,
  startedEffect,
} from './compose-containers.ts';
import { aliasEffects, networkEffects } from './compose-networks.ts';
import { openedPorts, portCollision, shownPorts, wantedPorts } from './compose-ports.ts';
import { labelEffects } from './compose-routes.ts';
import { dependentsOf, needsOf, ownContainers, type Start, startOf } from './compose-start.ts';
import { volumeEffects } from './compose-volumes.ts';
import { type Foretold, isOpen, isUp, lineOf, nothing, say, together, unread, withFirst } from './effect.ts';
import { holdersOf } from './holders.ts';

/** What else is known of where a compose file stands. */
export interface ComposeGiven {
  /** Every path of the repository. */
  files: ReadonlySet<string>;
  environmentFiles: readonly EnvironmentFile[];
  /** Configurations of proxies that the repository declares: labels of this file among them. */
  proxies: readonly ProxyConfig[];
  /** Profiles that are switched on; `*`: all. */
  profiles?: ReadonlySet<string>;
  /** `files` are those of the machine on which the file would be started: what is not among them is not there. */
  isWhereStarted?: boolean;
}

/** Effects past this number are one line: a file of thousands of services is nobody's estate. */
const MOST_SERVICES = 500;
const MOST_PARTS = 60;

const bounded = (service: ComposeService): ComposeService => ({
  ...service,
  ports: service.ports.slice(0, MOST_PARTS),
  volumes: service.volumes.slice(0, MOST_PARTS),
  aliases: service.aliases.slice(0, MOST_PARTS),
  networks: service.networks.slice(0, MOST_PARTS),
});

const isCut = (
  bound: ComposeService,
  { ports, volumes, aliases, networks }: ComposeService = bound,
): boolean => [ports, volumes, aliases, networks].some((list) => list.length > MOST_PARTS);

/**
 * What `docker compose up --detach` of a file would do on a host as it was seen, in the order in which Compose acts:
 * what it refuses outright, networks, volumes, containers made and replaced, then started after what they depend on.
 * The first failure of a step ends it; among services that do not depend on each other the order is not fixed. Docker
 * documentation, “docker compose up”; Compose file reference.
 */
export function composeWhatIf(given: ComposeFile, host: HostState, around: ComposeGiven): WhatIf {
  const whole = { ...given, ...given.merged };
  const file = { ...whole, services: whole.services.slice(0, MOST_SERVICES).map(bounded) };
  const start = startOf(file, host, around.profiles ?? new Set());
  const { effects, left } = untilFirstFailure(stepsOf(start, around));
  const cut = whole.services.length - file.services.length;
  return {
    of: 'compose',
    file: file.file,
    host: host.name,
    isRetired: file.retired,
    command: commandOf(file, around.profiles),
    effects,
    unknown: distinct([
      ...limits(start),
      ...(file.services.some((one, index) => isCut(one, whole.services[index]))
        ? [
            say(
              `au-delà de ${MOST_PARTS}, les ports et volumes d’un service n’ont pas été regardés`,
              `past ${MOST_PARTS}, ports and volumes of a service were not looked at`,
            ),
          ]
        : []),
      ...(cut > 0
        ? [say(`${cut} services de plus n’ont pas été regardés`, `${cut} more services were not looked at`)]
        : []),
      ...left,
    ]),
  };
}

function commandOf({ file, overrides }: ComposeFile, profiles: ReadonlySet<string> = new Set()): string {
  const files = [...(overrides === undefined ? [] : [overrides]), file];
  return [
    'docker compose',
    ...files.map((one) => `--file ${shellQuote(one)}`),
    ...[...profiles].map((one) => `--profile ${shellQuote(one)}`),
    'up --detach',
  ].join(' ');
}

/** One step after the other; what a failing one of them ends is not among the effects, and is told as what would come. */
function untilFirstFailure(steps: readonly (() => Foretold)[]): { effects: Effect[]; left: Text[] } {
  const effects: Effect[] = [];
  const left: Text[] = [];
  let hasFailed = false;
  for (const step of steps) {
    const told = step();
    left.push(...(hasFailed ? [] : told.unknown));
    if (!hasFailed) {
      const [failing, ...rest] = told.effects.filter(({ fails }) => fails);
      // what is made in the same step stands before what ends it
      effects.push(...told.effects.filter(({ fails }) => !fails), ...(failing ? [failing, ...rest] : []));
      hasFailed = failing !== undefined;
      continue;
    }
    for (const { text } of told.effects
      .filter(({ fails, severity }) => fails || severity !== 'low')
      .slice(0, 5))
      left.push(
        say(
          `Sans l’échec qui précède viendrait\u00a0: ${text.fr}`,
          `Without that failure would follow: ${text.en}`,
        ),
      );
  }
  return { effects, left };
}

const stepsOf = (start: Start, around: ComposeGiven): (() => Foretold)[] => [
  () => refusedOutright(start, around),
  () => imageEffects(start),
  () => projectEffects(start),
  () => networkEffects(start),
  () => volumeEffects(start),
  () => made(start),
  () => started(start, around),
];

/** Containers are made, and those that are not as the file has them are replaced, before any is started. */
function made(start: Start): Foretold {
  const told = nothing();
  for (const service of start.services) {
    const names = nameEffects(start, service);
    told.effects.push(...(names.length > 0 ? names : recreated(start, service)));
  }
  return told;
}

/** Services are started one after the other; what depends on one that is not started is not started. */
function started(start: Start, around: ComposeGiven): Foretold {
  const { host, services, file } = start;
  const told = nothing();
  const { wanted, unknown } = wantedPorts(start);
  const holders = holdersOf(host);
  const failed = new Set<string>();
  const renewed = services.filter(
    (service) => isStarted(start, service) || recreated(start, service).length > 0,
  );
  for (const service of services) {
    if (failed.has(service.name)) continue;
    const waits = unhealthy(start, service);
    const collision = waits ?? portCollision(start, service, wanted, holders);
    if (collision) {
      for (const name of [service.name, ...dependentsOf(services, service.name)]) failed.add(name);
      told.effects.push(collision);
    } else if (isStarted(start, service))
      told.effects.push(startedEffect(start, service, shownPorts(wanted, service.name)));
  }
  for (const service of unknown)
    told.unknown.push(
      say(
        `un port que publie le service ${code(service.name)} n’est pas connu\u00a0: ${codes(service.ports.map(({ published, target }) => [published, target].filter(Boolean).join(':'))).fr}`,
        `a port that service ${code(service.name)} publishes is not known: ${codes(service.ports.map(({ published, target }) => [published, target].filter(Boolean).join(':'))).en}`,
      ),
    );
  for (const service of services.filter(({ networkMode }) => networkMode === 'host'))
    if (isStarted(start, service))
      told.unknown.push(
        say(
          `le service ${code(service.name)} écoute sur l’hôte même\u00a0: sur quels ports, son image le dit`,
          `service ${code(service.name)} listens on the host itself: on which ports, its image says`,
        ),
      );
  const coming = renewed.filter(({ name }) => !failed.has(name));
  const beside = together([aliasEffects(start, coming), labelEffects(start, around.proxies, coming)]);
  told.effects.push(...openedPorts(start, wanted, failed), ...beside.effects);
  told.unknown.push(...beside.unknown);
  const isFirewallUnknown =
    host.refusals.firewall !== undefined ||
    host.firewall === undefined ||
    (host.firewall.isActive && host.firewall.publishedAreFiltered === 'unknown');
  const opens = wanted.some(
    ({ service, bound }) => typeof bound === 'string' && !ownContainers(start, service).some(isUp),
  );
  if (isFirewallUnknown && opens)
    told.unknown.push(
      say(
        `si les ports publiés de ${code(file.file)} seraient joignables du dehors\u00a0: le pare-feu n’a pas été lu, ou pas compris`,
        `whether the published ports of ${code(file.file)} could be reached from outside: the firewall was not read, or not understood`,
      ),
    );
  return told;
}

/** A service waits for ever for the health of one whose check is switched off: Compose gives up at once. */
function unhealthy(start: Start, service: ComposeService): Effect | undefined {
  const awaited = start.services.find(
    ({ name, healthcheck }) => service.awaitsHealthOf?.includes(name) && healthcheck?.disabled,
  );
  if (!awaited || !isStarted(start, service)) return undefined;
  return {
    id: 'container-started',
    fails: true,
    severity: 'medium',
    text: say(
      `Le service ${code(service.name)} n’est pas démarré\u00a0: il attend que ${code(awaited.name)} soit sain, et le contrôle de santé de ${code(awaited.name)} est désactivé.`,
      `Service ${code(service.name)} is not started: it waits until ${code(awaited.name)} is healthy, and the health check of ${code(awaited.name)} is switched off.`,
    ),
    evidence: withFirst(lineOf(start.file.file, service.line), [
      lineOf(start.file.file, awaited.healthcheck?.line ?? awaited.line),
    ]),
    affects: [{ kind: 'Compose::Service', name: service.name }],
  };
}

const pathFrom = (file: string, path: string): string | undefined => {
  if (path.startsWith('/') || path.startsWith('~') || isOpen(path)) return undefined;
  const parts = file.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
};

/** What Compose looks at before it does anything: files and variables that the file cannot do without. */
function refusedOutright(start: Start, around: ComposeGiven): Foretold {
  const { file, host } = start;
  const told = nothing();
  for (const service of start.services)
    for (const { path, line, isOptional } of service.environmentFiles) {
      const known = pathFrom(file.file, path);
      if (isOptional || (known !== undefined && around.files.has(known))) continue;
      if (known === undefined || !around.isWhereStarted) {
        told.unknown.push(
          say(
            `si ${code(path)}, dont le service ${code(service.name)} a besoin, est sur l’hôte`,
            `whether ${code(path)}, which service ${code(service.name)} needs, is on the host`,
          ),
        );
        continue;
      }
      told.effects.push({
        id: 'environment-file-missing',
        fails: true,
        severity: 'medium',
        text: say(
          `${code(path)}, dont le service ${code(service.name)} a besoin, n’existe pas\u00a0: Compose refuse de démarrer le projet.`,
          `${code(path)}, which service ${code(service.name)} needs, does not exist: Compose refuses to start the project.`,
        ),
        evidence: withFirst(lineOf(file.file, line)),
        affects: [{ kind: 'Compose::Service', name: service.name }],
      });
    }
  const folder = pathFrom(file.file, '.env');
  const given = around.environmentFiles.find((one) => one.file === folder);
  for (const { name, line } of file.requiredVariables ?? []) {
    const value = given?.variables.find((one) => one.name === name);
    if (value && value.class !== 'empty') continue;
    if (!given || !around.isWhereStarted) {
      told.unknown.push(
        say(
          `si la variable ${code(name)}, sans laquelle Compose refuse le fichier, est donnée là où il est lancé`,
          `whether the variable ${code(name)}, without which Compose refuses the file, is given where it is started`,
        ),
      );
      continue;
    }
    told.effects.push({
      id: 'variable-missing',
      fails: true,
      severity: 'medium',
      text: say(
        `La variable ${code(name)} n’est pas dans ${code(given.file)}\u00a0: à moins que le shell ne la donne, Compose refuse de démarrer le projet.`,
        `Variable ${code(name)} is not in ${code(given.file)}: unless the shell gives it, Compose refuses to start the project.`,
      ),
      evidence: withFirst(lineOf(file.file, line)),
      affects: [{ kind: 'Host', name: host.name }],
    });
  }
  return told;
}

/** What of the host or of the file keeps more from being told. */
function limits(start: Start): Text[] {
  const { host, file, leftOut, services } = start;
  const names = codes(leftOut.map(({ name }) => name));
  const missing = services.flatMap((service) =>
    needsOf(service).filter((name) => leftOut.some((one) => one.name === name)),
  );
  return [
    ...unread(
      host,
      'containers',
      'les conteneurs de l’hôte n’ont pas tous été lus\u00a0: noms, remplacements et partages ne sont dits que pour ceux qui l’ont été',
      'not all containers of the host were read: names, replacements and shares are told only for those that were',
    ),
    ...unread(
      host,
      'listeners',
      'ce qui écoute sur l’hôte n’a pas été lu en entier\u00a0: d’autres ports sont peut-être pris',
      'what listens on the host was not read in full: other ports may be taken',
    ),
    ...unread(
      host,
      'images',
      'les images de l’hôte n’ont pas été lues',
      'the images of the host were not read',
    ),
    ...(host.engines.length === 0 && host.refusals.containers === undefined
      ? [
          say(
            'aucun moteur de conteneurs n’a été vu sur l’hôte\u00a0: la commande y demande Docker',
            'no container engine was seen on the host: the command needs Docker there',
          ),
        ]
      : []),
    ...(file.overrides === undefined || file.merged
      ? []
      : [
          say(
            `le fichier complète ${code(file.overrides)}\u00a0: seul ce qu’il dit lui-même est suivi`,
            `the file completes ${code(file.overrides)}: only what it says itself is followed`,
          ),
        ]),
    ...(leftOut.length > 0
      ? [
          say(
            `sans leur profil, ces services ne démarrent pas\u00a0: ${names.fr}`,
            `without their profile these services are not started: ${names.en}`,
          ),
        ]
      : []),
    ...(missing.length > 0
      ? [
          say(
            `un service dépend de ${codes(missing).fr}, que son profil laisse de côté\u00a0: Compose refuse cela, ou démarre sans lui, selon sa version`,
            `a service depends on ${codes(missing).en}, which its profile leaves out: Compose refuses that, or starts without it, depending on its version`,
          ),
        ]
      : []),
  ];
}

function distinct(texts: readonly Text[]): WhatIf['unknown'] {
  return [...new Map(texts.map((text) => [text.en, text])).values()].map((text) => ({ text }));
}

import type { ComposeService } from '#model/artifacts.ts';
import type { HostContainer } from '#model/host.ts';
import { code, codes } from '#model/text.ts';
import type { Effect } from '#model/what-if.ts';
import { differencesOf, fullReference } from './compose-differences.ts';
import { ownContainers, type Start } from './compose-start.ts';
import {
  type Foretold,
  inspected,
  isEngineRead,
  isOpen,
  isUp,
  lineOf,
  nothing,
  say,
  seen,
  withFirst,
} from './effect.ts';

/** Names that Compose would give the containers of a service that has none yet: `shop-web-1`, or `shop_web_1` of Compose 1. */
function namesOf({ file, host }: Start, service: ComposeService): string[] {
  if (service.containerName !== undefined) return [service.containerName];
  const isOld = host.engines.some(({ compose }) => /^v?1\./.test(compose ?? ''));
  const between = isOld ? '_' : '-';
  return Array.from({ length: Math.min(service.replicas ?? 1, 50) }, (_, index) =>
    [file.project, service.name, index + 1].join(between),
  );
}

/** A name that a container which is none of this service's has already: running or not, the engine refuses a second one. */
export function nameEffects(start: Start, service: ComposeService): Effect[] {
  const own = ownContainers(start, service.name);
  if (own.length > 0 && service.containerName === undefined) return [];
  return namesOf(start, service).flatMap((name): Effect[] => {
    const other = isOpen(name) ? undefined : start.host.containers.find((one) => one.name === name);
    if (!other || own.includes(other)) return [];
    return [
      {
        id: 'container-name-collision',
        fails: true,
        severity: 'medium',
        text: say(
          `Le service ${code(service.name)} prendrait le nom ${code(name)}, qu’un autre conteneur porte (${code(other.image)}, ${code(other.state)})\u00a0: Docker refuse de le créer.`,
          `Service ${code(service.name)} would take the name ${code(name)}, which another container has (${code(other.image)}, ${code(other.state)}): Docker refuses to create it.`,
        ),
        evidence: withFirst(lineOf(start.file.file, service.line), [inspected(start.host, other)]),
        affects: [{ kind: 'Docker::Container', name }],
      },
    ];
  });
}

/** The project of another file: what Compose finds under its name, it takes for its own. */
export function projectEffects(start: Start): Foretold {
  const { file, host, takenOverFrom, projectContainers } = start;
  const told = nothing();
  const services = new Set(file.services.map(({ name }) => name));
  const running = projectContainers.filter(isUp);
  const [first] = running;
  if (takenOverFrom !== undefined && first) {
    const taken = running.filter(({ compose }) => services.has(compose?.service ?? ''));
    const names = codes(running.map(({ name }) => name));
    told.effects.push({
      id: 'project-taken-over',
      fails: false,
      severity: taken.length > 0 ? 'high' : 'medium',
      text: say(
        `Le projet ${code(file.project)} tourne déjà, depuis ${code(takenOverFrom)}\u00a0: Compose prendrait ses conteneurs (${names.fr}) pour ceux de ce fichier.`,
        `Project ${code(file.project)} runs already, from ${code(takenOverFrom)}: Compose would take its containers (${names.en}) for those of this file.`,
      ),
      evidence: withFirst(lineOf(file.file, file.services[0]?.line ?? 1), [inspected(host, first)]),
      affects: running.map(({ name }) => ({ kind: 'Docker::Container', name })),
    });
  }
  for (const orphan of running.filter(({ compose }) => !services.has(compose?.service ?? '')))
    told.effects.push({
      id: 'container-orphaned',
      fails: false,
      severity: 'low',
      text: say(
        `Le conteneur ${code(orphan.name)} est du même projet et n’est pas dans ce fichier\u00a0: il continue de tourner, et seule l’option ${code('--remove-orphans')} le supprimerait.`,
        `Container ${code(orphan.name)} is of the same project and not in this file: it goes on running, and only the option ${code('--remove-orphans')} would remove it.`,
      ),
      evidence: withFirst(lineOf(file.file, file.services[0]?.line ?? 1), [inspected(host, orphan)]),
      affects: [{ kind: 'Docker::Container', name: orphan.name }],
    });
  return told;
}

/** What becomes of the containers that a service has: made anew where they are not as the file has them, else left. */
export function recreated(start: Start, service: ComposeService): Effect[] {
  const { file, host, takenOverFrom } = start;
  return ownContainers(start, service.name)
    .filter(isUp)
    .flatMap((own): Effect[] => {
      const differences = differencesOf(start, service, own);
      if (differences.length === 0) return [];
      const list = (lang: 'fr' | 'en') =>
        differences.map((one) => one[lang]).join(lang === 'fr' ? '\u00a0; ' : '; ');
      return [
        {
          id: 'container-recreated',
          fails: false,
          severity: takenOverFrom === undefined ? 'medium' : 'high',
          text: say(
            `Le conteneur ${code(own.name)}, qui tourne, est arrêté et remplacé\u00a0: ${list('fr')}.`,
            `Container ${code(own.name)}, which runs, is stopped and replaced: ${list('en')}.`,
          ),
          evidence: withFirst(lineOf(file.file, service.line), [inspected(host, own)]),
          affects: [{ kind: 'Docker::Container', name: own.name }],
        },
      ];
    });
}

/** Whether starting the file starts this service: none of its containers runs. */
export const isStarted = (start: Start, service: ComposeService): boolean =>
  !ownContainers(start, service.name).some(isUp);

export function startedEffect(start: Start, service: ComposeService, published: readonly string[]): Effect {
  const [own] = ownContainers(start, service.name) as [HostContainer?, ...HostContainer[]];
  const ports = codes(published);
  return {
    id: 'container-started',
    fails: false,
    severity: 'low',
    text: say(
      `Le service ${code(service.name)} est démarré${published.length > 0 ? ` et publie ${ports.fr}` : ''}${own ? `\u00a0: son conteneur ${code(own.name)} ne tournait pas` : ''}.`,
      `Service ${code(service.name)} is started${published.length > 0 ? ` and publishes ${ports.en}` : ''}${own ? `: its container ${code(own.name)} did not run` : ''}.`,
    ),
    evidence: withFirst(
      lineOf(start.file.file, service.line),
      own ? [inspected(start.host, own)] : [seen(start.host, 'docker ps --all')],
    ),
    affects: [{ kind: 'Compose::Service', name: service.name }],
  };
}

/** Images that are to be pulled first. That they can be is not told. */
export function imageEffects(start: Start): Foretold {
  const { file, host } = start;
  const told = nothing();
  const local = new Set(
    host.images.flatMap(({ tags, digests }) => [...tags, ...digests].map((one) => fullReference(one))),
  );
  for (const service of start.services) {
    const { image, build } = service;
    if (!image || build) continue;
    const wanted = fullReference(image.reference);
    if (wanted === undefined) {
      if (isOpen(image.reference))
        told.unknown.push(
          say(
            `l’image du service ${code(service.name)} dépend d’une variable\u00a0: ${code(image.reference)}`,
            `the image of service ${code(service.name)} depends on a variable: ${code(image.reference)}`,
          ),
        );
      continue;
    }
    // what runs has its image there, under this name or not
    const isInUse = ownContainers(start, service.name).some((one) => fullReference(one.image) === wanted);
    if (!isEngineRead(host, 'images') || local.has(wanted) || isInUse) continue;
    told.effects.push({
      id: 'image-absent',
      fails: false,
      severity: 'low',
      text: say(
        `L’image ${code(image.reference)} n’est pas sur l’hôte\u00a0: elle est d’abord téléchargée, ce qui demande que son registre réponde.`,
        `Image ${code(image.reference)} is not on the host: it is pulled first, for which its registry has to answer.`,
      ),
      evidence: withFirst(lineOf(file.file, image.line), [seen(host, 'docker image ls')]),
      affects: [{ kind: 'Docker::Image', name: image.reference }],
    });
  }
  return told;
}

import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { at, titled } from '../../derived/place.ts';

/** One port of the host that a service publishes. */
interface Published {
  service: ComposeService;
  port: number;
  protocol: string;
  /** Undefined: every address. */
  address?: string;
  line: number;
}

const ANY = /^(?:0\.0\.0\.0|::|\[::\]|\*)?$/;
const MOST_OF_A_RANGE = 200;

function publishedBy(service: ComposeService): Published[] {
  return service.ports.flatMap(({ published = '', target, address = '', line }) => {
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(published) ?? [];
    const [from, to] = [Number(first), Number(last)];
    // of a range for one port the engine takes whichever is free
    const isChosen = last !== first && !target.includes('-');
    if (first === undefined || isChosen || to < from || to - from >= MOST_OF_A_RANGE) return [];
    const protocol = target.split('/')[1] ?? 'tcp';
    return Array.from({ length: to - from + 1 }, (_, index) => ({
      service,
      port: from + index,
      protocol,
      ...(!ANY.test(address) && { address }),
      line,
    }));
  });
}

/** Without a common profile two services are never started by one command. Compose file reference, “profiles”. */
const startTogether = (one: ComposeService, other: ComposeService): boolean =>
  (one.profiles.length === 0 && other.profiles.length === 0) ||
  one.profiles.some((profile) => other.profiles.includes(profile));

const collide = (one: Published, other: Published): boolean =>
  one.service.name !== other.service.name &&
  one.port === other.port &&
  one.protocol === other.protocol &&
  (one.address === undefined || other.address === undefined || one.address === other.address) &&
  startTogether(one.service, other.service);

/** The second of them does not start, and which one that is changes from one start to the next. */
export const composeFilesPublishSamePort = defineRule({
  id: 'compose-files-publish-same-port',
  severity: 'medium',
  subject: 'composeFile',
  title: {
    fr: 'Deux services Compose publient le même port',
    en: 'Two Compose services publish the same port',
  },
  risk: {
    fr: 'Le moteur refuse de démarrer le second (`port is already allocated`), et le projet ne démarre pas en entier.',
    en: 'The engine refuses to start the second one (`port is already allocated`), and the project does not start as a whole.',
  },
  remedy: {
    fr: 'Donner à l’un des deux un autre port de l’hôte, ou ne pas le publier.',
    en: 'Give one of them another port of the host, or do not publish it.',
  },
  references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
  evaluate(compose, { artifacts }) {
    if (compose.retired) return notApplicable;
    const base = artifacts.composeFiles.find(({ file }) => file === compose.overrides);
    const own = gapsOf(compose, compose.services);
    if (!compose.merged) return gaps(own);
    // what the file that it is merged over says alone is told there
    const told = new Set([...own, ...(base ? gapsOf(base, base.services) : [])].map(({ key }) => key));
    return gaps([...own, ...gapsOf(compose, compose.merged.services).filter(({ key }) => !told.has(key))]);
  },
});

function gapsOf({ file }: ComposeFile, services: readonly ComposeService[]): Gap[] {
  const all = services.flatMap(publishedBy);
  const byPort = Map.groupBy(all, ({ port, protocol }) => `${port}/${protocol}`);
  return [...byPort].flatMap(([port, same]): Gap[] => {
    const pair = same.flatMap((one, index) => {
      const other = same.slice(index + 1).find((next) => collide(one, next));
      return other ? [[one, other] as const] : [];
    })[0];
    if (!pair) return [];
    const [one, other] = pair;
    const names = [one, other].map(({ service }) => code(service.name)) as [string, string];
    const shown = code(one.protocol === 'tcp' ? one.port : port);
    return [
      {
        key: `${port} ${one.service.name} ${other.service.name}`,
        title: titled(
          code(file),
          `le port ${shown} est publié deux fois`,
          `port ${shown} is published twice`,
        ),
        message: {
          fr: `${names[0]} et ${names[1]} publient tous deux le port ${shown} de l’hôte.`,
          en: `${names[0]} and ${names[1]} both publish port ${shown} of the host.`,
        },
        evidence: [at(file, one.line), at(file, other.line)],
      },
    ];
  });
}

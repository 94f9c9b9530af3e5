import type { ComposeFile, ComposeNetwork, ComposeService, ComposeVolume } from '#model/artifacts.ts';
import type { Fact, Json } from '#model/fact.ts';
import { interpolate } from '../interpolation.ts';
import { statusOf } from '../name-status.ts';
import { list, mapping, scalar } from '../untyped.ts';
import type { ComposeText } from './compose-text.ts';
import { resolved } from './layers.ts';
import type { ComposeContext } from './service-facts.ts';

type Section = 'networks' | 'volumes';
const KINDS = { networks: 'Docker::Network', volumes: 'Docker::Volume' } as const;

/** One entry of a section at the top, with the name that the engine gives it. Compose file reference, “networks”, “volumes”. */
interface Entry {
  key: string;
  name: string;
  /** `literal` where a file says it; `resolved` where Compose makes it of the project and the key. */
  status: Fact['nameStatus'];
  isExternal: boolean;
  keys: ReadonlyMap<string, unknown>;
  text: ComposeText;
}

/** The entries of a section, an override's own before those of the file that it is merged over. */
function entriesOf(texts: readonly ComposeText[], section: Section, project: string): Entry[] {
  const found = new Map<string, Entry>();
  for (const text of texts) {
    for (const [key, value] of mapping(text.top.get(section))) {
      if (found.has(key) || key.length > 200) continue;
      const keys = mapping(value);
      const external = keys.get('external');
      const isExternal = scalar(external) === 'true' || mapping(external).size > 0;
      const written = scalar(keys.get('name')) ?? scalar(mapping(external).get('name'));
      const given = written === undefined ? undefined : interpolate(written, text.lookup);
      const name = given?.text ?? (isExternal ? key : `${project}_${key}`);
      const status = given?.status ?? (isExternal ? 'literal' : 'resolved');
      found.set(key, { key, name, status, isExternal, keys, text });
    }
  }
  return [...found.values()];
}

/** The networks of a file as the engine would call them, with the one that Compose makes for services that name none. */
export function networksOf(
  texts: readonly ComposeText[],
  project: string,
  services: readonly ComposeService[],
): ComposeNetwork[] {
  const [own] = texts;
  const found = entriesOf(texts, 'networks', project).map(
    ({ key, name, isExternal, keys, text }): ComposeNetwork => {
      const driver = scalar(keys.get('driver'));
      const subnets = list(mapping(keys.get('ipam')).get('config')).flatMap((one) => {
        const subnet = resolved({ value: mapping(one).get('subnet'), text })?.text;
        return subnet === undefined ? [] : [subnet];
      });
      return {
        key,
        name,
        line: own?.yaml.lineOf(['networks', key]) ?? 1,
        isExternal,
        ...(driver !== undefined && { driver }),
        subnets,
        isInternal: scalar(keys.get('internal')) === 'true',
      };
    },
  );
  const usesDefault = services.some(({ networks }) => networks.includes('default'));
  if (!usesDefault || found.some(({ key }) => key === 'default')) return found;
  const line = own?.yaml.lineOf(['services']) ?? 1;
  return [
    ...found,
    { key: 'default', name: `${project}_default`, line, isExternal: false, subnets: [], isInternal: false },
  ];
}

/** The volumes of a file as the engine would call them. */
export const volumesOf = (texts: readonly ComposeText[], project: string): ComposeVolume[] =>
  entriesOf(texts, 'volumes', project).map(({ key, name, isExternal }) => ({
    key,
    name,
    line: texts[0]?.yaml.lineOf(['volumes', key]) ?? 1,
    isExternal,
  }));

/** The keys of volumes that a service mounts. */
export const volumeKeys = ({ volumes }: ComposeService): string[] =>
  volumes.flatMap(({ source }) => (/^[\w][\w.-]*$/.test(source) ? [source] : []));

/**
 * The networks and volumes that a file says must be there (`external`) or that Compose makes with it: those alone that a
 * service is in or mounts. The network that nobody names is no declaration of anyone.
 */
export function topLevelFacts(
  { text, project, sort, environments }: ComposeContext,
  services: readonly ComposeService[],
  file: Pick<ComposeFile, 'networks'>,
): Fact[] {
  const used = {
    networks: new Set(services.flatMap(({ networks }) => networks)),
    volumes: new Set(services.flatMap(volumeKeys)),
  };
  const subnetsOf = (key: string) => file.networks.find((one) => one.key === key)?.subnets ?? [];
  return (['networks', 'volumes'] as const).flatMap((section) =>
    entriesOf([text], section, project).flatMap(({ key, name, status, isExternal, keys }): Fact[] => {
      const known = statusOf(name);
      if (!known || (!isExternal && !used[section].has(key))) return [];
      const driver = scalar(keys.get('driver'));
      const subnets = section === 'networks' ? subnetsOf(key) : [];
      const properties: Record<string, Json> = {
        ...(!isExternal && { project }),
        ...(driver !== undefined && { driver }),
        ...(subnets.length > 0 && { subnets }),
        ...(section === 'networks' && scalar(keys.get('internal')) === 'true' && { internal: true }),
      };
      return [
        {
          kind: KINDS[section],
          name,
          source: 'repo',
          sort,
          nameStatus: known === 'literal' ? status : known,
          evidence: text.at([section, key]),
          environments,
          verb: isExternal ? 'requires' : 'creates',
          certainty: 'static',
          ...(Object.keys(properties).length > 0 && { properties }),
        },
      ];
    }),
  );
}

/** The files of the repository that a service is given as `configs` or `secrets`, as written. */
export function givenFiles(text: ComposeText, service: ReadonlyMap<string, unknown>): string[] {
  return (['configs', 'secrets'] as const).flatMap((section) => {
    const top = mapping(text.top.get(section));
    return list(service.get(section)).flatMap((one) => {
      const key = scalar(one) ?? scalar(mapping(one).get('source'));
      const file =
        key === undefined ? undefined : resolved({ value: mapping(top.get(key)).get('file'), text })?.text;
      return file === undefined ? [] : [file];
    });
  });
}

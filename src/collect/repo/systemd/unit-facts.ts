import type { Fact, Json, RelationFact } from '#model/fact.ts';
import { VALUED } from '../../rehearse/tools/docker-options.ts';
import {
  assignmentsOf,
  commandWords,
  isOpen,
  itemsOf,
  listed,
  single,
  specified,
} from '../../systemd/unit-text.ts';
import { imageFacts } from '../image-facts.ts';
import { statusOf } from '../name-status.ts';
import { sqliteFact, sqlitePath } from '../sqlite-files.ts';
import type { DeclaredUnit } from './unit-file.ts';
import type { PlacedAssignment, UnitPart } from './unit-part.ts';

/** Targets and units that systemd brings with itself: that one is needed tells nothing of the estate. systemd.special(7). */
const OF_SYSTEMD =
  /\.(?:target|slice|mount|device)$|^systemd-|^(?:dbus|docker|containerd|podman|network(?:ing)?|NetworkManager)\.(?:service|socket)$/;
const UNIT = /^[\w@:.\\⟨⟩-]{1,250}\.[a-z]+$/;

/** What is stated for certain of one key: no condition of a template, no part that is filled in later. */
function stated({ unit, assignments }: DeclaredUnit, key: string): string | undefined {
  if (assignments.some((one) => one.section === 'Service' && one.key === key && one.isConditional))
    return undefined;
  const value = single(assignments, 'Service', key)?.value;
  const known = value === undefined ? undefined : specified(value, unit.name);
  return known === undefined || isOpen(known) ? undefined : known;
}

/** The facts of a unit: itself, the image that it runs, the databases that its variables name. */
export function unitFacts(declared: DeclaredUnit): Fact[] {
  const [first] = declared.parts;
  if (!first) return [];
  const { unit } = declared;
  const { sort, environments } = first.standing;
  const base = { source: 'repo', sort, environments, certainty: 'static' } as const;
  const known = statusOf(named(unit.name));
  if (!known) return [];
  const images = imagesOf(declared, first);
  const databases = databasesOf(declared, first);
  const relations: RelationFact[] = [
    ...unit.requires.flatMap((name) => to('requires', name)),
    ...unit.triggers.flatMap((name) => to('triggers', name)),
    ...images
      .filter(({ kind }) => kind === 'Docker::Image')
      .map(({ kind, name }) => ({ type: 'uses-image', to: { kind, name } })),
    ...databases.map(({ kind, name }) => ({ type: 'reads', to: { kind, name } })),
  ];
  const isOfVendor = unit.file === undefined;
  return [
    {
      ...base,
      kind: 'Systemd::Unit',
      name: named(unit.name),
      nameStatus: first.isNameless ? 'logical' : isOpen(named(unit.name)) ? 'template' : known,
      evidence: first.at(unit.line),
      verb: isOfVendor ? 'requires' : 'creates',
      properties: propertiesOf(declared, first),
      ...(relations.length > 0 && { relations }),
    },
    ...images,
    ...databases,
    ...quadletFacts(declared, first).map((fact) => ({ ...base, ...fact })),
  ];
}

/** A template is a name of which the instance is chosen when it is started: `worker@⟨instance⟩.service`. */
const named = (name: string): string => name.replace(/@\.(?=[a-z]+$)/, '@⟨instance⟩.');

const to = (type: string, name: string): RelationFact[] =>
  OF_SYSTEMD.test(name) || !UNIT.test(name) || isOpen(name)
    ? []
    : [{ type, to: { kind: 'Systemd::Unit', name: named(name) } }];

function propertiesOf(declared: DeclaredUnit, first: UnitPart): Record<string, Json> {
  const { unit, assignments } = declared;
  const commands = unit.execStart.map(({ text }) => text);
  const written = listed(assignments, 'Service', 'ExecStart');
  const isWhole =
    written.length > 0 &&
    !written.some(({ value }) => isOpen(specified(value, unit.name))) &&
    !assignments.some(
      ({ section, key, isConditional }) => section === 'Service' && key === 'ExecStart' && isConditional,
    );
  const files = unit.environmentFiles.map(({ path }) => path);
  const folder = stated(declared, 'WorkingDirectory');
  const [user, group, restart] = ['User', 'Group', 'Restart'].map((key) => stated(declared, key));
  const ports = unit.ports.map(({ address, port }) =>
    address === undefined ? `${port}` : `${address}:${port}`,
  );
  return {
    ...(isWhole && { execStart: commands }),
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
    ...(folder?.replace(/^[-!]/, '').startsWith('/') && { workingDirectory: folder.replace(/^[-!]/, '') }),
    ...(restart !== undefined && { restart }),
    ...(files.length > 0 && !files.some(isOpen) && { environmentFiles: files }),
    ...(unit.dropIns.length > 0 && { dropIns: unit.dropIns }),
    ...(ports.length > 0 && { ports }),
    ...(unit.wantedBy.length > 0 && { wantedBy: unit.wantedBy }),
    ...(unit.schedule.length > 0 && { schedule: unit.schedule }),
    ...(first.quadlet && { quadlet: first.quadlet }),
    ...(first.installedAs !== undefined && { installedAs: first.installedAs }),
    ...(/(?:^|\/)systemd\/user\//.test(first.installedAs ?? first.file) && { userManager: true }),
  };
}

/** The image of a quadlet, or of the `docker run` that a unit starts. */
function imagesOf({ unit, assignments }: DeclaredUnit, first: UnitPart): Fact[] {
  const { sort, environments } = first.standing;
  const place = (one: PlacedAssignment) =>
    first.file === one.file
      ? first.at(one.line)
      : ({ source: 'repo', file: one.file, line: one.line } as const);
  const found = [
    ...listed(assignments, 'Container', 'Image').map((one) => ({ image: one.value, one })),
    ...listed(assignments, 'Service', 'ExecStart').map((one) => ({
      image: imageOfRun(commandWords(one.value)),
      one,
    })),
  ];
  return found.flatMap(({ image, one }) => {
    // `x.image` and `x.build` are other quadlets
    if (image === undefined || /\.(?:image|build)$/.test(image)) return [];
    const text = specified(image, unit.name);
    const status = isOpen(text) || text.includes('$') ? 'template' : 'literal';
    return imageFacts({ image: { text, status }, evidence: place(one), sort, environments, verb: 'uses' });
  });
}

/** The image that a `docker run` names: the first word that is no option and no value of one. */
function imageOfRun(words: readonly string[]): string | undefined {
  if (!/(?:^|\/)(?:docker|podman)$/.test(words[0] ?? '')) return undefined;
  const run = words.findIndex((word, index) => index > 0 && index < 6 && /^(?:run|create)$/.test(word));
  if (run < 0) return undefined;
  for (let index = run + 1; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) return word;
    const option = word.replace(/^--?/, '');
    const isShort = !word.startsWith('--');
    const takes = isShort ? VALUED.run?.has(option.at(-1) ?? '') : VALUED.run?.has(option);
    // `-p8080:80` holds its value
    const holds = isShort && option.length > 1 && VALUED.run?.has(option[0] ?? '');
    if (takes && !holds && !word.includes('=')) index += 1;
  }
  return undefined;
}

function databasesOf({ unit, assignments }: DeclaredUnit, first: UnitPart): Fact[] {
  const paths = new Map<string, Fact>();
  for (const { value, line, file, isConditional } of listed(assignments, 'Service', 'Environment')) {
    if (isConditional) continue;
    for (const { name, value: text } of assignmentsOf(value)) {
      const path = sqlitePath(name, specified(text, unit.name));
      if (path === undefined || paths.has(path)) continue;
      paths.set(
        path,
        sqliteFact(path, { source: 'repo', file, line, excerpt: `Environment=${name}=…` }, first.standing),
      );
    }
  }
  return [...paths.values()];
}

type Part = Omit<Fact, 'source' | 'sort' | 'environments' | 'certainty'>;

/** The network or volume that a quadlet makes: `systemd-<name>`, unless it says another. podman-systemd.unit(5). */
function quadletFacts({ assignments, unit }: DeclaredUnit, first: UnitPart): Part[] {
  const { quadlet } = first;
  if ((quadlet !== 'network' && quadlet !== 'volume') || first.isDropIn) return [];
  const section = quadlet === 'network' ? 'Network' : 'Volume';
  const stem = unit.name.slice(0, -`-${quadlet}.service`.length);
  const given = single(assignments, section, `${section}Name`)?.value;
  const name = given === undefined ? `systemd-${stem}` : specified(given, unit.name);
  const known = isOpen(name) ? undefined : statusOf(name);
  if (!known) return [];
  const subnets = listed(assignments, section, 'Subnet').flatMap(({ value }) => itemsOf(value));
  return [
    {
      kind: `Docker::${section}`,
      name,
      nameStatus: given === undefined ? 'resolved' : known,
      evidence: first.at(first.assignments[0]?.line ?? 1),
      verb: 'creates',
      ...(subnets.length > 0 && { properties: { subnets } }),
    },
  ];
}

import {
  BrokenJson,
  itemsOf,
  type Member,
  membersOf,
  parseSlice,
  type Slice,
  wholeOf,
} from '#lib/json-slices.ts';
import { LineIndex } from '#lib/line-index.ts';
import { code, type Text } from '#model/text.ts';
import { list, mapping, scalar } from '../../untyped.ts';
import { neededArguments } from './needed-arguments.ts';

/** One managed resource of a state or of a plan, with what of it is asked for. */
export interface StateEntry {
  /** As `terraform state list` prints it: `module.network.aws_subnet.public["a"]`. */
  address: string;
  type: string;
  name: string;
  /** What configures its provider, as far as the file tells one from another. */
  provider: string;
  /** The line on which the instance begins. */
  line: number;
  attributes: ReadonlyMap<string, unknown>;
  /** Attributes that Terraform keeps out of what it prints: their values stay here. */
  sensitive: ReadonlySet<string>;
}

/**
 * What the resources and outputs of a state are worth stands in it in the clear; `nothing` of an empty or encrypted one,
 * `unknown` where that cannot be told.
 */
export type Holds = 'values' | 'nothing' | 'unknown';

/** The managed resources of a state, or why it has none that can be told. */
export type StateFile = { holds: Holds } & ({ entries: StateEntry[] } | { why: Text; line?: number });

const say = (fr: string, en: string): Text => ({ fr, en });
const FORM = '`terraform show -json`';
const DEEPEST = 20;
const DEEPEST_MARK = 100;
const MOST_ENTRIES = 50_000;

/**
 * Reads a state (format 4, as the file and `terraform state pull` have it), or what `terraform show -json` prints of a
 * state or of a plan. Of each resource only what the table of types asks for is kept, and nothing that is marked as
 * sensitive. Terraform documentation, “State”, “JSON Output Format”; OpenTofu documentation, “State and Plan Encryption”.
 */
export function readState(text: string): StateFile {
  const lines = new LineIndex(text);
  try {
    const whole = wholeOf(text);
    const top = byKey(text, whole);
    const refused = refusal(text, top);
    if (refused) return refused;
    const shown = top.get('planned_values') ?? top.get('values');
    const parts = shown ? byKey(text, shown) : top;
    const entries: StateEntry[] = [];
    const found = shown
      ? shownEntries(text, parts.get('root_module'), lines, 0)
      : storedEntries(text, parts.get('resources'), lines);
    for (const entry of found) {
      if (entries.length >= MOST_ENTRIES) return { ...TOO_MANY, holds: 'values' };
      entries.push(entry);
    }
    const outputs = parts.get('outputs');
    const isEmpty = entries.length === 0 && (!outputs || isBare(text, outputs));
    return { entries, holds: isEmpty ? 'nothing' : 'values' };
  } catch (thrown) {
    if (!(thrown instanceof BrokenJson)) throw thrown;
    return {
      why: say('n’est pas du JSON entier\u00a0: état non lu', 'not whole JSON: state not read'),
      line: lines.of(thrown.offset),
      holds: 'unknown',
    };
  }
}

const TOO_MANY = {
  why: say('plus de 50\u00a0000 ressources\u00a0: état non lu', 'over 50,000 resources: state not read'),
};

/** Whether an object has no member. */
const isBare = (text: string, slice: Slice): boolean => membersOf(text, slice).next().done === true;

const byKey = (text: string, slice: Slice): Map<string, Member> =>
  new Map([...membersOf(text, slice)].map((member) => [member.key, member]));

/** Why a text of JSON is no state that can be read. */
function refusal(text: string, top: ReadonlyMap<string, Member>): { why: Text; holds: Holds } | undefined {
  if (top.has('encrypted_data'))
    return {
      why: say(
        `état chiffré par OpenTofu, non lu\u00a0: donner la sortie de ${code('tofu show -json')}`,
        `state encrypted by OpenTofu, not read: give what ${code('tofu show -json')} prints`,
      ),
      holds: 'nothing',
    };
  // Of an empty state nothing but the version of the format is shown
  if (top.has('format_version') && (top.has('planned_values') || top.has('values') || top.size === 1))
    return undefined;
  const version = textIn(text, top.get('version'));
  if (version === '4' && top.has('resources')) return undefined;
  if (version !== undefined && top.has('backend') && !top.has('resources'))
    return {
      why: say(
        `dit où l’état est gardé, et n’en tient aucun\u00a0: donner la sortie de ${code('terraform state pull')}`,
        `says where the state is kept, and holds none: give what ${code('terraform state pull')} prints`,
      ),
      holds: 'unknown',
    };
  const modules = top.get('modules');
  if (version !== undefined && /^[1-3]$/.test(version) && (modules || top.has('serial')))
    return {
      why: say(
        `état de format ${version}, que Terraform 0.12 et ses suivants remplacent, non lu\u00a0: donner la sortie de ${FORM}`,
        `state of format ${version}, which Terraform 0.12 and later replace, not read: give what ${FORM} prints`,
      ),
      holds: modules && holdsOldValues(text, modules) ? 'values' : 'nothing',
    };
  if (version !== undefined && top.has('serial'))
    return {
      why: say(
        `état de format ${code(version)} inconnu, non lu\u00a0: donner la sortie de ${FORM}`,
        `state of unknown format ${code(version)}, not read: give what ${FORM} prints`,
      ),
      holds: 'unknown',
    };
  return {
    why: say(
      `ni un état, ni ce que ${FORM} écrit\u00a0: non lu`,
      `neither a state nor what ${FORM} prints: not read`,
    ),
    holds: 'unknown',
  };
}

/** Whether a module of an old state has a resource or an output. */
function holdsOldValues(text: string, modules: Slice): boolean {
  for (const module of itemsOf(text, modules)) {
    const parts = byKey(text, module);
    for (const key of ['resources', 'outputs']) {
      const part = parts.get(key);
      if (part && !isBare(text, part)) return true;
    }
  }
  return false;
}

/** What stands in a state: instances by resource. A deposed one is to be destroyed, and no longer declared. */
function* storedEntries(text: string, resources: Slice | undefined, lines: LineIndex): Generator<StateEntry> {
  if (!resources) return;
  for (const resource of itemsOf(text, resources)) {
    const parts = byKey(text, resource);
    const said = (key: string) => textIn(text, parts.get(key));
    const instances = parts.get('instances');
    const [type, name] = [said('type'), said('name')];
    if (said('mode') !== 'managed' || type === undefined || name === undefined || !instances) continue;
    const module = said('module');
    for (const instance of itemsOf(text, instances)) {
      const own = byKey(text, instance);
      if (own.has('deposed')) continue;
      const index = own.get('index_key');
      const address = `${module === undefined ? '' : `${module}.`}${type}.${name}`;
      const paths = own.get('sensitive_attributes');
      yield {
        address: index ? `${address}[${text.slice(index.start, index.end)}]` : address,
        type,
        name,
        provider: said('provider') ?? '',
        line: lines.of(instance.start),
        ...attributesOf(text, type, own.get('attributes'), paths ? firstSteps(parseSlice(text, paths)) : []),
      };
    }
  }
}

/** What is shown of a module and of those it calls. */
function* shownEntries(
  text: string,
  module: Slice | undefined,
  lines: LineIndex,
  depth: number,
): Generator<StateEntry> {
  if (!module || depth > DEEPEST) return;
  const own = byKey(text, module);
  const [resources, children] = [own.get('resources'), own.get('child_modules')];
  for (const resource of resources ? itemsOf(text, resources) : []) {
    const parts = byKey(text, resource);
    const said = (key: string) => textIn(text, parts.get(key));
    const [type, name, address] = [said('type'), said('name'), said('address')];
    if (said('mode') !== 'managed' || type === undefined || name === undefined || address === undefined)
      continue;
    if (parts.has('deposed_key')) continue;
    const marks = parts.get('sensitive_values');
    yield {
      address,
      type,
      name,
      provider: said('provider_name') ?? '',
      line: lines.of(resource.start),
      ...attributesOf(text, type, parts.get('values'), marks ? marked(parseSlice(text, marks)) : []),
    };
  }
  for (const child of children ? itemsOf(text, children) : [])
    yield* shownEntries(text, child, lines, depth + 1);
}

const textIn = (text: string, slice: Slice | undefined): string | undefined =>
  slice && scalar(parseSlice(text, slice));

/** What is asked for, and the names of what is left out because it is sensitive in any part. */
function attributesOf(
  text: string,
  type: string,
  values: Slice | undefined,
  sensitive: readonly string[],
): Pick<StateEntry, 'attributes' | 'sensitive'> {
  const needed = neededArguments(type);
  const hidden = new Set(sensitive);
  const attributes = new Map<string, unknown>();
  for (const member of values ? membersOf(text, values) : [])
    if (needed.has(member.key) && !hidden.has(member.key))
      attributes.set(member.key, parseSlice(text, member));
  return { attributes, sensitive: hidden };
}

/** The attributes that paths of a state (`[{ "type": "get_attr", "value": "password" }]`) begin with. */
const firstSteps = (paths: unknown): string[] =>
  list(paths).flatMap((path) => scalar(mapping(list(path)[0]).get('value')) ?? []);

/** The attributes of which what is shown marks any part as sensitive; all of them where it marks the whole. */
const marked = (marks: unknown): string[] =>
  [...mapping(marks)].flatMap(([name, mark]) => (holdsTrue(mark) ? [name] : []));

function holdsTrue(mark: unknown, depth = 0): boolean {
  if (mark === true || depth > DEEPEST_MARK) return true;
  return (
    typeof mark === 'object' && mark !== null && Object.values(mark).some((one) => holdsTrue(one, depth + 1))
  );
}

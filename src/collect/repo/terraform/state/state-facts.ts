import { parseArn } from '#lib/arn.ts';
import { AWS_REGION } from '#lib/aws-region.ts';
import { environmentsOf } from '#lib/environments.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import { resourceId } from '#model/kinds/kinds.ts';
import type { Reading } from '../../../collector.ts';
import type { Tree } from '../../../readers/tree.ts';
import { standingOf } from '../../standing.ts';
import { type Draft, draftsOf } from '../drafts.ts';
import { folderOf } from '../paths.ts';
import type { ProviderSettings } from '../providers.ts';
import { ResourceInstance } from '../resource-instance.ts';
import { typeOf } from '../types/types.ts';
import { valueOfJson } from '../values.ts';
import type { StateEntry } from './state-file.ts';
import { StateNames } from './state-names.ts';

/** The file that a state stands in. */
export interface StatePlace {
  /** From the root of the audited tree, or as the user gave it. */
  file: string;
  source: Extract<FileEvidence['source'], 'repo' | 'import'>;
}

/** What every managed resource of a state declares, by the table of types that configurations are read with. */
export function stateFacts(entries: readonly StateEntry[], place: StatePlace, tree: Tree): Fact[] {
  const settings = settingsOf(entries);
  const hidden = new Set<ResourceInstance>();
  const resources = entries.map((entry, index) => {
    const resource = resourceOf(entry, settings[index] ?? {}, place);
    if (isNameSensitive(entry)) hidden.add(resource);
    return resource;
  });
  const names = new StateNames(resources, folderOf(place.file), tree, (resource) => hidden.has(resource));
  const called = new Map<string, Pick<Fact, 'arn' | 'otherNames'>>();
  for (const resource of resources) {
    const named = names.of(resource);
    const others = named && !hidden.has(resource) ? othersOf(resource, named.key.name) : {};
    if (named && Object.keys(others).length > 0)
      called.set(`${resourceId(named.key)}\n${JSON.stringify(resource.provider)}`, others);
  }
  // One state may hold a queue of the same name in two regions
  const byPlace = Map.groupBy(resources, ({ provider }) => JSON.stringify(provider));
  return [...byPlace].flatMap(([where, group]) =>
    draftsOf(group, names).map((draft) => factOf(draft, place, called.get(`${resourceId(draft)}\n${where}`))),
  );
}

function resourceOf(
  { type, name, address, line, attributes }: StateEntry,
  provider: ProviderSettings,
  place: StatePlace,
): ResourceInstance {
  const block = {
    mode: 'managed' as const,
    type,
    name,
    body: { attributes: [], blocks: [] },
    at: line,
    reading: readingOf(place),
  };
  const given = (argument: string) =>
    attributes.has(argument) ? valueOfJson(attributes.get(argument)) : undefined;
  return new ResourceInstance(block, address, given, provider, { isOneForAll: false });
}

/** A line of a state may hold a secret: evidence is its place alone, without the text. */
const readingOf = ({ file, source }: StatePlace): Reading => ({
  path: file,
  text: '',
  tracked: true,
  lines: [],
  at: (line) => ({ source, file, line }),
  lineOf: (line) => line,
});

/** What the name, or what tells it, is put together from. */
function isNameSensitive({ type, sensitive }: StateEntry): boolean {
  if (sensitive.size === 0) return false;
  const { name = [], prefix } = typeOf(type) ?? {};
  const parts = [...name, ...(prefix === undefined ? [] : [prefix]), 'id', 'arn'];
  return parts.some((path) => sensitive.has(path.split('.')[0] ?? ''));
}

/** Where each resource is: its ARN says it, its own region, or all others of its provider alike. */
function settingsOf(entries: readonly StateEntry[]): ProviderSettings[] {
  const own = entries.map(({ attributes }): ProviderSettings => {
    const arn = parseArn(textOf(attributes.get('arn')));
    const region = arn?.region ?? textOf(attributes.get('region'));
    return {
      ...(arn?.account !== undefined && /^\d{12}$/.test(arn.account) && { account: arn.account }),
      ...(AWS_REGION.test(region) && { region }),
    };
  });
  const byProvider = Map.groupBy(entries.keys(), (index) => entries[index]?.provider ?? '');
  const shared = new Map(
    [...byProvider].map(([provider, indexes]) => {
      const agreed = (key: 'account' | 'region') => {
        const said = new Set([...indexes].flatMap((index) => own[index]?.[key] ?? []));
        return said.size === 1 ? { [key]: [...said][0] } : {};
      };
      return [provider, { ...agreed('account'), ...agreed('region') }] as const;
    }),
  );
  return own.map((one, index) => ({ ...shared.get(entries[index]?.provider ?? ''), ...one }));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The ARN and the id that AWS gave it: what is observed is recognised by them before any name. */
function othersOf(resource: ResourceInstance, name: string): Pick<Fact, 'arn' | 'otherNames'> {
  if (resource.type.startsWith('cloudflare_')) {
    const id = textOf(resource.argument('id'));
    return id !== name && CLOUDFLARE_ID.test(id) ? { otherNames: [id] } : {};
  }
  // An alias stands for its key, whose own ARN is another
  if (!resource.type.startsWith('aws_') || typeOf(resource.type)?.named === 'alias') return {};
  const [arn, id] = [textOf(resource.argument('arn')), textOf(resource.argument('id'))];
  const isOwnId = id !== '' && id !== name && GENERATED.test(id);
  return { ...(parseArn(arn) && { arn }), ...(isOwnId && { otherNames: [id] }) };
}

/** An id with a type before it, as Amazon EC2 and EFS give them. Amazon EC2 User Guide, “Resource IDs”. */
const GENERATED = /^(?:[a-z]{1,12}-)?[a-z]{1,12}-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** Cloudflare's ids: 32 hexadecimal digits, or a UUID. */
const CLOUDFLARE_ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

function factOf(
  draft: Draft,
  { file, source }: StatePlace,
  others: Pick<Fact, 'arn' | 'otherNames'> = {},
): Fact {
  // A path outside the tree says where somebody keeps their files: its name alone is theirs to choose
  const { environments } = standingOf(source === 'repo' ? file : file.slice(file.lastIndexOf('/') + 1));
  const own = draft.nameStatus === 'logical' ? [] : environmentsOf(draft.name);
  return {
    ...draft,
    source,
    sort: 'declared',
    certainty: 'static',
    environments: environments.length > 0 ? environments : own,
    ...(draft.verb === 'creates' && others),
  };
}

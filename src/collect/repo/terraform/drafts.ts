import { withoutKeys } from '#lib/terraform-address.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Json, RelationFact, TerraformResource } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import { containersOf, imageOf } from './contents.ts';
import { linksOf, namedBy } from './links.ts';
import { attributeOf } from './module-config.ts';
import type { Named, Names } from './naming.ts';
import { propertiesOf } from './properties.ts';
import type { ResourceInstance } from './resource-instance.ts';
import { mentionedBy } from './stores.ts';
import { settingOf, typeOf } from './types/types.ts';

/** Relations of one thing that several blocks speak of. */
const MOST_JOINED = 300;

/** A fact before the ways in which its module is applied are put together. */
export type Draft = Omit<Fact, 'source' | 'sort' | 'environments' | 'certainty' | 'unknownAccount'> & {
  /** It is deployed into an account that only the run knows. */
  isElsewhere?: true;
};

/** What one deployment declares: its resources with their settings, then what they name outside of it. */
export function draftsOf(resources: readonly ResourceInstance[], names: Names): Draft[] {
  const drafts = new Map<string, Draft>();
  const others: Draft[] = [];
  for (const resource of resources) {
    const named = names.of(resource);
    if (named) {
      const { draft, beside } = resourceDraft(resource, named, names);
      const id = JSON.stringify([draft.kind, draft.name, draft.scope, draft.verb]);
      const before = drafts.get(id);
      drafts.set(id, before ? joined(before, draft) : draft);
      others.push(...beside);
    }
    if (resource.block.mode === 'data') others.push(...mentionedBy(resource));
  }
  for (const resource of resources) {
    const setting = resource.block.mode === 'managed' ? settingOf(resource.type) : undefined;
    if (!setting) continue;
    const [value] = resource.values(setting.of);
    const target = value === undefined ? undefined : names.resourceIn(value);
    const links = linksOf(resource, setting.relations, names);
    // A plain name is that of a resource of the deployment, or of one outside of it
    const holder = target
      ? namedBy(target, names)
      : linksOf(resource, [[setting.of, 'uses', setting.kind]], names).relations[0]?.to;
    if (!holder || holder.kind.startsWith('Terraform::')) continue;
    const added: Draft = {
      ...holder,
      nameStatus: 'resolved',
      evidence: placeOf(resource),
      verb: 'requires',
      ...whereabouts(resource, holder.kind),
      properties: propertiesOf(resource, setting),
      relations: links.relations,
    };
    const own = ['creates', 'requires'].map((verb) =>
      JSON.stringify([holder.kind, holder.name, holder.scope, verb]),
    );
    const id = own.find((one) => drafts.has(one));
    const before = id === undefined ? undefined : drafts.get(id);
    if (id !== undefined && before) drafts.set(id, joined(before, added));
    else if (!target) others.push(added);
    others.push(...mentions(links.mentions, resource));
  }
  const declared = new Set([...drafts.values()].map(({ kind, name }) => `${kind}\n${name}`));
  const outside = new Map(
    others
      .filter(({ kind, name }) => !declared.has(`${kind}\n${name}`))
      .map((draft) => [JSON.stringify([draft.kind, draft.name, draft.scope, draft.evidence]), draft]),
  );
  return [...drafts.values(), ...outside.values()];
}

function resourceDraft(resource: ResourceInstance, named: Named, names: Names) {
  const mapping = typeOf(resource.type);
  const isData = resource.block.mode === 'data';
  const at = placeOf(resource, named.argument);
  const links = isData ? { relations: [], mentions: [] } : linksOf(resource, mapping?.relations, names);
  const standing = { sort: 'declared', environments: [] } as const;
  const place = { ...standing, environments: [...standing.environments] };
  const contents =
    mapping?.holds === 'containers' && !isData
      ? containersOf(resource, place, placeOf(resource, 'container_definitions'), names)
      : mapping?.holds === 'image' && !isData
        ? imageOf(resource, place, placeOf(resource, 'image_uri'))
        : undefined;
  const relations = [...links.relations, ...(contents?.relations ?? [])];
  const properties: Record<string, Json> = {
    ...(mapping && !isData && propertiesOf(resource, mapping)),
    ...(mapping?.named === 'record' && zoneOf(resource, names)),
    ...contents?.properties,
  };
  const draft: Draft = {
    ...named.key,
    nameStatus: named.status,
    evidence: at,
    verb: isData ? 'requires' : 'creates',
    ...whereabouts(resource, named.key.kind),
    ...(resource.condition !== undefined && { condition: resource.condition }),
    ...(!isData && { terraform: addressOf(resource) }),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(relations.length > 0 && { relations }),
  };
  return { draft, beside: [...mentions(links.mentions, resource), ...(contents?.facts ?? [])] };
}

/** A condition is the address of what may be there any number of times: the resource itself, or a module it is in. */
const addressOf = ({ address, condition }: ResourceInstance): TerraformResource => ({
  address,
  ...(condition !== undefined && { isForAll: true }),
});

/** The zone tells a delegation from the records that its zone has of itself. */
function zoneOf(resource: ResourceInstance, names: Names): { hostedZone?: string } {
  const zone = names.zoneOf(resource)?.replace(/\.$/, '').toLowerCase();
  return zone === undefined ? {} : { hostedZone: zone };
}

function mentions(found: ReturnType<typeof linksOf>['mentions'], resource: ResourceInstance): Draft[] {
  return found.map(({ argument, ...name }) => ({
    ...whereabouts(resource, name.kind),
    ...name,
    nameStatus: resource.expression(argument)?.type === 'literal' ? 'literal' : 'resolved',
    evidence: placeOf(resource, argument),
    verb: 'requires',
  }));
}

function whereabouts(
  resource: ResourceInstance,
  kind: Fact['kind'],
): Pick<Draft, 'account' | 'region' | 'isElsewhere'> {
  const { provider, type } = resource;
  if (type.startsWith('cloudflare_')) return cloudflareAccount(resource);
  if (!type.startsWith('aws_')) return {};
  const { account, region, isElsewhere } = provider;
  return {
    ...(account !== undefined && { account }),
    ...(isElsewhere && { isElsewhere }),
    ...(region !== undefined && kindOf(kind).global !== true && { region }),
  };
}

/** The line of the argument, or that of the block. */
export function placeOf({ block }: ResourceInstance, argument?: string): FileEvidence {
  const name = argument?.split('.')[0];
  const written = name === undefined ? undefined : attributeOf(block.body, name);
  const nested = name === undefined ? undefined : block.body.blocks.find(({ type }) => type === name);
  return block.reading.at(block.reading.lineOf(written?.at ?? nested?.at ?? block.at));
}

/** Two blocks that speak of one thing: what the first says stays. */
function joined(first: Draft, second: Draft): Draft {
  const relations = new Map<string, RelationFact>();
  for (const relation of [...(first.relations ?? []), ...(second.relations ?? [])].slice(0, MOST_JOINED))
    relations.set(JSON.stringify(relation), relation);
  const properties = { ...second.properties, ...first.properties };
  const { condition, terraform, ...rest } = first;
  return {
    ...rest,
    ...sameAddress(terraform, second.terraform),
    ...(condition !== undefined && second.condition !== undefined && { condition }),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(relations.size > 0 && { relations: [...relations.values()] }),
  };
}

/** Instances of one block stand for all of it; of different blocks neither address is that of what they are together. */
function sameAddress(
  first: TerraformResource | undefined,
  second: TerraformResource | undefined,
): Pick<Draft, 'terraform'> {
  if (!first || !second || first.address === second.address) {
    const one = first ?? second;
    return one ? { terraform: one } : {};
  }
  const address = withoutKeys(first.address);
  return address === withoutKeys(second.address) ? { terraform: { address, isForAll: true } } : {};
}

/** Resources of Cloudflare state the account that they are in by its id. */
function cloudflareAccount(resource: ResourceInstance): Pick<Draft, 'account'> {
  const account = resource.argument('account_id');
  return typeof account === 'string' && /^(?!0{32})[0-9a-f]{32}$/.test(account) ? { account } : {};
}

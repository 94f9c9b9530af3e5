import { hasSymbol } from '#lib/symbolic.ts';
import type { Kind, RelationFact, ResourceKey } from '#model/fact.ts';
import { type AwsName, nameOfAddress, nameOfArn } from '../aws-names.ts';
import { statusOf } from '../name-status.ts';
import { BUILT_IN, type Names } from './naming.ts';
import type { ResourceInstance } from './resource-instance.ts';
import type { TypeMapping } from './types/mapping.ts';
import { settingOf } from './types/types.ts';
import { isList, textOf, type Value } from './values.ts';

/** What resources name, and what of it stands in no block of the deployment. */
export interface Links {
  relations: RelationFact[];
  /** Names written out, to be declared where no block declares them. */
  mentions: (AwsName & { argument: string })[];
}

const MOST_RELATIONS = 60;

const keyOf = ({ kind, name, scope }: ResourceKey): ResourceKey => ({
  kind,
  name,
  ...(scope !== undefined && { scope }),
});

/** The relations that the arguments of a resource state. Bounded. */
export function linksOf(
  resource: ResourceInstance,
  relations: TypeMapping['relations'],
  names: Names,
): Links {
  const links: Links = { relations: [], mentions: [] };
  const add = (type: string, to: ResourceKey) => {
    const isNew = !links.relations.some(
      (one) =>
        one.type === type && one.to.kind === to.kind && one.to.name === to.name && one.to.scope === to.scope,
    );
    if (isNew && links.relations.length < MOST_RELATIONS) links.relations.push({ type, to: keyOf(to) });
  };
  for (const [path, type, kind] of relations ?? [])
    for (const value of resource.values(path).flatMap((one) => (isList(one) ? one : [one]))) {
      const target = names.resourceIn(value);
      const named = target && namedBy(target, names);
      if (named) {
        add(type, named);
        continue;
      }
      const mention = target ? undefined : mentioned(value, kind);
      if (!mention) continue;
      add(type, mention);
      links.mentions.push({ ...mention, argument: path.split('.')[0] ?? path });
    }
  return links;
}

/** What a resource is, or what it belongs to: a version of a secret is the secret. */
export function namedBy(target: ResourceInstance, names: Names): ResourceKey | undefined {
  const own = names.of(target)?.key;
  if (own) return own.kind.startsWith('Terraform::') ? undefined : own;
  const setting = settingOf(target.type);
  const value = setting && target.values(setting.of)[0];
  const holder = value === undefined ? undefined : names.resourceIn(value);
  return holder && holder !== target ? names.of(holder)?.key : undefined;
}

/** A name in full, an ARN or an address of AWS; `kind` is what a bare name means here. */
function mentioned(value: Value, kind: Kind | undefined): AwsName | undefined {
  const text = textOf(value)?.trim() ?? '';
  if (text === '' || text.length > 600) return undefined;
  const said = nameOfArn(text) ?? nameOfAddress(text);
  if (said)
    return hasSymbol(said.name) || hasSymbol(said.scope ?? '') || BUILT_IN.test(said.name) ? undefined : said;
  if (!kind || text.startsWith('arn:')) return undefined;
  // A revision only the run knows follows the name of a task's family
  const name = kind === 'AWS::ECS::TaskDefinition' ? (text.split(':')[0] ?? '') : text;
  return !hasSymbol(name) && !BUILT_IN.test(name) && statusOf(name) === 'literal'
    ? { kind, name }
    : undefined;
}

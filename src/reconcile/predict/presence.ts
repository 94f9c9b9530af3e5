import { hasSymbol } from '#lib/symbolic.ts';
import { identity, kindOf } from '#model/kinds/kinds.ts';
import type { Mention } from '#model/prediction.ts';
import type { Resource } from '#model/resource.ts';
import type { Text } from '#model/text.ts';

/** Whether something that a call names is there. `unknown`: nobody could look, with the reason where there is one. */
export type Presence =
  | { is: 'present'; resource: Resource }
  | { is: 'absent'; where?: Text }
  | { is: 'unknown'; why?: Text };

const keyOf = (kind: string, name: string) => `${kind}\n${name}`;

/** The resources of an estate by the names under which calls speak of them. */
export class Inventory {
  readonly #observed = new Map<string, Resource[]>();
  readonly #declared = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      const seen = resource.facts.filter(({ sort }) => sort === 'observed');
      const names = new Set([
        resource.name,
        ...seen.flatMap(({ arn, otherNames = [] }) => [...otherNames, ...(arn ? [arn] : [])]),
      ]);
      const index = seen.length > 0 ? this.#observed : this.#declared;
      for (const name of names) {
        const key = keyOf(resource.kind, identity({ kind: resource.kind, name }).name);
        const known = index.get(key);
        if (known) known.push(resource);
        else index.set(key, [resource]);
      }
    }
  }

  /** Where a call that is at work in this region finds what it names. */
  find(mention: Mention, region: string | undefined): Presence {
    if (hasSymbol(mention.name) || hasSymbol(mention.scope ?? '')) return { is: 'unknown' };
    const { kind, name, scope } = mention;
    const where = mention.region ?? region;
    const isHere = (resource: Resource) =>
      (where === undefined ||
        resource.region === undefined ||
        resource.region === where ||
        kindOf(kind).global === true) &&
      (scope === undefined ||
        !kindOf(kind).scoped ||
        resource.scope === undefined ||
        resource.scope === identityOfScope(scope)) &&
      (mention.account === undefined ||
        resource.account === undefined ||
        resource.account === mention.account);
    const key = keyOf(kind, identity({ kind, name }).name);
    const seen = this.#observed.get(key)?.find(isHere);
    if (seen) return { is: 'present', resource: seen };
    const said = this.#declared.get(key)?.find(isHere);
    if (!said) return { is: 'unknown' };
    if (said.status === 'missing') return { is: 'absent', ...(said.reason && { where: said.reason }) };
    return { is: 'unknown', ...(said.reason && { why: said.reason }) };
  }
}

/** A cluster may be given by its ARN. */
const identityOfScope = (scope: string): string =>
  scope.startsWith('arn:') ? (scope.split('/').at(-1) ?? scope) : scope;

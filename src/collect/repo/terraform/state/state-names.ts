import type { Tree } from '../../../readers/tree.ts';
import { nameOfArn } from '../../aws-names.ts';
import { type Named, Names } from '../naming.ts';
import type { ResourceInstance } from '../resource-instance.ts';
import { typeOf } from '../types/types.ts';
import { textOf, type Value } from '../values.ts';
import { CALLED_BY } from './needed-arguments.ts';

/**
 * What the resources of a state are called. Where a configuration refers to another resource, a state has that one's
 * id or address; and where the provider chooses the name, the state has it.
 */
export class StateNames extends Names {
  readonly #isHidden: (resource: ResourceInstance) => boolean;
  /** By what others call them by; undefined for what is said of several. */
  readonly #called = new Map<string, ResourceInstance | undefined>();
  /** How many resources have a name that nothing keeps from being given twice: a `Name` tag. */
  readonly #tagged = new Map<string, number>();
  readonly #settled = new Map<ResourceInstance, Named | undefined>();

  /** `isHidden`: whether what a resource is called by is a secret in any part. */
  constructor(
    all: readonly ResourceInstance[],
    folder: string,
    tree: Tree,
    isHidden: (resource: ResourceInstance) => boolean,
  ) {
    super(all, folder, tree);
    this.#isHidden = isHidden;
    for (const resource of all) {
      const mapping = typeOf(resource.type);
      if (!mapping) continue;
      const names = new Set((mapping.name ?? []).flatMap((path) => resource.values(path)).map(textOf));
      for (const attribute of CALLED_BY) {
        const value = resource.argument(attribute);
        const text = value === undefined ? undefined : textOf(value);
        // A plain name may be that of things of several kinds
        if (text === undefined || text === '' || names.has(text)) continue;
        const known = this.#called.get(text);
        this.#called.set(text, this.#called.has(text) && known !== resource ? undefined : resource);
      }
    }
    for (const resource of all) {
      const key = tagOf(resource);
      if (key !== undefined) this.#tagged.set(key, (this.#tagged.get(key) ?? 0) + 1);
    }
  }

  override resourceIn(value: Value): ResourceInstance | undefined {
    return typeof value === 'string' ? this.#called.get(value) : super.resourceIn(value);
  }

  override of(resource: ResourceInstance): Named | undefined {
    if (this.#settled.has(resource)) return this.#settled.get(resource);
    const named = super.of(resource);
    const own = named && !this.#isHidden(resource) ? this.#withId(resource, named) : named;
    this.#settled.set(resource, own);
    return own;
  }

  /** The provider's own name or id, where no argument names the resource, or where another has the same `Name` tag. */
  #withId(resource: ResourceInstance, named: Named): Named {
    const mapping = typeOf(resource.type);
    const tag = tagOf(resource);
    const isShared = tag !== undefined && (this.#tagged.get(tag) ?? 0) > 1;
    if (!mapping || (named.status !== 'logical' && !isShared)) return named;
    const arn = nameOfArn(textIn(resource, 'arn') ?? '');
    const isById = mapping.name === undefined || mapping.name[0] === TAG;
    const id = isById ? textIn(resource, 'id') : undefined;
    const name =
      arn?.kind === mapping.kind ? arn.name : id === undefined || id.startsWith('arn:') ? undefined : id;
    return name === undefined || name === '' ? named : { key: { ...named.key, name }, status: 'resolved' };
  }
}

const TAG = 'tags.Name';

const textIn = (resource: ResourceInstance, attribute: string): string | undefined => {
  const value = resource.argument(attribute);
  return typeof value === 'string' ? value : undefined;
};

/** Its kind and `Name` tag, for a resource that is named by it. */
function tagOf(resource: ResourceInstance): string | undefined {
  const mapping = typeOf(resource.type);
  if (mapping?.name?.[0] !== TAG) return undefined;
  const [value] = resource.values(TAG);
  const text = value === undefined ? undefined : textOf(value);
  return text === undefined ? undefined : `${mapping.kind}\n${text}`;
}

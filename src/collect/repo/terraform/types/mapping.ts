import type { Kind } from '#model/fact.ts';

/** Where in a resource's arguments a value stands: `versioning_configuration.status`, through nested blocks. */
type Path = string;

/** How a resource type of a provider is one of the kinds of the estate. */
export interface TypeMapping {
  kind: Kind;
  /** Arguments that hold the physical name, the first that is given; none where the provider chooses an id. */
  name?: readonly Path[];
  /** The argument that a provider puts a random end to. */
  prefix?: Path;
  /** Its attribute `id` is the name. */
  idIsName?: true;
  /** A name that is put together in another way. */
  named?: 'record' | 'alias' | 'alias-of-key' | 'url' | 'parameter' | 'listener' | 'of-script' | 'phase';
  /** What the name is within, where the kind is scoped: where it is written, and what a plain name there means. */
  scope?: readonly [path: Path, kind: Kind];
  /** Property of CloudFormation, lower-case first, to where it is written. */
  properties?: Readonly<Record<string, Path>>;
  /** Where another resource is named, the relation, and what a plain name there means. */
  relations?: readonly (readonly [path: Path, relation: string, kind?: Kind])[];
  /** What stands in JSON of its own, read by `contents.ts`. */
  holds?: 'containers' | 'image';
}

/** A resource that is nothing of its own: what it says belongs to the one that an argument names. */
export interface SettingMapping {
  of: Path;
  /** What a plain name there means. */
  kind: Kind;
  properties?: Readonly<Record<string, Path>>;
  /** True where all of these are. */
  all?: readonly [property: string, paths: readonly Path[]];
  relations?: TypeMapping['relations'];
}

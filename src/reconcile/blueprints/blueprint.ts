import type { BlueprintId } from '#model/component.ts';
import type { System } from '#model/estate.ts';
import type { Kind } from '#model/fact.ts';
import type { Relation, Resource } from '#model/resource.ts';
import type { Text } from '#model/text.ts';

/** What a blueprint looks at: one system, the resources that are its own, and those they lead to. */
export interface SystemView {
  system: System;
  /** Resources of the system. */
  own: readonly Resource[];
  /** Own resources and those that a relation of theirs, or of their workflows, leads to. */
  reachable: readonly Resource[];
  relations: readonly Relation[];
  /** Resources of the estate that are of no system. */
  unowned: readonly Resource[];
  /** Kinds declared anywhere in the estate. */
  estateKinds: ReadonlySet<Kind>;
}

/** One thing that a kind of deployment needs. */
export interface ComponentDefinition {
  /** Lower case, as in the report: `target group`. */
  name: string;
  kinds: readonly Kind[];
  /** Narrows the kind: a DNS record that is the domain, an image that is the system's own. */
  fits?(resource: Resource, view: SystemView): boolean;
  /** Looked for among what the system reaches, not only its own: a cluster that others share. */
  shared?: boolean;
  /** Not needed for the system to run, so never `undefined`: shown only when something names it. */
  optional?: boolean;
  /** Systems that do without: a worker answers nobody, so it needs no load balancer. */
  needlessFor?(view: SystemView): boolean;
  /** What its absence from every file means. */
  absent: Text;
}

/** A kind of deployment and what it needs in each environment. */
export interface Blueprint {
  id: BlueprintId;
  title: Text;
  applies(view: SystemView): boolean;
  components: readonly ComponentDefinition[];
}

export const defineBlueprint = (blueprint: Blueprint): Blueprint => blueprint;

/** Whether the system has at least one resource of these kinds. */
export const has = (view: SystemView, ...kinds: Kind[]): boolean =>
  view.own.some((resource) => kinds.includes(resource.kind));

/** Whether what the system reaches holds one of these kinds. */
export const reaches = (view: SystemView, ...kinds: Kind[]): boolean =>
  view.reachable.some((resource) => kinds.includes(resource.kind));

import type { Artifacts } from '#model/artifacts.ts';
import type { Component } from '#model/component.ts';
import type { System } from '#model/estate.ts';
import type { Fact } from '#model/fact.ts';
import type { Observation } from '#model/lookup.ts';
import type { Relation, Resource } from '#model/resource.ts';
import { componentsOf } from './components.ts';
import type { SystemDeclaration } from './declared-systems.ts';
import { withDeployedWorkers } from './deployed-workers.ts';
import { withAliases } from './environment-aliases.ts';
import { withoutExampleAccounts } from './example-accounts.ts';
import { withOpenNamesClosed } from './open-names.ts';
import { relationsOf, resourcesOf } from './resources.ts';
import { withStacks } from './stacks.ts';
import { withStateNames } from './states.ts';
import { findSystems } from './systems.ts';
import { withUnknownAccounts } from './unknown-accounts.ts';

export interface Reconciled {
  resources: Resource[];
  relations: Relation[];
  systems: System[];
  components: Component[];
}

/** Facts become resources, relations, systems and component tables. Pure: neither side is ever changed. */
export function reconcile(
  estate: string,
  facts: readonly Fact[],
  artifacts: Artifacts,
  declared: readonly SystemDeclaration[] = [],
  aliases: Readonly<Record<string, readonly string[]>> = {},
  observations: readonly Observation[] = [],
): Reconciled {
  const own = withoutExampleAccounts(facts, observations);
  const found = withUnknownAccounts(
    resourcesOf(
      withStacks(withOpenNamesClosed(withStateNames(withAliases(withDeployedWorkers(own), aliases)))),
      observations,
    ),
  );
  const { systems, of } = findSystems(estate, found, artifacts.workflows, declared);
  const resources = found.map((resource) => {
    const system = of.get(resource.id);
    return system === undefined ? resource : { ...resource, system };
  });
  const relations = relationsOf(resources);
  const written = new Set(artifacts.documents.flatMap(({ names }) => names ?? []));
  return {
    resources,
    relations,
    systems,
    components: componentsOf(systems, resources, relations, of, written),
  };
}

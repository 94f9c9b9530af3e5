import type { Component } from '#model/component.ts';
import type { Estate, System } from '#model/estate.ts';
import type { Resource } from '#model/resource.ts';
import type { Call } from '#model/workflow.ts';
import { argumentStrings, pushedImages } from './calls.ts';

/** What a deployment is given by a name that only the run knows: the component, the call, and its argument. */
const BY_SYMBOL: readonly [component: string, operation: RegExp, argument: string][] = [
  ['service', /^ecs (update|create)-service$/, 'service'],
  ['cluster', /^ecs (update|create)-service$/, 'cluster'],
  ['function', /^lambda update-/, 'function-name'],
  ['distribution', /^cloudfront create-invalidation$/, 'distribution-id'],
  ['bucket', /^s3 (sync|cp)$/, 'words'],
];
const PUBLISHES = /build|docker|image|ecr|push|publish|container/i;
const ONLY_PREPARES =
  /setup|login|credential|metadata|scan|lint|check|trivy|hadolint|prune|clean|cache|test|git-/i;
const isSymbolic = (value: unknown): boolean => JSON.stringify(value ?? '').includes('⟨');

/** Components that the table gives to no resource of a system, and that its workflows name all the same. */
export interface NamedByWorkflows {
  /** Under a name that only the run knows: `vars.SERVICE`. */
  bySymbol: ReadonlySet<string>;
  /** As what the table holds for another system, which may be shared. */
  forOthers: ReadonlySet<string>;
}

/** What the workflows that deploy an environment of a system name, beside what is in the environment's own rows. */
export function namedByWorkflows(
  system: System,
  environment: string,
  rows: readonly Component[],
  { resources, components, artifacts }: Estate,
): NamedByWorkflows {
  const byId = new Map(resources.map((one) => [one.id, one]));
  const declared = rows.flatMap(({ resource = '' }) => byId.get(resource)?.declared ?? []);
  const named = new Set([...system.workflows, ...declared.map(({ file }) => file)]);
  const workflows = artifacts.workflows.filter(({ file }) => named.has(file));
  const files = new Set(workflows.map(({ file }) => file));
  const calls = workflows.flatMap(({ runs }) => runs.flatMap((run) => run.calls));
  const strings = new Set(calls.flatMap(argumentStrings));
  const isAtHand = (one: Resource) =>
    one.system !== system.id &&
    (environment === 'unspecified' || !one.environments.length || one.environments.includes(environment)) &&
    (strings.has(one.name) || one.declared.some(({ file }) => files.has(file)));
  const kinds = new Set(resources.flatMap((one) => (isAtHand(one) ? [one.kind] : [])));
  const forOthers = components.flatMap(({ component, resource = '' }) => {
    const kind = byId.get(resource)?.kind;
    return kind && kinds.has(kind) ? [component] : [];
  });
  return { bySymbol: new Set(calls.flatMap(symbolic)), forOthers: new Set(forOthers) };
}

function symbolic(call: Call): string[] {
  const pushed = pushedImages(call).some(({ repository }) => isSymbolic(repository));
  const named = BY_SYMBOL.flatMap(([component, operation, argument]) =>
    call.tool === 'aws' && operation.test(call.operation) && isSymbolic(call.arguments[argument])
      ? [component]
      : [],
  );
  // an action that no model knows may publish, and say under what name in a place that was not read
  const publishes =
    call.tool === 'action' && PUBLISHES.test(call.operation) && !ONLY_PREPARES.test(call.operation);
  return [...named, ...(pushed || publishes ? ['registry', 'image'] : [])];
}

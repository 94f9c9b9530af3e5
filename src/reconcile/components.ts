import { environmentsOf } from '#lib/environments.ts';
import type { Component } from '#model/component.ts';
import type { System } from '#model/estate.ts';
import { isDeployedFrom, isFileEvidence } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import { observedState } from '#model/kinds/observed-state.ts';
import type { Relation, Resource } from '#model/resource.ts';
import { changedOn, code, codes, type Text } from '#model/text.ts';
import type { Blueprint, ComponentDefinition, SystemView } from './blueprints/blueprint.ts';
import { blueprints } from './blueprints/blueprints.ts';
import { workflowsNaming } from './systems.ts';
import { unverifiedReason } from './unverified.ts';

/** Stands for the environment of a system whose files name none. */
export const NO_ENVIRONMENT = 'unspecified';

/** Named after the outside, so that their system cannot be read from the name. */
const DOMAINS: ReadonlySet<Kind> = new Set(['AWS::Route53::RecordSet', 'Cloudflare::DNS::Record']);

function viewOf(
  system: System,
  resources: readonly Resource[],
  relations: readonly Relation[],
  systemOf: ReadonlyMap<string, string>,
  estateKinds: ReadonlySet<Kind>,
): SystemView {
  const own = resources.filter((resource) => systemOf.get(resource.id) === system.id);
  const ids = new Set(own.map((resource) => resource.id));
  const reached = new Set(
    relations.flatMap(({ from, to }) => (ids.has(from) ? [to] : ids.has(to) ? [from] : [])),
  );
  const workflows = new Set(system.workflows);
  const reachable = resources.filter(
    (resource) =>
      ids.has(resource.id) ||
      reached.has(resource.id) ||
      workflowsNaming(resource).some((file) => workflows.has(file)),
  );
  const unowned = resources.filter((resource) => !systemOf.has(resource.id));
  return { system, own, reachable, relations, estateKinds, unowned };
}

/** Declared for this environment, or for none in particular and so for all. */
const isFor = (resource: Resource, environment: string) =>
  resource.environments.length === 0 ||
  resource.environments.includes(environment) ||
  environment === NO_ENVIRONMENT;

/** A cluster called after another environment, in which something of this one runs. */
const holdsOwn = (resource: Resource, environment: string, view: SystemView) =>
  resource.kind === 'AWS::ECS::Cluster' &&
  view.own.some((one) => one.scope === resource.name && one.environments.includes(environment));

/** The view of a system with every name that the documents write. */
/** `isObserved`: an account was read. */
type Written = SystemView & { written: ReadonlySet<string>; isObserved: boolean };

/** Whether no page writes the name at all. A plain word may stand in any page, and be meant or not. */
const isNowhereWritten = ({ kind, name, nameStatus }: Resource, written: ReadonlySet<string>): boolean =>
  kind !== 'GitHub::Actions::Workflow' &&
  kind !== 'Docker::Image' &&
  nameStatus !== 'template' &&
  /[-_./]|\d/.test(name) &&
  !written.has(name.toLowerCase());

/** Whether somebody looked, and what there is to say of it: that nobody was asked to look is said once, not in each row. */
const isTold = (resource: Resource, { isObserved }: Written): resource is Resource & { reason: Text } =>
  isObserved &&
  resource.status !== 'missing' &&
  resource.reason !== undefined &&
  resource.reason.en !== unverifiedReason(resource.kind).en;

const state = (resource: Resource): Text[] => {
  const found = observedState(resource);
  return found ? [found] : [];
};

/** How a row's resource is, where it is named, and whether a document speaks of it. */
function noteOn(resource: Resource, view: Written): Text {
  // where the name is written out, rather than where a call uses it
  const written = resource.facts.find(
    ({ source, nameStatus }) => isDeployedFrom(source) && nameStatus === resource.nameStatus,
  )?.evidence;
  const repo =
    written && isFileEvidence(written)
      ? written
      : resource.declared.find((evidence) => isDeployedFrom(evidence.source));
  const docs = resource.declared.find((evidence) => evidence.source === 'docs');
  const place = (evidence: { file: string; line: number }) => code(`${evidence.file}:${evidence.line}`);
  const parts: Text[] = [...(isTold(resource, view) ? [resource.reason] : []), ...state(resource)];
  if (repo) parts.push({ fr: `nommé par ${place(repo)}`, en: `named by ${place(repo)}` });
  if (docs) {
    const changed = docs.lastChange && changedOn(docs.lastChange);
    parts.push({
      fr: `documenté dans ${place(docs)}${changed ? ` (${changed.fr})` : ''}`,
      en: `documented in ${place(docs)}${changed ? ` (${changed.en})` : ''}`,
    });
  } else if (isNowhereWritten(resource, view.written))
    parts.push({ fr: 'aucun document ne le nomme', en: 'no document names it' });
  if (resource.nameStatus === 'template' && !isTold(resource, view))
    parts.push({ fr: 'nom connu seulement à l’exécution', en: 'name known only when it runs' });
  if (resource.system !== undefined && resource.system !== view.system.id)
    parts.push({ fr: `partagé avec ${code(resource.system)}`, en: `shared with ${code(resource.system)}` });
  if (view.unowned.includes(resource) && DOMAINS.has(resource.kind))
    parts.push({ fr: 'aucun fichier ne dit de quel système', en: 'no file says of which system' });
  if (resource.kind === 'GitHub::Actions::Workflow') parts.push(...workflowNote(resource));
  return { fr: parts.map((part) => part.fr).join(', '), en: parts.map((part) => part.en).join(', ') };
}

function workflowNote(resource: Resource): Text[] {
  const triggers = resource.properties.triggers;
  if (!Array.isArray(triggers) || triggers.length === 0) return [];
  const list = codes(triggers.map(String));
  return [{ fr: `déclenché par ${list.fr}`, en: `triggered by ${list.en}` }];
}

function rowsOf(
  definition: ComponentDefinition,
  blueprint: Blueprint,
  environment: string,
  view: Written,
): Component[] {
  const row = { system: view.system.id, environment, blueprint: blueprint.id, component: definition.name };
  const pool = definition.shared ? view.reachable : view.own;
  const found = pool.filter(
    (resource) =>
      definition.kinds.includes(resource.kind) &&
      (isFor(resource, environment) || holdsOwn(resource, environment, view)) &&
      (definition.fits?.(resource, view) ?? true),
  );
  // a workflow is no resource of one system by name: those that deploy the system are its own
  const workflows =
    definition.kinds[0] === 'GitHub::Actions::Workflow'
      ? view.reachable.filter(
          (resource) =>
            resource.kind === 'GitHub::Actions::Workflow' &&
            view.system.workflows.includes(String(resource.properties.file ?? '')) &&
            isFor(resource, environment),
        )
      : [];
  const own = [...found, ...workflows];
  const free = own.length > 0 ? [] : nobodys(definition, environment, view);
  // one of many that may be meant is named on its own line of no table
  if (free.length > 1) return [{ ...row, status: 'unverified', note: oneOf(free) }];
  const all = [...new Map([...own, ...free].map((resource) => [resource.id, resource])).values()];
  if (all.length === 0)
    return definition.optional || definition.needlessFor?.(view)
      ? []
      : [{ ...row, status: 'undefined', note: definition.absent }];
  return all.map((resource) => ({
    ...row,
    resource: resource.id,
    status: resource.status,
    note: noteOn(resource, view),
  }));
}

/** What no file ties to a system may be this one's: nobody can say that it is declared nowhere. */
const nobodys = ({ kinds }: ComponentDefinition, environment: string, { unowned }: SystemView): Resource[] =>
  unowned.filter(
    (resource) =>
      DOMAINS.has(resource.kind) &&
      kinds.includes(resource.kind) &&
      isFor(resource, environment) &&
      isSpokenOfFor(resource, environment),
  );

const MOST_NAMED = 6;

function oneOf(resources: readonly Resource[]): Text {
  const names = codes(
    resources.map(({ name }) => name),
    MOST_NAMED,
  );
  return {
    fr: `aucun fichier ne dit lequel est de ce système\u00a0: ${names.fr}`,
    en: `no file says which one is of this system: ${names.en}`,
  };
}

/** Whether the lines that name a resource name this environment beside it, or none. */
function isSpokenOfFor({ declared }: Resource, environment: string): boolean {
  const named = declared.flatMap(({ excerpt = '' }) => environmentsOf(excerpt));
  return named.length === 0 || environment === NO_ENVIRONMENT || named.includes(environment);
}

/** The component table of every system × environment that follows a blueprint. */
export function componentsOf(
  systems: readonly System[],
  resources: readonly Resource[],
  relations: readonly Relation[],
  systemOf: ReadonlyMap<string, string>,
  written: ReadonlySet<string>,
): Component[] {
  const estateKinds = new Set(resources.map((resource) => resource.kind));
  const isObserved = resources.some(({ observed }) => observed.length > 0);
  return systems.flatMap((system) => {
    const view = { ...viewOf(system, resources, relations, systemOf, estateKinds), written, isObserved };
    const environments = system.environments.length ? system.environments : [NO_ENVIRONMENT];
    return blueprints
      .filter((blueprint) => blueprint.applies(view))
      .flatMap((blueprint) =>
        environments.flatMap((environment) =>
          blueprint.components.flatMap((definition) => rowsOf(definition, blueprint, environment, view)),
        ),
      );
  });
}

/** Whether any file at all speaks of a resource. */
export const isDocumented = (resource: Resource): boolean =>
  resource.declared.some((evidence) => isFileEvidence(evidence) && evidence.source === 'docs');

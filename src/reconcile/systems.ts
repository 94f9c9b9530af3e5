import { sortEnvironments } from '#lib/environments.ts';
import { slug, wordsOf } from '#lib/identifier.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { System } from '#model/estate.ts';
import { isDeployedFrom } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import type { Call } from '#model/workflow.ts';
import type { SystemDeclaration } from './declared-systems.ts';
import { stem } from './stem.ts';

/** Kinds that name a system, the most telling first: what runs, then what holds its image or its files. */
const ANCHORS: readonly Kind[] = [
  'AWS::ECS::Service',
  'AWS::AppRunner::Service',
  'AWS::Lambda::Function',
  'AWS::ElasticBeanstalk::Application',
  'Cloudflare::Workers::Script',
  'Cloudflare::Pages::Project',
  'Kubernetes::Deployment',
  'AWS::ECS::TaskDefinition',
  'AWS::ECR::Repository',
  'AWS::CloudFormation::Stack',
  'AWS::S3::Bucket',
];

export interface Systems {
  systems: System[];
  /** The system of each resource, by id; a resource that several share has none. */
  of: ReadonlyMap<string, string>;
}

/** The workflow files through which facts name a resource. */
export const workflowsNaming = (resource: Resource): string[] => [
  ...new Set(resource.facts.flatMap((fact) => (fact.through ? [fact.through] : []))),
];

/** Whether all the words of one stem stand in another. */
const within = (part: string, whole: string) => {
  const words = new Set(wordsOf(whole));
  return wordsOf(part).every((word) => words.has(word));
};

/** What tells the systems of one workflow: stems of what it deploys, and other names of the same thing. */
interface Anchors {
  stems: Set<string>;
  /** Those of them under which something runs. */
  running: Set<string>;
  /** A task definition or a repository called otherwise than the one service that the workflow deploys. */
  others: Map<string, string>;
  /** The service's stem, and that of its one task definition. */
  family?: { service: string; task: string };
}

/** Kinds of which a service has one each: in a workflow that deploys one service they are its own, whatever their name. */
const OF_A_SERVICE: ReadonlySet<Kind> = new Set<Kind>(['AWS::ECS::TaskDefinition', 'AWS::ECR::Repository']);

function anchorsOf(workflow: WorkflowSource, named: readonly Resource[]): Anchors {
  const stems = new Set<string>();
  const running = new Set<string>();
  const others = new Map<string, string>();
  let family: Anchors['family'];
  const declares = (resource: Resource) =>
    resource.facts.some(
      (fact) => fact.through === workflow.file && fact.sort === 'declared' && fact.certainty !== 'key-name',
    );
  for (const kind of ANCHORS) {
    const own = new Set(
      named
        .filter((resource) => resource.kind === kind && declares(resource))
        .map((resource) => stem(resource.name))
        .filter((one) => one !== ''),
    );
    const [only] = stems;
    const [single] = own;
    if (OF_A_SERVICE.has(kind) && stems.size === 1 && own.size === 1 && only && single) {
      if (single !== only) {
        others.set(single, only);
        if (kind === 'AWS::ECS::TaskDefinition') family = { service: only, task: single };
      }
    }
    // a repository whose service was found already is of the same system
    else
      for (const one of own)
        if (![...stems].some((known) => within(known, one) || within(one, known))) {
          stems.add(one);
          if (!OF_A_SERVICE.has(kind)) running.add(one);
        }
    if (stems.size && kind === 'AWS::ECR::Repository') break;
  }
  if (stems.size === 0 && workflow.runs.some((run) => run.calls.some((call) => call.verb === 'creates')))
    if (named.some((resource) => ANCHORS.includes(resource.kind) && declares(resource))) {
      const own = stem(
        workflow.file
          .split('/')
          .at(-1)
          ?.replace(/\.ya?ml$/, '') ?? '',
      );
      if (own) stems.add(own);
    }
  return { stems, running, others, ...(family && { family }) };
}

/**
 * The system of each other name on which all workflows agree, and under which nothing runs: a workflow that only pushes
 * an image calls by the repository's name what another deploys as a service.
 */
function agreedNames(anchors: readonly Anchors[]): Map<string, string> {
  const agreed = new Map<string, string>();
  const systems = new Set(anchors.flatMap(({ running }) => [...running]));
  for (const { others } of anchors)
    for (const [name, system] of others)
      if (!systems.has(name)) agreed.set(name, agreed.has(name) && agreed.get(name) !== system ? '' : system);
  // a service that runs the task definition of a system is one of its services, whatever it is called
  for (const { family } of anchors) {
    const isOnly = anchors.every((one) => one.family === family || !one.stems.has(family?.service ?? ''));
    if (family && isOnly && systems.has(family.task) && !agreed.has(family.task))
      agreed.set(family.service, family.task);
  }
  return agreed;
}

function best(
  systems: readonly string[],
  candidate: string,
  others: ReadonlyMap<string, string>,
): string | undefined {
  const own = stem(candidate);
  if (!own) return undefined;
  if (systems.includes(own)) return own;
  const other = others.get(own);
  if (other !== undefined && systems.includes(other)) return other;
  const fitting = systems.filter((system) => within(system, own));
  const most = Math.max(...fitting.map((system) => wordsOf(system).length));
  const longest = fitting.filter((system) => wordsOf(system).length === most);
  return longest.length === 1 ? longest[0] : undefined;
}

/**
 * Finds the systems of an estate: from `constat.yaml` where it says, else from the names of what its workflows
 * deploy, without environment and kind words; where nothing is deployed, the estate itself is one system.
 */
export function findSystems(
  estate: string,
  resources: readonly Resource[],
  workflows: readonly WorkflowSource[],
  declared: readonly SystemDeclaration[],
): Systems {
  const named = new Map<string, Resource[]>();
  for (const resource of resources)
    for (const file of workflowsNaming(resource)) named.set(file, [...(named.get(file) ?? []), resource]);

  const anchors = workflows.map((workflow) => anchorsOf(workflow, named.get(workflow.file) ?? []));
  const others = agreedNames(anchors);
  const stemsOf = new Map(
    workflows.map(({ file }, index) => [
      file,
      new Set([...(anchors[index]?.stems ?? [])].map((one) => others.get(one) || one)),
    ]),
  );
  const found = [...new Set([...stemsOf.values()].flatMap((stems) => [...stems]))].sort();
  const free = found.filter((id) => !declared.some((system) => system.matches(id) || system.id === id));
  const isAlone = declared.length === 0 && free.length === 0 && resources.length > 0;
  const alone = isAlone ? [slug(estate) || 'estate'] : [];

  const of = new Map<string, string>();
  const known = [...declared.map((system) => system.id), ...free];
  // whose a task definition is that no workflow names is no question where there is one system
  const sole = known.length === 1 ? known[0] : undefined;
  for (const resource of resources) {
    const files = workflowsNaming(resource);
    const system =
      resource.system ??
      declared.find((one) => one.matches(resource.name))?.id ??
      best(known, resource.name, others) ??
      declared.find((one) => resource.declared.some((evidence) => one.matches(evidence.file)))?.id ??
      soleSystem(files, stemsOf, known) ??
      byPath(resource, known) ??
      (OF_A_SERVICE.has(resource.kind) && isDeclared(resource) ? sole : undefined) ??
      (alone[0] !== undefined && resource.provider !== 'external' ? alone[0] : undefined);
    if (system !== undefined) of.set(resource.id, system);
  }

  const ids = [...declared.map((system) => system.id), ...free, ...alone];
  const systems = ids.map((id): System => {
    const own = resources.filter((resource) => of.get(resource.id) === id);
    const declaration = declared.find((system) => system.id === id);
    const files = workflows
      .filter(
        (workflow) =>
          stemsOf.get(workflow.file)?.has(id) ||
          declaration?.matches(workflow.file) ||
          (id === alone[0] && workflow.runs.some((run) => run.calls.some(changesSomething))),
      )
      .map((workflow) => workflow.file);
    return {
      id,
      title: declaration?.title ?? id,
      environments: declaration?.environments ?? environmentsOfSystem(own),
      workflows: files.sort(),
    };
  });
  return { systems: systems.sort((a, b) => (a.id < b.id ? -1 : 1)), of };
}

const isDeclared = ({ facts }: Resource): boolean =>
  facts.some(({ source, sort }) => isDeployedFrom(source) && sort === 'declared');

/** Whether a call makes or updates something: what only starts containers for tests deploys nothing. */
const changesSomething = ({ verb, tool, operation }: Call): boolean =>
  verb === 'creates' ||
  verb === 'requires' ||
  // what an action does that no model knows, its name says
  (tool === 'action' && /deploy|publish|release|upload|push|ssh|scp|ftp|rsync/i.test(operation));

/** The only system that the workflows naming a resource deploy. */
function soleSystem(
  files: readonly string[],
  stemsOf: ReadonlyMap<string, Set<string>>,
  systems: readonly string[],
): string | undefined {
  const through = new Set(files.flatMap((file) => [...(stemsOf.get(file) ?? [])]));
  const [only] = through;
  return through.size === 1 && only !== undefined && systems.includes(only) ? only : undefined;
}

/** A folder of the evidence that bears a system's name: `services/orders/Dockerfile`. */
function byPath(resource: Resource, systems: readonly string[]): string | undefined {
  const found = new Set(
    resource.declared.flatMap((evidence) =>
      evidence.file
        .split('/')
        .slice(0, -1)
        .flatMap((folder) => systems.filter((system) => slug(folder) === system)),
    ),
  );
  return found.size === 1 ? [...found][0] : undefined;
}

/**
 * Environments in which something of the system runs; where only compose files say what runs, also those that its
 * workflows deploy to, since one file serves several. A secret or an image alone makes none.
 */
function environmentsOfSystem(own: readonly Resource[]): string[] {
  const is = (...kinds: readonly Kind[]) =>
    sortEnvironments(
      own.filter(({ kind }) => kinds.includes(kind)).flatMap((resource) => resource.environments),
    );
  const anchored = is(...ANCHORS);
  if (anchored.length > 0) return anchored;
  const deployed = is('Compose::Service', 'GitHub::Environment');
  if (deployed.length > 0 || own.some(({ kind }) => ANCHORS.includes(kind) || kind === 'Compose::Service'))
    return deployed;
  return sortEnvironments(own.flatMap((resource) => resource.environments));
}

import { environmentOf, environmentsOf, sortEnvironments } from '#lib/environments.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { ScriptTrait } from '#model/operations.ts';
import type { Resource } from '#model/resource.ts';
import { argumentStrings, deploymentOf, deploymentsOf, isCheck } from '../../derived/calls.ts';
import { doneBy, isFollowedUp } from '../../derived/follow-up.ts';
import { importanceOf } from '../../derived/importance.ts';
import { at } from '../../derived/place.ts';
import { stepCommands } from '../../derived/shell.ts';
import { nameOf, traitsOfWays, type WayToDeploy, waysToDeploy } from './ways-to-deploy.ts';

/** Ways that do the same: people have to know which of them is the right one. */
export interface Doubled {
  ways: WayToDeploy[];
  /** What they deploy, where both say so; else the command that they share. */
  target?: string;
  command: string;
}

/** Scripts and recipes that deploy the same thing and that nothing else among them starts. */
export function doubledWays(estate: Estate): Doubled[] {
  const all = waysToDeploy(estate);
  const files = new Set(all.map(({ file }) => file));
  // a script that another way starts is no entry of its own
  const inner = new Set(
    estate.artifacts.scriptReferences
      .filter(({ from, script }) => from !== script && files.has(from))
      .map(({ script }) => script),
  );
  const started = new Set(
    all.filter(({ file, place }) => place.file !== file).map(({ place }) => place.file),
  );
  const entries = all.filter(({ by, file }) => by !== 'workflow' && !inner.has(file) && !started.has(file));
  const byTarget = Map.groupBy(entries, (way) =>
    way.target === undefined ? `${folderOf(way.file)} ${way.command}` : `= ${way.target}`,
  );
  return [...byTarget.values()].flatMap((ways): Doubled[] => {
    // one file with a recipe for each environment is one place to look
    const [first] = ways;
    if (!first || new Set(ways.map(({ file }) => file)).size < 2 || areOfEnvironments(ways)) return [];
    return [
      {
        ways: [...new Map(ways.map((way) => [way.file, way])).values()],
        command: first.command,
        ...(first.target !== undefined && { target: first.target }),
      },
    ];
  });
}

/** `deploy-dev.sh`, `deploy-prod.sh`: one script for each environment, as their names say. */
function areOfEnvironments(ways: readonly WayToDeploy[]): boolean {
  const named = ways.map(({ file }) => environmentsOf(file.split('/').at(-1) ?? '', { weak: true }).join());
  return named.every((one) => one !== '') && new Set(named).size === named.length;
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);

const SCRIPT_FOLDER =
  /(?:^|\/)(?:bin|scripts?|tools?|ci|deploy(?:ment)?s?|ops|devops|hack|infra(?:structure)?|tasks|ansible|\.github|\.ci)\//;

/** Scripts that deploy, by whether they stand in a folder for scripts or beside the code. */
export function placesOfScripts(estate: Estate): { placed: WayToDeploy[]; loose: WayToDeploy[] } {
  const scripts = waysToDeploy(estate).filter(({ by }) => by === 'script');
  return {
    placed: scripts.filter(({ file }) => SCRIPT_FOLDER.test(file)),
    loose: scripts.filter(({ file }) => !SCRIPT_FOLDER.test(file)),
  };
}

const OF_ONE =
  /\.tfvars(?:\.json)?$|(?:^|\/)values[.-][\w.-]+\.ya?ml$|(?:^|\/)overlays\/[^/]+\/kustomization\.ya?ml$|(?:^|\/)(?:environments?|envs?)\/[^/]+\/[^/]+$|appsettings\.\w+\.json$|application-\w+\.(?:ya?ml|properties)$|(?:^|\/)config\/deploy\/\w+\.rb$|(?:^|\/)config\/deploy\.[\w-]+\.ya?ml$|(?:^|\/)inventor(?:y|ies)\/[\w-]+(?:\.(?:ini|ya?ml))?$/;
const NOT_OWN = /(?:^|\/)(?:node_modules|vendor|examples?|fixtures?|tests?|templates?)\//;

/** Files of settings that are one environment's, by its name: the first of each. */
export function filesOfEnvironments({ artifacts, files }: Estate): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of [
    ...artifacts.environmentFiles.map((one) => one.file),
    ...artifacts.composeFiles.filter(({ retired }) => !retired).map((one) => one.file),
    ...[...files].filter((one) => OF_ONE.test(one)),
  ])
    if (!NOT_OWN.test(file))
      for (const name of environmentsOf(file.split('/').slice(-2).join(' ')))
        if (!found.has(name)) found.set(name, file);
  return found;
}

const DEPLOYED_BY_FILE =
  /\.tfvars(?:\.json)?$|(?:^|\/)values[.-][\w.-]+\.ya?ml$|(?:^|\/)overlays\/[^/]+\/kustomization\.ya?ml$/;

/** Environments that Kustomize, Helm or Terraform is given a file of: what deploys picks one of them. */
export function environmentsOfFiles({ files }: Pick<Estate, 'files'>): Map<string, FileEvidence> {
  const found = new Map<string, FileEvidence>();
  for (const file of files)
    if (DEPLOYED_BY_FILE.test(file) && !NOT_OWN.test(file))
      for (const name of environmentsOf(file.split('/').slice(-2).join(' ')))
        if (!NOT_DEPLOYED.has(name) && !found.has(name)) found.set(name, at(file, 1));
  return found;
}

/** Environments on somebody's machine, and those of a test run. */
export const NOT_DEPLOYED: ReadonlySet<string> = new Set(['local', 'ci', 'test', 'preview']);

/** The environments that files declare to be deployed, with the place where each is first named. */
export function declaredEnvironments({
  artifacts,
  components,
  resources,
}: Estate): Map<string, FileEvidence> {
  const found = new Map<string, FileEvidence>();
  const add = (name: string | undefined, place: FileEvidence | undefined) => {
    if (name !== undefined && place && !NOT_DEPLOYED.has(name) && !found.has(name)) found.set(name, place);
  };
  for (const { file, environments } of artifacts.wranglerConfigs)
    for (const { name, line } of environments)
      if (name !== undefined) add(environmentOf(name) ?? name, at(file, line));
  for (const workflow of artifacts.workflows)
    for (const { environment, runs } of environmentsOfJobs(workflow))
      if (runs) add(environmentOf(environment.text), at(workflow.file, environment.line));
  const byId = new Map(resources.map((one) => [one.id, one]));
  // what a compose file sets up may be somebody's machine
  for (const { environment, resource = '' } of components)
    if (
      environment !== 'unspecified' &&
      byId.get(resource)?.kind !== 'Compose::Service' &&
      isSaidByFiles(byId.get(resource), environment)
    )
      add(
        environment,
        byId.get(resource)?.declared.find(({ source }) => source !== 'docs'),
      );
  return new Map(
    sortEnvironments(found.keys()).flatMap((name) => {
      const place = found.get(name);
      return place ? [[name, place] as const] : [];
    }),
  );
}

/** Whether files put the resource in this environment: what only a page tells of, and what serves all alike, declares none. */
const isSaidByFiles = (resource: Resource | undefined, environment: string): boolean => {
  if (!resource?.environments.includes(environment)) return false;
  const saying = resource.facts.filter(({ environments }) => environments.includes(environment));
  return saying.length === 0 || saying.some(({ source }) => source !== 'docs');
};

/** The environments that the jobs of a workflow name and deploy to. */
function environmentsOfJobs({ jobs, runs }: WorkflowSource) {
  return jobs.flatMap(({ id, environment, line }) => {
    const deploying = runs.filter((run) => run.job.split(' / ')[0] === id && run.calls.some(deploymentOf));
    const named = [
      environment,
      ...deploying.flatMap((run) => [run.environment, ...Object.values(run.inputs)]),
    ];
    return named.flatMap((text) =>
      typeof text === 'string' && environmentOf(text) !== undefined
        ? [{ environment: { text, line }, runs: deploying.length > 0 || text === environment }]
        : [],
    );
  });
}

/** The environments that the ways to deploy handle; `all` where one takes whichever it is given. */
export function handledEnvironments(estate: Estate): { named: Set<string>; takesAny?: WayToDeploy } {
  const named = new Set<string>();
  const ways = new Set(waysToDeploy(estate).map(({ file }) => file));
  for (const { file, runs, triggers } of estate.artifacts.workflows)
    for (const run of runs) {
      const deployments = run.calls.filter((call) => deploymentOf(call) !== undefined);
      // what deploys may be a script that was not followed: the workflow is known for one all the same
      if (deployments.length === 0 && !ways.has(file) && !run.chain.some((one) => ways.has(one))) continue;
      const words = [
        run.environment,
        ...Object.values(run.inputs),
        ...Object.values(run.matrix),
        ...triggers.flatMap(({ branches }) => branches),
      ].filter((value): value is string => typeof value === 'string');
      for (const one of words.flatMap((word) => environmentOf(word) ?? [])) named.add(one);
      for (const text of [file.split('/').at(-1) ?? '', ...deployments.flatMap(argumentStrings)])
        for (const one of environmentsOf(text)) named.add(one);
    }
  for (const script of estate.artifacts.scripts)
    for (const call of script.calls)
      if (deploymentOf(call))
        for (const text of [script.file, ...script.arguments, ...argumentStrings(call)])
          for (const one of environmentsOf(text)) named.add(one);
  const scripts = traitsOfWays(estate);
  for (const { way, traits } of scripts) {
    for (const { trait, what } of traits) if (trait === 'environment') named.add(what);
    for (const one of environmentsOf(way.recipe ?? way.file.split('/').at(-1) ?? '')) named.add(one);
  }
  const open = estate.artifacts.scripts.find(({ calls }) =>
    calls.some(
      (call) =>
        deploymentOf(call) && /⟨/.test(String(call.arguments.env ?? call.arguments.environment ?? '')),
    ),
  );
  const takesAny = scripts.find(({ way }) => way.file === open?.file)?.way;
  return { named, ...(takesAny && { takesAny }) };
}

/** Speaks of migrations, and does not only look whether one is missing or well made. */
const isMigration = (text: string): boolean =>
  /migrat/i.test(text) &&
  !/makemigrations|\b(?:detect|missing|pending|check|lint|verify|validate|conflicts?)(?:\b|[_-])|[_-](?:missing|check|lint|auto)[_-]|migrations?[_-](?:check|lint)/i.test(
    text,
  );

/** Where migrations are applied: within a way to deploy (or as what it starts begins), or by a command of its own. */
export function appliedMigrations(estate: Estate): { within: FileEvidence[]; apart: FileEvidence[] } {
  const ways = waysToDeploy(estate);
  const files = new Set(ways.flatMap(({ file, place }) => [file, place.file]));
  // what a way names is what it may start
  const started = new Set(
    estate.artifacts.scriptReferences.filter(({ from }) => files.has(from)).map(({ script }) => script),
  );
  const within: FileEvidence[] = [];
  const apart: FileEvidence[] = [];
  for (const { file, traits, language } of estate.artifacts.scriptTraits)
    for (const { trait, line, recipe } of traits) {
      if (trait !== 'migrates') continue;
      const isWay =
        language === 'recipes'
          ? ways.some((way) => way.file === file && way.recipe === recipe) ||
            /^(?:post|pre)?(?:deploy|start|build|heroku-postbuild|vercel-build)/.test(recipe ?? '')
          : files.has(file) || started.has(file) || /entrypoint|(?:^|\/)start(?:up)?\.sh$|docker/.test(file);
      (isWay ? within : apart).push(at(file, line));
    }
  for (const { file, jobs, runs } of estate.artifacts.workflows) {
    const deploying = new Set(
      runs.filter((run) => deploymentsOf(run).length > 0).map(({ job }) => job.split(' / ')[0]),
    );
    for (const job of jobs)
      for (const step of job.steps) {
        const command = stepCommands(step).find(
          ({ words }) => importanceOf(words) === 'migrate' || isMigration(words.join(' ').slice(0, 300)),
        );
        const place = command
          ? at(file, command.line)
          : isMigration(step.name ?? '') || /d1 migrations apply/.test(step.with.command ?? '')
            ? at(file, step.line)
            : undefined;
        if (place) (deploying.size > 0 || files.has(file) ? within : apart).push(place);
      }
  }
  for (const { file, stages } of estate.artifacts.dockerfiles)
    for (const { start } of stages)
      if (start && /migrat/i.test(start.text)) within.push(at(file, start.line));
  for (const { file, services } of estate.artifacts.composeFiles)
    for (const { name, line } of services) if (/migrat/i.test(name)) within.push(at(file, line));
  return { within, apart };
}

/** They show a state to whoever reads on, and fail for none. */
const ONLY_LISTS = /^(?:docker (?:compose )?(?:service )?ps|docker-compose ps|kubectl get|pm2 \w+)/;

/** How each way to deploy ends: with a look at what it deployed, or not. `unknown` where it was not read in full. */
export function verifiedWays(
  estate: Estate,
): { way: WayToDeploy; isVerified: boolean | 'unknown'; place?: FileEvidence }[] {
  const { workflows } = estate.artifacts;
  const scripts = new Map(traitsOfWays(estate).map((one) => [nameOf(one.way), one]));
  return waysToDeploy(estate).map((way) => {
    const own = scripts.get(nameOf(way));
    const check = own && checkOf(own.traits, way);
    if (check) return { way, isVerified: true, place: at(check.file, check.line) };
    if (way.by === 'workflow') {
      const workflow = workflows.find(({ file }) => file === way.file);
      return { way, isVerified: workflow ? isVerifiedWorkflow(workflow, workflows, estate) : 'unknown' };
    }
    const run = estate.artifacts.scripts.find(
      ({ file, arguments: [name] }) => file === way.file && (way.recipe === undefined || name === way.recipe),
    );
    const position = run?.calls.findIndex((call) => deploymentOf(call) !== undefined) ?? -1;
    const after = run?.calls
      .slice(position + 1)
      .find((call) => isCheck(call) && !ONLY_LISTS.test(`${call.tool} ${call.operation}`));
    return after
      ? { way, isVerified: true, place: at(after.file ?? way.file, after.line) }
      : { way, isVerified: false };
  });
}

/** Of a script, the check that comes after its deployment, or stands in a function that may. */
function checkOf(
  traits: readonly ScriptTrait[],
  { file, place }: WayToDeploy,
): { file: string; line: number } | undefined {
  const last = traits.findLast(({ trait }) => trait === 'deploys')?.line ?? place.line;
  const check = traits.find(
    ({ trait, line, what }) => trait === 'checks' && (line > last || (what === '--wait' && line === last)),
  );
  const program = /\.(?:py|[cm]?[jt]s|rb)$/.test(place.file)
    ? traits.find(({ trait }) => trait === 'checks')
    : undefined;
  const found = check ?? program;
  return found && { file: place.file === file ? file : place.file, line: found.line };
}

function isVerifiedWorkflow(
  workflow: WorkflowSource,
  workflows: readonly WorkflowSource[],
  estate: Estate,
): boolean | 'unknown' {
  const deployments = workflow.runs.flatMap((run) => deploymentsOf(run).map(({ call }) => ({ run, call })));
  // a reusable workflow of another repository, or an action that waits, may check
  if (deployments.length === 0) {
    const text = workflow.jobs
      .flatMap(({ id, name, steps }) => [
        id,
        name,
        ...steps.flatMap(({ name: step, run }) => {
          const done = doneBy(run?.text ?? '');
          return run && done === '' ? [] : [step, done];
        }),
      ])
      .join('\n');
    return /smoke|health|curl\b|wget\b|playwright|cypress|verif/i.test(text)
      ? true
      : workflow.jobs.some(({ uses }) => uses)
        ? 'unknown'
        : false;
  }
  const scripts = new Map(estate.artifacts.scriptTraits.map((one) => [one.file, one]));
  return deployments.every(
    ({ run, call }) =>
      isFollowedUp(call, run, workflow, workflows) ||
      (call.file !== undefined &&
        scripts.get(call.file)?.traits.some(({ trait, line }) => trait === 'checks' && line > call.line)),
  );
}

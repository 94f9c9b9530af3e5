import type { StepSource, WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { ScriptTrait, ScriptTraits } from '#model/operations.ts';
import type { Call, Run } from '#model/workflow.ts';
import { argumentStrings, deploymentOf, placeOf } from '../../derived/calls.ts';
import { stepImportance } from '../../derived/importance.ts';
import { at } from '../../derived/place.ts';

/** Something of the repository that puts a version into service when it is started. */
export interface WayToDeploy {
  by: 'workflow' | 'script' | 'recipe';
  /** The file that is started. */
  file: string;
  /** Of a recipe. */
  recipe?: string;
  /** The command that deploys, as typed: `wrangler deploy`. */
  command: string;
  /** What it deploys, where the command says so. */
  target?: string;
  place: FileEvidence;
}

/** Examples, tests and templates deploy nothing of the estate. */
const ASIDE =
  /(?:^|\/)(?:examples?|samples?|tests?|e2e|fixtures?|testdata|templates?|docs?|\.devcontainer|node_modules|vendor)\//i;
const RECIPES =
  /(?:^|\/)(?:package\.json|(?:GNU)?makefile|\.?justfile|taskfile\.ya?ml|[\w.-]*buildspec[\w.-]*\.ya?ml)$|\.(?:just|mk)$/i;
const DEPLOYING_ACTION =
  /deploy(?!ments?(?:-|\/)status)|gh-pages|\/(?:heroku|flyctl|wrangler|netlify|vercel|beanstalk|surge|rsync|scp|ssh)[\w-]*(?:-action)?@/i;
/** What prepares a machine, hands it a key or tidies up puts no version into service. */
const NO_DEPLOYING_ACTION =
  /setup|login|cleanup|delete|destroy|remove|status|wait|notify|checkout|upload-pages|ssh-(?:agent|key)|known[-_]hosts|key(?:s|scan|chain)?(?:[-_]action)?@/i;
/** Files are put where they are served, by a command that says nothing more. */
const SENDS = /\b(?:rsync|scp)\b[^\n]{0,400}@[^\n]{0,200}:|\bssh\b[^\n]{0,200}@|\baws ssm send-command\b/;
const IS_TRIAL = /(?:^|[/_.-])(?:tests?|e2e|lint|validate|validations?)(?:[-_.]|$)/i;
const HOOK = /deploy[-_]?hook|api\.render\.com\/deploy|git push [^\n]{0,80}(?:heroku|dokku)/i;

const known = new WeakMap<Estate, WayToDeploy[]>();

/** Every way to deploy that the repository holds, each file (and recipe) once, by file. */
export function waysToDeploy(estate: Estate): WayToDeploy[] {
  const found = known.get(estate);
  if (found) return found;
  const ways = new Map<string, WayToDeploy>();
  const add = (way: WayToDeploy) => {
    if (ASIDE.test(way.file)) return;
    const key = `${way.file} ${way.recipe ?? ''}`;
    const other = ways.get(key);
    // a target that is known says more than none
    if (!other || (other.target === undefined && way.target !== undefined)) ways.set(key, way);
  };
  for (const script of estate.artifacts.scripts) for (const way of ofScript(script)) add(way);
  for (const script of estate.artifacts.scriptTraits) for (const way of ofTraits(script)) add(way);
  const scripts = new Set([...ways.values()].flatMap(({ by, file }) => (by === 'script' ? [file] : [])));
  for (const workflow of estate.artifacts.workflows)
    for (const way of ofWorkflow(workflow, scripts)) add(way);
  const list = [...ways.values()]
    .map((way) => withTarget(way, estate))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  known.set(estate, list);
  return list;
}

/** What Wrangler deploys where a script leaves it to the configuration: the one Worker of the script's folder, if it is one. */
function withTarget(way: WayToDeploy, { artifacts }: Estate): WayToDeploy {
  if (way.target !== undefined || way.by === 'workflow' || !/^wrangler (?:deploy|publish)$/.test(way.command))
    return way;
  const folder = way.file.slice(0, way.file.lastIndexOf('/') + 1);
  const own = artifacts.wranglerConfigs.filter(({ file }) => file.startsWith(folder));
  const [top] = own.length === 1 ? (own[0]?.environments ?? []) : [];
  return top ? { ...way, target: top.script.name } : way;
}

const keyOf = ({ file, recipe = '' }: WayToDeploy): string => `${file}\n${recipe}`;

function ofWorkflow(workflow: WorkflowSource, scripts: ReadonlySet<string>): WayToDeploy[] {
  const { file, name, jobs } = workflow;
  if (IS_TRIAL.test(file)) return [];
  const runs = deployingRuns(workflow);
  const called = runs.flatMap((run) =>
    run.calls.flatMap((call) => (deploymentOf(call) ? [wayOf(call, run, workflow)] : [])),
  );
  if (called.length > 0) return called.slice(0, 1);
  const step = jobs
    .flatMap(({ steps }) => steps)
    .find(
      (one) =>
        (stepImportance(one) === 'deploy' && !keepsCopy(one, file)) ||
        (one.uses !== undefined &&
          DEPLOYING_ACTION.test(one.uses.text) &&
          !NO_DEPLOYING_ACTION.test(one.uses.text)) ||
        (one.run !== undefined &&
          (HOOK.test(one.run.text) ||
            [...scripts].some((script) => one.run?.text.includes(script.split('/').at(-1) ?? script)) ||
            (SENDS.test(one.run.text) && /deploy|d[eé]ploi|production|livraison/i.test(`${file} ${name}`)))),
    );
  if (step) {
    const command = step.uses?.text.split('@')[0] ?? step.name ?? 'deploy';
    return [
      { by: 'workflow', file, command, place: at(file, step.uses?.line ?? step.run?.line ?? step.line) },
    ];
  }
  const reusable = jobs.find(({ uses }) => uses && !uses.text.startsWith('./') && /deploy/i.test(uses.text));
  return reusable?.uses
    ? [{ by: 'workflow', file, command: reusable.uses.text, place: at(file, reusable.uses.line) }]
    : [];
}

/** What is sent to a bucket of backups, or by a workflow that makes them, is served to nobody. */
const keepsCopy = ({ run }: StepSource, file: string): boolean =>
  run !== undefined &&
  /\baws s3 (?:sync|cp|mv)\b/.test(run.text) &&
  /backup|sauvegarde/i.test(`${file}\n${run.text}`);

/** The runs of a workflow that put a version into service. */
export const deployingRuns = ({ runs }: WorkflowSource): Run[] =>
  runs.filter((run) => !isTrial(run) && run.calls.some((call) => deploymentOf(call) !== undefined));

/** A cluster that the run makes for itself, and a job that tests, put nothing into service. */
const isTrial = ({ job, calls }: Run): boolean =>
  /(?:^|[\s/_-])(?:tests?|e2e|lint|validate)(?:$|[\s/_-])/i.test(job) ||
  calls.some(
    ({ tool, operation }) =>
      /^(?:kind|minikube|k3d|k3s)$/.test(tool) ||
      (tool === 'action' && /(?:^|\/)(?:kind|minikube|k3[ds])|setup-(?:kind|minikube)/i.test(operation)),
  );

/** A cluster or a configuration on the machine of whoever starts the command. */
const isLocal = (call: Call): boolean =>
  argumentStrings(call).some((text) =>
    /(?:^|[/:_-])(?:local|localhost|kind|minikube|k3d|docker-desktop)(?:$|[/:._-])/i.test(text),
  );

/** What a recipe of this name does with these tools may be anything; of others the command says enough. */
const MAY_BE_ANYTHING = /^(?:kubectl|helm|docker|docker-compose|terraform|tofu|aws)\b/;
const FOR_DEPLOYMENT =
  /deploy|release|publish|ship|rollout|promote|prod|staging|update|upgrade|apply|provision|infra|(?:^|[-:_])up$/i;

const isForDeployment = (recipe: string, command: string): boolean =>
  !MAY_BE_ANYTHING.test(command) ||
  (FOR_DEPLOYMENT.test(recipe) && !/local|kind|minikube|test/i.test(recipe));

function wayOf(call: Call, run: Run, workflow: WorkflowSource): WayToDeploy {
  const target = targetOf(call);
  return {
    by: 'workflow',
    file: workflow.file,
    command: `${call.tool} ${call.operation}`.trim(),
    place: placeOf(call, run, workflow),
    ...(target !== undefined && { target }),
  };
}

function ofScript({ file, arguments: [name], calls }: Estate['artifacts']['scripts'][number]): WayToDeploy[] {
  const call = calls.find((one) => deploymentOf(one) !== undefined && !isLocal(one));
  if (!call) return [];
  const target = targetOf(call);
  const isRecipe = RECIPES.test(file);
  if (TENDS_DATA.test(isRecipe ? (name ?? '') : file) && STARTS_AGAIN.test(call.tool)) return [];
  if (isRecipe && !isForDeployment(name ?? '', call.tool) && !file.includes('buildspec')) return [];
  return [
    {
      by: isRecipe ? 'recipe' : 'script',
      file,
      ...(isRecipe && name !== undefined && !file.includes('buildspec') && { recipe: name }),
      command: `${call.tool} ${call.operation}`.trim(),
      place: at(call.file ?? file, call.line),
      ...(target !== undefined && { target }),
    },
  ];
}

/** A script that stops what runs in order to work on its data, and starts it again. */
const TENDS_DATA =
  /(?:^|[/_-])(?:backups?|restore|sauvegarde|restauration|dump|(?:upgrade|migrate)[-_]?(?:postgres(?:ql)?|pg|mysql|mariadb|mongo(?:db)?|db|database)|(?:postgres(?:ql)?|pg|mysql|mariadb|mongo(?:db)?|db)[-_](?:upgrade|migrate))(?:[-_.][^/]*)?$/i;
const STARTS_AGAIN = /^(?:docker|kubectl|systemctl|service|pm2|supervisorctl)\b/;

function ofTraits({ file, language, traits }: ScriptTraits): WayToDeploy[] {
  const deploying = traits.filter(
    ({ trait, what, recipe }) =>
      trait === 'deploys' &&
      !(TENDS_DATA.test(recipe ?? file) && STARTS_AGAIN.test(what)) &&
      (recipe === undefined || isForDeployment(recipe, what)),
  );
  const first = (list: readonly ScriptTrait[]) => list.slice(0, 1);
  const chosen =
    language === 'recipes'
      ? [...Map.groupBy(deploying, ({ recipe = '' }) => recipe).values()].flatMap(first)
      : first(deploying);
  return chosen.map(({ line, what, recipe }) => ({
    by: language === 'recipes' ? 'recipe' : 'script',
    file,
    ...(recipe !== undefined && { recipe }),
    command: what,
    place: at(file, line),
  }));
}

/** What a deployment is told to deploy, in the words of its tool. */
function targetOf({ tool, operation, arguments: given }: Call): string | undefined {
  const keys =
    tool === 'wrangler'
      ? ['script', 'name', 'project-name']
      : operation.startsWith('s3')
        ? []
        : ['service', 'function-name', 'stack-name', 'app', 'environment-name', 'service-arn'];
  const value = keys.map((key) => given[key]).find((one) => typeof one === 'string');
  return typeof value === 'string' && !value.includes('⟨') ? value : undefined;
}

/** As people call a way: `deploy.sh`, `package.json` (`deploy:staging`). */
export const nameOf = ({ file, recipe }: Pick<WayToDeploy, 'file' | 'recipe'>): string =>
  recipe === undefined ? file : `${file} (${recipe})`;

/** The scripts among the ways to deploy, with what they do; a recipe with its own lines only. */
export function traitsOfWays(
  estate: Estate,
): { way: WayToDeploy; traits: readonly ScriptTrait[]; language?: ScriptTraits['language'] }[] {
  const byFile = new Map(estate.artifacts.scriptTraits.map((one) => [one.file, one]));
  return waysToDeploy(estate)
    .filter(({ by }) => by !== 'workflow')
    .map((way) => {
      const own = byFile.get(way.file);
      const traits =
        own?.traits.filter(({ recipe }) => way.recipe === undefined || recipe === way.recipe) ?? [];
      // a recipe may only start a script: what that one does is done
      const started = way.place.file === way.file ? [] : (byFile.get(way.place.file)?.traits ?? []);
      const language = way.place.file === way.file ? own?.language : byFile.get(way.place.file)?.language;
      return { way, traits: [...traits, ...started], ...(language && { language }) };
    });
}

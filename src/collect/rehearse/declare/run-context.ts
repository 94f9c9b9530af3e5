import { parseArn } from '#lib/arn.ts';
import { AWS_REGION } from '#lib/aws-region.ts';
import { environmentOf, environmentsOf, sortEnvironments } from '#lib/environments.ts';
import { knownPart } from '#lib/symbolic.ts';
import type { JobSource, WorkflowSource } from '#model/artifacts.ts';
import type { Json } from '#model/fact.ts';
import type { Call, Run } from '#model/workflow.ts';
import type { SourceLines } from './source-lines.ts';

const ENVIRONMENT_KEY =
  /(?:^|[-_])(?:env|environment|stage|tier|target|deploy[-_]?(?:to|env|target)|workspace)(?:$|[-_])|^(?:env|environment|stage)/i;
/** Words that mean an environment whatever the key: `qa` and `test` are also things to do. */
const UNMISTAKABLE = new Set(['dev', 'staging', 'preprod', 'prod']);
const fileWords = (file: string): string => (file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '');

/** The environments that inputs or a matrix cell choose; words such as `test` only under a key that says so. */
function chosen(values: Record<string, Json>): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (typeof value !== 'string' || value.length > 60) return [];
    const found = environmentOf(value);
    if (found === undefined) return [];
    return ENVIRONMENT_KEY.test(key) || UNMISTAKABLE.has(found) ? [found] : [];
  });
}

const choosesOther = (values: Record<string, Json>): boolean =>
  Object.entries(values).some(
    ([key, value]) => ENVIRONMENT_KEY.test(key) && typeof value === 'string' && /^[\w-]{2,30}$/.test(value),
  );

/**
 * The environments that a run is for: its job's environment, unless all else contradicts it; else what its inputs or
 * matrix choose, else the workflow's file or name, else a variable that says so, else the cluster that it deploys to.
 * Empty when nothing says.
 */
export function environmentsOfRun(run: Run, workflow?: WorkflowSource, lines?: SourceLines): string[] {
  const stated = run.environment === undefined ? '' : knownPart(run.environment);
  const own = [environmentOf(stated), ...environmentsOf(stated, { weak: true })].filter(
    (one) => one !== undefined,
  );
  if (own.length > 0) {
    const meant = environmentInstead(own, run, workflow);
    return sortEnvironments(meant === undefined ? own : [meant]);
  }
  const values = { ...run.inputs, ...run.matrix };
  const picked = chosen(values);
  if (picked.length > 0) return sortEnvironments(picked);
  // an environment of another name is not the one that the file is called after
  if (choosesOther(values)) return [];
  const byFile = filesOf(run, workflow).flatMap((file) => environmentsOf(fileWords(file)));
  if (byFile.length > 0) return sortEnvironments(byFile);
  const byName = sortEnvironments([...environmentsOf(run.job), ...environmentsOf(workflow?.name ?? '')]);
  // “Promote staging to production” is for neither alone
  if (byName.length > 0) return byName.length === 1 ? byName : [];
  const stating = workflow && lines ? statedByVariable(run, workflow, lines) : undefined;
  if (stating !== undefined) return [stating];
  const ofClusters = sortEnvironments(
    run.calls.flatMap(({ arguments: { cluster } }) =>
      typeof cluster === 'string' ? environmentsOf(knownPart(cluster)) : [],
    ),
  );
  return ofClusters.length === 1 ? ofClusters : [];
}

/** The workflow files of a run, the caller's first. */
const filesOf = (run: Run, workflow?: WorkflowSource): readonly string[] =>
  run.chain.length > 0 ? run.chain : workflow ? [workflow.file] : [];

/** Arguments that name what is deployed, or deployed to. */
const DEPLOYED = [
  'cluster',
  'service',
  'services',
  'function-name',
  'family',
  'task-definition',
  'repository-name',
];

/**
 * The environment of which a workflow's file and all that it deploys to bear the name, where its job's `environment:`
 * is another: the starter workflow of Amazon ECS says `production` to everyone who copies it.
 */
function environmentInstead(
  stated: readonly string[],
  run: Run,
  workflow?: WorkflowSource,
): string | undefined {
  const [meant, ...others] = new Set(
    filesOf(run, workflow).flatMap((file) => environmentsOf(fileWords(file), { weak: true })),
  );
  if (meant === undefined || others.length > 0 || stated.includes(meant)) return undefined;
  const all = run.calls.flatMap(({ tool, operation, arguments: given }) => {
    const pushed = tool === 'docker' && operation === 'push' ? [given.words] : [];
    return [...DEPLOYED.map((key) => given[key]), ...pushed]
      .flat()
      .flatMap((value) =>
        typeof value === 'string' ? environmentsOf(knownPart(value), { weak: true }) : [],
      );
  });
  return all.length > 0 && all.every((one) => one === meant) ? meant : undefined;
}

const STATING = /^(?:(?:DEPLOY|DEPLOYMENT|TARGET|APP|AWS|INFRA)_)?(?:ENV|ENVIRONMENT|STAGE)(?:_NAME)?$/;
const WORD = /^[A-Za-z-]{2,20}$/;

/** `ENVIRONMENT: production` in the job, else in what heads the workflow. */
function statedByVariable(run: Run, workflow: WorkflowSource, lines: SourceLines): string | undefined {
  if (run.chain.length > 1) return undefined;
  const own = lines.of(workflow.file);
  const job = workflow.jobs.find(({ id }) => id === run.job);
  const place = job && jobAt(workflow, job.line, own.length);
  if (!place) return undefined;
  for (const part of [own.slice(place.from - 1, place.to), own.slice(0, place.head - 1)]) {
    const value = assigned(part, STATING, WORD);
    if (value !== undefined) return environmentOf(value);
  }
  return undefined;
}

/** The job of a workflow in which a line stands, with its lines. */
export function jobAt(
  workflow: WorkflowSource,
  line: number,
  last: number,
): { job: JobSource; from: number; to: number; head: number } | undefined {
  const jobs = [...workflow.jobs].sort((a, b) => a.line - b.line);
  const index = jobs.findLastIndex((job) => job.line <= line);
  const job = jobs[index];
  return (
    job && { job, from: job.line, to: (jobs[index + 1]?.line ?? last + 1) - 1, head: jobs[0]?.line ?? 1 }
  );
}

/** A value that a line gives to one of these keys, when it is written out: `AWS_REGION: eu-west-3`, `export AWS_REGION=…`. */
function assigned(lines: readonly string[], key: RegExp, value: RegExp): string | undefined {
  for (const line of lines) {
    if (line.length > 500 || /^\s*#/.test(line)) continue;
    const match =
      /^\s*(?:-\s+)?(?:export\s+)?["']?([\w-]+)["']?\s*[:=]\s*["']?(?:\$\{\w+:[-=])?([\w-]+)\}?["']?\s*(?:#.*)?$/.exec(
        line,
      );
    if (match && key.test(match[1] ?? '') && value.test(match[2] ?? '')) return match[2];
  }
  return undefined;
}

const accountOf = (role: string | undefined): string | undefined =>
  role === undefined ? undefined : parseArn(role)?.account;

interface Whereabouts {
  region?: string;
  account?: string;
}

const REGION_KEY = /^(?:aws-region|AWS_REGION|AWS_DEFAULT_REGION)$/;
const ACCOUNT_KEY = /^(?:AWS_ACCOUNT_ID|AWS_ACCOUNT|ACCOUNT_ID)$/;
/** A file is read once, however many runs it has. */
const known = new WeakMap<readonly string[], Whereabouts>();

function inFile(lines: readonly string[]): Whereabouts {
  let found = known.get(lines);
  if (!found) {
    const region = assigned(lines, REGION_KEY, AWS_REGION);
    const account = assigned(lines, ACCOUNT_KEY, /^\d{12}$/);
    found = { ...(region !== undefined && { region }), ...(account !== undefined && { account }) };
    known.set(lines, found);
  }
  return found;
}

/** Where in AWS the calls of a run or script go, as far as its files say. */
export function whereabouts(
  of: { calls: readonly Call[]; role?: string; files: readonly string[] },
  lines: SourceLines,
): Whereabouts {
  const given = of.calls
    .map((call) => call.arguments['aws-region'])
    .find((one): one is string => typeof one === 'string' && AWS_REGION.test(one));
  const files = of.files.map((file) => inFile(lines.of(file)));
  const region = given ?? files.find((file) => file.region)?.region;
  const account = accountOf(of.role) ?? files.find((file) => file.account)?.account;
  return {
    ...(region !== undefined && { region }),
    ...(account !== undefined && /^\d{12}$/.test(account) && { account }),
  };
}

import type { Report } from '#model/report.ts';
import { grouped } from './view.ts';
import type { Call, Run, Workflow } from './vocabulary.ts';

/** Calls that put something into service, as `tool operation`. Publishing an image is not one of them. */
const DEPLOYING =
  /^(aws (ecs (update-service|create-service|run-task)|lambda update-function-code|s3 sync|s3 cp|cloudformation deploy|cloudformation (create|update)-stack|apprunner start-deployment|elasticbeanstalk update-environment|amplify start-|deploy create-deployment|ssm send-command)|wrangler (deploy|publish|pages (deploy|publish)|versions deploy)\b|terraform apply|kubectl (apply|set|rollout|patch|replace)|helm (install|upgrade)|cdk deploy|sam deploy|serverless deploy|pulumi up|docker (compose up|stack deploy)|fly(ctl)? deploy|vercel|netlify deploy|firebase deploy|gcloud .*deploy|az .*(deploy|up)\b|ssh|rsync|scp)/;

/** Whether a call puts something into service. */
export const isDeploying = ({ tool, operation }: Call): boolean => DEPLOYING.test(`${tool} ${operation}`);

const REGISTRY_HOST = /^(?:[^/]*[.:][^/]*|localhost)\//;
/** The repository in an image reference: no registry, no tag, no digest. */
export function repositoryOf(reference: string): string {
  const path = reference.replace(REGISTRY_HOST, '').replace(/@sha256:.*$/, '');
  const colon = path.lastIndexOf(':');
  return colon > path.lastIndexOf('/') ? path.slice(0, colon) : path;
}

function strings(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 2) return [];
  return Object.values(value).flatMap((inner) => strings(inner, depth + 1));
}

/** The image repositories that a workflow pushes to. */
export function publishedBy(workflow: Workflow, report: Report): string[] {
  const names = new Map(report.resources.map(({ id, name }) => [id, name]));
  const own = ownIds(workflow, report);
  const related = report.relations
    .filter(({ from, type }) => own.has(from) && type === 'pushes-to')
    .flatMap(({ to }) => names.get(to) ?? []);
  if (related.length > 0) return [...new Set(related)].sort();
  const pushed = workflow.runs
    .flatMap(({ calls }) => calls)
    .filter(({ tool, operation }) => tool === 'docker' && /\bpush\b/.test(operation))
    .flatMap(({ arguments: given }) => strings(given))
    .filter((text) => text.includes('/') || /^[\w.-]+:[\w.⟨-]/.test(text))
    .map(repositoryOf);
  return [...new Set(pushed)].sort();
}

/** Whether any run of a workflow deploys. */
export function deploys(workflow: Workflow, report: Report): boolean {
  const own = ownIds(workflow, report);
  return (
    workflow.runs.some(({ calls }) => calls.some(isDeploying)) ||
    report.relations.some(({ from, type }) => own.has(from) && type === 'deploys')
  );
}

/** The environments that a workflow is for: those its jobs name, and those its choices lead to. */
export function environmentsOf(workflow: Workflow, report: Report): string[] {
  const own = ownIds(workflow, report);
  const chosen = report.resources.filter(({ id }) => own.has(id)).flatMap(({ environments }) => environments);
  const named = workflow.runs.flatMap(({ environment }) => environment ?? []);
  return [...new Set([...chosen, ...named.filter((name) => !chosen.includes(name.toLowerCase()))])];
}

function ownIds(workflow: Workflow, report: Report): ReadonlySet<string> {
  const name = workflow.file.split('/').at(-1);
  return new Set(
    report.resources
      .filter((resource) => resource.kind === 'GitHub::Actions::Workflow' && resource.name === name)
      .map(({ id }) => id),
  );
}

/** Where a run would stop: the number of its first call that fails, from 1; 0 when none does. */
export const stopsAt = (run: Run): number =>
  run.calls.findIndex(({ prediction }) => prediction === 'fails') + 1;

/**
 * How a run would end. That nothing is in its way is only said when every call that asks the account is known to
 * succeed; what it does on its own machine nobody foretells.
 */
export function outcome(run: Run): 'through' | 'stops' | 'unknown' {
  if (stopsAt(run) > 0) return 'stops';
  const asked = run.calls.filter(({ prediction }) => prediction !== undefined);
  return asked.length > 0 && asked.every(({ prediction }) => prediction === 'ok') ? 'through' : 'unknown';
}

/** Runs of a workflow that make the same calls with the same authentication, together. */
export const runGroups = (workflow: Workflow): Run[][] => [
  ...grouped(workflow.runs, ({ job, auth, role, calls }) =>
    JSON.stringify([job, auth, role, calls]),
  ).values(),
];

/** What tells a run from the others of its job: its environment, inputs and matrix cell, as `name=value`. */
export function choices(run: Run): string[] {
  const values = { ...run.inputs, ...run.matrix };
  const named = Object.entries(values).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const environment = run.environment;
  return environment && !Object.values(values).includes(environment)
    ? [`environment=${environment}`, ...named]
    : named;
}

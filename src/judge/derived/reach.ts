import type { JobSource, StepSource, WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';

/** Events that anyone with an account can cause on a public repository, with the workflow's secrets at hand. */
const OPEN = new Set([
  'issues',
  'issue_comment',
  'discussion',
  'discussion_comment',
  'pull_request_target',
  'workflow_run',
  'gollum',
]);
/** Events of a pull request: from a fork they have neither secrets nor a token that writes. */
const FORK = new Set(['pull_request', 'pull_request_review', 'pull_request_review_comment']);

/** `secrets`: an outsider reaches the job with its secrets. `fork`: without them. `writers`: only who may push. */
export type Reach = 'secrets' | 'fork' | 'writers';

export function reachOf(event: string): Reach {
  if (OPEN.has(event)) return 'secrets';
  return FORK.has(event) ? 'fork' : 'writers';
}

/** The events that start a workflow, those of its callers where it is called by others. */
export function eventsOf(workflow: WorkflowSource, { artifacts }: Estate): string[] {
  const own = workflow.triggers.map(({ event }) => event);
  if (!own.includes('workflow_call')) return own;
  const callers = artifacts.workflows.filter((other) =>
    other.jobs.some(({ uses }) => uses?.text.split('@')[0]?.endsWith(workflow.file) ?? false),
  );
  return [...new Set([...own, ...callers.flatMap((other) => other.triggers.map(({ event }) => event))])];
}

const GUARD =
  /author_association|head\.repo\.full_name\s*==|==\s*github\.event\.pull_request\.head\.repo|head\.repo\.fork|head_repository\.full_name\s*==|github\.(actor|triggering_actor|repository_owner)|\.user\.login|sender\.login|label|permission|is_member|authori[sz]ed/i;

/** Whether a condition of the step or its job looks at who asks, or at a label that someone had to set. */
export const isGuarded = (job?: JobSource, step?: StepSource): boolean =>
  GUARD.test(`${job?.condition ?? ''}\n${step?.condition ?? ''}`);

/** Whether a job holds anything worth taking: a secret, or a token that is not limited to reading. */
export function isPrivileged(job: JobSource, workflow: WorkflowSource): boolean {
  const permissions = (job.permissions ?? workflow.permissions)?.value;
  const reads =
    permissions !== undefined &&
    (typeof permissions === 'string'
      ? permissions === 'read-all' || permissions === '{}'
      : !Object.values(permissions).includes('write'));
  const written = job.steps.map(
    (step) =>
      `${step.run?.text ?? ''} ${Object.values(step.with).join(' ')} ${Object.values(step.environment).join(' ')}`,
  );
  const secrets = workflow.runs.filter((run) => run.job === job.id).flatMap((run) => run.secrets);
  return (
    !reads ||
    (job.secrets?.length ?? 0) > 0 ||
    secrets.some((name) => name !== 'GITHUB_TOKEN') ||
    written.some((text) => /secrets\.(?!GITHUB_TOKEN\b)/.test(text))
  );
}

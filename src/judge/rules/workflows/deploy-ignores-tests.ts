import type { JobSource, WorkflowSource } from '#model/artifacts.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { Run } from '#model/workflow.ts';
import { deploymentsOf, placeOf } from '../../derived/calls.ts';
import { importanceOf } from '../../derived/importance.ts';
import { jobsAfter, jobsBefore } from '../../derived/job-order.ts';
import { at, some, titled } from '../../derived/place.ts';
import { stepCommands } from '../../derived/shell.ts';

/** Tests of what is deployed come after it. */
const OF_WHAT_RUNS = /e2e|end.to.end|smoke|post.?deploy|acceptance|load|perf|playwright|cypress/i;

/** Deployments of a version: a stack is changed apart from it. */
const versionsOf = (run: Run) =>
  deploymentsOf(run).filter(({ call }) => !call.operation.startsWith('cloudformation '));

const tests = ({ steps }: JobSource): boolean =>
  steps.some((step) => stepCommands(step).some(({ words }) => importanceOf(words) === 'test'));

/** The jobs of the workflow that test on the same event and that the deploying job neither waits for nor leads to. */
function ignoredBy(run: Run, { jobs, runs }: WorkflowSource): JobSource[] {
  const id = run.job.split(' / ')[0] ?? '';
  const own = jobs.find((job) => job.id === id);
  const before = jobsBefore(id, jobs);
  // what tests itself, or waits for some test, has chosen
  if (!own || [own, ...before].some(tests) || before.some(({ uses }) => uses)) return [];
  const after = new Set(jobsAfter(id, jobs));
  return jobs.filter(
    (job) =>
      tests(job) &&
      !after.has(job) &&
      !OF_WHAT_RUNS.test(`${job.id} ${job.name ?? ''}`) &&
      runs.some((other) => other.job === job.id && other.events.some((event) => run.events.includes(event))),
  );
}

/** Both start together: the tests fail when the version is already in service. */
export const deployIgnoresTests = defineRule({
  id: 'deploy-ignores-tests',
  severity: 'medium',
  subject: 'workflow',
  title: { fr: 'Déploiement qui n’attend pas les tests', en: 'Deployment that does not wait for the tests' },
  risk: {
    fr: 'Les tests et le déploiement partent ensemble : une version dont les tests échouent est mise en service quand même.',
    en: 'The tests and the deployment start together: a version whose tests fail is put into service all the same.',
  },
  remedy: {
    fr: 'Ajouter le job de test aux `needs:` du job qui déploie.',
    en: 'Add the job that tests to the `needs:` of the job that deploys.',
  },
  references: [
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds',
  ],
  evaluate(workflow) {
    const deploying = workflow.runs.filter((run) => versionsOf(run).length > 0);
    if (deploying.length === 0) return notApplicable;
    const blind = deploying
      .map((run) => ({ run, ignored: ignoredBy(run, workflow) }))
      .filter(({ ignored }) => ignored.length > 0);
    const evidence = some(
      blind.flatMap(({ run, ignored }) => [
        ...versionsOf(run).map(({ call }) => placeOf(call, run, workflow)),
        ...ignored.map(({ line }) => at(workflow.file, line)),
      ]),
    );
    if (!evidence) return ok;
    const jobs = codes(new Set(blind.map(({ run }) => run.job)));
    const tested = codes(new Set(blind.flatMap(({ ignored }) => ignored.map(({ id }) => id))));
    return gaps([
      {
        title: titled(
          code(workflow.file),
          'le déploiement n’attend pas les tests',
          'the deployment does not wait for the tests',
        ),
        message: {
          fr: `${jobs.fr} déploie sans attendre ${tested.fr}, qui lance les tests dans le même workflow.`,
          en: `${jobs.en} deploys without waiting for ${tested.en}, which runs the tests in the same workflow.`,
        },
        evidence,
      },
    ]);
  },
});

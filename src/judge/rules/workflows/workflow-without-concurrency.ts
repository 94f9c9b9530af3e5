import type { WorkflowSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, type Text } from '#model/text.ts';
import type { Run } from '#model/workflow.ts';
import { deploymentsOf, placeOf } from '../../derived/calls.ts';
import { some, titled } from '../../derived/place.ts';

/** Events that can come twice while a first run is still at work. */
const FREQUENT = /^(push|workflow_run|repository_dispatch|merge_group)$/;

/** Whether the run, or a workflow that leads to it, waits for the one before. */
function isSerial(run: Run, workflow: WorkflowSource, { artifacts }: Estate): boolean {
  const chain = artifacts.workflows.filter(({ file }) => file === workflow.file || run.chain.includes(file));
  return chain.some(
    (one) =>
      one.concurrency !== undefined ||
      one.jobs.some((job) => (job.id === run.job || job.uses) && job.concurrency !== undefined),
  );
}

/** Two pushes close to each other: the older run may end last, and put the older version into service. */
export const workflowWithoutConcurrency = defineRule({
  id: 'workflow-without-concurrency',
  severity: 'low',
  subject: 'workflow',
  title: { fr: 'Déploiements qui peuvent se croiser', en: 'Deployments that can overtake each other' },
  risk: {
    fr: 'Deux commits rapprochés lancent deux déploiements : le plus ancien peut finir le dernier et remettre l’ancienne version en service.',
    en: 'Two commits close to each other start two deployments: the older can end last and put the old version back into service.',
  },
  remedy: {
    fr: 'Ajouter un `concurrency:` par environnement, avec `cancel-in-progress: false`.',
    en: 'Add a `concurrency:` group per environment, with `cancel-in-progress: false`.',
  },
  references: [
    'https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency',
  ],
  evaluate(workflow, estate) {
    const runs = workflow.runs.filter(
      (run) => run.events.some((event) => FREQUENT.test(event)) && deploymentsOf(run).length > 0,
    );
    if (runs.length === 0) return notApplicable;
    const parallel = runs.filter((run) => !isSerial(run, workflow, estate));
    const evidence = some(
      parallel.flatMap((run) => deploymentsOf(run).map(({ call }) => placeOf(call, run, workflow))),
    );
    if (!evidence) return ok;
    const file = code(workflow.file);
    const when = occasionOf(workflow, parallel);
    return gaps([
      {
        title: titled(
          file,
          'déploiements qui peuvent se croiser',
          'deployments that can overtake each other',
        ),
        message: {
          fr: `Le workflow déploie ${when.fr} et n’a de \`concurrency\` ni en tête ni sur le job qui déploie.`,
          en: `The workflow deploys ${when.en} and has \`concurrency\` neither at the top nor on the job that deploys.`,
        },
        evidence,
      },
    ]);
  },
});

/** When the workflow deploys, as its triggers say. */
function occasionOf({ triggers }: WorkflowSource, runs: readonly Run[]): Text {
  const push = triggers.find(({ event }) => event === 'push');
  if (!push || !runs.some(({ events }) => events.includes('push'))) {
    const event = code(runs.flatMap(({ events }) => events).find((one) => FREQUENT.test(one)) ?? '');
    return { fr: `à chaque ${event}`, en: `on each ${event}` };
  }
  return push.tags.length > 0 && push.branches.length === 0
    ? { fr: 'à chaque étiquette poussée', en: 'on each tag that is pushed' }
    : { fr: 'à chaque poussée', en: 'on each push' };
}

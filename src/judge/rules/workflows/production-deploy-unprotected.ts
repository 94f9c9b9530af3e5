import type { WorkflowSource } from '#model/artifacts.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import type { Run } from '#model/workflow.ts';
import { deploymentOf, deploys, placeOf } from '../../derived/calls.ts';
import { jobsBefore, levelsOf } from '../../derived/job-order.ts';
import { some, titled } from '../../derived/place.ts';
import { productionSign } from '../../derived/production.ts';

/** Whether the run waits for a job that only asks: one with an environment, that deploys nothing itself. */
const waitsForApproval = (
  run: Run,
  workflow: WorkflowSource,
  workflows: readonly WorkflowSource[],
): boolean =>
  levelsOf(run, workflow, workflows).some(({ source, job }) =>
    jobsBefore(job, source.jobs).some(
      ({ id, environment }) =>
        environment !== undefined && !source.runs.some((other) => other.job === id && deploys(other)),
    ),
  );

/** Without an environment nobody can be asked, no branch be demanded, and the secrets of production are everyone's. */
export const productionDeployUnprotected = defineRule({
  id: 'production-deploy-unprotected',
  severity: 'medium',
  subject: 'workflow',
  title: {
    fr: 'Déploiement en production sans environnement GitHub',
    en: 'Production deployment without a GitHub environment',
  },
  risk: {
    fr: 'Rien ne peut demander une approbation ni exiger une branche avant la production, et ses secrets sont lisibles de tous les workflows.',
    en: 'Nothing can ask for an approval or demand a branch before production, and its secrets can be read by every workflow.',
  },
  remedy: {
    fr: 'Créer un environnement GitHub pour la production avec ses règles et ses secrets, et le nommer dans le job (`environment:`).',
    en: 'Create a GitHub environment for production with its rules and secrets, and name it in the job (`environment:`).',
  },
  references: ['https://docs.github.com/en/actions/concepts/workflows-and-actions/deployment-environments'],
  evaluate(workflow, { artifacts }) {
    const production = workflow.runs.flatMap((run) => {
      const sign = deploys(run) ? productionSign(run, workflow) : undefined;
      return sign === undefined ? [] : [{ run, sign }];
    });
    if (production.length === 0) return notApplicable;
    const open = production.filter(
      ({ run }) => run.environment === undefined && !waitsForApproval(run, workflow, artifacts.workflows),
    );
    const evidence = some(
      open.flatMap(({ run }) =>
        run.calls.flatMap((call) => (deploymentOf(call) ? [placeOf(call, run, workflow)] : [])),
      ),
    );
    const [first] = open;
    if (!first || !evidence) return ok;
    const file = code(workflow.file);
    return gaps([
      {
        environments: ['prod'],
        title: titled(
          file,
          'production déployée sans environnement GitHub',
          'production deployed without a GitHub environment',
        ),
        message: {
          fr: `Le job ${code(first.run.job)} déploie en production (${code(first.sign)}) sans \`environment:\`. Les règles de protection des branches n’ont pas été lues.`,
          en: `Job ${code(first.run.job)} deploys to production (${code(first.sign)}) without \`environment:\`. The protection rules of branches were not read.`,
        },
        evidence,
      },
    ]);
  },
});

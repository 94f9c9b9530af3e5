import type { JobSource, WorkflowSource } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';

const isAll = (permissions: JobSource['permissions']) => permissions?.value === 'write-all';

/** The token of the run can then do more than the run needs: a bad step or action can push, release, approve. */
export const workflowPermissionsBroad = defineRule({
  id: 'workflow-permissions-broad',
  severity: 'low',
  subject: 'estate',
  title: { fr: 'Jeton de workflow sans limite', en: 'Workflow token without a limit' },
  risk: {
    fr: 'Une action ou une dépendance compromise peut pousser du code, publier ou modifier des tickets avec le jeton du workflow.',
    en: 'A compromised action or dependency can push code, publish or edit issues with the token of the workflow.',
  },
  remedy: {
    fr: 'Écrire `permissions: contents: read` en tête du workflow, et ajouter au seul job qui en a besoin chaque droit d’écriture.',
    en: 'Write `permissions: contents: read` at the top of the workflow, and add each right to write to the one job that needs it.',
  },
  references: [
    'https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information',
  ],
  evaluate({ artifacts: { workflows } }) {
    const running = workflows.filter(({ triggers }) => triggers.length > 0);
    return gaps([...running.flatMap(withEveryRight), ...withoutLimit(running)]);
  },
});

function withEveryRight(workflow: WorkflowSource): Gap[] {
  const all = [workflow.permissions, ...workflow.jobs.map(({ permissions }) => permissions)].filter(isAll);
  const evidence = some(all.flatMap((one) => (one ? [at(workflow.file, one.line)] : [])));
  if (!evidence) return [];
  return [
    {
      key: workflow.file,
      severity: 'medium',
      title: titled(code(workflow.file), 'jeton avec tous les droits', 'token with every right'),
      message: {
        fr: '`permissions: write-all` donne au jeton tous les droits d’écriture sur le dépôt.',
        en: '`permissions: write-all` gives the token every right to write on the repository.',
      },
      evidence,
    },
  ];
}

/** One gap for all the workflows: one setting of the repository decides for all of them, and it was not read. */
function withoutLimit(workflows: readonly WorkflowSource[]): Gap[] {
  const open = workflows.flatMap((workflow) =>
    isLimitedByCallers(workflow, workflows)
      ? []
      : openJobs(workflow)
          .filter(({ uses }) => !uses)
          .slice(0, 1)
          .map(({ line }) => at(workflow.file, line)),
  );
  const evidence = some(open);
  if (!evidence) return [];
  const files = codes(open.map(({ file }) => file).sort(), 8);
  const several = open.length > 1;
  return [
    {
      confidence: 'low',
      title: several
        ? titled(
            { fr: `${open.length} workflows`, en: `${open.length} workflows` },
            'droits du jeton non limités',
            'rights of the token not limited',
          )
        : titled(files, 'droits du jeton non limités', 'rights of the token not limited'),
      message: {
        fr: `Des jobs de ${files.fr} n’ont pas de \`permissions:\` : leur jeton a les droits que donnent les réglages du dépôt, qui n’ont pas été lus.`,
        en: `Jobs of ${files.en} have no \`permissions:\`: their token has the rights that the settings of the repository give, which were not read.`,
      },
      evidence,
    },
  ];
}

const openJobs = ({ permissions, jobs }: WorkflowSource): JobSource[] =>
  permissions ? [] : jobs.filter((job) => !job.permissions);

/** A workflow that only others call has at most the rights of the jobs that call it. */
function isLimitedByCallers(workflow: WorkflowSource, workflows: readonly WorkflowSource[]): boolean {
  if (workflow.triggers.some(({ event }) => event !== 'workflow_call')) return false;
  const calls = (job: JobSource) => job.uses?.text === `./${workflow.file}`;
  const callers = workflows.filter(({ jobs }) => jobs.some(calls));
  return callers.length > 0 && callers.every((caller) => !openJobs(caller).some(calls));
}

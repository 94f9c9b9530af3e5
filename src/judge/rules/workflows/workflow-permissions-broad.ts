import type { JobSource } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, titled } from '../../derived/place.ts';

type Permissions = JobSource['permissions'];
const isAll = (permissions: Permissions) => permissions?.value === 'write-all';

/** The token of the run can then do more than the run needs: a bad step or action can push, release, approve. */
export const workflowPermissionsBroad = defineRule({
  id: 'workflow-permissions-broad',
  severity: 'low',
  subject: 'workflow',
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
  evaluate(workflow) {
    const file = code(workflow.file);
    const all = [workflow.permissions, ...workflow.jobs.map(({ permissions }) => permissions)].filter(isAll);
    const [first, ...others] = all.flatMap((one) => (one ? [at(workflow.file, one.line)] : []));
    if (first)
      return gaps([
        {
          key: 'write-all',
          severity: 'medium',
          title: titled(file, 'jeton avec tous les droits', 'token with every right'),
          message: {
            fr: '`permissions: write-all` donne au jeton tous les droits d’écriture sur le dépôt.',
            en: '`permissions: write-all` gives the token every right to write on the repository.',
          },
          evidence: [first, ...others],
        },
      ]);
    const open = workflow.permissions ? [] : workflow.jobs.filter((job) => !job.permissions && !job.uses);
    return gaps(
      open.slice(0, 1).map((job): Gap => {
        const jobs = codes(open.map(({ id }) => id));
        return {
          confidence: 'low',
          title: titled(file, 'droits du jeton non limités', 'rights of the token not limited'),
          message: {
            fr: `Aucun \`permissions:\` ne vaut pour ${jobs.fr} : le jeton a les droits que donnent les réglages du dépôt, qui n’ont pas été lus.`,
            en: `No \`permissions:\` holds for ${jobs.en}: the token has the rights that the settings of the repository give, which were not read.`,
          },
          evidence: [at(workflow.file, job.line)],
        };
      }),
    );
  },
});

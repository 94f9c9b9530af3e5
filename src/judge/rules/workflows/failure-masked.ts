import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { maskedFailures } from '../../derived/masked-failures.ts';
import { at, titled } from '../../derived/place.ts';

/** The run is green, and what it was for did not happen. */
export const failureMasked = defineRule({
  id: 'failure-masked',
  severity: 'medium',
  subject: 'workflow',
  title: { fr: 'Échec masqué dans un workflow', en: 'Failure masked in a workflow' },
  risk: {
    fr: 'Le workflow est vert alors que l’étape a échoué : personne n’est prévenu, et la suite part d’un état faux.',
    en: 'The workflow is green although the step failed: nobody is told, and what follows starts from a wrong state.',
  },
  remedy: {
    fr: 'Laisser l’étape échouer, ou traiter l’échec attendu précisément et arrêter sur les autres.',
    en: 'Let the step fail, or handle the one failure that is expected and stop on the others.',
  },
  evaluate(workflow) {
    return gaps(
      workflow.jobs.flatMap((job) =>
        maskedFailures(job).map(
          ({ what, by, importance, line, key }): Gap => ({
            key: `${job.id} ${key}`,
            ...(importance === 'test' && { severity: 'low' }),
            title: titled(
              code(workflow.file),
              `échec de ${code(what)} masqué`,
              `failure of ${code(what)} masked`,
            ),
            message: {
              fr: `Dans le job ${code(job.id)}, ${code(by)} fait passer l’échec de ${code(what)} pour un succès.`,
              en: `In job ${code(job.id)}, ${code(by)} turns a failure of ${code(what)} into a success.`,
            },
            evidence: [at(workflow.file, line)],
          }),
        ),
      ),
    );
  },
});

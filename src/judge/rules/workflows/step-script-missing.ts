import { defineRule, type Gap, gaps, unknown } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { missingScripts } from '../../derived/missing-scripts.ts';
import { at, titled } from '../../derived/place.ts';

/** The run stops there each time, or has not been started since the script went. */
export const stepScriptMissing = defineRule({
  id: 'step-script-missing',
  severity: 'medium',
  confidence: 'medium',
  subject: 'workflow',
  title: { fr: 'Étape qui lance un script absent', en: 'Step that runs a script that is not there' },
  risk: {
    fr: 'Le workflow s’arrête à cette étape : ce qui la suit n’a plus lieu.',
    en: 'The workflow stops at this step: what follows no longer takes place.',
  },
  remedy: {
    fr: 'Remettre le script, corriger son chemin, ou retirer l’étape.',
    en: 'Bring the script back, correct its path, or remove the step.',
  },
  evaluate(workflow, { files }) {
    if (files.size === 0)
      return unknown({ fr: 'la liste des fichiers n’a pas été lue', en: 'the list of files was not read' });
    return gaps(
      workflow.jobs.flatMap((job) =>
        missingScripts(job, files).map(
          ({ script, line }): Gap => ({
            key: script,
            title: titled(
              code(workflow.file),
              `${code(script)} n’existe pas`,
              `${code(script)} does not exist`,
            ),
            message: {
              fr: `Le job ${code(job.id)} lance ${code(script)}, que le dépôt n’a pas.`,
              en: `Job ${code(job.id)} runs ${code(script)}, which the repository does not have.`,
            },
            evidence: [at(workflow.file, line)],
          }),
        ),
      ),
    );
  },
});

import { defineRule, type Gap, gaps, unknown } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { levelsOf } from '../../derived/job-order.ts';
import { at, titled } from '../../derived/place.ts';
import { missingTaskDefinitions } from '../../derived/task-definition-files.ts';

/** The image is built and pushed, and the run stops before anything is put into service. */
export const taskDefinitionFileMissing = defineRule({
  id: 'task-definition-file-missing',
  severity: 'high',
  confidence: 'medium',
  subject: 'workflow',
  title: { fr: 'Définition de tâche absente du dépôt', en: 'Task definition that is not in the repository' },
  risk: {
    fr: 'Le déploiement s’arrête à chaque lancement : l’image est publiée et rien ne la met en service.',
    en: 'The deployment stops at each run: the image is pushed and nothing puts it into service.',
  },
  remedy: {
    fr: 'Ajouter le fichier, corriger son chemin, ou tirer la définition en service (`aws ecs describe-task-definition`) dans une étape.',
    en: 'Add the file, correct its path, or fetch the definition that is in service (`aws ecs describe-task-definition`) in a step.',
  },
  references: ['https://github.com/aws-actions/amazon-ecs-render-task-definition'],
  evaluate(workflow, { files, artifacts }) {
    if (files.size === 0)
      return unknown({ fr: 'la liste des fichiers n’a pas été lue', en: 'the list of files was not read' });
    return gaps(
      workflow.runs.flatMap((run): Gap[] => {
        const level = levelsOf(run, workflow, artifacts.workflows).at(-1);
        const job = level?.source.jobs.find(({ id }) => id === level.job);
        if (!level || !job) return [];
        return missingTaskDefinitions(job, run.inputs, files).map(({ path, step }) => ({
          key: path,
          title: titled(code(workflow.file), `${code(path)} n’existe pas`, `${code(path)} does not exist`),
          message: {
            fr: `Le job ${code(run.job)} lit la définition de tâche ${code(path)}, que le dépôt n’a pas et qu’aucune étape lue n’écrit.`,
            en: `Job ${code(run.job)} reads the task definition ${code(path)}, which the repository does not have and no step that was read writes.`,
          },
          evidence: [at(level.source.file, step.uses?.line ?? step.line)],
        }));
      }),
    );
  },
});

import type { Severity } from '#model/finding.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { type Injection, injectionsOf } from '../../derived/injection.ts';
import { at, titled } from '../../derived/place.ts';
import { eventsOf, isPrivileged } from '../../derived/reach.ts';

/** Critical where the text is anyone's and the job has something to take. */
function severityOf({ reach }: Injection, privileged: boolean): Severity {
  if (reach === 'guarded') return 'low';
  if (reach === 'secrets') return privileged ? 'critical' : 'high';
  return 'medium';
}

/** The text is put into the script before the shell reads it: quotes do not hold it. */
export const scriptInjection = defineRule({
  id: 'script-injection',
  severity: 'critical',
  subject: 'workflow',
  title: { fr: 'Texte d’un tiers exécuté comme un script', en: 'Text of an outsider run as a script' },
  risk: {
    fr: 'Un titre, un commentaire ou un nom de branche bien choisi exécute des commandes dans le workflow, avec ses secrets et son jeton.',
    en: 'A well-chosen title, comment or branch name runs commands in the workflow, with its secrets and its token.',
  },
  remedy: {
    fr: 'Passer la valeur par une variable d’environnement (`env:`) et la lire entre guillemets dans le script (`"$TITLE"`).',
    en: 'Pass the value through an environment variable (`env:`) and read it quoted in the script (`"$TITLE"`).',
  },
  references: ['https://docs.github.com/en/actions/concepts/security/script-injections'],
  evaluate(workflow, estate) {
    const started = eventsOf(workflow, estate);
    return gaps(
      workflow.jobs.flatMap((job) =>
        job.steps.flatMap((step): Gap[] => {
          const found = injectionsOf(job, step, started);
          const worst = found.find(({ reach }) => reach === 'secrets') ?? found[0];
          if (!worst) return [];
          const names = [...new Set(found.map(({ context }) => context))].sort();
          const contexts = codes(names);
          const events = codes(new Set(found.flatMap((one) => one.events)));
          const guarded = worst.reach === 'guarded';
          return [
            {
              key: `${job.id} ${names.join(' ')}`,
              severity: severityOf(worst, isPrivileged(job, workflow)),
              confidence: worst.reach === 'secrets' ? 'high' : 'medium',
              title: titled(
                code(workflow.file),
                'texte d’un tiers dans un script',
                'text of an outsider in a script',
              ),
              message: {
                fr: `Le job ${code(job.id)} met ${contexts.fr} dans un script, sous ${events.fr}${guarded ? ', derrière une condition sur qui demande ou sur une étiquette' : ''}.`,
                en: `Job ${code(job.id)} puts ${contexts.en} into a script, under ${events.en}${guarded ? ', behind a condition on who asks or on a label' : ''}.`,
              },
              evidence: [at(workflow.file, worst.line), ...found.map(({ line }) => at(workflow.file, line))],
            },
          ];
        }),
      ),
    );
  },
});

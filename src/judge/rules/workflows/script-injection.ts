import type { JobSource, WorkflowSource } from '#model/artifacts.ts';
import type { Severity } from '#model/finding.ts';
import { defineRule, type Gap, gaps, unknown } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import { type Injection, injectionsOf } from '../../derived/injection.ts';
import { handsToUnread, passedOnBy } from '../../derived/passed-on-injection.ts';
import { at, some, titled } from '../../derived/place.ts';
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
    const { artifacts } = estate;
    const started = eventsOf(workflow, estate);
    const found = workflow.jobs.flatMap((job) => {
      const own = job.steps.map((step) =>
        injectionsOf(job, step, started).map((one) => ({ ...one, places: [at(workflow.file, one.line)] })),
      );
      const passed = Map.groupBy(
        passedOnBy(job, workflow.file, started, artifacts),
        ({ through }) => through,
      );
      return [
        ...own.flatMap((all) => gapOf(workflow, job, all)),
        ...[...passed].flatMap(([through, all]) => gapOf(workflow, job, all, through)),
      ];
    });
    if (found.length === 0 && workflow.jobs.some((job) => handsToUnread(job, started, artifacts)))
      return unknown({
        fr: 'une action ou un workflow du dépôt qui reçoit le texte n’a pas été lu',
        en: 'an action or a workflow of the repository that is given the text was not read',
      });
    return gaps(found);
  },
});

type Placed = Injection & { places: ReturnType<typeof at>[] };

function gapOf(workflow: WorkflowSource, job: JobSource, found: Placed[], through?: string): Gap[] {
  const worst = found.find(({ reach }) => reach === 'secrets') ?? found[0];
  const evidence = some([...(worst?.places ?? []), ...found.flatMap(({ places }) => places)]);
  if (!worst || !evidence) return [];
  const names = [...new Set(found.map(({ context }) => context))].sort();
  const contexts = codes(names);
  const events = codes(new Set(found.flatMap((one) => one.events)));
  const puts: Text = through
    ? {
        fr: `fait passer ${contexts.fr} par ${code(through)}, qui met ce texte dans un script`,
        en: `hands ${contexts.en} to ${code(through)}, which puts that text into a script`,
      }
    : { fr: `met ${contexts.fr} dans un script`, en: `puts ${contexts.en} into a script` };
  const guarded = worst.reach === 'guarded';
  return [
    {
      key: [job.id, ...names, ...(through ? [through] : [])].join(' '),
      severity: severityOf(worst, isPrivileged(job, workflow)),
      confidence: worst.reach === 'secrets' ? 'high' : 'medium',
      title: titled(
        code(workflow.file),
        'texte d’un tiers dans un script',
        'text of an outsider in a script',
      ),
      message: {
        fr: `Le job ${code(job.id)} ${puts.fr}, sous ${events.fr}${guarded ? ', derrière une condition sur qui demande ou sur une étiquette' : ''}.`,
        en: `Job ${code(job.id)} ${puts.en}, under ${events.en}${guarded ? ', behind a condition on who asks or on a label' : ''}.`,
      },
      evidence,
    },
  ];
}

import type { Trigger } from '#model/artifacts.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { takesAny } from '../../derived/path-filter.ts';
import { at, some, titled } from '../../derived/place.ts';

/** Whether no file of the tree passes. Exclusions alone take every file that they do not name. */
function isDead({ paths }: Trigger, files: ReadonlySet<string>): boolean {
  const wanted = paths.filter((pattern) => !pattern.startsWith('!'));
  return wanted.length > 0 && !wanted.some((pattern) => takesAny(pattern, files));
}

/** The folder was renamed and the filter stayed: no change starts the workflow any more. */
export const workflowPathsMatchNothing = defineRule({
  id: 'workflow-paths-match-nothing',
  severity: 'medium',
  subject: 'workflow',
  title: { fr: 'Déclencheur dont les chemins n’existent pas', en: 'Trigger whose paths do not exist' },
  risk: {
    fr: 'Aucun changement ne lance plus le workflow : ce qu’il déploie ou vérifie reste en l’état sans que rien ne le dise.',
    en: 'No change starts the workflow any more: what it deploys or checks stays as it is, and nothing says so.',
  },
  remedy: {
    fr: 'Mettre les motifs de `paths:` à jour (ils partent de la racine, `dossier/**` pour un dossier), ou supprimer le workflow.',
    en: 'Bring the patterns of `paths:` up to date (they start at the root, `folder/**` for a folder), or delete the workflow.',
  },
  references: [
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onpushpull_requestpull_request_targetpathspaths-ignore',
  ],
  evaluate(workflow, { files }) {
    const filtered = workflow.triggers.filter(({ paths }) => paths.length > 0);
    if (filtered.length === 0 || files.size === 0) return notApplicable;
    const dead = filtered.filter((trigger) => isDead(trigger, files));
    const evidence = some(dead.map(({ line }) => at(workflow.file, line)));
    if (!evidence) return ok;
    const alive = workflow.triggers.length > dead.length;
    const file = code(workflow.file);
    const patterns = codes(new Set(dead.flatMap(({ paths }) => paths)));
    const events = codes(new Set(dead.map(({ event }) => event)));
    return gaps([
      {
        ...(alive && { severity: 'low' }),
        title: titled(file, 'ses chemins n’existent pas', 'its paths do not exist'),
        message: {
          fr: `Aucun fichier du dépôt ne répond à ${patterns.fr} : ${events.fr} ne lance jamais ce workflow${alive ? ', que seul un autre déclencheur lance' : ''}.`,
          en: `No file of the repository matches ${patterns.en}: ${events.en} never starts this workflow${alive ? ', which only another trigger starts' : ''}.`,
        },
        evidence,
      },
    ]);
  },
});

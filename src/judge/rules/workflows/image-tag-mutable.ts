import { environmentOf } from '#lib/environments.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { Run } from '#model/workflow.ts';
import { deploys, isOwnRegistry, pushesOf } from '../../derived/calls.ts';
import { some, titled } from '../../derived/place.ts';

const BRANCH = /^(latest|main|master|develop|trunk|edge|nightly|stable|release)$/i;
const BRANCH_SYMBOL = /^⟨[^⟩]*(ref_name|head_ref|branch)[^⟩]*⟩$/i;

/** A tag that the next push moves. One with anything of the commit, the run or a date in it stays where it is. */
function isMutable(tag: string, run: Run, workflow: WorkflowSource): boolean {
  if (BRANCH.test(tag) || environmentOf(tag) !== undefined) return true;
  // on a tag, `ref_name` is the version
  const byTag = workflow.triggers.some(
    ({ event, tags }) => run.events.includes(event) && (tags.length > 0 || event === 'release'),
  );
  return BRANCH_SYMBOL.test(tag) && !byTag;
}

/** What runs cannot be told from its name, and there is nothing to go back to. */
export const imageTagMutable = defineRule({
  id: 'image-tag-mutable',
  severity: 'medium',
  subject: 'workflow',
  title: {
    fr: 'Image publiée sous une étiquette mobile seulement',
    en: 'Image pushed under a moving tag only',
  },
  risk: {
    fr: 'Le nom de l’image ne dit pas quel commit tourne, deux tâches d’un service peuvent différer, et revenir en arrière n’a pas de cible.',
    en: 'The name of the image does not say which commit runs, two tasks of one service can differ, and going back has no target.',
  },
  remedy: {
    fr: 'Publier et déployer une étiquette propre à chaque commit (`${{ github.sha }}`), et rendre les étiquettes du dépôt immuables.',
    en: 'Push and deploy a tag of each commit (`${{ github.sha }}`), and make the tags of the repository immutable.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html'],
  evaluate(workflow) {
    const deployed = workflow.runs.some(deploys);
    const pushed = pushesOf(workflow).filter(
      ({ registry, digest }) => digest === undefined && (deployed || isOwnRegistry(registry)),
    );
    const byImage = Map.groupBy(pushed, ({ registry, repository }) => `${registry ?? ''}/${repository}`);
    return gaps(
      [...byImage.values()].flatMap((pushes): Gap[] => {
        const evidence = some(pushes.map(({ place }) => place));
        const name = pushes[0]?.repository ?? '';
        if (!evidence || !pushes.every(({ tag, run }) => isMutable(tag, run, workflow))) return [];
        const tags = codes(new Set(pushes.map(({ tag }) => tag)));
        return [
          {
            key: name,
            title: titled(
              code(name),
              'publiée sous une étiquette mobile seulement',
              'pushed under a moving tag only',
            ),
            message: {
              fr: `${code(workflow.file)} publie cette image sous ${tags.fr}, que la publication suivante déplace, et sous aucune étiquette propre au commit.`,
              en: `${code(workflow.file)} pushes this image under ${tags.en}, which the next push moves, and under no tag of the commit.`,
            },
            evidence,
          },
        ];
      }),
    );
  },
});

import type { Severity } from '#model/finding.ts';
import { cannotTell, no, partial, type Question, yes } from '#model/maturity.ts';
import type { Practice } from '#model/operations.ts';
import { codes, type Text } from '#model/text.ts';
import { at } from '../../derived/place.ts';
import {
  counted,
  few,
  filesOf,
  isHook,
  isPipeline,
  pipelinesOf,
  practicesOf,
  signsOf,
} from '../derived/operations-read.ts';

/** A question on whether something scans, in CI or before a commit. A script that only a person starts is a half. */
export function scanned({
  id,
  practice,
  severity,
  text,
  gap,
}: {
  id: string;
  practice: Practice;
  severity: Severity;
  text: Text;
  gap: Question['gap'];
}): Question {
  return {
    id,
    text,
    weight: 1,
    severity,
    effort: 'small',
    gap,
    answer: ({ estate }) => {
      const { artifacts } = estate;
      const found = practicesOf(estate, practice);
      // a script that a pipeline or a hook names runs with it
      const started = new Set(
        artifacts.scriptReferences
          .filter(({ from }) => isPipeline(from) || isHook(from))
          .map(({ script }) => script),
      );
      const running = found.filter(({ file }) => isPipeline(file) || isHook(file) || started.has(file));
      const signs = codes(signsOf(estate, practice), 3);
      if (running.length > 0)
        return yes(
          { fr: `${signs.fr} dans ${filesOf(running).fr}.`, en: `${signs.en} in ${filesOf(running).en}.` },
          few(running),
        );
      if (found.length > 0)
        return partial(
          {
            fr: `${filesOf(found).fr} nomme ${signs.fr}, et aucune configuration de CI ni aucun hook lu ne le lance directement.`,
            en: `${filesOf(found).en} names ${signs.en}, and no CI configuration or hook that was read starts it directly.`,
          },
          few(found),
        );
      const pipelines = pipelinesOf(estate).sort();
      const files = counted(pipelines.length, ['fichier', 'fichiers'], ['file', 'files']);
      if (pipelines.length === 0 && artifacts.manifests.length === 0)
        return cannotTell({
          fr: 'Ni CI ni manifeste de paquets dans ce dépôt\u00a0: il n’y a rien à analyser.',
          en: 'No CI and no package manifest in this repository: there is nothing to scan.',
        });
      return no(
        pipelines.length > 0
          ? {
              fr: `Aucun outil connu pour cela dans ce qui configure la CI (${files.fr}) ni dans les hooks du dépôt\u00a0; un réglage de la forge n’a pas été lu.`,
              en: `No tool known for it in what configures CI (${files.en}) or in the hooks of the repository; settings of the forge were not read.`,
            }
          : {
              fr: 'Le dépôt n’a aucune configuration de CI.',
              en: 'The repository has no configuration of CI.',
            },
        few(pipelines.map((file) => at(file, 1))).slice(0, 3),
      );
    },
  };
}

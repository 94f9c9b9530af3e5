import type { Document } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes, type Text } from '#model/text.ts';
import { type AbsentPath, absentPaths } from '../../derived/absent-paths.ts';
import { inDocument, some, titled } from '../../derived/place.ts';

const MOST = 8;

/** Whoever follows the page is stopped, or does the step from memory. */
export const docPathMissing = defineRule({
  id: 'doc-path-missing',
  severity: 'low',
  subject: 'estate',
  title: { fr: 'Document qui nomme un fichier absent', en: 'Document that names a file that is not there' },
  risk: {
    fr: 'Qui suit la page est arrêté au mauvais moment, et doute du reste.',
    en: 'Whoever follows the page is stopped at the wrong moment, and doubts the rest.',
  },
  remedy: {
    fr: 'Corriger le chemin, ou retirer le passage si le fichier n’existe plus.',
    en: 'Correct the path, or remove the passage if the file is gone.',
  },
  evaluate({ artifacts, files }) {
    const absent = artifacts.documents.map((document) => ({ document, paths: absentPaths(document, files) }));
    return gaps((['link', 'code'] as const).flatMap((kind) => gapOf(kind, absent)));
  },
});

/** One gap for the links of all pages, which are sure, and one for the paths in their code. */
function gapOf(
  kind: AbsentPath['kind'],
  absent: readonly { document: Document; paths: AbsentPath[] }[],
): Gap[] {
  const pages = absent.flatMap(({ document, paths }) => {
    const own = paths.filter((path) => path.kind === kind);
    return own.length ? [{ file: document.file, own }] : [];
  });
  const evidence = some(pages.flatMap(({ file, own }) => own.map(({ line }) => inDocument(file, line))));
  if (!evidence) return [];
  const [page] = pages;
  return [
    {
      key: kind,
      confidence: kind === 'link' ? 'high' : 'medium',
      title: titled(
        page && pages.length === 1
          ? code(page.file)
          : { fr: `${pages.length} documents`, en: `${pages.length} documents` },
        'chemins qui n’existent pas',
        'paths that do not exist',
      ),
      message: page && pages.length === 1 ? ofOne(page.own) : ofSeveral(pages),
      evidence,
    },
  ];
}

function ofOne(paths: readonly AbsentPath[]): Text {
  const names = codes(new Set(paths.map(({ path }) => path)));
  return {
    fr: `La page renvoie à ${names.fr}, que le dépôt n’a pas.`,
    en: `The page refers to ${names.en}, which the repository does not have.`,
  };
}

function ofSeveral(pages: readonly { file: string; own: readonly AbsentPath[] }[]): Text {
  const shown = pages
    .slice(0, MOST)
    .map(({ file, own }) => {
      const more = new Set(own.map(({ path }) => path)).size - 1;
      return `${code(file)} → ${code(own[0]?.path ?? '')}${more > 0 ? ` (+${more})` : ''}`;
    })
    .join(', ');
  const left = pages.length - MOST;
  return {
    fr: `Ces pages renvoient à des fichiers que le dépôt n’a pas : ${shown}${left > 0 ? ` et ${left} autre${left > 1 ? 's' : ''}` : ''}.`,
    en: `These pages refer to files that the repository does not have: ${shown}${left > 0 ? ` and ${left} more` : ''}.`,
  };
}

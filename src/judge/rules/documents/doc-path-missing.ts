import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { inDocument, some, titled } from '../../derived/place.ts';

const lastPart = (path: string): string => path.split('/').at(-1) ?? path;

/** Whoever follows the page is stopped, or does the step from memory. */
export const docPathMissing = defineRule({
  id: 'doc-path-missing',
  severity: 'low',
  subject: 'document',
  title: { fr: 'Document qui nomme un fichier absent', en: 'Document that names a file that is not there' },
  risk: {
    fr: 'Qui suit la page est arrêté au mauvais moment, et doute du reste.',
    en: 'Whoever follows the page is stopped at the wrong moment, and doubts the rest.',
  },
  remedy: {
    fr: 'Corriger le chemin, ou retirer le passage si le fichier n’existe plus.',
    en: 'Correct the path, or remove the passage if the file is gone.',
  },
  evaluate(document, { files }) {
    // a report of the past names what was there on its day
    if (document.report) return notApplicable;
    const absent = document.paths.filter(({ exists }) => !exists);
    if (absent.length === 0) return ok;
    const pages = pagesByName(files);
    const missing = absent.filter(({ path }) => !pages.has(lastPart(path)));
    const evidence = some(missing.map(({ line }) => inDocument(document.file, line)));
    if (!evidence) return ok;
    const names = codes(new Set(missing.map(({ path }) => path)));
    return gaps([
      {
        confidence: missing.some(({ kind }) => kind === 'link') ? 'high' : 'medium',
        title: titled(code(document.file), 'chemins qui n’existent pas', 'paths that do not exist'),
        message: {
          fr: `La page renvoie à ${names.fr}, que le dépôt n’a pas.`,
          en: `The page refers to ${names.en}, which the repository does not have.`,
        },
        evidence,
      },
    ]);
  },
});

const known = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** The pages of a site whose plugins find one by its name alone (MkDocs); none elsewhere. Looked for once per estate. */
function pagesByName(files: ReadonlySet<string>): ReadonlySet<string> {
  let pages = known.get(files);
  if (!pages) {
    const isSite = files.values().some((file) => /(^|\/)mkdocs\.ya?ml$/.test(file));
    pages = new Set(
      isSite ? files.values().flatMap((file) => (file.endsWith('.md') ? [lastPart(file)] : [])) : [],
    );
    known.set(files, pages);
  }
  return pages;
}

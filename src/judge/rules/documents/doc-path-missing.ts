import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { inDocument, some, titled } from '../../derived/place.ts';

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
  evaluate(document) {
    // a report of the past names what was there on its day
    if (document.report) return notApplicable;
    const missing = document.paths.filter(({ exists }) => !exists);
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

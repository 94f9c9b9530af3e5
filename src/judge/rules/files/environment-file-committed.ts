import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { at, some, titled } from '../../derived/place.ts';

/** A dotenv file with real values is a bundle of secrets, copied with every clone. */
export const environmentFileCommitted = defineRule({
  id: 'environment-file-committed',
  severity: 'high',
  subject: 'environmentFile',
  title: {
    fr: 'Fichier d’environnement suivi par git avec ses secrets',
    en: 'Environment file tracked with its secrets',
  },
  risk: {
    fr: 'Chaque clone et chaque copie du dépôt emporte ces valeurs, et l’historique les garde.',
    en: 'Every clone and copy of the repository carries these values, and the history keeps them.',
  },
  remedy: {
    fr: 'Remplacer ces secrets, retirer le fichier du suivi (`git rm --cached`), l’ajouter à `.gitignore` et garder un exemple sans valeur.',
    en: 'Replace these secrets, stop tracking the file (`git rm --cached`), add it to `.gitignore` and keep an example without values.',
  },
  references: ['https://12factor.net/config'],
  evaluate({ file, example, tracked, variables }, { artifacts }) {
    if (example || !tracked) return notApplicable;
    const strong = variables.filter((one) => one.secret && one.class === 'strong');
    const evidence = some(strong.map(({ line }) => at(file, line)));
    if (!evidence) return ok;
    const known = artifacts.secrets.some((one) => one.file === file);
    const names = codes(strong.map(({ name }) => name));
    return gaps([
      {
        ...(known ? { severity: 'critical' } : isForDevelopment(file) && { severity: 'medium' }),
        title: titled(code(file), 'secrets suivis par git', 'secrets tracked by git'),
        message: {
          fr: `Ce fichier n’est pas un exemple et donne des valeurs qui semblent réelles à ${names.fr}.`,
          en: `This file is no example and gives values that look real to ${names.en}.`,
        },
        evidence,
      },
    ]);
  },
});

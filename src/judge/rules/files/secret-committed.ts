import { defineRule, gaps, ok } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { at, titled } from '../../derived/place.ts';

const FOR_TESTS = /(^|[^a-z])(tests?|testdata|specs?|fixtures?|mocks?|examples?|samples?|demo)([^a-z]|$)/i;

/** Whoever can read the repository, now or in its history, can use it. */
export const secretCommitted = defineRule({
  id: 'secret-committed',
  severity: 'critical',
  subject: 'secret',
  title: { fr: 'Secret enregistré dans le dépôt', en: 'Secret committed to the repository' },
  risk: {
    fr: 'Toute personne qui lit le dépôt, une copie ou son historique peut s’en servir, et le retirer du fichier ne l’annule pas.',
    en: 'Anyone who reads the repository, a copy or its history can use it, and taking it out of the file does not cancel it.',
  },
  remedy: {
    fr: 'Révoquer et remplacer le secret d’abord, puis le lire d’un gestionnaire de secrets ou de l’environnement, enfin décider s’il faut réécrire l’historique.',
    en: 'Revoke and replace the secret first, then read it from a secrets manager or the environment, and only then decide whether to rewrite the history.',
  },
  references: [
    'https://docs.github.com/en/code-security/secret-scanning/working-with-secret-scanning-and-push-protection/remediating-a-leaked-secret',
  ],
  evaluate({ file, line, title, masked }, { artifacts }) {
    // a strong value of a committed dotenv file is told once, with the other values of that file
    const owner = artifacts.environmentFiles.find((one) => one.file === file && one.tracked && !one.example);
    if (owner?.variables.some((one) => one.line === line && one.class === 'strong')) return ok;
    const forTests = FOR_TESTS.test(file);
    const kind = code(title);
    return gaps([
      {
        ...(forTests && { severity: 'medium', confidence: 'low' }),
        title: titled(code(file), 'secret enregistré', 'secret committed'),
        message: forTests
          ? {
              fr: `Une valeur a la forme d’un secret (${kind}, ${code(masked)}) ; le chemin est celui d’un test ou d’un exemple, elle est peut-être factice.`,
              en: `A value has the form of a secret (${kind}, ${code(masked)}); the path is that of a test or an example, it may be a dummy.`,
            }
          : {
              fr: `Une valeur a la forme d’un secret (${kind}, ${code(masked)}). Rien n’a été tenté avec elle : si elle est encore valable n’est pas établi.`,
              en: `A value has the form of a secret (${kind}, ${code(masked)}). Nothing was tried with it: whether it still works is not established.`,
            },
        evidence: [at(file, line)],
      },
    ]);
  },
});

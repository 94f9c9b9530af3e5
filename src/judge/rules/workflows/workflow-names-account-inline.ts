import { defineRule, gaps, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { writtenAccounts } from '../../derived/accounts.ts';
import { some, titled } from '../../derived/place.ts';

/** Changing or adding an account means editing every file that spells it. */
export const workflowNamesAccountInline = defineRule({
  id: 'workflow-names-account-inline',
  severity: 'low',
  subject: 'workflow',
  title: {
    fr: 'Numéro de compte AWS écrit dans un workflow',
    en: 'AWS account number written in a workflow',
  },
  risk: {
    fr: 'Changer de compte ou en ajouter un oblige à reprendre chaque fichier, et un oubli déploie dans l’ancien.',
    en: 'Changing or adding an account means editing each file, and the one that is forgotten deploys to the old account.',
  },
  remedy: {
    fr: 'Lire le numéro et le rôle de variables du dépôt ou de l’environnement (`vars.AWS_ACCOUNT_ID`, `vars.AWS_ROLE`).',
    en: 'Read the number and the role from variables of the repository or the environment (`vars.AWS_ACCOUNT_ID`, `vars.AWS_ROLE`).',
  },
  references: [
    'https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-variables',
  ],
  evaluate(workflow, estate) {
    const found = writtenAccounts(workflow, estate);
    const evidence = some(found.map(({ place }) => place));
    if (!evidence) return ok;
    const accounts = codes([...new Set(found.map(({ account }) => account))].sort());
    const file = code(workflow.file);
    return gaps([
      {
        title: titled(file, 'compte AWS écrit en dur', 'AWS account written in the file'),
        message: {
          fr: `Le workflow nomme ${accounts.fr} dans son texte.`,
          en: `The workflow names ${accounts.en} in its text.`,
        },
        evidence,
      },
    ]);
  },
});

import { defineRule, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { at, titled } from '../../derived/place.ts';

/** Terraform writes the value of every attribute in the clear, those marked as sensitive too. */
export const terraformStateCommitted = defineRule({
  id: 'terraform-state-committed',
  severity: 'high',
  subject: 'terraformState',
  title: { fr: 'État Terraform enregistré dans le dépôt', en: 'Terraform state committed to the repository' },
  risk: {
    fr: 'Un état tient en clair toutes les valeurs de ce qu’il décrit, mots de passe et clés compris : chaque clone les emporte et l’historique les garde. Deux personnes qui l’appliquent chacune de leur copie défont aussi le travail l’une de l’autre.',
    en: 'A state holds every value of what it describes in the clear, passwords and keys included: each clone carries them and the history keeps them. Two people who apply it from their own copies also undo each other’s work.',
  },
  remedy: {
    fr: 'Garder l’état dans un backend distant, chiffré et verrouillé (`terraform init -migrate-state`), le retirer du suivi (`git rm --cached`), ajouter `*.tfstate*` à `.gitignore` et remplacer les secrets qu’il tenait.',
    en: 'Keep the state in a remote backend, encrypted and locked (`terraform init -migrate-state`), stop tracking it (`git rm --cached`), add `*.tfstate*` to `.gitignore` and replace the secrets that it held.',
  },
  references: ['https://developer.hashicorp.com/terraform/language/state/sensitive-data'],
  evaluate({ file, tracked, holds }, { artifacts }) {
    if (!tracked) return notApplicable;
    if (holds === 'unknown')
      return unknown({ fr: 'l’état n’a pas pu être lu', en: 'the state could not be read' });
    if (holds === 'nothing') return ok;
    const secrets = artifacts.secrets.filter((one) => one.file === file);
    const ignored = artifacts.trackedIgnored.find((one) => one.file === file)?.ignoredBy;
    const count = new Set(secrets.map(({ line, masked }) => `${line} ${masked}`)).size;
    return gaps([
      {
        ...(isForDevelopment(file)
          ? { severity: 'medium', confidence: 'medium' }
          : count > 0 && { severity: 'critical' }),
        title: titled(code(file), 'état Terraform suivi par git', 'Terraform state tracked by git'),
        message: {
          fr: `Cet état tient en clair les valeurs de ce qu’il décrit${count > 0 ? `, dont ${count} qui ${count > 1 ? 'ont' : 'a'} la forme d’un secret` : ''}.${ignored ? ` ${code(ignored.file)} l’ignore pourtant.` : ''}`,
          en: `This state holds the values of what it describes in the clear${count > 0 ? `, ${count} of which ${count > 1 ? 'have' : 'has'} the form of a secret` : ''}.${ignored ? ` ${code(ignored.file)} ignores it all the same.` : ''}`,
        },
        evidence: [
          at(file, 1),
          ...secrets.map(({ line }) => at(file, line)),
          ...(ignored ? [at(ignored.file, ignored.line)] : []),
        ],
      },
    ]);
  },
});

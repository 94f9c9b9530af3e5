import type { StrayWorkflow } from '#model/artifacts.ts';
import { defineRule, gaps } from '#model/rule.ts';
import { code, type Text } from '#model/text.ts';
import { at, titled } from '../../derived/place.ts';

const WHY: Record<StrayWorkflow['why'], Text> = {
  misplaced: {
    fr: 'GitHub ne lit que les fichiers placés directement dans `.github/workflows`, à la racine du dépôt.',
    en: 'GitHub only reads files that stand directly in `.github/workflows`, at the root of the repository.',
  },
  extension: {
    fr: 'GitHub ne lit dans ce dossier que les fichiers `.yml` et `.yaml`.',
    en: 'GitHub only reads `.yml` and `.yaml` files in this folder.',
  },
  'not-a-mapping': {
    fr: 'Le fichier n’est pas un objet YAML : GitHub le refuse.',
    en: 'The file is no YAML mapping: GitHub refuses it.',
  },
  'no-trigger': {
    fr: 'Le fichier n’a pas de `on:` : rien ne le lance.',
    en: 'The file has no `on:`: nothing starts it.',
  },
  'no-jobs': {
    fr: 'Le fichier n’a pas de `jobs:` : il n’y a rien à lancer.',
    en: 'The file has no `jobs:`: there is nothing to run.',
  },
};

/** Everyone believes that it runs, and the step it was for is done by nobody. */
export const workflowNeverRuns = defineRule({
  id: 'workflow-never-runs',
  severity: 'medium',
  subject: 'strayWorkflow',
  title: { fr: 'Workflow que GitHub n’exécute jamais', en: 'Workflow that GitHub never runs' },
  risk: {
    fr: 'L’équipe compte sur un contrôle ou un déploiement qui n’a jamais lieu.',
    en: 'The team relies on a check or a deployment that never takes place.',
  },
  remedy: {
    fr: 'Déplacer ou corriger le fichier s’il doit servir, le supprimer sinon.',
    en: 'Move or correct the file if it is to be used, delete it otherwise.',
  },
  references: ['https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax'],
  evaluate({ file, line, why }) {
    return gaps([
      {
        // a copy kept in another folder may be a model for other repositories
        ...(why === 'misplaced' && { severity: 'low', confidence: 'medium' }),
        title: titled(code(file), 'n’est jamais exécuté', 'never runs'),
        message: WHY[why],
        evidence: [at(file, line)],
      },
    ]);
  },
});

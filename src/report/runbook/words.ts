import type { Text } from '#model/text.ts';

/** The words of the runbook and of its script. */
export const runbookWords = {
  title: { fr: 'Plan de remise en état', en: 'Runbook' },
  summary: { fr: 'Synthèse', en: 'Summary' },
  step: { fr: 'Étape', en: 'Step' },
  change: { fr: 'Changement', en: 'Change' },
  risk: { fr: 'Risque', en: 'Risk' },
  after: { fr: 'Après', en: 'After' },
  state: { fr: 'État', en: 'State' },
  cost: { fr: 'Coût', en: 'Cost' },
  duration: { fr: 'Durée', en: 'Time' },
  findings: { fr: 'Referme', en: 'Findings' },
  before: { fr: 'Valeur relevée par l’audit', en: 'Value that the audit captured' },
  command: { fr: 'Commande', en: 'Command' },
  rollback: { fr: 'Retour arrière', en: 'Rollback' },
  irreversible: { fr: 'Sans retour arrière', en: 'No rollback' },
  proofs: { fr: 'Preuves', en: 'Proofs' },
  wave: { fr: 'Temps', en: 'Wave' },
  parallel: { fr: 'étapes indépendantes', en: 'independent steps' },
  needs: { fr: 'Ce qui ne peut pas encore être fait, et pourquoi', en: 'What cannot be done yet, and why' },
  suggestion: { fr: 'Commande pour commencer', en: 'Command to begin with' },
  done: { fr: 'Déjà en place', en: 'Already in place' },
  pathProofs: { fr: 'Preuves du chemin entier', en: 'Proofs of the whole path' },
  checklist: { fr: 'Contrôle final', en: 'Final checklist' },
  nothing: {
    fr: 'Aucun écart de ce rapport ne peut être corrigé par une commande.',
    en: 'No finding of this report can be mended by a command.',
  },
  expected: { fr: 'attendu', en: 'expected' },
} as const satisfies Record<string, Text>;

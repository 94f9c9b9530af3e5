import type { Text } from '#model/text.ts';

/** What applying a step does to who uses the estate, in a word and in a sentence. */
export const riskWords: Record<string, Text> = {
  none: { fr: 'aucun', en: 'none' },
  restart: { fr: 'redémarrage', en: 'restart' },
  'brief-outage': { fr: 'brève coupure', en: 'brief outage' },
  data: { fr: 'données', en: 'data' },
};

export const riskMeaning: Record<string, Text> = {
  none: { fr: 'rien de ce qui tourne n’est touché', en: 'nothing that runs is touched' },
  restart: { fr: 'ce qui tourne est remplacé ou relancé', en: 'what runs is replaced or restarted' },
  'brief-outage': {
    fr: 'des requêtes peuvent échouer pendant le changement',
    en: 'requests may fail during the change',
  },
  data: { fr: 'des données peuvent être changées ou perdues', en: 'data may be changed or lost' },
};

export const stepStateWords: Record<string, Text> = {
  ready: { fr: 'prête', en: 'ready' },
  blocked: { fr: 'en attente', en: 'waiting' },
  'needs-input': { fr: 'à préciser', en: 'needs input' },
  applied: { fr: 'appliquée', en: 'applied' },
  proven: { fr: 'prouvée', en: 'proven' },
  'rolled-back': { fr: 'annulée', en: 'rolled back' },
};

export const planWords = {
  say: {
    fr: 'L’ordre vient des dépendances\u00a0: une étape attend que celles dont elle a besoin soient prouvées. Les étapes d’un même temps peuvent se faire en parallèle. Le retour arrière part des valeurs relevées par ce constat.',
    en: 'The order comes from dependencies: a step waits until those that it needs are proven. Steps of one wave can be done side by side. Rollback starts from the values that this audit captured.',
  },
  drawing: { fr: 'Plan, par temps', en: 'Plan, by waves' },
  wave: { fr: 'Temps {n}', en: 'Wave {n}' },
  left: {
    fr: 'Non dessinées ici\u00a0: {n}. Toutes les étapes sont dans la liste.',
    en: 'Not drawn here: {n}. All steps are in the list.',
  },
  reason: { fr: 'Raison', en: 'Reason' },
  risk: { fr: 'Risque', en: 'Risk' },
  riskSaid: { fr: '{risk} ({meaning})', en: '{risk} ({meaning})' },
  cost: { fr: 'Coût', en: 'Cost' },
  duration: { fr: 'Durée', en: 'Time' },
  state: { fr: 'État', en: 'State' },
  before: { fr: 'Valeur avant', en: 'Value before' },
  closes: { fr: 'Referme', en: 'Closes' },
  after: { fr: 'Après', en: 'After' },
  afterSteps: { fr: 'après {steps}', en: 'after {steps}' },
  needs: { fr: 'À préciser avant', en: 'To be known first' },
  command: { fr: 'Commande', en: 'Command' },
  rollback: { fr: 'Retour arrière', en: 'Rollback' },
  noRollback: { fr: 'Sans retour arrière', en: 'No rollback' },
  notGiven: { fr: 'Ce plan n’en donne pas.', en: 'This plan gives none.' },
  proofs: { fr: 'Preuves', en: 'Proofs' },
  expected: { fr: 'Attendu', en: 'Expected' },
  final: { fr: 'Contrôle final', en: 'Final checklist' },
  finalSay: {
    fr: 'À passer une fois toutes les étapes appliquées.',
    en: 'To go through once every step is applied.',
  },
  step: { fr: 'Étape', en: 'Step' },
  steps: { fr: 'Étapes', en: 'Steps' },
} satisfies Record<string, Text>;

import { pathRule } from '../../derived/path-rule.ts';

/** A function that is not ready, or whose last update failed. */
export const functionInactive = pathRule({
  id: 'function-inactive',
  severity: 'high',
  title: { fr: 'Fonction Lambda qui n’est pas prête', en: 'Lambda function that is not ready' },
  risk: {
    fr: 'Les appels échouent, ou sont servis par le code d’avant.',
    en: 'Calls fail, or are served by the code of before.',
  },
  remedy: {
    fr: 'Lire la raison de l’état (`StateReason`, `LastUpdateStatusReason`), corriger, puis mettre la fonction à jour.',
    en: 'Read the reason of the state (`StateReason`, `LastUpdateStatusReason`), mend that, then update the function.',
  },
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html'],
});

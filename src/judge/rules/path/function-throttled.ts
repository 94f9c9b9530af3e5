import { pathRule } from '../../derived/path-rule.ts';

/** A reserved concurrency of 0 stops a function. */
export const functionThrottled = pathRule({
  id: 'function-throttled',
  severity: 'critical',
  title: {
    fr: 'Fonction Lambda arrêtée par sa concurrence réservée',
    en: 'Lambda function stopped by its reserved concurrency',
  },
  risk: {
    fr: 'Tous les appels sont refusés.',
    en: 'All calls are refused.',
  },
  remedy: {
    fr: 'Retirer la concurrence réservée, ou lui donner une valeur.',
    en: 'Remove the reserved concurrency, or give it a value.',
  },
  references: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html'],
});

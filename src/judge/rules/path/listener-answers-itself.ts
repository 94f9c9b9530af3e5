import { pathRule } from '../../derived/path-rule.ts';

/** No rule takes the request, and the listener answers it with an error of its own. */
export const listenerAnswersItself = pathRule({
  id: 'listener-answers-itself',
  severity: 'high',
  title: {
    fr: 'Requête à laquelle l’écouteur répond lui-même',
    en: 'Request that the listener answers itself',
  },
  risk: {
    fr: 'Le service n’est jamais interrogé\u00a0: le visiteur reçoit une réponse fixe.',
    en: 'The service is never asked: the visitor gets a fixed response.',
  },
  remedy: {
    fr: 'Ajouter une règle qui transfère cette requête au groupe de cibles.',
    en: 'Add a rule that forwards this request to the target group.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  ],
});

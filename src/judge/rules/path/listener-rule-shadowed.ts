import { pathRule } from '../../derived/path-rule.ts';

/** A wider rule of a smaller priority takes the request first. */
export const listenerRuleShadowed = pathRule({
  id: 'listener-rule-shadowed',
  severity: 'high',
  title: { fr: 'Règle masquée par une règle plus large', en: 'Rule shadowed by a wider one' },
  risk: {
    fr: 'La requête va à un autre groupe que celui qui lui est destiné.',
    en: 'The request goes to another group than the one that is meant for it.',
  },
  remedy: {
    fr: 'Donner à la règle la plus précise une priorité plus petite que celle de la plus large.',
    en: 'Give the narrower rule a smaller priority than the wider one.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  ],
});

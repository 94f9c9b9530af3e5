import { pathRule } from '../../derived/path-rule.ts';

/** Targets in an availability zone in which the load balancer has no subnet. */
export const targetZoneNotEnabled = pathRule({
  id: 'target-zone-not-enabled',
  severity: 'high',
  title: {
    fr: 'Cibles dans une zone que le répartiteur n’a pas',
    en: 'Targets in a zone that the load balancer is not in',
  },
  risk: {
    fr: 'Le répartiteur n’envoie rien à ces cibles.',
    en: 'The load balancer sends nothing to these targets.',
  },
  remedy: {
    fr: 'Ajouter au répartiteur un sous-réseau de cette zone.',
    en: 'Add a subnet of this zone to the load balancer.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html',
  ],
});

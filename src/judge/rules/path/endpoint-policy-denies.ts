import { pathRule } from '../../derived/path-rule.ts';

/** The policy of a VPC endpoint does not allow what passes it. */
export const endpointPolicyDenies = pathRule({
  id: 'endpoint-policy-denies',
  severity: 'high',
  title: { fr: 'Politique de point de terminaison qui refuse', en: 'Endpoint policy that denies' },
  risk: {
    fr: 'Les appels arrivent, et sont refusés.',
    en: 'Calls arrive, and are denied.',
  },
  remedy: {
    fr: 'Permettre dans la politique du point de terminaison les actions et les ressources dont le chemin a besoin.',
    en: 'Allow in the policy of the endpoint the actions and resources that the path needs.',
  },
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html'],
});

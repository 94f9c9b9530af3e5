import { pathRule } from '../../derived/path-rule.ts';

/** The route table of a subnet leads nowhere for what is asked for. */
export const routeMissing = pathRule({
  id: 'route-missing',
  severity: 'high',
  title: { fr: 'Route manquante', en: 'Missing route' },
  risk: {
    fr: 'Ce qui part de ce sous-réseau n’arrive pas.',
    en: 'What leaves this subnet does not arrive.',
  },
  remedy: {
    fr: 'Ajouter à la table une route vers une passerelle NAT ou Internet, ou un point de terminaison VPC.',
    en: 'Add a route to a NAT or internet gateway to the table, or a VPC endpoint.',
  },
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html'],
});

import { pathRule } from '../../derived/path-rule.ts';

/** A VPC endpoint that the connection does not get to. */
export const endpointUnreachable = pathRule({
  id: 'endpoint-unreachable',
  severity: 'high',
  title: { fr: 'Point de terminaison VPC injoignable', en: 'Unreachable VPC endpoint' },
  risk: {
    fr: 'Le service AWS derrière lui ne répond pas aux tâches.',
    en: 'The AWS service behind it does not answer the tasks.',
  },
  remedy: {
    fr: 'Autoriser le port 443 vers le point de terminaison, avec un sous-réseau dans chaque zone et le DNS privé.',
    en: 'Allow port 443 to the endpoint, with a subnet in each zone and private DNS.',
  },
  references: ['https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html'],
});

import { pathRule } from '../../derived/path-rule.ts';

/** A NAT gateway that failed, is private, or stands in a subnet without a way to the internet. */
export const natGatewayUnusable = pathRule({
  id: 'nat-gateway-unusable',
  severity: 'high',
  title: { fr: 'Passerelle NAT inutilisable', en: 'Unusable NAT gateway' },
  risk: {
    fr: 'Rien de ce qui passe par elle ne sort vers Internet.',
    en: 'Nothing that goes through it gets out to the internet.',
  },
  remedy: {
    fr: 'Recréer la passerelle dans un sous-réseau public, avec une adresse élastique, et y mener les routes.',
    en: 'Create the gateway again in a public subnet, with an elastic address, and lead the routes to it.',
  },
  references: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html',
  ],
});

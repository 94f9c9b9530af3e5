import { pathRule } from '../../derived/path-rule.ts';

/** Network ACLs have no memory: the way there and the way back each need a rule. */
export const networkAclBlocks = pathRule({
  id: 'network-acl-blocks',
  severity: 'high',
  title: {
    fr: 'Liste de contrôle d’accès réseau qui bloque le passage',
    en: 'Network ACL that blocks the way',
  },
  risk: {
    fr: 'Les connexions expirent sans réponse.',
    en: 'Connections time out without an answer.',
  },
  remedy: {
    fr: 'Autoriser le port à l’aller et les ports éphémères au retour.',
    en: 'Allow the port on the way there and the ephemeral ports on the way back.',
  },
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
});

import { pathRule } from '../../derived/path-rule.ts';

/** No rule lets the connection pass, on its way in or out. */
export const securityGroupBlocks = pathRule({
  id: 'security-group-blocks',
  severity: 'high',
  title: { fr: 'Groupe de sécurité qui bloque le passage', en: 'Security group that blocks the way' },
  risk: {
    fr: 'Les connexions expirent sans réponse.',
    en: 'Connections time out without an answer.',
  },
  remedy: {
    fr: 'Autoriser ce port depuis ce qui envoie la requête, ou vers ce qui la reçoit, dans le sens qui bloque.',
    en: 'Allow this port from what sends the request, or to what takes it, in the direction that blocks.',
  },
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
});

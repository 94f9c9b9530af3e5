import { pathRule } from '../../derived/path-rule.ts';

/** The certificate that was shown to a real request. */
export const probeTlsExpired = pathRule({
  id: 'probe-tls-expired',
  severity: 'critical',
  title: { fr: 'Certificat expiré, vu de l’extérieur', en: 'Expired certificate, seen from outside' },
  risk: {
    fr: 'Les navigateurs refusent la connexion.',
    en: 'Browsers refuse the connection.',
  },
  remedy: {
    fr: 'Renouveler le certificat, et vérifier que c’est bien lui qui est servi.',
    en: 'Renew the certificate, and check that it is the one that is served.',
  },
  references: ['https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html'],
});

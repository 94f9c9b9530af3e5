import { pathRule } from '../../derived/path-rule.ts';

/** The certificate that answers for the name was over when the estate was read. */
export const certificateExpired = pathRule({
  id: 'certificate-expired',
  severity: 'critical',
  title: { fr: 'Certificat expiré', en: 'Expired certificate' },
  risk: {
    fr: 'Les navigateurs refusent la connexion.',
    en: 'Browsers refuse the connection.',
  },
  remedy: {
    fr: 'Renouveler le certificat (rétablir ses enregistrements de validation), ou en servir un autre qui est valide.',
    en: 'Renew the certificate (put its validation records back), or serve another one that is valid.',
  },
  references: ['https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html'],
});

import { pathRule } from '../../derived/path-rule.ts';

/** The certificate that was shown to a real request is for other names. */
export const probeTlsNameMismatch = pathRule({
  id: 'probe-tls-name-mismatch',
  severity: 'critical',
  title: {
    fr: 'Certificat d’un autre nom, vu de l’extérieur',
    en: 'Certificate of another name, seen from outside',
  },
  risk: {
    fr: 'Les navigateurs refusent la connexion.',
    en: 'Browsers refuse the connection.',
  },
  remedy: {
    fr: 'Servir un certificat qui couvre le nom demandé.',
    en: 'Serve a certificate that covers the name that is asked for.',
  },
  references: ['https://www.rfc-editor.org/rfc/rfc9525'],
});

import { pathRule } from '../../derived/path-rule.ts';

/** What a TLS handshake showed: a chain that is not trusted, not valid yet, or no agreement at all. */
export const probeTlsInvalid = pathRule({
  id: 'probe-tls-invalid',
  severity: 'high',
  title: { fr: 'Connexion TLS que les clients refusent', en: 'TLS connection that clients refuse' },
  risk: {
    fr: 'Les navigateurs refusent la connexion, ou avertissent.',
    en: 'Browsers refuse the connection, or warn.',
  },
  remedy: {
    fr: 'Servir la chaîne complète d’un certificat reconnu, avec une version de TLS que les clients parlent.',
    en: 'Serve the whole chain of a trusted certificate, with a version of TLS that clients speak.',
  },
  references: ['https://www.rfc-editor.org/rfc/rfc5280#section-6'],
});

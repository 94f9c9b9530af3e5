import { pathRule } from '../../derived/path-rule.ts';

/** RFC 8996 takes TLS 1.0 and 1.1 out of use. */
export const probeTlsVersionOld = pathRule({
  id: 'probe-tls-version-old',
  severity: 'medium',
  title: { fr: 'TLS 1.0 ou 1.1 encore accepté', en: 'TLS 1.0 or 1.1 still accepted' },
  risk: {
    fr: 'Une connexion peut être ramenée à un chiffrement qui ne protège plus.',
    en: 'A connection can be brought down to an encryption that no longer protects.',
  },
  remedy: {
    fr: 'Choisir une politique de sécurité qui exige TLS 1.2 au moins.',
    en: 'Choose a security policy that requires TLS 1.2 at least.',
  },
  references: [
    'https://www.rfc-editor.org/rfc/rfc8996',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
  ],
});

import type { Domain } from '#model/maturity.ts';
import { ofRepository } from './derived/operations-read.ts';
import {
  cors,
  rateLimiting,
  securityHeaders,
  tokensVerified,
  webhooksSigned,
} from './questions/application.ts';
import {
  checkedBefore,
  containersConfined,
  policyWritten,
  shortLivedCredentials,
  trafficEncrypted,
} from './questions/protection.ts';
import { perEnvironment, secretsKept, secretsOutOfSource } from './questions/secrets.ts';

export const security: Domain = {
  id: 'security',
  title: { fr: 'Sécurité', en: 'Security' },
  target: {
    fr: 'Aucun secret dans le dépôt, des valeurs propres à chaque environnement, des entrées authentifiées, limitées et chiffrées, et un contrôle avant chaque déploiement.',
    en: 'No secret in the repository, values of each environment’s own, entries that are authenticated, limited and encrypted, and a check before every deployment.',
  },
  questions: [
    ofRepository(secretsOutOfSource),
    secretsKept,
    perEnvironment,
    cors,
    securityHeaders,
    rateLimiting,
    tokensVerified,
    webhooksSigned,
    shortLivedCredentials,
    ...checkedBefore.map(ofRepository),
    ofRepository(policyWritten),
    containersConfined,
    trafficEncrypted,
  ],
};

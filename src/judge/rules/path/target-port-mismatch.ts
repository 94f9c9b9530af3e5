import { pathRule } from '../../derived/path-rule.ts';

/** Targets that are registered with another port than the one that the service exposes. */
export const targetPortMismatch = pathRule({
  id: 'target-port-mismatch',
  severity: 'high',
  title: {
    fr: 'Cibles inscrites sur un autre port que celui du conteneur',
    en: 'Targets registered on another port than the container’s',
  },
  risk: {
    fr: 'Les requêtes arrivent là où rien n’écoute.',
    en: 'Requests arrive where nothing listens.',
  },
  remedy: {
    fr: 'Accorder le port de l’inscription et celui du conteneur, puis redéployer le service.',
    en: 'Make the port of the registration and that of the container agree, then deploy the service again.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html'],
});

import { pathRule } from '../../derived/path-rule.ts';

/** The container that is to answer the request fails its own health check. */
export const containerUnhealthy = pathRule({
  id: 'container-unhealthy',
  severity: 'high',
  title: { fr: 'Conteneur malade sur le chemin', en: 'Container in the way that is not healthy' },
  risk: {
    fr: 'Le conteneur tourne et ne répond pas comme il le devrait\u00a0; certains proxies l’écartent.',
    en: 'The container runs and does not answer as it should; some proxies leave it out.',
  },
  remedy: {
    fr: 'Lire ce que son contrôle de santé répond, corriger, et le relancer.',
    en: 'Read what its health check answers, mend it, and start it again.',
  },
  references: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
});

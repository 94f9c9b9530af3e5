import { pathRule } from '../../derived/path-rule.ts';

/** The container that is to answer the request is stopped, paused or restarting. */
export const containerNotRunning = pathRule({
  id: 'container-not-running',
  severity: 'critical',
  title: { fr: 'Conteneur arrêté sur le chemin', en: 'Container in the way that does not run' },
  risk: {
    fr: 'Personne ne répond derrière le proxy\u00a0: le visiteur reçoit 502 ou 504.',
    en: 'Nobody answers behind the proxy: the visitor is given 502 or 504.',
  },
  remedy: {
    fr: 'Lire ses lignes, corriger ce qui l’arrête, et le relancer.',
    en: 'Read its lines, mend what stops it, and start it again.',
  },
  references: ['https://docs.docker.com/reference/cli/docker/container/ls/'],
});

import { pathRule } from '../../derived/path-rule.ts';

/** No connector holds the tunnel open, or it is not there. */
export const tunnelDown = pathRule({
  id: 'tunnel-down',
  severity: 'critical',
  title: { fr: 'Tunnel Cloudflare sans connexion', en: 'Tunnel of Cloudflare without a connection' },
  risk: {
    fr: 'Rien ne répond derrière le nom\u00a0: le visiteur reçoit une erreur 530 (1033).',
    en: 'Nothing answers behind the name: the visitor is given an error 530 (1033).',
  },
  remedy: {
    fr: 'Relancer `cloudflared` là où il tourne, et vérifier que le tunnel repasse à l’état `healthy`.',
    en: 'Start `cloudflared` again where it runs, and check that the status of the tunnel is `healthy` again.',
  },
  references: [
    'https://developers.cloudflare.com/cloudflare-one/networks/connectors/cloudflare-tunnel/monitor-tunnels/',
  ],
});

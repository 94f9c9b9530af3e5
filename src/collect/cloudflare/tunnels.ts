import { objectsOf, textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const TUNNELS = '/accounts/{account_id}/cfd_tunnel';

/** Tunnels that were not deleted, and how they are. Cloudflare API, “Cloudflare Tunnels”. */
export const tunnels = defineCloudflareCollector({
  id: 'tunnels',
  title: { fr: 'Tunnels', en: 'Tunnels' },
  kinds: ['Cloudflare::Tunnel'],
  permissions: { [TUNNELS]: 'Cloudflare Tunnel Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::Tunnel'], async () => {
      const at = { query: { is_deleted: 'false' } };
      for (const tunnel of await cf.every(TUNNELS, { by: 'page', size: 100 }, at)) {
        const [name, id] = [textOf(tunnel.name), textOf(tunnel.id)];
        if (name === undefined || id === undefined) continue;
        const connections = objectsOf(tunnel.connections);
        cf.see({
          kind: 'Cloudflare::Tunnel',
          name,
          told: TUNNELS,
          address: `/accounts/${cf.account}/cfd_tunnel/${id}`,
          otherNames: [id],
          properties: {
            id,
            status: textOf(tunnel.status),
            connections: connections.length,
            versions: [
              ...new Set(connections.flatMap(({ client_version: one }) => textOf(one) ?? [])),
            ].sort(),
          },
        });
      }
    });
  },
});

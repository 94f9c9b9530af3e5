import { flagOf, textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const NAMESPACES = '/accounts/{account_id}/workers/durable_objects/namespaces';

/** Cloudflare API, “Durable Objects: List Namespaces”: 1,000 a page at most. */
export const durableObjects = defineCloudflareCollector({
  id: 'durable-objects',
  title: { fr: 'Espaces Durable Objects', en: 'Durable Objects namespaces' },
  kinds: ['Cloudflare::DurableObjects::Namespace'],
  permissions: { [NAMESPACES]: 'Workers Scripts Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::DurableObjects::Namespace'], async () => {
      for (const namespace of await cf.every(NAMESPACES, { by: 'page', size: 1_000 })) {
        const id = textOf(namespace.id);
        const [script, className] = [textOf(namespace.script), textOf(namespace.class)];
        if (id === undefined) continue;
        cf.see({
          kind: 'Cloudflare::DurableObjects::Namespace',
          name:
            script !== undefined && className !== undefined
              ? `${script}/${className}`
              : (textOf(namespace.name) ?? id),
          told: NAMESPACES,
          address: `/accounts/${cf.account}/workers/durable_objects/namespaces/${id}`,
          otherNames: [id],
          properties: { id, sqlite: flagOf(namespace.use_sqlite) },
          relations: [
            script === undefined
              ? undefined
              : { type: 'part-of', to: { kind: 'Cloudflare::Workers::Script', name: script } },
          ],
        });
      }
    });
  },
});

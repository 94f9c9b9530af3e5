import { textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const NAMESPACES = '/accounts/{account_id}/storage/kv/namespaces';

/** Cloudflare API, “KV: List Namespaces”: 1,000 a page at most. */
export const kv = defineCloudflareCollector({
  id: 'kv',
  title: { fr: 'Espaces KV', en: 'KV namespaces' },
  kinds: ['Cloudflare::KV::Namespace'],
  permissions: { [NAMESPACES]: 'Workers KV Storage Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::KV::Namespace'], async () => {
      for (const namespace of await cf.every(NAMESPACES, { by: 'page', size: 1_000 })) {
        const [title, id] = [textOf(namespace.title), textOf(namespace.id)];
        if (title === undefined || id === undefined) continue;
        cf.see({
          kind: 'Cloudflare::KV::Namespace',
          name: title,
          told: NAMESPACES,
          address: `/accounts/${cf.account}/storage/kv/namespaces/${id}`,
          otherNames: [id],
          properties: { id },
        });
      }
    });
  },
});

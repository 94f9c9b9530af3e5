import { numberOf, objectOf, textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const INDEXES = '/accounts/{account_id}/vectorize/v2/indexes';

/** Cloudflare API, “Vectorize: List Vectorize Indexes”. */
export const vectorize = defineCloudflareCollector({
  id: 'vectorize',
  title: { fr: 'Index Vectorize', en: 'Vectorize indexes' },
  kinds: ['Cloudflare::Vectorize::Index'],
  permissions: { [INDEXES]: 'Vectorize Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::Vectorize::Index'], async () => {
      for (const index of await cf.every(INDEXES, { by: 'once' })) {
        const name = textOf(index.name);
        if (name === undefined) continue;
        const config = objectOf(index.config);
        cf.see({
          kind: 'Cloudflare::Vectorize::Index',
          name,
          told: INDEXES,
          address: `/accounts/${cf.account}/vectorize/v2/indexes/${name}`,
          properties: { dimensions: numberOf(config.dimensions), metric: textOf(config.metric) },
        });
      }
    });
  },
});

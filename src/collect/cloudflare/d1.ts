import { numberOf, objectOf, textOf } from '../readers/cloudflare/fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const DATABASES = '/accounts/{account_id}/d1/database';

/** Cloudflare API, “D1: List D1 Databases”: 10,000 a page at most. */
export const d1 = defineCloudflareCollector({
  id: 'd1',
  title: { fr: 'Bases D1', en: 'D1 databases' },
  kinds: ['Cloudflare::D1::Database'],
  permissions: { [DATABASES]: 'D1 Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::D1::Database'], async () => {
      for (const database of await cf.every(DATABASES, { by: 'page', size: 10_000 })) {
        const [name, id] = [textOf(database.name), textOf(database.uuid)];
        if (name === undefined || id === undefined) continue;
        cf.see({
          kind: 'Cloudflare::D1::Database',
          name,
          told: DATABASES,
          address: `/accounts/${cf.account}/d1/database/${id}`,
          otherNames: [id],
          properties: {
            id,
            version: textOf(database.version),
            tables: numberOf(database.num_tables),
            sizeBytes: numberOf(database.file_size),
            readReplication: textOf(objectOf(database.read_replication).mode),
            jurisdiction: textOf(database.jurisdiction),
            createdAt: textOf(database.created_at),
          },
        });
      }
    });
  },
});

import { flagOf, numberOf, objectOf, textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const CONFIGS = '/accounts/{account_id}/hyperdrive/configs';

/** Where databases elsewhere are reached: never with which user or password. Cloudflare API, “Hyperdrive”. */
export const hyperdrive = defineCloudflareCollector({
  id: 'hyperdrive',
  title: { fr: 'Configurations Hyperdrive', en: 'Hyperdrive configurations' },
  kinds: ['Cloudflare::Hyperdrive::Config'],
  permissions: { [CONFIGS]: 'Hyperdrive Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::Hyperdrive::Config'], async () => {
      for (const config of await cf.every(CONFIGS, { by: 'page', size: 100 })) {
        const [name, id] = [textOf(config.name), textOf(config.id)];
        if (name === undefined || id === undefined) continue;
        const origin = objectOf(config.origin);
        cf.see({
          kind: 'Cloudflare::Hyperdrive::Config',
          name,
          told: CONFIGS,
          address: `/accounts/${cf.account}/hyperdrive/configs/${id}`,
          otherNames: [id],
          properties: {
            id,
            scheme: textOf(origin.scheme),
            host: textOf(origin.host),
            port: numberOf(origin.port),
            database: textOf(origin.database),
            cachingDisabled: flagOf(objectOf(config.caching).disabled),
          },
        });
      }
    });
  },
});

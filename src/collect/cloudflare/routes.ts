import { textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const ROUTES = '/zones/{zone_id}/workers/routes';

/** Which script answers which pattern of a zone. Cloudflare API, “Worker Routes”. */
export const routes = defineCloudflareCollector({
  id: 'routes',
  title: { fr: 'Routes de Workers', en: 'Worker routes' },
  kinds: ['Cloudflare::Workers::Route'],
  permissions: { [ROUTES]: 'Workers Routes Read' },
  async collect(cf) {
    const zones = await cf.zones();
    await Promise.all(
      zones.map(({ id: zone, name: zoneName }) =>
        cf.list(['Cloudflare::Workers::Route'], async () => {
          for (const route of await cf.every(ROUTES, { by: 'once' }, { at: { zone_id: zone } })) {
            const [pattern, id] = [textOf(route.pattern), textOf(route.id)];
            if (pattern === undefined || id === undefined) continue;
            const script = textOf(route.script);
            cf.see({
              kind: 'Cloudflare::Workers::Route',
              name: pattern.replace(/^https?:\/\//, ''),
              told: ROUTES,
              address: `/zones/${zone}/workers/routes/${id}`,
              otherNames: [id],
              // a route without a script switches Workers off where it matches
              properties: {
                isOff: script === undefined ? true : undefined,
                // one that is written with a scheme is for that alone
                scheme: /^(https?):\/\//i.exec(pattern)?.[1]?.toLowerCase(),
              },
              relations: [
                { type: 'part-of', to: { kind: 'Cloudflare::Zone', name: zoneName } },
                script === undefined
                  ? undefined
                  : { type: 'routes-to', to: { kind: 'Cloudflare::Workers::Script', name: script } },
              ],
            });
          }
        }),
      ),
    );
    if (zones.length === 0) cf.looked('Cloudflare::Workers::Route', undefined);
  },
});

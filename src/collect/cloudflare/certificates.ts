import { objectsOf, textOf, textsOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const PACKS = '/zones/{zone_id}/ssl/certificate_packs';

/** Certificates that a zone answers with, in whatever state. Cloudflare API, “List Certificate Packs”. */
export const certificates = defineCloudflareCollector({
  id: 'certificates',
  title: { fr: 'Certificats', en: 'Certificate packs' },
  kinds: ['Cloudflare::CertificatePack'],
  permissions: { [PACKS]: 'SSL and Certificates Read' },
  async collect(cf) {
    const zones = await cf.zones();
    await Promise.all(
      zones.map(({ id: zone, name: zoneName }) =>
        cf.list(['Cloudflare::CertificatePack'], async () => {
          const at = { at: { zone_id: zone }, query: { status: 'all' } };
          for (const pack of await cf.every(PACKS, { by: 'page', size: 50 }, at)) {
            const [id, hosts] = [textOf(pack.id), textsOf(pack.hosts)];
            const [host] = hosts;
            if (id === undefined || host === undefined) continue;
            const expiries = objectsOf(pack.certificates).flatMap(({ expires_on: on }) => textOf(on) ?? []);
            cf.see({
              kind: 'Cloudflare::CertificatePack',
              name: host,
              told: PACKS,
              address: `/zones/${zone}/ssl/certificate_packs/${id}`,
              properties: {
                hosts,
                type: textOf(pack.type),
                status: textOf(pack.status),
                authority: textOf(pack.certificate_authority),
                // whoever asks is given the one that lasts longest
                expiresAt: expiries.sort().at(-1),
              },
              // the one that every zone has without anybody’s doing
              builtIn: textOf(pack.type) === 'universal',
              relations: [{ type: 'part-of', to: { kind: 'Cloudflare::Zone', name: zoneName } }],
            });
          }
        }),
      ),
    );
    if (zones.length === 0) cf.looked('Cloudflare::CertificatePack', undefined);
  },
});

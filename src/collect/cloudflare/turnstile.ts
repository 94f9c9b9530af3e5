import { textOf, textsOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const WIDGETS = '/accounts/{account_id}/challenges/widgets';

/** Widgets by their site key, which every page shows; never their secret. Cloudflare API, “Turnstile Widgets”. */
export const turnstile = defineCloudflareCollector({
  id: 'turnstile',
  title: { fr: 'Turnstile', en: 'Turnstile' },
  kinds: ['Cloudflare::Turnstile::Widget'],
  // Turnstile Sites Read opens it too; this one is needed for the audit log anyway, and one less is to be given
  permissions: { [WIDGETS]: 'Account Settings Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::Turnstile::Widget'], async () => {
      for (const widget of await cf.every(WIDGETS, { by: 'page', size: 100 })) {
        const [name, key] = [textOf(widget.name), textOf(widget.sitekey)];
        if (name === undefined || key === undefined) continue;
        cf.see({
          kind: 'Cloudflare::Turnstile::Widget',
          name,
          told: WIDGETS,
          address: `/accounts/${cf.account}/challenges/widgets/${key}`,
          otherNames: [key],
          properties: { mode: textOf(widget.mode), domains: textsOf(widget.domains) },
        });
      }
    });
  },
});

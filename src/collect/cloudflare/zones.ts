import type { Json } from '#model/fact.ts';
import { type Answered, flagOf, numberOf, objectOf, objectsOf, textOf, textsOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';
import { ZONES, ZONES_PERMISSION } from './zone-list.ts';

const SETTINGS = '/zones/{zone_id}/settings';
const DNSSEC = '/zones/{zone_id}/dnssec';

/** Settings by their id in Cloudflare's API, as a zone's properties name them. */
const READ: Readonly<Record<string, string>> = {
  ssl: 'sslMode',
  min_tls_version: 'minTlsVersion',
  tls_1_3: 'tls13',
  always_use_https: 'alwaysUseHttps',
  automatic_https_rewrites: 'automaticHttpsRewrites',
  opportunistic_encryption: 'opportunisticEncryption',
  security_level: 'securityLevel',
  development_mode: 'developmentMode',
};

/** The zones of an account with their settings, each list of settings in one call. */
export const zones = defineCloudflareCollector({
  id: 'zones',
  title: { fr: 'Zones et leurs réglages', en: 'Zones and their settings' },
  kinds: ['Cloudflare::Zone'],
  permissions: { [ZONES]: ZONES_PERMISSION, [SETTINGS]: 'Zone Settings Read', [DNSSEC]: 'DNS Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::Zone'], async () => {
      await Promise.all(
        (await cf.zones()).map(async ({ id, name, answered }) => {
          const at = { at: { zone_id: id } };
          const [settings, dnssec] = await Promise.all([cf.ask(SETTINGS, at), cf.ask(DNSSEC, at)]);
          cf.see({
            kind: 'Cloudflare::Zone',
            name,
            told: ZONES,
            address: `/zones/${id}`,
            otherNames: [id],
            properties: {
              id,
              status: textOf(answered.status),
              paused: flagOf(answered.paused),
              type: textOf(answered.type),
              plan: textOf(objectOf(answered.plan).legacy_id) ?? textOf(objectOf(answered.plan).name),
              nameServers: textsOf(answered.name_servers),
              ...settingsIn(objectsOf(settings.output)),
              dnssec: textOf(objectOf(dnssec.output).status),
            },
            refusals: [settings.refusal, dnssec.refusal],
          });
        }),
      );
    });
  },
});

function settingsIn(settings: readonly Answered[]): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const { id, value } of settings) {
    const name = READ[String(id)];
    if (name !== undefined && textOf(value) !== undefined) found[name] = textOf(value) as string;
    if (id !== 'security_header') continue;
    const hsts = objectOf(objectOf(value).strict_transport_security);
    const enabled = flagOf(hsts.enabled);
    if (enabled === undefined) continue;
    found.hsts = {
      enabled,
      maxAge: numberOf(hsts.max_age) ?? 0,
      includeSubdomains: hsts.include_subdomains === true,
      preload: hsts.preload === true,
    };
  }
  return found;
}

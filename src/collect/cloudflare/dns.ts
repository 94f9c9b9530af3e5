import type { RelationFact } from '#model/fact.ts';
import { type Answered, flagOf, numberOf, objectOf, textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const RECORDS = '/zones/{zone_id}/dns_records';
/** Types whose content leads to an address or another name; that of the rest may be anything, and is not told. */
const LEADING = new Set(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SRV', 'CAA', 'DS']);
/** Texts that say how mail is sent and who may issue certificates are public by their nature, and asked about. */
const KNOWN_TEXT = /^"?v=(?:spf1|DMARC1|BIMI1|TLSRPTv1|STSv1|DKIM1)\b/i;

/** The records of every zone: 5,000 a page, so that a zone costs one call. Cloudflare API, “DNS Records: List”. */
export const dns = defineCloudflareCollector({
  id: 'dns',
  title: { fr: 'Enregistrements DNS', en: 'DNS records' },
  kinds: ['Cloudflare::DNS::Record'],
  permissions: { [RECORDS]: 'DNS Read' },
  async collect(cf) {
    const zones = await cf.zones();
    await Promise.all(
      zones.map(({ id, name: zone }) =>
        cf.list(['Cloudflare::DNS::Record'], async () => {
          const records = await cf.every(RECORDS, { by: 'page', size: 5_000 }, { at: { zone_id: id } });
          // several records of one name and type are one answer
          const groups = Map.groupBy(
            records.filter(({ name, type }) => textOf(name) !== undefined && textOf(type) !== undefined),
            ({ name, type }) => `${String(type).toUpperCase()} ${String(name).toLowerCase()}`,
          );
          for (const [key, group] of groups) {
            const [type = '', name = ''] = key.split(' ');
            const values = group.flatMap((record) => contentOf(type, record));
            cf.see({
              kind: 'Cloudflare::DNS::Record',
              name,
              scope: type,
              told: RECORDS,
              address: `/zones/${id}/dns_records?name=${name}&type=${type}`,
              properties: {
                type,
                values,
                proxied: flagOf(group[0]?.proxied),
                ttl: numberOf(group[0]?.ttl),
                hostedZone: zone,
                modifiedAt: group
                  .flatMap(({ modified_on: at }) => textOf(at) ?? [])
                  .sort()
                  .at(-1),
              },
              // what a custom domain of a Worker, or another product, made and keeps
              builtIn: group.every(({ meta }) => objectOf(meta).read_only === true),
              relations: [
                { type: 'part-of', to: { kind: 'Cloudflare::Zone', name: zone } },
                ...values.flatMap((value) => leadsTo(type, value)),
              ],
            });
          }
        }),
      ),
    );
    if (zones.length === 0) cf.looked('Cloudflare::DNS::Record', undefined);
  },
});

function contentOf(type: string, { content }: Answered): string[] {
  const value = textOf(content);
  if (value === undefined) return [];
  return LEADING.has(type) || KNOWN_TEXT.test(value) ? [value] : [];
}

/** A tunnel, a Pages project or another record, told by the name that a record leads to. */
function leadsTo(type: string, value: string): RelationFact[] {
  if (type !== 'CNAME') return [];
  const name = value.toLowerCase().replace(/\.$/, '');
  const tunnel = /^([0-9a-f-]{36})\.cfargotunnel\.com$/.exec(name)?.[1];
  if (tunnel !== undefined) return [{ type: 'routes-to', to: { kind: 'Cloudflare::Tunnel', name: tunnel } }];
  if (name.endsWith('.pages.dev'))
    return [{ type: 'routes-to', to: { kind: 'Cloudflare::Pages::Project', name } }];
  return ['A', 'AAAA', 'CNAME'].map((scope) => ({
    type: 'routes-to',
    to: { kind: 'Cloudflare::DNS::Record', name, scope },
  }));
}

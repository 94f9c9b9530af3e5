import type { Kind } from '#model/fact.ts';
import type { Lookup } from '#model/lookup.ts';
import { codes } from '#model/text.ts';
import { operationOf } from '../readers/cloudflare/session.ts';
import { ZONES } from './zone-list.ts';

/** What is looked for zone by zone. */
const IN_ZONES: ReadonlySet<Kind> = new Set<Kind>([
  'Cloudflare::Zone',
  'Cloudflare::DNS::Record',
  'Cloudflare::CertificatePack',
  'Cloudflare::Ruleset',
  'Cloudflare::Workers::Route',
]);

/** Lookups of an audit that reads some zones only: what may be in another is not established. */
export function onlyZones(lookups: readonly Lookup[], zones: readonly string[]): Lookup[] {
  const list = codes(zones);
  const why = {
    fr: `seules les zones ${list.fr} ont été demandées`,
    en: `only the zones ${list.en} were asked for`,
  };
  return lookups.map((one) =>
    one.refusal === undefined && IN_ZONES.has(one.kind)
      ? { ...one, refusal: { sort: 'unavailable', operation: operationOf({ path: ZONES }), why } }
      : one,
  );
}

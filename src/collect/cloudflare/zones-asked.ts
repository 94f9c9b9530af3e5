import type { Fact, Kind } from '#model/fact.ts';
import type { Lookup, Refusal } from '#model/lookup.ts';
import { code, codes } from '#model/text.ts';
import { operationOf } from '../readers/cloudflare/session.ts';
import { TOKEN, VERIFY } from './tokens.ts';
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
  return withRefusal(lookups, { sort: 'unavailable', operation: operationOf({ path: ZONES }), why });
}

/** Lookups in zones that were complete, as far as the zones are that were seen. */
const withRefusal = (lookups: readonly Lookup[], refusal: Refusal): Lookup[] =>
  lookups.map((one) => (one.refusal === undefined && IN_ZONES.has(one.kind) ? { ...one, refusal } : one));

/**
 * Lookups with what is known of the token that read: the list of zones is whole only where it sees them all, which its own
 * policies tell. Where they cannot be read, no zone that is not in the list is known not to be there.
 * @param facts of the account that was read, with its API tokens
 */
export function onlySeenZones(lookups: readonly Lookup[], facts: readonly Fact[]): Lookup[] {
  const own = facts.find(({ kind, properties }) => kind === TOKEN && properties?.seesEveryZone !== undefined);
  if (own?.properties?.seesEveryZone === true) return [...lookups];
  if (own)
    return withRefusal(lookups, {
      sort: 'unavailable',
      operation: operationOf({ path: ZONES }),
      why: {
        fr: 'le jeton n’est pas celui de toutes les zones du compte\u00a0: ce qu’il ne voit pas n’est pas dans leur liste',
        en: 'the token is not one of all zones of the account: what it does not see is not in their list',
      },
    });
  const refusal = lookups.find((one) => one.kind === TOKEN && one.refusal)?.refusal;
  const operation = operationOf({ path: VERIFY });
  const unknown = refusal?.why ?? {
    fr: `${code(operation)} ne dit pas quel jeton lit`,
    en: `${code(operation)} does not tell which token reads`,
  };
  return withRefusal(lookups, {
    sort: 'unavailable',
    operation,
    ...refusal,
    why: {
      fr: `personne ne dit si le jeton voit toutes les zones du compte\u00a0: ${unknown.fr}`,
      en: `nobody tells whether the token sees all zones of the account: ${unknown.en}`,
    },
  });
}

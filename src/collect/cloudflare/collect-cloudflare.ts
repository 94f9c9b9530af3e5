import type { Coverage } from '#model/coverage.ts';
import type { Fact } from '#model/fact.ts';
import type { Lookup, Observation, Refusal } from '#model/lookup.ts';
import type { Resource, ResourceChange } from '#model/resource.ts';
import { DeclaredNames } from '../declared-names.ts';
import type { CloudflareAccess } from '../readers/cloudflare/access.ts';
import { isElsewhere, Refused } from '../readers/cloudflare/refusal.ts';
import { CloudflareSession, OF_USER, operationOf } from '../readers/cloudflare/session.ts';
import { changesIn } from './audit-log.ts';
import type { CloudflareCollector } from './cloudflare-collector.ts';
import { cloudflareCollectors } from './collectors.ts';
import { coverageOf, unreachable } from './coverage.ts';
import { ACCOUNTS, accountsNamed, type ChosenAccount, chosenAccounts } from './open-account.ts';
import { TOKEN } from './tokens.ts';
import { everyZone, ZONES, type Zone } from './zone-list.ts';
import { onlySeenZones, onlyZones } from './zones-asked.ts';

export interface CloudflareRequest extends CloudflareAccess {
  /** The account that is read, by its id; undefined: those that files name, else all that the token opens. */
  account?: string;
  /** The zones that are read, by name; empty: all. */
  zones?: readonly string[];
}

/** What accounts answered, and what may still be asked of them. */
export interface CloudflareAnswers {
  facts: Fact[];
  /** One for each account. */
  observations: Observation[];
  /** What was asked until now, by account. */
  coverage(): Coverage[];
  /** Who changed some resources last, by the id of the resource. Never throws. */
  lastChanges(resources: readonly Resource[]): Promise<Map<string, ResourceChange>>;
}

/**
 * Reads the accounts that a token opens: every product, each list once. Never throws: what could not be read is in the
 * lookups and in the coverage.
 * @param said what files declare: the accounts they name are read, and details only of what they name
 * @param progress told how many of the readings are over
 * @param products those that are read; all of them unless a test asks for some
 */
export async function collectCloudflare(
  request: CloudflareRequest,
  said: readonly Fact[],
  clock: () => Date,
  progress: (done: number, total: number) => void = () => {},
  products: readonly CloudflareCollector[] = cloudflareCollectors,
): Promise<CloudflareAnswers> {
  const session = new CloudflareSession(request);
  const zones = zoneList(session);
  let chosen: ChosenAccount[];
  try {
    chosen = await chosenAccounts(session, request.account, accountsNamed(said), zones);
  } catch (error) {
    const refused = Refused.of(error, { operation: operationOf({ path: ACCOUNTS }) });
    return nothing(session, withAddress(refused, request.environment ?? process.env));
  }
  const declared = new DeclaredNames(said);
  const asked = request.zones ?? [];
  const open = chosen.filter(({ refusal }) => !refusal);
  const total = open.length * products.length;
  let done = 0;
  progress(done, total);
  const kinds = new Set(products.flatMap((product) => product.kinds));
  const read = await Promise.all(
    chosen.map(async ({ id: account, refusal }) => {
      const own = async () =>
        (await zones()).filter(
          (zone) => zone.account === account && (asked.length === 0 || asked.includes(zone.name)),
        );
      const place = { account, at: clock().toISOString(), declared, zones: own };
      const collections = await Promise.all(
        (refusal ? [] : products).map(async (product) => {
          const collection = await product.run(session, place);
          done += 1;
          progress(done, total);
          return collection;
        }),
      );
      const facts = collections.flatMap((one) => one.facts);
      const told = collections.flatMap((one) => one.lookups);
      const lookups = kinds.has(TOKEN) ? onlySeenZones(told, facts) : told;
      return {
        facts,
        observation: {
          source: 'cloudflare',
          account,
          ...(refusal && { refusal }),
          regions: [],
          kinds,
          lookups: asked.length > 0 ? onlyZones(told, asked) : lookups,
        } satisfies Observation,
      };
    }),
  );
  const lookups: Lookup[] = read.flatMap(({ observation }) => [...observation.lookups]);
  return {
    facts: read.flatMap(({ facts }) => facts),
    observations: read.map(({ observation }) => observation),
    coverage: () => [
      ...coverageOf(session, lookups),
      ...chosen.flatMap(({ id, refusal }) => (refusal ? [unreachable(refusal, id)] : [])),
    ],
    lastChanges: (resources) => changesIn(session, resources),
  };
}

/** The list of zones, asked for when the first product needs it. */
function zoneList(session: CloudflareSession): () => Promise<readonly Zone[]> {
  let list: Promise<readonly Zone[]> | undefined;
  const ask = () =>
    everyZone(session).catch((error: unknown) => {
      const refused = Refused.of(error, { operation: operationOf({ path: ZONES }) });
      session.ledger(OF_USER).refused(refused.refusal);
      throw refused;
    });
  return () => {
    list ??= ask();
    return list;
  };
}

/** Why nothing was read, with who says where the API is, where it is not there. */
function withAddress(
  { refusal, failure }: Refused,
  { CLOUDFLARE_API_BASE_URL: base = '' }: NonNullable<CloudflareAccess['environment']>,
): Refusal {
  if (base.trim() === '' || !isElsewhere(failure)) return refusal;
  const why = {
    fr: `${refusal.why.fr}\u00a0; vérifier \`CLOUDFLARE_API_BASE_URL\`, qui dit où elle est`,
    en: `${refusal.why.en}; check \`CLOUDFLARE_API_BASE_URL\`, which says where it is`,
  };
  return { ...refusal, why };
}

/** Nobody knows whose token it is. */
const nothing = (session: CloudflareSession, refusal: Refusal): CloudflareAnswers => ({
  facts: [],
  observations: [{ source: 'cloudflare', account: '', refusal, regions: [], kinds: new Set(), lookups: [] }],
  coverage: () => [unreachable(refusal, undefined, session.ledger(OF_USER).operations)],
  lastChanges: async () => new Map(),
});

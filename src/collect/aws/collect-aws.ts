import type { Coverage } from '#model/coverage.ts';
import type { Fact, Json } from '#model/fact.ts';
import type { Lookup, Observation, Refusal } from '#model/lookup.ts';
import type { ResourceChange } from '#model/resource.ts';
import type { AwsRead } from '#model/step.ts';
import type { Text } from '#model/text.ts';
import { DeclaredNames } from '../declared-names.ts';
import { type ReadPlace, readState } from '../readers/aws/read-state.ts';
import { Refused } from '../readers/aws/refusal.ts';
import { type AwsAccess, AwsSession, homeRegion, type Identity } from '../readers/aws/session.ts';
import { type AwsCollector, type Collection, GLOBAL } from './aws-collector.ts';
import { awsCollectors } from './collectors.ts';
import { Details } from './details.ts';
import { type ChangedResource, LOOKUP_EVENTS, lastChanges } from './last-change.ts';
import { type Reading, readingsIn, readingsOf } from './readings.ts';
import { enabledRegions } from './regions.ts';
import type { WantedResource } from './wanted.ts';

export interface AwsRequest extends AwsAccess {
  /** Given by the user; empty: those of the repository and of the environment. */
  regions: readonly string[];
  /** Every region that is switched on for the account. */
  allRegions?: boolean;
}

/** The state that a read gave, or why it gave none. */
export type StateAnswer = { value: Json; refusal?: never } | { value?: never; refusal: Refusal };

/** What an account answered, and what may still be asked of it until it is closed. */
export interface AwsAnswers {
  facts: Fact[];
  observation: Observation;
  /** What was asked until now, by region. */
  coverage(): Coverage[];
  /** Who changed some resources last, by ARN, else by name. Never throws. */
  lastChanges(resources: readonly ChangedResource[]): Promise<Map<string, ResourceChange>>;
  /**
   * What the lists do not tell of some resources, where it costs a call for each: second facts of the same resources.
   * What was given before, or was read with the lists, is not asked again. The lookups are also put into the
   * observation. Never throws.
   */
  details(resources: readonly WantedResource[]): Promise<Collection>;
  /** Reads further regions, those that were read left out. The observation and the coverage tell of them. Never throws. */
  regions(regions: readonly string[]): Promise<Collection>;
  /** What reads of states give, each once, or why there is no answer. Never throws. */
  states(reads: readonly AwsRead[]): Promise<StateAnswer[]>;
  /** Closes every connection. */
  close(): void;
}

/** An account whose credentials are being shown, while the collectors of its services are loaded. */
export interface OpeningAccount {
  session: AwsSession;
  opening: Promise<{ identity: Identity; collectors: readonly AwsCollector[] } | Refused>;
}

/**
 * Asks whose account it is, and loads what will read it: both take a while, and neither needs to know what files say.
 * @param services those that are read; all of them unless a test asks for some
 */
export function openAccount(request: AwsRequest, services = awsCollectors): OpeningAccount {
  const session = new AwsSession(request);
  const open = async () => {
    const region = request.regions[0] ?? (await session.defaultRegion()) ?? 'us-east-1';
    const [identity, collectors] = await Promise.all([
      session.identity(region),
      Promise.all(services.map((load) => load())),
    ]);
    return { identity, collectors };
  };
  return {
    session,
    opening: open().catch((error: unknown) => Refused.of(error, { operation: 'sts:GetCallerIdentity' })),
  };
}

/**
 * Reads an account: every service in every region asked for, each once. Never throws: what could not be read is in the
 * lookups and in the coverage. Whoever asks closes it.
 * @param said what files declare: the regions they name are read, and details only of what they name
 * @param progress told how many of the readings are over
 * @param opening the account, where it is being opened already
 */
export async function collectAws(
  request: AwsRequest,
  said: readonly Fact[],
  clock: () => Date,
  progress: (done: number, total: number) => void = () => {},
  { session, opening }: OpeningAccount = openAccount(request),
): Promise<AwsAnswers> {
  try {
    const named = said.flatMap(({ region, sort }) => (sort === 'declared' ? (region ?? []) : []));
    const known = request.regions.length > 0 ? request.regions : named;
    const fallback = known.length > 0 ? undefined : await session.defaultRegion();
    const wanted = known.length > 0 ? known : fallback === undefined ? [] : [fallback];
    const opened = await opening;
    if (opened instanceof Refused) throw opened;
    const { identity, collectors } = opened;
    const regions = request.allRegions
      ? await enabledRegions(session, identity, wanted)
      : [...new Set(wanted)].sort();
    const home = homeRegion(identity.partition);
    const declared = new DeclaredNames(said);
    const place = () => ({ identity, at: clock().toISOString(), declared });
    const readAll = async (readings: readonly Reading[], after: () => void = () => {}) => {
      const read = async ({ collector, ...where }: Reading) => {
        const collection = await collector.run(session, { ...place(), ...where });
        after();
        return collection;
      };
      return together(await Promise.all(readings.map(read)));
    };
    const tasks = readingsOf(collectors, regions, home);
    let done = 0;
    progress(0, tasks.length);
    const { facts, lookups } = await readAll(tasks, () => {
      done += 1;
      progress(done, tasks.length);
    });
    const more = new Details(session, collectors, place, facts);
    return {
      facts,
      coverage: () => coverageOf(session, identity, lookups),
      lastChanges: (resources) => lastChanges(session, { identity, region: regions[0] ?? home }, resources),
      details: async (resources) => {
        const found = await more.of(resources);
        lookups.push(...found.lookups);
        return found;
      },
      regions: async (asked) => {
        const others = [...new Set(asked)].filter((region) => !regions.includes(region)).sort();
        regions.push(...others);
        const found = await readAll(readingsIn(collectors, others));
        more.add(found.facts);
        lookups.push(...found.lookups);
        return found;
      },
      states: (reads) =>
        Promise.all(
          reads.map((one) =>
            stateOf(session, one, { partition: identity.partition, region: regions[0] ?? home }),
          ),
        ),
      close: () => session.close(),
      observation: {
        source: 'aws',
        account: identity.account,
        regions,
        kinds: new Set(collectors.flatMap(({ kinds }) => kinds)),
        lookups,
      },
    };
  } catch (error) {
    session.close();
    const { refusal } = Refused.of(error, { operation: 'sts:GetCallerIdentity' });
    return {
      facts: [],
      coverage: () => [unreachable(refusal)],
      lastChanges: async () => new Map(),
      details: async () => ({ facts: [], lookups: [] }),
      regions: async () => ({ facts: [], lookups: [] }),
      states: async (reads) => reads.map(() => ({ refusal })),
      close: () => {},
      observation: { source: 'aws', account: '', refusal, regions: [], kinds: new Set(), lookups: [] },
    };
  }
}

async function stateOf(session: AwsSession, read: AwsRead, place: ReadPlace): Promise<StateAnswer> {
  try {
    return { value: await readState(session, read, place) };
  } catch (error) {
    return { refusal: Refused.of(error, { operation: `${read.service}:${read.operation}` }).refusal };
  }
}

const together = (collections: readonly Collection[]): Collection => ({
  facts: collections.flatMap(({ facts }) => facts),
  lookups: collections.flatMap(({ lookups }) => lookups),
});

const counted = (count: number, [one, more]: readonly [string, string]): string =>
  `${count} ${count > 1 ? more : one}`;

/** Per region, and for what has none: the operations, and how many of them gave no answer. */
function coverageOf(session: AwsSession, { account }: Identity, lookups: readonly Lookup[]): Coverage[] {
  return session.places.map((place): Coverage => {
    const { operations } = session.ledger(place);
    // no status depends on who changed what: without it the reading is whole
    const needed = operations.filter(({ name }) => name !== LOOKUP_EVENTS);
    const refused = needed.filter(({ denied, failed }) => denied + failed > 0);
    const denied = refused.every((operation) => operation.denied > 0);
    const unavailable = new Map(
      lookups.flatMap(({ region, scope, refusal }): [string, Text][] =>
        // what is inside one thing is told with that thing
        refusal?.sort === 'unavailable' && scope === undefined && (region ?? GLOBAL) === place
          ? [[refusal.operation, refusal.why]]
          : [],
      ),
    );
    const reason: Text[] = [
      ...(refused.length > 0
        ? [
            {
              fr: `${counted(refused.length, ['opération sans réponse', 'opérations sans réponse'])} sur ${needed.length}`,
              en: `${counted(refused.length, ['operation', 'operations'])} without an answer, of ${needed.length}`,
            },
          ]
        : []),
      ...unavailable.values(),
    ];
    return {
      source: 'aws',
      scope: `${account} ${place}`,
      state:
        refused.length === 0
          ? 'complete'
          : refused.length < needed.length
            ? 'partial'
            : denied
              ? 'denied'
              : 'failed',
      ...(reason.length > 0 && {
        reason: {
          fr: reason.map(({ fr }) => fr).join('\u00a0; '),
          en: reason.map(({ en }) => en).join('; '),
        },
      }),
      operations,
    };
  });
}

/** Nobody knows whose account it is. */
function unreachable(refusal: Refusal): Coverage {
  return {
    source: 'aws',
    scope: 'AWS',
    state: refusal.sort === 'denied' ? 'denied' : 'failed',
    reason: {
      fr: `le compte n’a pas pu être ouvert\u00a0: ${refusal.why.fr}`,
      en: `the account could not be opened: ${refusal.why.en}`,
    },
    operations: [
      {
        name: refusal.operation,
        calls: 1,
        denied: Number(refusal.sort === 'denied'),
        throttled: 0,
        failed: Number(refusal.sort !== 'denied'),
      },
    ],
  };
}

import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCode } from '#cli/run-audit.ts';
import type { CloudflareCollector } from '#collect/cloudflare/cloudflare-collector.ts';
import { collectCloudflare } from '#collect/cloudflare/collect-cloudflare.ts';
import { cloudflareCollectors } from '#collect/cloudflare/collectors.ts';
import { ACCOUNTS, ACCOUNTS_PERMISSION } from '#collect/cloudflare/open-account.ts';
import { ZONES, ZONES_PERMISSION } from '#collect/cloudflare/zone-list.ts';
import { type CollectedEstate, collectEstate } from '#collect/collect.ts';
import { openTree } from '#collect/readers/file-tree.ts';
import type { DraftFinding } from '#judge/draft.ts';
import { judge } from '#judge/judge.ts';
import { configuredRules } from '#judge/rules/configured.ts';
import type { Coverage } from '#model/coverage.ts';
import type { Fact, Kind } from '#model/fact.ts';
import { resourceId } from '#model/kinds/kinds.ts';
import type { Lookup, Observation } from '#model/lookup.ts';
import type { Resource } from '#model/resource.ts';
import { estateOf } from '../../../src/estate.ts';
import type { CloudflareApi } from '../api.ts';
import { VirtualClock } from '../virtual-clock.ts';

/** The repository that declares the account with something of everything, and of each kind something that is not there. */
export const REPOSITORY = path.join(import.meta.dirname, '../everything-repo');
export const NOW = new Date('2026-11-28T12:00:00Z');

/** What an account answered to an audit. */
export interface Outcome {
  coverage: Coverage[];
  facts: Fact[];
  lookups: Lookup[];
  code: number;
  /** What it makes with what files declare; nothing but what is above goes into it. */
  judged(): Promise<Judged>;
}

export interface Judged {
  resources: Map<string, Resource>;
  /** By fingerprint. */
  findings: Map<string, DraftFinding>;
}

/** One read that the collectors know, with what it needs and the kinds that it may tell of. */
export interface Read {
  path: string;
  permission: string;
  products: readonly CloudflareCollector[];
  kinds: ReadonlySet<Kind>;
}

const all = new Set(cloudflareCollectors.flatMap(({ kinds }) => kinds));
const inZones = cloudflareCollectors.filter(({ permissions }) =>
  Object.keys(permissions).some((one) => one.startsWith('/zones')),
);
const kindsInZones = new Set(inZones.flatMap(({ kinds }) => kinds));

/** Every read of every collector; the lists that all of them hang on are read with all of them. */
export const READS: readonly Read[] = [
  { path: ACCOUNTS, permission: ACCOUNTS_PERMISSION, products: cloudflareCollectors, kinds: all },
  {
    path: ZONES,
    permission: ZONES_PERMISSION,
    products: cloudflareCollectors,
    kinds: kindsInZones,
  },
  ...cloudflareCollectors.flatMap((product) =>
    Object.entries(product.permissions)
      .filter(([one]) => one !== ZONES)
      .map(([one, permission]) =>
        // which zones a token sees is known by its own policies
        product.id === 'tokens'
          ? {
              path: one,
              permission,
              products: cloudflareCollectors,
              kinds: new Set([...product.kinds, ...kindsInZones]),
            }
          : { path: one, permission, products: [product], kinds: new Set(product.kinds) },
      ),
  ),
];

/** A resource by what it is and what is called so: its id may be the one that was observed. */
export const keyOf = (resource: Resource): string =>
  [resource.id, resourceId(resource), resource.declared.length > 0 ? 'declared' : ''].join('\n');

/** How the account is asked: without waiting for a clock, twice at most. */
export const requestTo = (api: CloudflareApi, timeout = 20_000) => ({
  environment: { CLOUDFLARE_API_BASE_URL: api.url, CLOUDFLARE_API_TOKEN: api.token },
  attempts: 2,
  timeout,
  timing: new VirtualClock(NOW),
});

/** What the files of the repository declare; read once, they say the same to every audit. */
export async function declaredEstate(): Promise<CollectedEstate> {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'constat-')), 'everything');
  cpSync(REPOSITORY, folder, { recursive: true });
  return collectEstate(await openTree(folder), {
    name: 'everything',
    clock: () => NOW,
    ignored: () => false,
    progress: () => {},
  });
}

/** An account read, reconciled with the files and judged; what other products tell is taken from a sound audit. */
export class Auditing {
  readonly #declared: CollectedEstate;
  readonly #rules = configuredRules({});

  constructor(declared: CollectedEstate) {
    this.#declared = declared;
  }

  async of(
    request: ReturnType<typeof requestTo>,
    products: readonly CloudflareCollector[] = cloudflareCollectors,
    sound?: Outcome,
  ): Promise<Outcome> {
    const read = await collectCloudflare(request, this.#declared.facts, () => NOW, undefined, products);
    const coverage = read.coverage();
    const own = new Set(products.flatMap(({ kinds }) => kinds));
    const others = sound?.lookups.filter(({ kind }) => !own.has(kind)) ?? [];
    const facts = [...read.facts, ...(sound?.facts.filter(({ kind }) => !own.has(kind)) ?? [])];
    const observations = read.observations.map((one) => ({
      ...one,
      kinds: all,
      lookups: [...one.lookups, ...others],
    }));
    return {
      coverage,
      facts,
      lookups: observations.flatMap(({ lookups }) => lookups),
      code: exitCode([], coverage, {}),
      judged: () => this.#judged(facts, observations, coverage),
    };
  }

  async #judged(facts: Fact[], observations: Observation[], coverage: Coverage[]): Promise<Judged> {
    const declared = this.#declared;
    const estate = await estateOf(
      {
        ...declared,
        facts: [...declared.facts, ...facts],
        observations,
        coverage: () => [...declared.coverage(), ...coverage],
        withLastChanges: async (resources) => [...resources],
      },
      { name: 'everything', config: {}, files: new Set(), urls: [], isOnlyPaths: false },
    );
    const failures: unknown[] = [];
    const { drafts } = judge(estate, this.#rules, (rule, error) => failures.push([rule, error]));
    if (failures.length > 0) throw new Error(`a rule failed: ${JSON.stringify(failures)}`);
    return {
      resources: new Map(estate.resources.map((one) => [keyOf(one), one])),
      findings: new Map(drafts.map((one) => [one.fingerprint, one])),
    };
  }
}

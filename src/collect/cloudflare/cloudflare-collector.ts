import { environmentsOf } from '#lib/environments.ts';
import type { Fact, Json, Kind, RelationFact } from '#model/fact.ts';
import type { Lookup, Refusal } from '#model/lookup.ts';
import type { Text } from '#model/text.ts';
import type { DeclaredNames } from '../declared-names.ts';
import type { Answered } from '../fields.ts';
import { everyItem, type Paging, unusable } from '../readers/cloudflare/pages.ts';
import { Refused } from '../readers/cloudflare/refusal.ts';
import { type CloudflareSession, operationOf, type Read } from '../readers/cloudflare/session.ts';
import { ZONES, type Zone } from './zone-list.ts';

/** What a collector saw of one resource; the rest of the fact is the same for all that it sees. */
export interface Seen<Path extends string> {
  kind: Kind;
  name: string;
  /** The path that told it. */
  told: Path;
  /** Its address in the API, which nothing else in the world has: `/accounts/…/d1/database/…`. */
  address: string;
  scope?: string;
  /** Ids by which files and other things speak of it. */
  otherNames?: (string | undefined)[];
  /** Undefined ones are left out. */
  properties?: Record<string, Json | undefined>;
  relations?: (RelationFact | undefined)[];
  refusals?: (Refusal | undefined)[];
  /** Beside those that the name tells. */
  environments?: string[];
  builtIn?: boolean;
}

/** What stands in the braces of a path, beside the account, and what is asked of it. */
export type At = Omit<Read, 'path' | 'permission'>;

/** A read that may have been refused. */
export type Answer<Output> = { output: Output; refusal?: never } | { output?: never; refusal: Refusal };

/** One product in one account, as a collector sees it. It can read only the paths whose permission it states. */
export interface CloudflareScope<Path extends string> {
  readonly account: string;
  /** The zones of the account that are read. @throws Refused when their list cannot be had */
  zones(): Promise<readonly Zone[]>;
  /** Every item of a list. @throws Refused when a page cannot be had */
  every(path: Path, paging: Paging, at?: At): Promise<Answered[]>;
  /** The same for a detail: what cannot be had is told in the fact. Codes among `none` say that there is nothing. */
  tryEvery(path: Path, paging: Paging, at?: At, none?: readonly number[]): Promise<Answer<Answered[]>>;
  /** One thing. @throws Refused when it cannot be had */
  one(path: Path, at?: At): Promise<object>;
  /** The same for a detail: codes among `none` give an empty one. */
  ask(path: Path, at?: At, none?: readonly number[]): Promise<Answer<unknown>>;
  /**
   * Looks for all resources of some kinds. Complete when `look` ends without {@link Refused}; else they are not
   * established there, and nothing of the kind can be called missing.
   * @param none the error that says that the account has none of them, since the product was never switched on
   */
  list(kinds: readonly Kind[], look: () => Promise<void>, none?: string): Promise<void>;
  /** Says that things of a kind were looked for by {@link ask}, and whether all of them were seen. */
  looked(kind: Kind, refusal: Refusal | undefined): void;
  see(seen: Seen<Path>): void;
  /** Whether a file names it: details that cost a call for each are only read of these. */
  isDeclared(kind: Kind, name: string): boolean;
}

/** What a reading of one product in one account needs to know. */
export interface Place {
  account: string;
  /** When the reading starts, RFC 3339. */
  at: string;
  declared: DeclaredNames;
  zones: () => Promise<readonly Zone[]>;
}

/** One product of Cloudflare: what an account holds of it, which reads tell it, and what each needs to be allowed. */
export interface CloudflareCollector {
  /** Kebab-case, the file's own name. */
  id: string;
  title: Text;
  /** The kinds that it lists: what is not seen of them, where a list was complete, is not there. */
  kinds: readonly Kind[];
  /** The permission group that each path needs, as Cloudflare names it; empty for what every token may ask. */
  permissions: Readonly<Record<string, string>>;
  /** Reads the product in one account. Never throws: what fails is in the lookups. */
  run(session: CloudflareSession, place: Place): Promise<Collection>;
}

export interface Collection {
  facts: Fact[];
  lookups: Lookup[];
}

interface Definition<Path extends string> extends Omit<CloudflareCollector, 'run' | 'permissions'> {
  permissions: Readonly<Record<Path, string>>;
  collect(cf: CloudflareScope<Path>): Promise<void>;
}

class Scope<Path extends string> implements CloudflareScope<Path> {
  readonly account: string;
  readonly facts: Fact[] = [];
  readonly lookups: Lookup[] = [];
  readonly #permissions: Readonly<Record<string, string>>;
  readonly #session: CloudflareSession;
  readonly #place: Place;

  constructor(permissions: Readonly<Record<string, string>>, session: CloudflareSession, place: Place) {
    this.account = place.account;
    this.#permissions = permissions;
    this.#session = session;
    this.#place = place;
  }

  zones(): Promise<readonly Zone[]> {
    return this.#place.zones();
  }

  #read(path: Path, { at, ...rest }: At = {}): Read {
    const permission = this.#permissions[path];
    return { path, at: { account_id: this.account, ...at }, ...rest, ...(permission && { permission }) };
  }

  #refused(error: unknown, path: string): Refusal {
    const { refusal } = Refused.of(error, { operation: operationOf({ path }) });
    // the list of zones is of no account: whoever asked for it has counted it
    if (refusal.operation !== operationOf({ path: ZONES }))
      this.#session.ledger(this.account).refused(refusal);
    return refusal;
  }

  every(path: Path, paging: Paging, at?: At): Promise<Answered[]> {
    return everyItem(this.#session, this.#read(path, at), paging, this.account);
  }

  tryEvery(path: Path, paging: Paging, at?: At, none?: readonly number[]): Promise<Answer<Answered[]>> {
    return this.#try(path, () => this.every(path, paging, at), [], none);
  }

  async one(path: Path, at?: At): Promise<object> {
    const read = this.#read(path, at);
    const { result } = await this.#session.get(read, this.account);
    if (typeof result !== 'object' || result === null) throw unusable(read, 'no result');
    return result;
  }

  ask(path: Path, at?: At, none?: readonly number[]): Promise<Answer<unknown>> {
    return this.#try(path, () => this.one(path, at), {}, none);
  }

  async #try<T>(
    path: Path,
    read: () => Promise<T>,
    empty: T,
    none: readonly number[] = [],
  ): Promise<Answer<T>> {
    try {
      return { output: await read() };
    } catch (error) {
      if (error instanceof Refused && error.failure.errors.some(({ code }) => none.includes(code)))
        return { output: empty };
      return { refusal: this.#refused(error, path) };
    }
  }

  async list(kinds: readonly Kind[], look: () => Promise<void>, none?: string): Promise<void> {
    let refusal: Refusal | undefined;
    try {
      await look();
    } catch (error) {
      if (!(error instanceof Refused && isSaid(error, none))) refusal = this.#refused(error, '…');
    }
    for (const kind of kinds) this.looked(kind, refusal);
  }

  looked(kind: Kind, refusal: Refusal | undefined): void {
    this.lookups.push({
      source: 'cloudflare',
      kind,
      account: this.account,
      ...(refusal && { refusal }),
    });
  }

  isDeclared(kind: Kind, name: string): boolean {
    return this.#place.declared.has(kind, name);
  }

  see(seen: Seen<Path>): void {
    const {
      kind,
      name,
      told,
      address,
      properties = {},
      relations = [],
      refusals = [],
      otherNames = [],
    } = seen;
    const known = Object.entries(properties).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    );
    const related = relations.filter((one) => one !== undefined);
    const refused = refusals.filter((one) => one !== undefined);
    const others = [...new Set(otherNames.filter((one) => one !== undefined && one !== '' && one !== name))];
    this.facts.push({
      kind,
      name,
      source: 'cloudflare',
      sort: 'observed',
      nameStatus: 'literal',
      evidence: { source: 'cloudflare', operation: operationOf({ path: told }), at: this.#place.at },
      account: this.account,
      environments: [...new Set([...environmentsOf(name), ...(seen.environments ?? [])])],
      arn: address,
      ...(seen.scope !== undefined && { scope: seen.scope }),
      ...(known.length > 0 && { properties: Object.fromEntries(known) }),
      ...(related.length > 0 && { relations: related }),
      ...(refused.length > 0 && { refusals: refused }),
      ...(others.length > 0 && { otherNames: others as string[] }),
      ...(seen.builtIn && { builtIn: true }),
    });
  }
}

/** Whether an error of the API has these words. */
const isSaid = ({ failure }: Refused, words: string | undefined): boolean =>
  words !== undefined && failure.errors.some(({ message }) => message.includes(words));

/** A collector, whose `collect` can ask nothing but the paths among `permissions`. */
export function defineCloudflareCollector<Path extends string>(
  definition: Definition<Path>,
): CloudflareCollector {
  const { collect, ...rest } = definition;
  return {
    ...rest,
    run: async (session, place) => {
      const scope = new Scope<Path>(rest.permissions, session, place);
      // what it did not come to list is not established
      await collect(scope).catch((error) => scope.list(rest.kinds, () => Promise.reject(error)));
      return { facts: scope.facts, lookups: scope.lookups };
    },
  };
}

import type { Command, Paginator } from '@smithy/types';
import { environmentsOf } from '#lib/environments.ts';
import type { Fact, Json, Kind, RelationFact } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Lookup, Refusal } from '#model/lookup.ts';
import type { Text } from '#model/text.ts';
import type { DeclaredNames } from '../declared-names.ts';
import { Refused } from '../readers/aws/refusal.ts';
import {
  type AwsClient,
  type AwsClientClass,
  type AwsSession,
  homeRegion,
  type Identity,
} from '../readers/aws/session.ts';
import type { Known, WantedResource } from './wanted.ts';

/** What a collector saw of one resource; the rest of the fact is the same for all that it sees. */
export interface Seen {
  kind: Kind;
  name: string;
  /** The operation that told it, without its service: `DescribeServices`. */
  operation: string;
  arn?: string;
  scope?: string;
  /** Where it is, when that is not where it was read; empty for what is of no region. */
  region?: string;
  otherNames?: (string | undefined)[];
  /** CloudFormation's names with a lower-case first letter; undefined ones are left out. */
  properties?: Record<string, Json | undefined>;
  relations?: (RelationFact | undefined)[];
  refusals?: (Refusal | undefined)[];
  /** Beside those that the name tells. */
  environments?: string[];
  builtIn?: boolean;
}

/** A read that may have been refused. */
export type Answer<Output> = { output: Output; refusal?: never } | { output?: never; refusal: Refusal };

type AnyCommand<Input extends object, Output extends object> = new (
  input: Input,
  // biome-ignore lint/suspicious/noExplicitAny: every service of the SDK has its own wide types and configuration
) => Command<any, Input, any, Output, any>;

/** One service in one region (or without one), as a collector sees it. */
export interface AwsScope {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  /** The region that also serves what has none: there are the certificates and web ACLs of CloudFront. */
  readonly isHome: boolean;
  /** The region was not asked for: only what of it serves what has no region is of this audit. */
  readonly isBeyond: boolean;
  /**
   * The answer of one read.
   * @throws Refused when there is none
   */
  read<Input extends object, Output extends object>(
    command: AnyCommand<Input, Output>,
    input: Input,
  ): Promise<Output>;
  /**
   * The same for a detail: what cannot be had is told in the fact. An error whose name is among `none` says that there
   * is nothing, and gives an empty answer.
   */
  ask<Input extends object, Output extends object>(
    command: AnyCommand<Input, Output>,
    input: Input,
    none?: readonly string[],
  ): Promise<Answer<Partial<Output>>>;
  /** The same service in the region in which something is, although it was listed in another. */
  in(region: string): Pick<AwsScope, 'ask'>;
  /**
   * Every page of a list, by the SDK's own paginator.
   * @throws Refused when one of them cannot be had
   */
  pages<Input extends object, Output>(
    // biome-ignore lint/suspicious/noExplicitAny: the configuration of each service is its own type
    paginate: (config: any, input: Input) => Paginator<Output>,
    input: Input,
  ): AsyncIterable<Output>;
  /** The same for details: what was read before a page was refused is kept, and the refusal is given. */
  tryPages<Input extends object, Output>(
    // biome-ignore lint/suspicious/noExplicitAny: the configuration of each service is its own type
    paginate: (config: any, input: Input) => Paginator<Output>,
    input: Input,
    each: (page: Output) => void,
  ): Promise<Refusal | undefined>;
  /**
   * Looks for all resources of some kinds. Complete when `look` ends without {@link Refused}; else they are not
   * established there, and nothing of the kind can be called missing.
   */
  list(kinds: readonly Kind[], look: () => Promise<void>, scope?: string): Promise<void>;
  /** Says that things of a kind were looked for inside one thing, by {@link ask}, and whether all of them were seen. */
  looked(kind: Kind, scope: string | undefined, refusal: Refusal | undefined): void;
  see(seen: Seen): void;
  /** Whether a file names it: details that cost a call for each are only read of these. */
  isDeclared(kind: Kind, name: string): boolean;
  /** Whether it fits a name that a file gives, of which a part is only known when it runs. */
  fitsDeclared(kind: Kind, name: string): boolean;
}

/** The same once the lists were read, where more is asked of some resources. */
export interface DetailScope extends AwsScope {
  /** Says more of a resource that was seen before. Only what no fact states yet: what was said first stays. */
  add(wanted: WantedResource, more: Omit<Seen, 'kind' | 'name' | 'scope' | 'arn' | 'region'>): void;
  /** What was seen of a kind in this place. */
  known(kind: Kind): readonly Fact[];
  /** Whether something is asked of this service for the first time, where it comes with several resources. */
  isFirst(what: string): boolean;
}

/** What was seen until now, and what was asked for details: requests by their operation and input, and marks. */
export interface Before {
  known: Known;
  asked: Map<string, Promise<Answer<object>>>;
  marks: Set<string>;
}

/** What a reading of one service in one place needs to know. */
export interface Place {
  identity: Identity;
  region: string;
  /** When the reading starts, RFC 3339. */
  at: string;
  declared: DeclaredNames;
  /** The region was not asked for, and is read for what of it serves what has no region. */
  beyond?: boolean;
  /** Of a reading of details. */
  before?: Before;
}

/** One service of AWS: what it holds, which reads tell it, and what each read needs to be allowed. */
export interface AwsCollector {
  /** Kebab-case, the file's own name. */
  id: string;
  title: Text;
  /** The service in its operations' names and in IAM's actions: `ecs`. */
  service: string;
  /** Asked in each region, or once, or in each region and, even when nobody asked for it, in the partition's home. */
  where: 'regions' | 'global' | 'regions-and-home';
  /** The kinds that it lists: what is not seen of them, where a list was complete, is not there. */
  kinds: readonly Kind[];
  /** The IAM actions that each operation needs. */
  permissions: Readonly<Record<string, string | readonly string[]>>;
  /** Reads the service in one region. Never throws: what fails is in the lookups. */
  run(session: AwsSession, place: Place): Promise<Collection>;
  /** The kinds of which it can tell more than its lists, where that costs a call for each. */
  detailed?: readonly Kind[];
  /** The region of what may be asked for although nothing was seen of it; undefined where that is not of this service. */
  regionOf?(wanted: WantedResource): string | undefined;
  /** Tells more of resources of these kinds, which are in one region. Never throws. */
  detail?(session: AwsSession, place: Place, wanted: readonly WantedResource[]): Promise<Collection>;
}

export interface Collection {
  facts: Fact[];
  lookups: Lookup[];
}

interface Definition<C extends AwsClient> extends Omit<AwsCollector, 'run' | 'detail'> {
  Client: AwsClientClass<C>;
  collect(aws: AwsScope): Promise<void>;
  /** Asked of what is on a path, after the lists; a resource is given once. */
  detail?(aws: DetailScope, wanted: readonly WantedResource[]): Promise<void>;
}

/** Where the requests of services without regions are counted. */
export const GLOBAL = 'global';

class Scope implements DetailScope {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly isHome: boolean;
  readonly isBeyond: boolean;
  readonly facts: Fact[] = [];
  readonly lookups: Lookup[] = [];
  readonly #definition: Omit<AwsCollector, 'run' | 'detail'>;
  readonly #session: AwsSession;
  readonly #Client: AwsClientClass<AwsClient>;
  readonly #client: AwsClient;
  readonly #stands: Place;
  readonly #at: string;
  readonly #declared: DeclaredNames;

  constructor(
    definition: Omit<AwsCollector, 'run' | 'detail'>,
    session: AwsSession,
    Client: AwsClientClass<AwsClient>,
    stands: Place,
  ) {
    const {
      identity: { account, partition },
      region,
      at,
      declared,
      beyond = false,
    } = stands;
    this.#stands = stands;
    this.#Client = Client;
    this.region = region;
    this.account = account;
    this.partition = partition;
    this.isHome = region === homeRegion(partition);
    this.isBeyond = beyond;
    this.#declared = declared;
    this.#definition = definition;
    this.#session = session;
    this.#client = session.client(Client, definition, region, this.place);
    this.#at = at;
  }

  get place(): string {
    return this.#definition.where === 'global' ? GLOBAL : this.region;
  }

  #refused(error: unknown): Refusal {
    const { refusal } = Refused.of(error, { operation: `${this.#definition.service}:*` });
    this.#session.ledger(this.place).refused(refusal);
    return refusal;
  }

  async read<Input extends object, Output extends object>(
    command: AnyCommand<Input, Output>,
    input: Input,
  ): Promise<Output> {
    return (await this.#client.send(new command(input) as never)) as Output;
  }

  ask<Input extends object, Output extends object>(
    command: AnyCommand<Input, Output>,
    input: Input,
    none: readonly string[] = [],
  ): Promise<Answer<Partial<Output>>> {
    const asked = this.#stands.before?.asked;
    if (!asked) return this.#ask(command, input, none);
    const request = `${this.#definition.id} ${this.region} ${command.name} ${JSON.stringify(input)}`;
    const known = asked.get(request) ?? this.#ask(command, input, none);
    asked.set(request, known);
    return known as Promise<Answer<Partial<Output>>>;
  }

  async #ask<Input extends object, Output extends object>(
    command: AnyCommand<Input, Output>,
    input: Input,
    none: readonly string[],
  ): Promise<Answer<Partial<Output>>> {
    try {
      return { output: await this.read(command, input) };
    } catch (error) {
      if (error instanceof Refused && none.includes(error.fault)) return { output: {} };
      return { refusal: this.#refused(error) };
    }
  }

  in(region: string): Pick<AwsScope, 'ask'> {
    return region === this.region
      ? this
      : new Scope(this.#definition, this.#session, this.#Client, { ...this.#stands, region });
  }

  pages<Input extends object, Output>(
    // biome-ignore lint/suspicious/noExplicitAny: the configuration of each service is its own type
    paginate: (config: any, input: Input) => Paginator<Output>,
    input: Input,
  ): AsyncIterable<Output> {
    // the SDK writes its tokens into what it is given
    return paginate({ client: this.#client, stopOnSameToken: true }, { ...input });
  }

  async tryPages<Input extends object, Output>(
    // biome-ignore lint/suspicious/noExplicitAny: the configuration of each service is its own type
    paginate: (config: any, input: Input) => Paginator<Output>,
    input: Input,
    each: (page: Output) => void,
  ): Promise<Refusal | undefined> {
    try {
      for await (const page of this.pages(paginate, input)) each(page);
      return undefined;
    } catch (error) {
      return this.#refused(error);
    }
  }

  async list(kinds: readonly Kind[], look: () => Promise<void>, scope?: string): Promise<void> {
    let refusal: Refusal | undefined;
    try {
      await look();
    } catch (error) {
      refusal = this.#refused(error);
    }
    for (const kind of kinds) this.looked(kind, scope, refusal);
  }

  looked(kind: Kind, scope: string | undefined, refusal: Refusal | undefined): void {
    this.lookups.push({
      source: 'aws',
      kind,
      account: this.account,
      ...(this.#definition.where !== 'global' && !kindOf(kind).global && { region: this.region }),
      ...(scope !== undefined && { scope }),
      ...(refusal && { refusal }),
    });
  }

  isDeclared(kind: Kind, name: string): boolean {
    return this.#declared.has(kind, name);
  }

  fitsDeclared(kind: Kind, name: string): boolean {
    return this.#declared.fits(kind, name);
  }

  known(kind: Kind): readonly Fact[] {
    const region = this.#definition.where === 'global' ? '' : this.region;
    return this.#stands.before?.known.all(kind, region) ?? [];
  }

  isFirst(what: string): boolean {
    const marks = this.#stands.before?.marks;
    const mark = `${this.#definition.id} ${this.region} ${what}`;
    if (marks?.has(mark)) return false;
    marks?.add(mark);
    return true;
  }

  add(wanted: WantedResource, more: Omit<Seen, 'kind' | 'name' | 'scope' | 'arn' | 'region'>): void {
    const { kind, name, scope, arn, region, builtIn } = wanted;
    this.see({
      kind,
      name,
      ...(scope !== undefined && { scope }),
      ...(arn !== undefined && { arn }),
      ...(region !== undefined && { region }),
      ...(builtIn && { builtIn }),
      ...more,
    });
  }

  see(seen: Seen): void {
    const { kind, name, operation, properties = {}, relations = [], refusals = [], otherNames = [] } = seen;
    const known = Object.entries(properties).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    );
    const related = relations.filter((one) => one !== undefined);
    const refused = refusals.filter((one) => one !== undefined);
    const others = [...new Set(otherNames.filter((one) => one !== undefined && one !== '' && one !== name))];
    const region = seen.region ?? this.region;
    this.facts.push({
      kind,
      name,
      source: 'aws',
      sort: 'observed',
      nameStatus: 'literal',
      evidence: { source: 'aws', operation: `${this.#definition.service}:${operation}`, at: this.#at },
      account: this.account,
      ...(this.#definition.where !== 'global' && !kindOf(kind).global && region !== '' && { region }),
      environments: [...new Set([...environmentsOf(name), ...(seen.environments ?? [])])],
      ...(seen.scope !== undefined && { scope: seen.scope }),
      ...(seen.arn !== undefined && { arn: seen.arn }),
      ...(known.length > 0 && { properties: Object.fromEntries(known) }),
      ...(related.length > 0 && { relations: related }),
      ...(refused.length > 0 && { refusals: refused }),
      ...(others.length > 0 && { otherNames: others as string[] }),
      ...(seen.builtIn && { builtIn: true }),
    });
  }
}

export function defineAwsCollector<C extends AwsClient>(definition: Definition<C>): AwsCollector {
  const { Client, collect, detail, ...rest } = definition;
  const read = async (session: AwsSession, place: Place, look: (scope: Scope) => Promise<void>) => {
    const scope = new Scope(rest, session, Client as never, place);
    await look(scope);
    return { facts: scope.facts, lookups: scope.lookups };
  };
  return {
    ...rest,
    run: (session, place) =>
      read(session, place, async (scope) => {
        // what it did not come to list is not established
        await collect(scope).catch((error) => scope.list(rest.kinds, () => Promise.reject(error)));
      }),
    ...(detail && {
      detail: (session, place, wanted) =>
        read(session, place, async (scope) => {
          await detail(scope, wanted).catch((error) => scope.list([], () => Promise.reject(error)));
        }),
    }),
  };
}

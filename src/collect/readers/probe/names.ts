import { Resolver } from 'node:dns/promises';
import type { NameAnswer } from '#model/probe.ts';
import { visible } from '#model/text.ts';
import { addressesInside, mayReach, type Reach } from './addresses.ts';
import { type Budget, Silent } from './budget.ts';

const MOST_ALIASES = 10;
const MOST_PARENTS = 5;
const MOST_RECORDS = 40;

/** What one query gave: records, or that there are none, or that nobody answered. */
type Reply<T> = { records: T[] } | { none: 'no-name' | 'no-address' } | { why: string };

const recordsOf = <T>(reply: Reply<T>): T[] => ('records' in reply ? reply.records : []);
const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/**
 * Asks DNS, by c-ares: what a name leads to, step by step. NXDOMAIN (`ENOTFOUND`) and no data (`ENODATA`) are answers;
 * everything else, a server's own failure included, says nothing of the name.
 */
export class Names {
  readonly #resolver: Resolver;
  readonly #budget: Budget;
  readonly #reach: Reach;
  readonly #known = new Map<string, Promise<NameAnswer>>();

  constructor(budget: Budget, reach: Reach, servers: readonly string[] | undefined, timeout: number) {
    // c-ares doubles the time at each try: two tries fit into the time of one request
    this.#resolver = new Resolver({ timeout: Math.max(1, Math.floor(timeout / 3)), tries: 2 });
    if (servers && servers.length > 0) this.#resolver.setServers(servers);
    this.#budget = budget;
    this.#reach = reach;
  }

  /** Ends what is still asked. */
  close(): void {
    this.#resolver.cancel();
  }

  /** What DNS says of a name. Asked once of each. */
  look(name: string): Promise<NameAnswer> {
    const known = this.#known.get(name);
    if (known) return known;
    const answer = this.#look(name);
    this.#known.set(name, answer);
    return answer;
  }

  /**
   * The addresses that a host may be reached at, those of IPv4 first.
   * @throws Silent where it has none, or none that may be followed
   */
  async addresses(host: string): Promise<string[]> {
    const inside = addressesInside(host);
    if (inside) return this.#allowed(inside, host);
    const { result, a, aaaa, unread } = await this.look(host);
    if (result === 'addresses') return this.#allowed([...a, ...aaaa], host);
    if (result !== 'unknown') throw new Silent('unresolved', result === 'no-name' ? 'NXDOMAIN' : 'NODATA');
    const why = unread[0]?.why ?? 'ETIMEOUT';
    throw new Silent(why === 'limit' ? 'limit' : 'resolver', why);
  }

  #allowed(addresses: string[], host: string): string[] {
    const allowed = addresses.filter((address) => mayReach(address, this.#reach));
    if (allowed.length === 0) throw new Silent('not-public', addresses[0] ?? host);
    return allowed;
  }

  /** The zone of a name and who may issue certificates for it, in addition to what {@link look} tells. */
  async lookDeeper(name: string): Promise<NameAnswer> {
    const answer = await this.look(name);
    if (answer.result === 'unknown') return answer;
    const [zone, issuers] = await Promise.all([this.#zone(answer), this.#issuers(name)]);
    return { ...answer, ...zone, ...(issuers && { issuers }) };
  }

  async #look(name: string): Promise<NameAnswer> {
    const unread: NameAnswer['unread'] = [];
    const [a, aaaa, aliases] = await Promise.all([
      this.#ask(() => this.#resolver.resolve4(name)),
      this.#ask(() => this.#resolver.resolve6(name)),
      this.#aliases(name),
    ]);
    if ('why' in a) unread.push({ record: 'A', why: a.why });
    if ('why' in aaaa) unread.push({ record: 'AAAA', why: aaaa.why });
    if (aliases.why !== undefined) unread.push({ record: 'CNAME', why: aliases.why });
    const found = [...recordsOf(a), ...recordsOf(aaaa)];
    const nameless = [a, aaaa].every((reply) => 'none' in reply && reply.none === 'no-name');
    const empty = 'none' in a && 'none' in aaaa;
    return {
      name,
      result: found.length > 0 ? 'addresses' : nameless ? 'no-name' : empty ? 'no-address' : 'unknown',
      a: recordsOf(a),
      aaaa: recordsOf(aaaa),
      aliases: aliases.names,
      ...(aliases.loop && { aliasesLoop: true as const }),
      unread,
      notPublic: found.filter((address) => !mayReach(address, this.#reach)),
    };
  }

  /** CNAME by CNAME, since an answer with addresses does not tell the way to them. */
  async #aliases(name: string): Promise<{ names: string[]; loop?: boolean; why?: string }> {
    const names: string[] = [];
    let at = name;
    while (names.length < MOST_ALIASES) {
      const reply = await this.#ask(() => this.#resolver.resolveCname(at));
      if ('why' in reply) return { names, why: reply.why };
      const next = recordsOf(reply)[0];
      if (next === undefined) return { names };
      const target = plain(next);
      if (target === plain(name) || names.includes(visible(target))) return { names, loop: true };
      names.push(visible(target));
      at = target;
    }
    return { names };
  }

  /** The nearest name up the tree with name servers. A name that is an alias has none of its own (RFC 1034, 3.6.2). */
  async #zone({ name, aliases }: NameAnswer): Promise<Pick<NameAnswer, 'zone' | 'nameServers'>> {
    for (const zone of upwards(name, 2).slice(aliases.length > 0 ? 1 : 0)) {
      const reply = await this.#ask(() => this.#resolver.resolveNs(zone));
      if ('why' in reply) return {};
      const servers = recordsOf(reply);
      if (servers.length > 0)
        return { zone, nameServers: servers.map((server) => visible(plain(server))).sort() };
    }
    return {};
  }

  /** RFC 8659, 3: the records of the nearest name up the tree that has some. */
  async #issuers(name: string): Promise<NameAnswer['issuers']> {
    for (const parent of upwards(name, 1)) {
      const reply = await this.#ask(() => this.#resolver.resolveCaa(parent));
      if ('why' in reply) return undefined;
      const records = recordsOf(reply).map(({ critical, ...tags }) => {
        const [tag, value] = Object.entries(tags).find(([key]) => key !== 'type') ?? ['', ''];
        return visible(`${critical} ${tag} ${value}`);
      });
      if (records.length > 0) return { name: parent, records: records.sort() };
    }
    return undefined;
  }

  async #ask<T>(query: () => Promise<T[]>): Promise<Reply<T>> {
    try {
      this.#budget.spend('DNS');
    } catch {
      return { why: 'limit' };
    }
    const signal = this.#budget.signal();
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject({ code: 'ETIMEOUT' }), { once: true });
    });
    try {
      const records = await Promise.race([query(), late]);
      return records.length > 0 ? { records: records.slice(0, MOST_RECORDS) } : { none: 'no-address' };
    } catch (error) {
      const code = (error as { code?: string }).code ?? 'EUNKNOWN';
      if (code === 'ENOTFOUND') return { none: 'no-name' };
      if (code === 'ENODATA') return { none: 'no-address' };
      this.#budget.failed('DNS');
      return { why: code };
    }
  }
}

/** A name and those above it, down to so many labels. */
function upwards(name: string, fewest: number): string[] {
  const labels = name.split('.');
  const names = labels.map((_, at) => labels.slice(at).join('.'));
  return names.slice(0, Math.max(0, labels.length - fewest + 1)).slice(0, MOST_PARENTS);
}

import type { HttpAnswer, Journey, NameAnswer, OriginAnswer, ProbeAnswers, TlsAnswer } from '#model/probe.ts';
import { addressesInside, hostOf } from './addresses.ts';
import { Asking, type Told } from './asking.ts';
import { Budget, type ProbeLimits } from './budget.ts';
import { shownUrl } from './kept.ts';
import { Names } from './names.ts';

const MOST_REDIRECTS = 10;
const MOST_REDIRECTS_OF_TWIN = 3;

/** What is asked beside the URL itself. */
export interface ProbeRequest {
  /** Load balancers that are asked directly for the same: as the CDN before them would. */
  balancers?: readonly { host: string; port: number; scheme: string; hostHeader: string }[];
  /** Other names that DNS is asked for. */
  names?: readonly string[];
}

/**
 * Asks a URL as a browser would, and what lies on the way to it: DNS, TLS, redirects, plain HTTP, the same domain with or
 * without `www.`, and load balancers directly. Bounded in number and time; no body, cookie or query is kept. What gives no
 * answer is part of the answers.
 * @throws TypeError where the URL is none of HTTP or HTTPS
 */
export async function probe(
  url: string,
  { balancers = [], names: others = [] }: ProbeRequest,
  limits: ProbeLimits = {},
): Promise<ProbeAnswers> {
  const start = performance.now();
  const now = limits.clock?.() ?? new Date();
  const asked = asUrl(url);
  const host = hostOf(asked);
  const inside = addressesInside(host);
  const budget = new Budget(limits);
  const reach = { given: new Set(inside), privateToo: limits.privateAddresses ?? false };
  const names = new Names(budget, reach, limits.resolver, limits.timeout ?? 5_000);
  const asking = new Asking(names, budget, limits, now);
  try {
    const own = inside ? undefined : await names.lookDeeper(host);
    const { journey, tls } = await follow(asking, asked, MOST_REDIRECTS);
    // the load balancers are other hosts: they are asked meanwhile
    const [origins, plain, versions, looked] = await Promise.all([
      Promise.all(balancers.map((balancer) => askOrigin(asking, asked, balancer))),
      asked.protocol === 'https:' && asked.port === '' ? askPlain(asking, asked) : undefined,
      askVersions(asking, asked, tls),
      Promise.all(others.filter((name) => isAsked(name, host)).map((name) => names.look(name))),
    ]);
    const twin = own && (await askTwin(names, asking, asked, own, journey));
    return {
      url: shownUrl(asked),
      host,
      at: now.toISOString(),
      names: own ? [own, ...looked] : looked,
      tls: versions,
      journey,
      ...(plain && { plain }),
      ...(twin && { twin }),
      origins,
      ...(budget.spent && { spent: budget.spent }),
      operations: budget.operations,
      milliseconds: Math.round(performance.now() - start),
    };
  } finally {
    names.close();
  }
}

/** A wildcard is no name to ask for. */
const isAsked = (name: string, host: string): boolean => name !== host && !name.includes('*');

function asUrl(url: string): URL {
  const asked = new URL(url);
  if (asked.protocol !== 'https:' && asked.protocol !== 'http:')
    throw new TypeError('only URLs of http and https are asked');
  asked.hash = '';
  // who asks for a page does not mean to show a password to whatever answers
  asked.username = '';
  asked.password = '';
  return asked;
}

/** Follows redirects by hand: each hop is looked at before it is asked. */
async function follow(
  asking: Asking,
  first: URL,
  most: number,
): Promise<{ journey: Journey; tls: TlsAnswer[]; last: URL }> {
  const hops: HttpAnswer[] = [];
  const tls: TlsAnswer[] = [];
  const asked = new Set<string>();
  const ended = (end: Journey['end'], last: URL) => ({ journey: { hops, end }, tls, last });
  let url = first;
  while (true) {
    asked.add(url.href);
    const told: Told = await asking.request({ method: 'GET', url });
    hops.push(told.answer);
    const shown = told.tls;
    if (shown && !tls.some(({ host, port }) => host === shown.host && port === shown.port)) tls.push(shown);
    if (told.answer.silence) return ended('silent', url);
    if (told.location === undefined) return ended('answered', url);
    const next = URL.canParse(told.location, url.href) ? new URL(told.location, url) : undefined;
    if (!next || !/^https?:$/.test(next.protocol)) return ended('not-followed', url);
    next.hash = '';
    next.username = '';
    next.password = '';
    if (asked.has(next.href)) return ended('loop', url);
    if (hops.length > most) return ended('too-many', url);
    url = next;
  }
}

/** Which versions of TLS are spoken by the URL's host, or by the first that plain HTTP leads to. */
async function askVersions(asking: Asking, url: URL, tls: TlsAnswer[]): Promise<TlsAnswer[]> {
  const [first, ...others] = tls;
  if (!first || first.silence) return tls;
  const host = first.host.includes(':') ? `[${first.host}]` : first.host;
  const there = url.protocol === 'https:' ? url : new URL(`https://${host}`);
  if (url.protocol !== 'https:' && asking.portOf(there) !== first.port) there.port = String(first.port);
  return [{ ...first, versions: await asking.versions(there, first) }, ...others];
}

async function askPlain(asking: Asking, url: URL): Promise<HttpAnswer> {
  const plain = new URL(url);
  plain.protocol = 'http:';
  return (await asking.request({ method: 'GET', url: plain })).answer;
}

async function askOrigin(
  asking: Asking,
  url: URL,
  { host, port, scheme, hostHeader }: { host: string; port: number; scheme: string; hostHeader: string },
): Promise<OriginAnswer> {
  const direct = new URL(url);
  direct.protocol = scheme === 'https' ? 'https:' : 'http:';
  direct.port = '';
  // what is no host is left as it is, by the URL standard: then the URL's own is asked for
  direct.host = hostHeader;
  const { answer, tls } = await asking.request({ method: 'GET', url: direct, by: { host, port } });
  return { host, port, scheme, hostHeader, answer, ...(tls && { tls }) };
}

/** The domain with `www.` where the URL is without, and the other way. Only a name that is a zone has a `www.` to expect. */
async function askTwin(
  names: Names,
  asking: Asking,
  url: URL,
  own: NameAnswer,
  journey: Journey,
): Promise<ProbeAnswers['twin']> {
  const bare = own.name.startsWith('www.') ? own.name.slice(4) : undefined;
  const name = bare ?? (own.zone === own.name ? `www.${own.name}` : undefined);
  if (name === undefined || !name.includes('.')) return undefined;
  const answer = await names.look(name);
  if (answer.result === 'unknown') return { name, leads: 'unknown' };
  if (answer.result !== 'addresses') return { name, leads: 'nowhere' };
  const twin = new URL(url);
  twin.hostname = name;
  const end = journey.hops.at(-1);
  const there = (await follow(asking, twin, MOST_REDIRECTS_OF_TWIN)).journey;
  const theirs = there.hops.at(-1);
  if (journey.end !== 'answered' || there.end !== 'answered' || !end || !theirs)
    return { name, leads: 'unknown' };
  if (hostIn(end.url) === hostIn(theirs.url)) return { name, leads: 'same' };
  // each is answered under its own name: by the same servers, it is the same site
  const addresses = new Set([...own.a, ...own.aaaa]);
  const shared = [...answer.a, ...answer.aaaa].some((address) => addresses.has(address));
  const alias = own.aliases.at(-1) ?? own.name;
  const same = shared || alias === (answer.aliases.at(-1) ?? answer.name);
  return { name, leads: same ? 'same' : 'elsewhere' };
}

const hostIn = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);

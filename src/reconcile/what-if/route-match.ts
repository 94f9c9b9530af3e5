import type { ProxyRouter, RouteMatch } from '#model/proxy.ts';

/** `maybe`: a condition is in the way of which it is not told whether it holds. */
export type Meeting = 'yes' | 'maybe' | 'no';

const both = (a: Meeting, b: Meeting): Meeting =>
  a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'maybe';

const best = (all: Iterable<Meeting>): Meeting => {
  const found = new Set(all);
  return found.has('yes') ? 'yes' : found.has('maybe') ? 'maybe' : 'no';
};

function hostsMeet(a: string, b: string): Meeting {
  if (a === b) return 'yes';
  if (a.startsWith('~') || b.startsWith('~')) return 'maybe';
  const under = (name: string, pattern: string) =>
    pattern.startsWith('*.') && name.endsWith(pattern.slice(1));
  return under(a, b) || under(b, a) ? 'yes' : 'no';
}

type PathMatch = RouteMatch['paths'][number];

function pathsMeet(a: PathMatch, b: PathMatch): Meeting {
  if (a.how === 'regex' || b.how === 'regex') return a.how === b.how && a.value === b.value ? 'yes' : 'maybe';
  if (a.how === 'exact' && b.how === 'exact') return a.value === b.value ? 'yes' : 'no';
  if (a.how === 'exact') return a.value.startsWith(b.value) ? 'yes' : 'no';
  if (b.how === 'exact') return b.value.startsWith(a.value) ? 'yes' : 'no';
  return a.value.startsWith(b.value) || b.value.startsWith(a.value) ? 'yes' : 'no';
}

/** Hosts or paths of one router that are looked at: of more, the rest may meet. */
const MOST_MATCHES = 20;

function anyMeet<T>(a: readonly T[], b: readonly T[], meet: (a: T, b: T) => Meeting): Meeting {
  if (a.length === 0 || b.length === 0) return 'yes';
  const isCut = a.length > MOST_MATCHES || b.length > MOST_MATCHES;
  const [one, two] = [a.slice(0, MOST_MATCHES), b.slice(0, MOST_MATCHES)];
  return best([
    ...one.flatMap((left) => two.map((right) => meet(left, right))),
    ...(isCut ? (['maybe'] as const) : []),
  ]);
}

const asText = (values: readonly string[]) => JSON.stringify([...values].sort());

/**
 * Traefik’s own, of its dashboard and API: a router that names no entry point is on all but this one. Traefik
 * documentation, “EntryPoints”, “asDefault”.
 */
const isOnOwnAlone = ({ entryPoints }: ProxyRouter): boolean =>
  entryPoints.length > 0 && entryPoints.every((name) => name === 'traefik');

/** Whether some request is one for both. */
export function requestsMeet(a: ProxyRouter, b: ProxyRouter): Meeting {
  const at: Meeting =
    a.entryPoints.length === 0 || b.entryPoints.length === 0
      ? isOnOwnAlone(a) || isOnOwnAlone(b)
        ? 'no'
        : 'maybe'
      : a.entryPoints.some((name) => b.entryPoints.includes(name))
        ? 'yes'
        : 'no';
  const other: Meeting = asText(a.match.other) === asText(b.match.other) ? 'yes' : 'maybe';
  return both(
    at === 'no' ? 'no' : 'yes',
    both(
      other,
      both(
        anyMeet(a.match.hosts, b.match.hosts, hostsMeet),
        anyMeet(a.match.paths, b.match.paths, pathsMeet),
      ),
    ),
  );
}

const pathText = ({ how, value }: PathMatch) => `${how} ${value}`;

/** Whether two routers are asked by exactly the same requests, on whatever entry points. */
export const isSameMatch = ({ match: a }: ProxyRouter, { match: b }: ProxyRouter): boolean =>
  asText(a.hosts) === asText(b.hosts) &&
  asText(a.paths.map(pathText)) === asText(b.paths.map(pathText)) &&
  asText(a.other) === asText(b.other);

/**
 * Which of two is asked first: the higher priority, which is the length of the rule where none is given. Traefik
 * documentation, “Routing & Load Balancing”, “Priority Calculation”. 0 where both have the same.
 */
export const comparePriority = (a: ProxyRouter, b: ProxyRouter): number => priorityOf(a) - priorityOf(b);

const priorityOf = ({ priority, rule }: ProxyRouter): number =>
  priority === undefined || priority === 0 ? rule.length : priority;

/** What of two routers of one name differs, as the product calls it. */
export function routerDifferences(declared: ProxyRouter, running: ProxyRouter): string[] {
  const plain = (names: readonly string[], provider = running.provider ?? '') =>
    names.map((name) =>
      provider !== '' && name.endsWith(`@${provider}`) ? name.slice(0, -provider.length - 1) : name,
    );
  const targetOf = ({ target }: ProxyRouter) =>
    target.to === 'service'
      ? JSON.stringify(['service', ...plain([target.service])])
      : JSON.stringify(target);
  return [
    ...(isSameMatch(declared, running) ? [] : ['rule']),
    ...(declared.entryPoints.length === 0 || asText(declared.entryPoints) === asText(running.entryPoints)
      ? []
      : ['entryPoints']),
    ...(JSON.stringify(plain(declared.middlewares)) === JSON.stringify(plain(running.middlewares))
      ? []
      : ['middlewares']),
    ...(targetOf(declared) === targetOf(running) ? [] : ['service']),
    ...(declared.priority === undefined || declared.priority === running.priority ? [] : ['priority']),
    ...((declared.tls === undefined) === (running.tls === undefined) ? [] : ['tls']),
  ];
}

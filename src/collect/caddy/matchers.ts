import type { RouteMatch } from '#model/proxy.ts';
import type { CaddyLine } from './tokens.ts';

/** What a matcher asks for. */
export interface Matcher {
  hosts?: string[];
  paths?: RouteMatch['paths'];
  other: string[];
}

const NAMED = /^@[\w.-]{1,100}$/;

/** The matchers that a block defines by name. Caddy documentation, “Request Matchers”. */
export function matchersIn(
  body: readonly CaddyLine[],
  outer: ReadonlyMap<string, Matcher>,
): Map<string, Matcher> {
  const own = new Map(outer);
  for (const { name, args, block } of body) {
    if (!NAMED.test(name)) continue;
    const lines = block ?? [];
    const [kind, ...rest] = args;
    const all = [...(kind === undefined ? [] : [{ name: kind, args: rest }]), ...lines];
    own.set(
      name,
      all.map(({ name: one, args: given }) => conditionOf(name, one, given)).reduce(both, { other: [] }),
    );
  }
  return own;
}

function conditionOf(matcher: string, kind: string, args: readonly string[]): Matcher {
  if (kind === 'path') return { paths: args.map(pathOf), other: [] };
  if (kind === 'host') return { hosts: args.map((host) => host.toLowerCase()), other: [] };
  if (kind === 'path_regexp') return { paths: [{ how: 'regex', value: args.at(-1) ?? '' }], other: [] };
  // a value that is compared with may be a secret
  const told = /^(?:method|protocol|remote_ip|client_ip|file|not|tls)$/.test(kind)
    ? args.join(' ').slice(0, 120)
    : (args[0] ?? '');
  const shown = /^(?:expression|query|vars|vars_regexp|header_regexp)$/.test(kind) ? '…' : told;
  return { other: [`${matcher} ${kind} ${shown}`.trim()] };
}

/** `/api/*` takes all below it, `/api` itself alone; a `*` inside is a pattern. */
export function pathOf(text: string): RouteMatch['paths'][number] {
  const stars = text.split('*').length - 1;
  if (stars === 0) return { how: 'exact', value: text };
  if (stars === 1 && text.endsWith('*')) return { how: 'prefix', value: text.slice(0, -1) || '/' };
  const source = text
    .split(/\*+/)
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return { how: 'regex', value: `^${source}$` };
}

/** The matcher that a directive is given as its first argument, and the arguments after it. */
export function matcherOf(
  args: readonly string[],
  named: ReadonlyMap<string, Matcher>,
): { matcher: Matcher; rest: readonly string[]; written: string } {
  const [first] = args;
  const rest = args.slice(1);
  if (first === '*') return { matcher: { other: [] }, rest, written: '' };
  if (first?.startsWith('/')) return { matcher: { paths: [pathOf(first)], other: [] }, rest, written: first };
  if (first !== undefined && NAMED.test(first)) {
    // one that nobody defines is refused by Caddy
    return { matcher: named.get(first) ?? { other: [first] }, rest, written: first };
  }
  return { matcher: { other: [] }, rest: args, written: '' };
}

/** Both at once. Two lists of paths are narrowed to the inner one where it lies within the outer one. */
export function both(outer: Matcher, inner: Matcher): Matcher {
  const hosts = inner.hosts ?? outer.hosts;
  const other = [...outer.other, ...inner.other];
  const { paths: wide } = outer;
  const { paths: narrow } = inner;
  if (!wide || !narrow) {
    const paths = narrow ?? wide;
    return { other, ...(hosts && { hosts }), ...(paths && { paths }) };
  }
  const isWithin = narrow.every((one) => wide.some((over) => covers(over, one)));
  const isAround = wide.every((one) => narrow.some((over) => covers(over, one)));
  const paths = isWithin || !isAround ? narrow : wide;
  const left = isWithin || isAround ? [] : [`path ${wide.map(({ value }) => value).join(' ')}`];
  return { other: [...other, ...left], paths, ...(hosts && { hosts }) };
}

/** Whether every path that `inner` takes is one that `outer` takes. */
export const covers = (outer: RouteMatch['paths'][number], inner: RouteMatch['paths'][number]): boolean =>
  outer.how === 'prefix'
    ? inner.how !== 'regex' && inner.value.startsWith(outer.value)
    : outer.how === inner.how && outer.value === inner.value;

import { maskSecrets } from '#lib/mask.ts';
import type { FirewallRule } from '#model/host.ts';

type Ports = { from: number; to: number }[];

/** What a rule asks of a new connection of TCP or UDP. Undefined: anything. */
export interface Match {
  family?: 'ipv4' | 'ipv6';
  protocol?: 'tcp' | 'udp';
  ports?: Ports;
  /** Any of these networks. */
  sources?: string[];
  interface?: string;
}

export type Verdict = 'accept' | 'drop' | 'return' | 'continue' | { jump: string } | { goto: string };

/** One rule of a chain, whatever tool keeps it. */
export interface Step {
  text: string;
  match: Match;
  verdict: Verdict;
  /** `elsewhere`: of no new connection from outside (loopback, established, ICMP, broadcast). */
  sort: 'known' | 'elsewhere' | 'unread';
}

export type Chains = ReadonlyMap<string, readonly Step[]>;

/** What one base chain does to new connections. */
export interface Layer {
  rules: FirewallRule[];
  policy: 'accept' | 'drop';
  unread: { rule: string }[];
}

const MOST_RULES = 3_000;
const MOST_STEPS = 20_000;
const MOST_SOURCES = 500;
const MOST_UNREAD = 200;
const DEEPEST = 16;

/** A rule as it is shown where it was not understood. */
export const shownRule = (text: string): string => maskSecrets(text.replace(/\s+/g, ' ').slice(0, 400));

/**
 * A base chain with the chains that it jumps to, as one list: the first rule that takes a connection decides. What cannot
 * be put so (a condition under which a chain is left) is unread.
 * @param stops at a rule that does so nothing more is read: what comes after it never sees what is asked about
 */
export function flatten(
  chains: Chains,
  base: string,
  given: {
    family: FirewallRule['family'];
    chain: FirewallRule['chain'];
    policy: 'accept' | 'drop';
    /** The chain of which leaving it lets in: Docker accepts what `DOCKER-USER` returns. */
    acceptsReturn?: string;
    stops?: (step: Step) => boolean;
  },
): Layer {
  const layer: Layer = { rules: [], policy: given.policy, unread: [] };
  let steps = 0;
  const unread = (text: string): void => {
    if (layer.unread.length < MOST_UNREAD) layer.unread.push({ rule: shownRule(text) });
  };
  const emit = (match: Match, action: 'accept' | 'drop', text: string): void => {
    const { sources, family, protocol, ports } = match;
    if ((sources?.length ?? 0) > MOST_SOURCES || layer.rules.length >= MOST_RULES) {
      unread(text);
      return;
    }
    for (const source of sources ?? [undefined])
      layer.rules.push({
        family: family ?? given.family,
        chain: given.chain,
        action,
        ...(protocol && { protocol }),
        ...(ports && { ports }),
        ...(source !== undefined && { source }),
        ...(match.interface !== undefined && { interface: match.interface }),
      });
  };
  /** @returns whether everything that came in was decided, or nothing more is to be read */
  const walk = (name: string, around: Match, depth: number): 'done' | 'on' => {
    for (const step of chains.get(name) ?? []) {
      steps += 1;
      if (steps > MOST_STEPS || depth > DEEPEST) {
        unread(`${name}: …`);
        return 'done';
      }
      if (given.stops?.(step)) return 'done';
      if (step.sort === 'elsewhere' || step.verdict === 'continue') continue;
      if (step.sort === 'unread') {
        unread(step.text);
        continue;
      }
      const match = both(around, step.match);
      if (match === 'none') continue;
      if (match === 'unread') {
        unread(step.text);
        continue;
      }
      const isAll = isAny(step.match);
      const { verdict } = step;
      if (verdict === 'accept' || verdict === 'drop') {
        emit(match, verdict, step.text);
        if (isAll) return 'done';
      } else if (verdict === 'return') {
        if (given.acceptsReturn === name) emit(match, 'accept', step.text);
        else if (!isAll) unread(step.text);
        if (isAll) return 'on';
      } else {
        const target = 'jump' in verdict ? verdict.jump : verdict.goto;
        if (!chains.has(target)) unread(step.text);
        else if (walk(target, match, depth + 1) === 'done' && isAll) return 'done';
        if ('goto' in verdict) {
          // what the other chain leaves open goes back to the policy, not to the rules below
          if (isAll) return 'on';
          unread(step.text);
        }
      }
    }
    return 'on';
  };
  walk(base, {}, 0);
  return layer;
}

const isAny = (match: Match): boolean => Object.values(match).every((value) => value === undefined);

/** What both ask; `none` where nothing meets both. */
function both(a: Match, b: Match): Match | 'none' | 'unread' {
  if (a.protocol && b.protocol && a.protocol !== b.protocol) return 'none';
  if (a.family && b.family && a.family !== b.family) return 'none';
  if (a.interface !== undefined && b.interface !== undefined && a.interface !== b.interface) return 'unread';
  if (a.sources && b.sources) return 'unread';
  const ports = a.ports && b.ports ? shared(a.ports, b.ports) : (a.ports ?? b.ports);
  if (ports?.length === 0) return 'none';
  return { ...a, ...b, ...(ports && { ports }) };
}

const shared = (a: Ports, b: Ports): Ports =>
  a.slice(0, 200).flatMap((one) =>
    b
      .slice(0, 200)
      .map((two) => ({ from: Math.max(one.from, two.from), to: Math.min(one.to, two.to) }))
      .filter(({ from, to }) => from <= to),
  );

/** `80`, `1000:2000`, `1000-2000`; undefined where it is none. */
export function portRange(written: string): { from: number; to: number } | undefined {
  const [, from, to = from] = /^(\d{1,5})(?:[:-](\d{1,5}))?$/.exec(written.trim()) ?? [];
  const range = { from: Number(from), to: Number(to) };
  return from !== undefined && range.to <= 65_535 && range.from <= range.to ? range : undefined;
}

/** Whether a network is the whole of its family. */
export const isEverywhere = (network: string): boolean => /^(?:0\.0\.0\.0|::)\/0$/.test(network);

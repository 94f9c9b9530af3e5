import { type Answered, objectOf, objectsOf, textOf } from '../../fields.ts';
import { type Chains, isEverywhere, type Match, portRange, type Step, type Verdict } from './chains.ts';

interface MutableTable extends NftTable {
  chains: Map<string, Step[]>;
  sets: Map<string, unknown[]>;
}

export interface NftTable {
  family: string;
  name: string;
  chains: Chains;
  bases: { name: string; hook: string; priority: number; policy: 'accept' | 'drop'; type: string }[];
}

const MOST_ELEMENTS = 500;
const LARGEST = 16_000_000;
/** Sets that programs fill with addresses that they ban. */
const BANS = /^(?:addr6?-set|addr-set|f2b|fail2ban|crowdsec|sshguard|attackers)/i;

/**
 * The tables of `nft -j list ruleset`. libnftables-json(5). Undefined where the text is not whole.
 */
export function nftTables(text: string): NftTable[] | undefined {
  if (text.length > LARGEST) return undefined;
  let objects: Answered[];
  try {
    const root = objectOf(JSON.parse(text.slice(Math.max(0, text.indexOf('{')))));
    if (!Array.isArray(root.nftables)) return undefined;
    objects = objectsOf(root.nftables);
  } catch {
    return undefined;
  }
  const tables = new Map<string, MutableTable>();
  const tableOf = (one: Answered, name: unknown) => {
    const key = `${textOf(one.family)} ${textOf(name)}`;
    const known: MutableTable = tables.get(key) ?? {
      family: textOf(one.family) ?? '',
      name: textOf(name) ?? '',
      chains: new Map(),
      bases: [],
      sets: new Map(),
    };
    tables.set(key, known);
    return known;
  };
  for (const object of objects) {
    const set = objectOf(object.set ?? object.map);
    const named = textOf(set.name);
    if (named !== undefined) tableOf(set, set.table).sets.set(named, Array.isArray(set.elem) ? set.elem : []);
    const chain = objectOf(object.chain);
    const name = textOf(chain.name);
    if (name === undefined) continue;
    const table = tableOf(chain, chain.table);
    table.chains.set(name, []);
    const hook = textOf(chain.hook);
    if (hook !== undefined)
      table.bases.push({
        name,
        hook,
        type: textOf(chain.type) ?? '',
        priority: typeof chain.prio === 'number' ? chain.prio : 0,
        policy: chain.policy === 'drop' ? 'drop' : 'accept',
      });
  }
  for (const object of objects) {
    const rule = objectOf(object.rule);
    const name = textOf(rule.chain);
    if (name === undefined) continue;
    const table = tableOf(rule, rule.table);
    table.chains.get(name)?.push(...stepsOf(rule, table.sets));
  }
  return [...tables.values()];
}

type Sets = ReadonlyMap<string, unknown[]>;

/** One rule; a verdict map makes one of each of its elements. */
function stepsOf(rule: Answered, sets: Sets): Step[] {
  const match: Match = {};
  const read = { isElsewhere: false, isUnread: !Array.isArray(rule.expr), isRated: false };
  let verdict: Verdict = 'continue';
  const text = shown(rule);
  const steps: Step[] = [];
  for (const expression of Array.isArray(rule.expr) ? rule.expr.slice(0, 100) : []) {
    const one = objectOf(expression);
    const [kind = ''] = Object.keys(one);
    if (kind === 'match') readMatch(objectOf(one.match), match, read, sets);
    else if (kind === 'vmap') steps.push(...mapSteps(objectOf(one.vmap), match, read, sets, text));
    else if (kind === 'limit' || kind === 'ct count') read.isRated = true;
    else if (kind === 'xt') read.isUnread = true;
    else if (/^(?:counter|log|comment|notrack|mangle|meta|set|quota|last|ct helper)$/.test(kind)) continue;
    else {
      const own = verdictOf(one);
      if (own === undefined) read.isUnread = true;
      else verdict = own;
    }
  }
  if (read.isRated && verdict === 'drop') read.isElsewhere = true;
  if (verdict !== 'continue' || (steps.length === 0 && read.isUnread))
    steps.push({
      text,
      match,
      // a rule that is not understood may end in a verdict that is not either
      verdict: verdict === 'continue' ? 'drop' : verdict,
      sort: read.isElsewhere ? 'elsewhere' : read.isUnread ? 'unread' : 'known',
    });
  return steps;
}

function verdictOf(one: Answered): Verdict | undefined {
  if ('accept' in one) return 'accept';
  if ('drop' in one || 'reject' in one) return 'drop';
  if ('return' in one) return 'return';
  if ('continue' in one) return 'continue';
  const [jump, goto] = [textOf(objectOf(one.jump).target), textOf(objectOf(one.goto).target)];
  if (jump !== undefined) return { jump };
  return goto === undefined ? undefined : { goto };
}

type Read = { isElsewhere: boolean; isUnread: boolean; isRated: boolean };

/** What a match compares: `tcp dport`, `ip saddr`, `ct state`, `meta iifname`. */
function keyOf(left: unknown): string {
  const one = objectOf(left);
  const meta = textOf(objectOf(one.meta).key);
  if (meta !== undefined) return `meta ${meta}`;
  const payload = objectOf(one.payload);
  if (textOf(payload.protocol) !== undefined) return `${textOf(payload.protocol)} ${textOf(payload.field)}`;
  const state = textOf(objectOf(one.ct).key);
  if (state !== undefined) return `ct ${state}`;
  const [masked] = Array.isArray(one['&']) ? one['&'] : [];
  if (masked !== undefined && keyOf(masked) === 'tcp flags') return 'tcp flags';
  if ('fib' in one) return `fib ${textOf(objectOf(one.fib).result)}`;
  return Object.keys(one)[0] ?? '';
}

/** The single values of a right side; undefined where some are not known. */
function valuesOf(right: unknown, sets: Sets): string[] | undefined {
  if (typeof right === 'string' && right.startsWith('@')) {
    const elements = sets.get(right.slice(1));
    return elements === undefined ? undefined : valuesOf({ set: elements }, new Map());
  }
  if (typeof right === 'string' || typeof right === 'number') return [String(right)];
  if (Array.isArray(right)) return many(right, sets);
  const one = objectOf(right);
  if (Array.isArray(one.set)) return many(one.set, sets);
  if (one.set !== undefined) return valuesOf(one.set, sets);
  const prefix = objectOf(one.prefix);
  if (textOf(prefix.addr) !== undefined && typeof prefix.len === 'number')
    return [`${textOf(prefix.addr)}/${prefix.len}`];
  if (Array.isArray(one.range) && one.range.length === 2) return [`${one.range[0]}-${one.range[1]}`];
  const element = objectOf(one.elem);
  return 'val' in element ? valuesOf(element.val, sets) : undefined;
}

function many(list: unknown[], sets: Sets): string[] | undefined {
  if (list.length > MOST_ELEMENTS) return undefined;
  const all = list.map((one) =>
    typeof one === 'string' && one.startsWith('@') ? undefined : valuesOf(one, sets),
  );
  return all.some((one) => one === undefined) ? undefined : all.flatMap((one) => one ?? []);
}

const WELL_KNOWN: Readonly<Record<string, number>> = {
  ssh: 22,
  domain: 53,
  bootps: 67,
  bootpc: 68,
  http: 80,
  ntp: 123,
  https: 443,
  'http-alt': 8080,
};

function readMatch(one: Answered, match: Match, read: Read, sets: Sets): void {
  const key = keyOf(one.left);
  const not = one.op === '!=';
  const isCompared = one.op === '==' || one.op === 'in' || not;
  const values = isCompared ? valuesOf(one.right, sets) : undefined;
  const bans = typeof one.right === 'string' && BANS.test(one.right.slice(1));
  if (key === 'ct state') {
    if (!values) read.isUnread = true;
    else if (values.includes('new') === not) read.isElsewhere = true;
  } else if (key === 'ct status') {
    read.isElsewhere ||= !not && values?.includes('dnat') !== true;
    read.isUnread ||= not || values?.includes('dnat') === true;
  } else if (/^(?:icmp|icmpv6|igmp) /.test(key)) read.isElsewhere = true;
  else if (key === 'tcp flags') {
    // `syn` alone, of those that begin or end a connection
    if (!(one.right === 'syn' && !not)) read.isElsewhere = true;
  } else if (key === 'fib oif') {
    // reverse path filtering: all that can be answered passes
    if (one.right === false) read.isElsewhere ||= !not;
    else read.isUnread ||= one.right !== true || not;
  } else if (key === 'meta iif' || key === 'meta iifname') readInterface(values, not, match, read);
  else if (key === 'meta pkttype' || key === 'fib type') readType(values, not, read);
  else if (bans && !not) read.isElsewhere = true;
  else if (!values) read.isUnread = true;
  else if (/^(?:ip|ip6) saddr$/.test(key)) readSource(key, values, not, match, read);
  else if (/^(?:ip|ip6) daddr$/.test(key)) {
    if (values.every((value) => /^(?:127\.|::1$|22[4-9]\.|23\d\.|255\.|ff|fe80)/i.test(value)) && !not)
      read.isElsewhere = true;
    else read.isUnread = true;
  } else if (/^(?:tcp|udp|th) dport$/.test(key)) {
    const ranges = values.map((value) => portRange(String(WELL_KNOWN[value] ?? value)));
    if (not || ranges.some((range) => range === undefined)) read.isUnread = true;
    else match.ports = ranges.flatMap((range) => range ?? []);
    if (!key.startsWith('th')) match.protocol = key.startsWith('tcp') ? 'tcp' : 'udp';
  } else if (/^(?:meta l4proto|ip protocol|ip6 nexthdr)$/.test(key))
    readProtocol(key, values, not, match, read);
  else if (key === 'meta nfproto') {
    if (values.length !== 1 || not || !/^ipv[46]$/.test(values[0] ?? '')) read.isUnread = true;
    else match.family = values[0] as 'ipv4' | 'ipv6';
  } else read.isUnread = true;
}

function readInterface(values: string[] | undefined, not: boolean, match: Match, read: Read): void {
  const outside = values?.filter((name) => name !== 'lo');
  if (!values || !outside) read.isUnread = true;
  else if (not) read.isUnread ||= outside.length > 0;
  else if (outside.length === 0) read.isElsewhere = true;
  else if (outside.length === 1) match.interface = outside[0] as string;
  else read.isUnread = true;
}

function readType(values: string[] | undefined, not: boolean, read: Read): void {
  const isOfHost = values?.some((value) => /^(?:local|unicast|host)$/.test(value));
  if (isOfHost === undefined) read.isUnread = true;
  else if (isOfHost === not) read.isElsewhere = true;
}

function readSource(key: string, values: string[], not: boolean, match: Match, read: Read): void {
  match.family = key.startsWith('ip6') ? 'ipv6' : 'ipv4';
  const isLoopback = values.length > 0 && values.every((value) => /^127\.|^::1$/.test(value));
  if (isLoopback) read.isElsewhere ||= !not;
  else if (values.some(isEverywhere)) read.isElsewhere ||= not;
  else if (not) read.isUnread = true;
  // a set that is empty takes nothing
  else if (values.length === 0) read.isElsewhere = true;
  else match.sources = values;
}

function readProtocol(key: string, values: string[], not: boolean, match: Match, read: Read): void {
  if (key.startsWith('ip')) match.family = key.startsWith('ip6') ? 'ipv6' : 'ipv4';
  const own = values.filter((value) => /^(?:tcp|udp|6|17)$/.test(value));
  if (not) read.isUnread ||= own.length > 0;
  else if (own.length === 0) read.isElsewhere = true;
  else if (own.length === 1) match.protocol = /^(?:tcp|6)$/.test(own[0] ?? '') ? 'tcp' : 'udp';
}

/** `tcp dport vmap { 22 : accept, 80 : jump web }`, `ct state vmap { … }`. */
function mapSteps(map: Answered, match: Match, read: Read, sets: Sets, text: string): Step[] {
  const data = map.data;
  const elements =
    typeof data === 'string' && data.startsWith('@') ? sets.get(data.slice(1)) : objectOf(data).set;
  if (!Array.isArray(elements) || elements.length > MOST_ELEMENTS)
    return [{ text, match: { ...match }, verdict: 'drop', sort: 'unread' }];
  return elements.map((element): Step => {
    const [key, value] = Array.isArray(element) ? element : [];
    const own: Match = { ...match };
    const each = { ...read };
    const verdict = verdictOf(objectOf(value));
    if ('concat' in objectOf(map.key)) each.isUnread = true;
    else
      readMatch(
        { op: 'in', left: map.key, right: objectOf(key).elem ? key : (key as unknown) },
        own,
        each,
        sets,
      );
    return {
      text,
      match: own,
      verdict: verdict ?? 'drop',
      sort: each.isElsewhere ? 'elsewhere' : each.isUnread || verdict === undefined ? 'unread' : 'known',
    };
  });
}

/** A rule in few words; what it compares with a set is cut. */
function shown(rule: Answered): string {
  const parts = (Array.isArray(rule.expr) ? rule.expr : []).slice(0, 20).flatMap((expression: unknown) => {
    const one = objectOf(expression);
    const [kind = ''] = Object.keys(one);
    if (/^(?:counter|log|comment)$/.test(kind)) return [];
    if (kind !== 'match') return [kind === 'jump' ? `jump ${textOf(objectOf(one.jump).target)}` : kind];
    const { left, op, right } = objectOf(one.match);
    const written = valuesOf(right, new Map())?.join(',') ?? (typeof right === 'string' ? right : '…');
    return [`${keyOf(left)} ${op === '!=' ? '!= ' : ''}${written.slice(0, 100)}`];
  });
  return `${textOf(rule.chain) ?? ''}: ${parts.join(' ')}`;
}

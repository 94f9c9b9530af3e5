import { type Chains, isEverywhere, type Match, portRange, type Step, type Verdict } from './chains.ts';

/** The tables of `iptables-save` or `ip6tables-save`. */
export interface IptablesRules {
  tables: ReadonlyMap<string, { chains: Chains; policies: ReadonlyMap<string, 'accept' | 'drop'> }>;
  /** The kernel's nftables hold them: nft(8) shows them too. */
  isNft: boolean;
  /** Rules of the older kernel tables are there beside these, and were not given. */
  hasLegacy: boolean;
  isWhole: boolean;
}

const MOST_LINES = 50_000;
const WORD = /"((?:[^"\\]|\\.){0,1000})"|'([^']{0,1000})'|(\S{1,1000})/g;

/** The words of a rule: quotes are of comments and of prefixes of logs. */
const wordsOf = (line: string): string[] =>
  [...line.slice(0, 4_000).matchAll(WORD)].map((found) => found[1] ?? found[2] ?? found[3] ?? '');

/** What `iptables-save` prints. iptables-save(8), iptables-extensions(8). */
export function iptablesRules(text: string): IptablesRules {
  type Table = { chains: Map<string, Step[]>; policies: Map<string, 'accept' | 'drop'>; lines: string[] };
  const tables = new Map<string, Table>();
  let table: Table | undefined;
  let isWhole = true;
  for (const line of text.split('\n', MOST_LINES)) {
    const name = /^\*(\w{1,30})$/.exec(line)?.[1];
    if (name) {
      if (table) isWhole = false;
      table = tables.get(name) ?? { chains: new Map(), policies: new Map(), lines: [] };
      tables.set(name, table);
    } else if (line === 'COMMIT') table = undefined;
    else if (line.startsWith(':') && table) {
      const [chain = '', policy] = line.slice(1).split(' ');
      table.chains.set(chain, []);
      if (policy === 'ACCEPT' || policy === 'DROP')
        table.policies.set(chain, policy === 'DROP' ? 'drop' : 'accept');
    } else if (/^(?:\[\d+:\d+\] )?-A /.test(line)) table?.lines.push(line.replace(/^\[\d+:\d+\] /, ''));
  }
  if (table) isWhole = false;
  for (const one of tables.values())
    for (const line of one.lines) {
      const [, chain = '', ...words] = wordsOf(line);
      one.chains.get(chain)?.push(stepOf(line, words, one.chains));
    }
  for (const { chains } of tables.values())
    for (const name of ['FORWARD', 'DOCKER-USER']) {
      const steps = chains.get(name);
      if (steps) chains.set(name, withPrivate(steps, chains));
    }
  return {
    tables,
    isWhole,
    isNft: /\(nf_tables\)/.test(text.slice(0, 2_000)),
    hasLegacy: /iptables-legacy tables present/.test(text),
  };
}

const PRIVATE = /(?:^| )-d (?:10\.0\.0\.0\/8|172\.16\.0\.0\/12|192\.168\.0\.0\/16)(?= |$)/;

/**
 * Rules for each of the three private networks (RFC 1918) are one for every container: together they are for any
 * destination. One alone is not.
 */
function withPrivate(steps: readonly Step[], chains: Chains): Step[] {
  const groups = Map.groupBy(steps, ({ text }) =>
    PRIVATE.test(text) ? text.replace(PRIVATE, '') : undefined,
  );
  return steps.map((step): Step => {
    const rest = PRIVATE.test(step.text) ? step.text.replace(PRIVATE, '') : undefined;
    const group = rest === undefined ? [] : (groups.get(rest) ?? []);
    if (rest === undefined || group.length !== 3) return step;
    return group.at(-1) === step
      ? { ...stepOf(rest, wordsOf(rest).slice(2), chains), text: step.text }
      : { ...step, sort: 'elsewhere' };
  });
}

/** Options that say nothing of which connections a rule takes, with the number of words that follow. */
const SILENT = new Map([
  ['--comment', 1],
  ['--limit', 1],
  ['--limit-burst', 1],
  ['--reject-with', 1],
  ['--log-prefix', 1],
  ['--log-level', 1],
  ['--log-uid', 0],
  ['--log-ip-options', 0],
  ['--log-tcp-options', 0],
  ['--nflog-prefix', 1],
  ['--nflog-group', 1],
  ['--nflog-size', 1],
  ['--nflog-threshold', 1],
  ['--syn', 0],
  // of rpfilter: what comes from where it would be answered to
  ['--loose', 0],
  ['--validmark', 0],
  ['--accept-local', 0],
]);
/** Matches that only count how often: what they let pass is let in, what they stop is stopped for a while. */
const RATED = new Set(['limit', 'recent', 'hashlimit', 'connlimit']);
const RATED_OPTION =
  /^--(?:set|update|rcheck|remove|rsource|rdest|seconds|hitcount|name|mask|reap|rttl|hashlimit-[\w-]{1,30}|connlimit-[\w-]{1,30})$/;
/** Sets that programs fill with addresses that they ban. */
const BANS = /^(?:f2b|fail2ban|crowdsec|sshguard)/i;
const CONTINUES = new Set(
  'LOG NFLOG ULOG MARK CONNMARK TCPMSS CT NOTRACK TRACE SET CONNSECMARK SECMARK CHECKSUM TOS DSCP CLASSIFY AUDIT TTL HL'.split(
    ' ',
  ),
);
const NO_CONNECTION =
  /^(?:icmp|icmpv6|ipv6-icmp|igmp|esp|ah|gre|ospf|vrrp|pim|sctp|udplite|dccp|ipv6-\w{1,12}|\d{1,3})$/;

function stepOf(text: string, words: readonly string[], chains: Chains): Step {
  const match: Match = {};
  let verdict: Verdict = 'continue';
  let isElsewhere = false;
  let isUnread = false;
  let isRated = false;
  let isOfSourcePort = false;
  let negated = false;
  for (let index = 0; index < words.length; index += 1) {
    const option = words[index] ?? '';
    const next = (): string => {
      index += 1;
      return words[index] ?? '';
    };
    if (option === '!') {
      negated = true;
      continue;
    }
    const not = negated;
    negated = false;
    switch (option) {
      case '-j':
      case '-g': {
        verdict = verdictOf(next(), option, chains) ?? 'drop';
        if (verdictOf(words[index] ?? '', option, chains) === undefined) isUnread = true;
        break;
      }
      case '-p': {
        const protocol = next();
        if (protocol === 'tcp' || protocol === 'udp') {
          if (not) isUnread = true;
          else match.protocol = protocol;
        } else if (protocol !== 'all' && !not) {
          if (NO_CONNECTION.test(protocol)) isElsewhere = true;
          else isUnread = true;
        }
        break;
      }
      case '-s': {
        const source = next();
        if (/^127\.|^::1(?:\/|$)/.test(source)) isElsewhere ||= !not;
        else if (!isEverywhere(source)) {
          if (not) isUnread = true;
          else match.sources = [plainNetwork(source)];
        }
        break;
      }
      case '-d':
        // of several addresses and of groups: which sockets it concerns is not told
        if (/^(?:127\.|::1(?:\/|$)|22[4-9]\.|23\d\.|255\.|ff)/i.test(next())) isElsewhere = true;
        else isUnread ||= !isEverywhere(words[index] ?? '');
        break;
      case '-i': {
        const name = next();
        if (name === 'lo') isElsewhere ||= !not;
        else if (not) isUnread = true;
        else match.interface = name;
        break;
      }
      case '-o':
        // what goes to virtual machines and tunnels goes to no container
        if (/^(?:virbr|wg|tun|tap|tailscale)/.test(next()) && !not) isElsewhere = true;
        else isUnread = true;
        break;
      case '--dport':
      case '--dports':
      case '--ports': {
        const ranges = next().split(',').map(portRange);
        if (not || option === '--ports' || ranges.some((one) => one === undefined)) isUnread = true;
        else match.ports = ranges.flatMap((one) => one ?? []);
        break;
      }
      case '--sport':
      case '--sports':
        next();
        isOfSourcePort = true;
        break;
      case '--ctstate':
      case '--state':
        if (/(?:^|,)NEW(?:,|$)/.test(next()) === not) isElsewhere = true;
        break;
      case '--tcp-flags':
        next();
        // anything but SYN alone is of no new connection
        if (next() !== 'SYN') isElsewhere = true;
        break;
      case '--dst-type':
        if (!/^(?:LOCAL|UNICAST)/.test(next()) !== not) isElsewhere = true;
        break;
      case '--pkt-type':
        if (next() !== 'unicast') isElsewhere ||= !not;
        break;
      case '--rt-type':
        next();
        isElsewhere = true;
        break;
      case '--invert':
        // of rpfilter: what comes from where nobody would be answered
        isElsewhere = true;
        break;
      case '--hl-eq':
        next();
        break;
      case '--match-set': {
        const name = next();
        next();
        if (BANS.test(name)) isElsewhere = true;
        else isUnread = true;
        break;
      }
      case '-m': {
        const module = next();
        isRated ||= RATED.has(module);
        break;
      }
      default: {
        const silent = SILENT.get(option);
        if (silent !== undefined) index += silent;
        else if (isRated && RATED_OPTION.test(option)) {
          const value = words[index + 1];
          if (value !== undefined && !value.startsWith('-') && value !== '!') index += 1;
        } else if (option.startsWith('-')) isUnread = true;
      }
    }
  }
  // whoever connects chooses the port that he comes from
  if (isOfSourcePort && verdict !== 'accept' && verdict !== 'return') isUnread = true;
  if (isRated && verdict === 'drop') isElsewhere = true;
  return { text, match, verdict, sort: isElsewhere ? 'elsewhere' : isUnread ? 'unread' : 'known' };
}

function verdictOf(target: string, option: string, chains: Chains): Verdict | undefined {
  if (target === 'ACCEPT') return 'accept';
  if (target === 'DROP' || target === 'REJECT') return 'drop';
  if (target === 'RETURN') return 'return';
  if (CONTINUES.has(target)) return 'continue';
  if (chains.has(target)) return option === '-g' ? { goto: target } : { jump: target };
  return undefined;
}

/** A single address is written without its prefix length. */
const plainNetwork = (network: string): string => network.replace(/(?<=\.\d{1,3})\/32$|\/128$/, '');

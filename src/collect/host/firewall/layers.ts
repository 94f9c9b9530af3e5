import type { Firewall, FirewallRule } from '#model/host.ts';
import { type Chains, flatten, type Layer, type Step } from './chains.ts';
import type { FirewalldZones } from './firewalld.ts';
import type { IptablesRules } from './iptables.ts';
import type { NftTable } from './nftables.ts';
import type { UfwStatus } from './ufw.ts';

/** What each tool said, as far as it was read. */
export interface ReadTools {
  nft?: readonly NftTable[];
  iptables?: IptablesRules;
  ip6tables?: IptablesRules;
  ufw?: UfwStatus;
  firewalld?: FirewalldZones;
}

type Family = FirewallRule['family'];
interface OwnedLayer extends Layer {
  family: Family;
  tool: 'nftables' | 'iptables';
}

/** Chains that ufw and firewalld keep: their own listing says what they let in. */
const KEPT = /^(?:ufw6?-|(?:INPUT|FORWARD)_(?!direct)|(?:IN|FWDI?O?)_)/;
/** Where engines of containers let in what they publish: rules after these never see it. */
const ENGINE = /^(?:DOCKER(?!-USER)|NETAVARK_FORWARD|NETAVARK_ISOLATION|CNI-FORWARD)/;
/** Tables of which an engine or a tool is the keeper. */
const OWN_TABLES = /^(?:docker-bridges|netavark|firewalld|libvirt_network|kube-proxy)$/;

/**
 * One firewall out of all that the kernel asks: every base chain must let a connection in. What of several chains cannot be
 * put into one list of rules is unread.
 */
export function firewallOf(tools: ReadTools): Firewall | undefined {
  const { nft, iptables, ip6tables, ufw, firewalld } = tools;
  const isKept = ufw?.isActive === true || firewalld !== undefined;
  if (!nft && !iptables && !isKept) return undefined;
  const layers = inputLayers(tools, isKept);
  const firewall: Firewall = {
    tool: firewalld ? 'firewalld' : ufw?.isActive ? 'ufw' : 'none',
    isActive: isKept,
    policy: {
      input: iptables || nft ? 'accept' : 'unknown',
      inputV6: ip6tables || nft ? 'accept' : 'unknown',
    },
    rules: [],
    publishedAreFiltered: 'unknown',
    unread: layers.flatMap(({ unread }) => unread),
  };
  if (isKept) kept(firewall, ufw, firewalld, layers, ip6tables);
  else combined(firewall, layers);
  if ([nft, iptables, ip6tables].some((one) => one && 'hasLegacy' in one && one.hasLegacy))
    firewall.unread.push({ rule: 'iptables-legacy' });
  published(firewall, tools);
  return firewall;
}

const isCompatible = (tables: ReadTools, { family, name, bases }: NftTable): boolean =>
  (family === 'ip' ? tables.iptables?.isNft : family === 'ip6' ? tables.ip6tables?.isNft : false) === true &&
  /^(?:filter|nat|mangle|raw|security)$/.test(name) &&
  bases.every((base) => /^[A-Z]+$/.test(base.name));

const familyOf = (family: string): Family => (family === 'ip' ? 'ipv4' : family === 'ip6' ? 'ipv6' : 'both');

/** A chain that ends with a rule for everything has that for its policy. */
function settled<T extends Layer>(layer: T, family: Family): T {
  const last = layer.rules.at(-1);
  const isAll =
    last &&
    last.protocol === undefined &&
    last.ports === undefined &&
    last.source === undefined &&
    last.interface === undefined &&
    (last.family === family || last.family === 'both');
  return isAll ? { ...layer, rules: layer.rules.slice(0, -1), policy: last.action } : layer;
}

/** Chains without what ufw or firewalld keep in them, and without what ends them. */
const ownSteps = (chains: Chains): Chains =>
  new Map(
    [...chains].map(([name, steps]): [string, readonly Step[]] => [
      name,
      /^(?:INPUT|FORWARD)$/.test(name)
        ? steps.filter(({ verdict, match }) => {
            const target = typeof verdict === 'object' ? Object.values(verdict)[0] : undefined;
            const isEnd = verdict === 'drop' && Object.keys(match).length === 0;
            return !isEnd && !(target !== undefined && KEPT.test(target));
          })
        : steps,
    ]),
  );

function inputLayers(tools: ReadTools, isKept: boolean): OwnedLayer[] {
  const layers: OwnedLayer[] = [];
  for (const table of tools.nft ?? []) {
    if (!/^(?:ip|ip6|inet|netdev)$/.test(table.family) || isCompatible(tools, table)) continue;
    if (OWN_TABLES.test(table.name)) continue;
    const family = familyOf(table.family);
    for (const { name, hook, policy, type } of table.bases)
      if (type === 'filter' && /^(?:input|prerouting|ingress)$/.test(hook))
        layers.push({
          ...settled(flatten(table.chains, name, { family, chain: 'input', policy }), family),
          family,
          tool: 'nftables',
        });
  }
  for (const [said, family] of [
    [tools.iptables, 'ipv4'],
    [tools.ip6tables, 'ipv6'],
  ] as const)
    for (const [table, chain] of [
      ['filter', 'INPUT'],
      ['raw', 'PREROUTING'],
      ['mangle', 'PREROUTING'],
      ['mangle', 'INPUT'],
    ] as const) {
      const read = said?.tables.get(table);
      if (!read) continue;
      const chains = isKept
        ? ownSteps(read.chains)
        : table === 'raw'
          ? withoutEngines(read.chains)
          : read.chains;
      const policy = isKept && table === 'filter' ? 'accept' : (read.policies.get(chain) ?? 'accept');
      const layer = settled(flatten(chains, chain, { family, chain: 'input', policy }), family);
      layers.push({ ...layer, family, tool: 'iptables' });
    }
  return layers.filter(
    ({ rules, unread, policy }) => rules.length > 0 || unread.length > 0 || policy === 'drop',
  );
}

/** Docker keeps others from addresses of containers: no address of the host is concerned. */
const withoutEngines = (chains: Chains): Chains =>
  new Map(
    [...chains].map(([name, steps]) => [
      name,
      steps.filter(({ text }) => !/ -d [\d.]{7,15}(?:\/32)? .*(?:! -i|! --in-interface) /.test(text)),
    ]),
  );

function kept(
  firewall: Firewall,
  ufw: UfwStatus | undefined,
  firewalld: FirewalldZones | undefined,
  layers: readonly OwnedLayer[],
  ip6tables: IptablesRules | undefined,
): void {
  const own = firewalld ?? ufw;
  if (!own) return;
  // rules that stand in the same chain are before the tool's own; other chains can only stop
  for (const { rules, tool, policy } of layers) {
    if (tool === 'iptables') firewall.rules.push(...rules);
    else {
      firewall.rules.push(...dropsOf(rules, firewall));
      if (policy === 'drop') firewall.unread.push({ rule: `${tool}: policy drop` });
    }
  }
  firewall.rules.push(...own.rules);
  firewall.unread.push(...own.unread);
  firewall.policy = { input: own.policy, inputV6: own.policy };
  const filter = ip6tables?.tables.get('filter');
  // with `IPV6=no` ufw leaves no rules of its own there
  if (!firewalld && filter && !filter.chains.has('ufw6-before-input'))
    firewall.policy.inputV6 = filter.policies.get('INPUT') ?? 'unknown';
}

/** What a chain that lets in by default stops; what it stops only after it let some in is unread. */
function dropsOf(rules: readonly FirewallRule[], firewall: Firewall): FirewallRule[] {
  const first = rules.findIndex(({ action }) => action === 'accept');
  return rules.filter(({ action, ports, source }, index) => {
    if (action !== 'drop') return false;
    const isPlain = first < 0 || index < first;
    if (!isPlain)
      firewall.unread.push({
        rule: `drop ${source ?? ''} dport ${ports?.map(({ from, to }) => `${from}-${to}`).join(',') ?? '*'}`,
      });
    return isPlain;
  });
}

const covers = (family: Family, one: 'ipv4' | 'ipv6'): boolean => family === 'both' || family === one;

function combined(firewall: Firewall, layers: readonly OwnedLayer[]): void {
  const closed = layers.filter(({ policy }) => policy === 'drop');
  const open = layers.filter(({ policy }) => policy === 'accept');
  for (const family of ['ipv4', 'ipv6'] as const) {
    const own = closed.filter((one) => covers(one.family, family));
    if (own.length > 0) firewall.policy[family === 'ipv4' ? 'input' : 'inputV6'] = 'drop';
    // a connection must be let in by both: their rules are no single list
    if (own.length > 1) firewall.unread.push({ rule: `${family}: policy drop, ${own.length} ×` });
  }
  // one chain alone may let in before it stops
  const isAlone = (one: OwnedLayer): boolean =>
    layers.every(
      (other) =>
        other === one ||
        (other.family !== 'both' && one.family !== 'both' && other.family !== one.family) ||
        (other.policy === 'accept' && other.rules.every(({ action }) => action === 'drop')),
    );
  const whole = open.filter(isAlone);
  for (const one of open) if (!whole.includes(one)) firewall.rules.push(...dropsOf(one.rules, firewall));
  for (const one of [...whole, ...closed]) firewall.rules.push(...one.rules);
  firewall.isActive = layers.length > 0;
  const [first] = [...closed, ...open];
  if (first) firewall.tool = first.tool;
}

/** What stops connections to ports that containers publish: it is asked in the forward chains, after their translation. */
function published(firewall: Firewall, tools: ReadTools): void {
  const { nft, iptables } = tools;
  if (!nft && !iptables) return;
  const layers: Layer[] = [];
  let isOfEngine = false;
  for (const table of nft ?? []) {
    if (/^(?:docker-bridges|netavark)$/.test(table.name)) isOfEngine = true;
    if (!/^(?:ip|inet)$/.test(table.family) || isCompatible(tools, table) || OWN_TABLES.test(table.name))
      continue;
    for (const { name, hook, policy, type } of table.bases) {
      const family = familyOf(table.family);
      if (type !== 'filter' || !/^(?:forward|prerouting)$/.test(hook)) continue;
      const read = forwarded(table.chains, name, family, policy);
      isOfEngine ||= read.isOfEngine;
      layers.push(read);
    }
  }
  const filter = iptables?.tables.get('filter');
  if (filter) {
    const read = forwarded(filter.chains, 'FORWARD', 'ipv4', filter.policies.get('FORWARD') ?? 'accept');
    isOfEngine ||= read.isOfEngine;
    layers.push(read);
  }
  const rules = layers.flatMap((layer) => [
    ...layer.rules,
    ...(layer.policy === 'drop' ? [{ family: 'both', chain: 'forward', action: 'drop' } as const] : []),
  ]);
  const stops = rules.filter(({ action }) => action === 'drop');
  if (layers.some(({ unread }) => unread.length > 0)) return;
  // without an engine's own chains what it publishes comes in by a program, and past other rules
  if (!isOfEngine && firewall.isActive) return;
  if (
    stops.length > 0 &&
    layers.filter(({ rules: own, policy }) => own.length > 0 || policy === 'drop').length > 1
  )
    return;
  firewall.publishedAreFiltered = stops.length > 0;
  firewall.rules.push(...rules);
}

function forwarded(
  chains: Chains,
  base: string,
  family: Family,
  policy: 'accept' | 'drop',
): Layer & { isOfEngine: boolean } {
  let isOfEngine = false;
  const layer = settled(
    flatten(chains, base, {
      family,
      chain: 'forward',
      policy,
      acceptsReturn: 'DOCKER-USER',
      stops: ({ verdict }) => {
        const target = typeof verdict === 'object' ? Object.values(verdict)[0] : undefined;
        const isOwn = target !== undefined && ENGINE.test(target);
        isOfEngine ||= isOwn;
        return isOwn;
      },
    }),
    family,
  );
  // what the engine's chains are asked they let in: the policy is for the rest
  return { ...layer, isOfEngine, policy: isOfEngine && layer.policy === policy ? 'accept' : layer.policy };
}

import type { FirewallRule } from '#model/host.ts';
import { portRange, shownRule } from './chains.ts';

export interface UfwStatus {
  isActive: boolean;
  policy: 'accept' | 'drop' | 'unknown';
  rules: FirewallRule[];
  unread: { rule: string }[];
}

const MOST = 3_000;
/** Profiles that packages bring with them, under `/etc/ufw/applications.d`. */
const PROFILES: Readonly<Record<string, string>> = {
  OpenSSH: '22/tcp',
  SSH: '22',
  'Nginx Full': '80,443/tcp',
  'Nginx HTTP': '80/tcp',
  'Nginx HTTPS': '443/tcp',
  'Nginx QUIC': '443/udp',
  Apache: '80/tcp',
  'Apache Full': '80,443/tcp',
  'Apache Secure': '443/tcp',
  WWW: '80/tcp',
  'WWW Full': '80,443/tcp',
  'WWW Secure': '443/tcp',
};

/**
 * What `ufw status verbose` prints, in English. ufw(8). Rules that limit how often somebody connects let in.
 * Undefined where the text is none of it.
 */
export function ufwStatus(text: string): UfwStatus | undefined {
  const state = /^Status: (active|inactive)\s*$/m.exec(text)?.[1];
  if (state === undefined) return undefined;
  const incoming = /^Default: (allow|deny|reject) \(incoming\)/m.exec(text)?.[1];
  const status: UfwStatus = {
    isActive: state === 'active',
    policy: incoming === undefined ? 'unknown' : incoming === 'allow' ? 'accept' : 'drop',
    rules: [],
    unread: [],
  };
  for (const line of text.split('\n').slice(0, MOST)) {
    const found =
      /^(.{1,60}?)\s{2,60}(ALLOW|DENY|REJECT|LIMIT)(?: (IN|OUT|FWD))?\s{2,60}(\S.{0,200}?)\s*(?:#.*)?$/.exec(
        line,
      ) ??
      /^(.{1,60}?) (ALLOW|DENY|REJECT|LIMIT)(?: (IN|OUT|FWD))?\s{1,60}(\S.{0,200}?)\s*(?:#.*)?$/.exec(line);
    const [, to = '', action = '', direction = 'IN', from = ''] = found ?? [];
    if (!found || direction === 'OUT') continue;
    const rule = ruleOf(to, action, direction === 'FWD' ? 'forward' : 'input', from);
    if (rule === 'unread') status.unread.push({ rule: shownRule(line.replace(/#.*$/, '')) });
    else status.rules.push(...rule);
  }
  return status;
}

function ruleOf(
  to: string,
  action: string,
  chain: FirewallRule['chain'],
  from: string,
): FirewallRule[] | 'unread' {
  const isV6 = /\(v6\)/.test(to) || /\(v6\)/.test(from);
  const place = to.replace(/\s*\(v6\)/, '').trim();
  const [, target = place, name] = /^(.*?)\s*\bon (\S{1,40})$/.exec(place) ?? [];
  const source = from.replace(/\s*\(v6\)/, '').trim();
  const ports = target === 'Anywhere' || target === '' ? {} : portsOf(PROFILES[target] ?? target);
  // a port that somebody comes from is his to choose
  const sourceNetwork = source === 'Anywhere' ? undefined : /^[0-9a-fA-F:./]{2,60}$/.exec(source)?.[0];
  if (!ports || (source !== 'Anywhere' && sourceNetwork === undefined)) return 'unread';
  const isOfV6 = isV6 || sourceNetwork?.includes(':');
  const family = isOfV6 ? 'ipv6' : 'ipv4';
  return [
    {
      family,
      chain,
      action: action === 'ALLOW' || action === 'LIMIT' ? 'accept' : 'drop',
      ...ports,
      ...(sourceNetwork !== undefined && { source: sourceNetwork }),
      ...(name !== undefined && { interface: name }),
    },
  ];
}

/** `22`, `22/tcp`, `80,443/tcp`, `6000:6007/udp`; undefined where it is none. */
function portsOf(written: string): Pick<FirewallRule, 'ports' | 'protocol'> | undefined {
  const [, list, protocol] = /^([\d,:]{1,200})(?:\/(tcp|udp))?$/.exec(written.trim()) ?? [];
  const ranges = list?.split(',').map(portRange);
  if (!ranges || ranges.some((range) => range === undefined)) return undefined;
  return {
    ports: ranges.flatMap((range) => range ?? []),
    ...(protocol !== undefined && { protocol: protocol as 'tcp' | 'udp' }),
  };
}

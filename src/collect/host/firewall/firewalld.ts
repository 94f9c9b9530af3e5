import type { FirewallRule } from '#model/host.ts';
import { portRange, shownRule } from './chains.ts';

/** Ports of services that firewalld comes with. firewalld, `/usr/lib/firewalld/services`. */
const SERVICES: Readonly<Record<string, string>> = {
  ssh: '22/tcp',
  http: '80/tcp',
  https: '443/tcp',
  http3: '443/udp',
  dns: '53/tcp 53/udp',
  'dhcpv6-client': '546/udp',
  dhcp: '67/udp',
  dhcpv6: '547/udp',
  cockpit: '9090/tcp',
  mdns: '5353/udp',
  ntp: '123/udp',
  mysql: '3306/tcp',
  postgresql: '5432/tcp',
  redis: '6379/tcp',
  mongodb: '27017/tcp',
  smtp: '25/tcp',
  smtps: '465/tcp',
  'smtp-submission': '587/tcp',
  imap: '143/tcp',
  imaps: '993/tcp',
  pop3: '110/tcp',
  pop3s: '995/tcp',
  ftp: '21/tcp',
  nfs: '2049/tcp',
  samba: '139/tcp 445/tcp',
  'samba-client': '138/udp',
  ipp: '631/tcp',
  'ipp-client': '631/udp',
  ldap: '389/tcp',
  ldaps: '636/tcp',
  snmp: '161/udp',
  syslog: '514/udp',
  wireguard: '51820/udp',
  openvpn: '1194/udp',
  prometheus: '9090/tcp',
  grafana: '3000/tcp',
  'node-exporter': '9100/tcp',
  'kube-apiserver': '6443/tcp',
};
const MOST = 5_000;

export interface FirewalldZones {
  rules: FirewallRule[];
  policy: 'accept' | 'drop' | 'unknown';
  unread: { rule: string }[];
}

/**
 * What `firewall-cmd --list-all-zones` prints: of zones that are active, those with sources first, as firewalld asks them.
 * firewall-cmd(1), firewalld.zone(5). Undefined where the text is none of it.
 * @param fallback the zone of interfaces that are in none
 */
export function firewalldZones(text: string, fallback: string | undefined): FirewalldZones | undefined {
  const zones = text
    .slice(0, 2_000_000)
    .split(/\n(?=\S)/)
    .map(zoneOf)
    .filter((zone) => zone !== undefined);
  if (zones.length === 0) return undefined;
  const found: FirewalldZones = { rules: [], policy: 'unknown', unread: [] };
  const used = zones
    .filter(({ name, isActive }) => isActive || name === fallback)
    .sort((a, b) => b.sources.length - a.sources.length);
  for (const zone of used) {
    const places: Pick<FirewallRule, 'source' | 'interface'>[] = [
      ...zone.sources.map((source) => ({ source })),
      ...(zone.name === fallback ? [{}] : zone.interfaces.map((name) => ({ interface: name }))),
    ];
    const add = (written: string): void => {
      const [, ports = '', protocol] = /^([\d-]{1,11})\/(tcp|udp|sctp|dccp)$/.exec(written) ?? [];
      const range = portRange(ports);
      if (protocol === 'sctp' || protocol === 'dccp') return;
      if (!range) {
        found.unread.push({ rule: shownRule(`${zone.name}: ${written}`) });
        return;
      }
      for (const place of places)
        push(place, { ports: [range], protocol: protocol as 'tcp' | 'udp' }, 'accept');
    };
    const push = (
      place: Pick<FirewallRule, 'source' | 'interface'>,
      ports: Pick<FirewallRule, 'ports' | 'protocol'>,
      action: FirewallRule['action'],
    ): void => {
      if (found.rules.length < MOST)
        found.rules.push({
          family: place.source === undefined ? 'both' : place.source.includes(':') ? 'ipv6' : 'ipv4',
          chain: 'input',
          action,
          ...ports,
          ...place,
        });
    };
    const rich = zone.rich.map((written) => ({ written, rule: richRule(written) }));
    for (const { written, rule } of rich)
      if (!rule) found.unread.push({ rule: shownRule(`${zone.name}: ${written}`) });
    const own = rich.flatMap(({ rule }) => rule ?? []);
    // those that refuse are asked first
    found.rules.push(...own.filter(({ action }) => action === 'drop').slice(0, MOST));
    found.rules.push(...own.filter(({ action }) => action === 'accept').slice(0, MOST));
    for (const service of zone.services) {
      const ports = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
      if (ports === undefined) found.unread.push({ rule: shownRule(`${zone.name}: service ${service}`) });
      else for (const one of ports.split(' ')) add(one);
    }
    for (const one of zone.ports) add(one);
    const ends = zone.target === 'ACCEPT' ? 'accept' : 'drop';
    if (zone.name === fallback) found.policy = ends;
    else for (const place of places) push(place, {}, ends);
    if (zone.sources.length > 0 && zone.name === fallback)
      for (const source of zone.sources) push({ source }, {}, ends);
  }
  return found;
}

function zoneOf(block: string) {
  const [, name, state = ''] =
    /^([\w-]{1,60})(?: \(([\w, ]{1,60})\))?\s*$/m.exec(block.split('\n')[0] ?? '') ?? [];
  if (name === undefined || !/^\s+target:/m.test(block)) return undefined;
  const line = (key: string): string[] =>
    (new RegExp(`^  ${key}:(.{0,20000})$`, 'm').exec(block)?.[1] ?? '').split(/\s+/).filter(Boolean);
  const rich = block
    .slice(Math.max(0, block.search(/^ {2}rich rules:/m)))
    .split('\n')
    .slice(1);
  return {
    name,
    isActive: /\bactive\b/.test(state),
    target: line('target')[0] ?? 'default',
    interfaces: line('interfaces'),
    sources: line('sources'),
    services: line('services'),
    ports: line('ports'),
    rich: /^ {2}rich rules:/m.test(block)
      ? rich.map((one) => one.trim()).filter((one) => one.startsWith('rule'))
      : [],
  };
}

const RICH =
  /^rule(?: family="(ipv[46])")?(?: source address="([0-9a-fA-F:./]{2,60})")?(?: (?:port port="([\d-]{1,11})" protocol="(tcp|udp)"|service name="([\w-]{1,60})"))?(?: log[^"]{0,40}(?:"[^"]{0,100}"[^"]{0,40}){0,4})? (accept|reject|drop)$/;

/** A rich rule of a source, a port and a verdict; undefined where it is another. firewalld.richlanguage(5). */
function richRule(written: string): FirewallRule | undefined {
  const [, family, source, ports, protocol, service, action] = RICH.exec(written) ?? [];
  const known = service === undefined || !Object.hasOwn(SERVICES, service) ? undefined : SERVICES[service];
  const [, own, ownProtocol] = /^(\d+)\/(tcp|udp)$/.exec(known ?? '') ?? [];
  const range = portRange(ports ?? own ?? '');
  const asked = protocol ?? ownProtocol;
  if (action === undefined || ((ports ?? service) !== undefined && !range)) return undefined;
  return {
    family: family === undefined ? 'both' : (family as 'ipv4' | 'ipv6'),
    chain: 'input',
    action: action === 'accept' ? 'accept' : 'drop',
    ...(range && { ports: [range] }),
    ...(asked !== undefined && { protocol: asked as 'tcp' | 'udp' }),
    ...(source !== undefined && { source }),
  };
}

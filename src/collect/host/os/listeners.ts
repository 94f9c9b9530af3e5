import type { HostListener, HostUnit } from '#model/host.ts';
import { note, notUnderstood, refuse, seenInPart } from '../refusals.ts';
import { defineSection } from '../section.ts';

/** `0.0.0.0:22`, `[::]:22`, `:::22`, `*:80`, `127.0.0.53%lo:53`. */
function place(text: string, anyIsV4: boolean): { address: string; port: number } | undefined {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (colon < 0 || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const bare = text
    .slice(0, colon)
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
  return { address: bare === '*' || bare === '' ? (anyIsV4 ? '0.0.0.0' : '::') : bare, port };
}

const listener = (
  protocol: string,
  at: { address: string; port: number },
  process?: HostListener['process'],
): HostListener => ({
  protocol: protocol.startsWith('udp') ? 'udp' : 'tcp',
  ...at,
  isAnyAddress: ['0.0.0.0', '::'].includes(at.address),
  ...(process && { process }),
});

/** `ss -tulpn`, with its head line or without. ss(8). Older ones write `*` for IPv4 alone, and `::` for IPv6. */
function fromSs(text: string): HostListener[] {
  const anyIsV4 = /\s:::\d/.test(text);
  return text.split('\n').flatMap((line) => {
    const [protocol = '', state = '', , , local = ''] = line.trim().split(/\s+/);
    if (!/^(?:tcp|udp)$/.test(protocol) || !/^(?:LISTEN|UNCONN)$/.test(state)) return [];
    const at = place(local, anyIsV4);
    const [, name, pid] = /users:\(\("([^"]{1,64})",(?:pid=)?(\d{1,9})/.exec(line) ?? [];
    return at ? [listener(protocol, at, name ? { name, pid: Number(pid) } : undefined)] : [];
  });
}

/** `netstat -tulpn` of net-tools and of busybox: `tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN 812/sshd`. */
function fromNetstat(text: string): HostListener[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [protocol = '', , , local = '', , sixth = ''] = fields;
    if (!/^(?:tcp|udp)6?$/.test(protocol) || (protocol.startsWith('tcp') && sixth !== 'LISTEN')) return [];
    const at = place(local, !protocol.endsWith('6'));
    const [, pid, name] =
      /^(\d{1,9})\/(\S{1,64})$/.exec(fields[protocol.startsWith('tcp') ? 6 : 5] ?? '') ?? [];
    return at
      ? [listener(protocol, at, name ? { name: name.replace(/:$/, ''), pid: Number(pid) } : undefined)]
      : [];
  });
}

/** An address of `/proc/net/tcp`: words of the machine's own byte order, which is little-endian wherever this is met. proc(5). */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => `${bytes[2 * i]}${bytes[2 * i + 1]}`);
  if (groups.slice(0, 5).every((group) => group === '0000') && /^ffff$/i.test(groups[5] ?? ''))
    return bytes
      .slice(12)
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  // The host part of a URL is written as RFC 5952 asks.
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

/** `/proc/net/{tcp,tcp6,udp,udp6}`, each after a line `# name`. State `0A` listens; an unconnected socket of UDP is `07`. */
function fromProc(text: string): HostListener[] {
  let protocol = '';
  return text.split('\n').flatMap((line) => {
    const head = /^# (tcp6?|udp6?)$/.exec(line)?.[1];
    if (head) protocol = head;
    const [, address = '', port = '', remote = '', state = ''] =
      /^\s*\d+: ([0-9A-F]{8,32}):([0-9A-F]{4}) [0-9A-F]{8,32}:([0-9A-F]{4}) ([0-9A-F]{2}) /.exec(line) ?? [];
    const isOpen = protocol.startsWith('tcp') ? state === '0A' : state === '07' && remote === '0000';
    if (!protocol || !isOpen || (address.length !== 8 && address.length !== 32)) return [];
    return [listener(protocol, { address: addressOf(address), port: Number.parseInt(port, 16) })];
  });
}

/** Sockets that listen, from whichever tool the host has: the first line says which. */
export function listenersOf(text: string): HostListener[] {
  const end = text.indexOf('\n');
  const rest = text.slice(end + 1);
  const tool = text.slice(0, end).trim();
  const all = tool === 'ss' ? fromSs(rest) : tool === 'netstat' ? fromNetstat(rest) : fromProc(rest);
  const seen = new Set<string>();
  return all.filter(({ protocol, address, port, process }) => {
    const key = `${protocol} ${address} ${port} ${process?.name ?? ''}`;
    return seen.size < 10_000 && !seen.has(key) && seen.add(key);
  });
}

export const listeners = defineSection({
  parts: ['listeners'],
  round: 1,
  commands: () => [
    {
      id: 'listeners',
      operation: 'ss -tulpn',
      script: `if command -v ss >/dev/null 2>&1; then echo ss; ss -H -tulpn 2>/dev/null || ss -tulpn
elif command -v netstat >/dev/null 2>&1; then echo netstat; netstat -tulpn 2>/dev/null
else echo proc; for f in tcp tcp6 udp udp6; do [ ! -e /proc/net/$f ] || { echo "# $f"; cat /proc/net/$f; }; done; fi`,
      needsRoot: true,
    },
  ],
  read(answers, state) {
    const answer = answers.get('listeners');
    if (!answer || refuse(state, 'listeners', answer, 'root')) return;
    state.listeners = listenersOf(answer.stdout);
    // Over ssh something listens at least: an empty answer is none, and noise is none anywhere.
    const isEmpty = answer.stdout.trim().split('\n').length < 2;
    if (state.listeners.length === 0 && (state.address !== 'local' || !isEmpty))
      note(state, 'listeners', notUnderstood(answer));
    if (!answer.asRoot && state.listeners.some(({ process }) => process === undefined))
      note(state, 'listeners', seenInPart(answer));
  },
});

/** The unit and the container that a process is in, by its control group. proc(5), cgroups(7), and how runtimes name theirs. */
export function ownerOf(cgroup: string): { unit?: string; container?: string } {
  const found: { unit?: string; container?: string } = {};
  for (const line of cgroup.split('\n')) {
    const group = line.slice(line.indexOf(':', line.indexOf(':') + 1) + 1);
    // Of the older hierarchies only that of systemd itself is about units.
    const isOfSystemd = line.startsWith('0::') || line.includes(':name=systemd:');
    const id = /(?:docker|libpod|crio|containerd)[-/]([0-9a-f]{64})(?:\.scope)?(?:\/|$)/.exec(group)?.[1];
    if (id) found.container ??= id.slice(0, 12);
    const unit = group
      .split('/')
      .filter((part) => /^[\w:.@\\-]{1,255}\.service$/.test(part))
      .at(-1);
    if (isOfSystemd && unit && !id) found.unit ??= unit;
  }
  return found;
}

/** The socket unit for which systemd itself listens: `Listen=127.0.0.1:9105 (Stream)`. systemd.socket(5). */
export function socketUnit(
  { protocol, address, port }: HostListener,
  units: readonly HostUnit[],
): string | undefined {
  const kind = protocol === 'tcp' ? 'Stream' : 'Datagram';
  const wanted = `${address.includes(':') ? `[${address}]` : address}:${port} (${kind})`;
  return units.find(({ active, listen }) => active === 'active' && listen.includes(wanted))?.name;
}

export const owners = defineSection({
  parts: ['listeners'],
  round: 2,
  commands({ listeners: known }) {
    const pids = [...new Set(known.flatMap(({ process }) => process?.pid ?? []))].slice(0, 2_000);
    return pids.length === 0
      ? []
      : [
          {
            id: 'listeners.owners',
            operation: 'cat /proc/PID/cgroup',
            script: `for p in ${pids.join(' ')}; do echo "P $p"; cat "/proc/$p/cgroup" 2>/dev/null; done; :`,
          },
        ];
  },
  read(answers, state) {
    const answer = answers.get('listeners.owners');
    if (!answer || refuse(state, 'listeners', answer)) return;
    const byPid = new Map(
      answer.stdout.split(/^P /m).map((part) => {
        const end = part.indexOf('\n');
        return [Number(part.slice(0, end)), ownerOf(part.slice(end + 1))] as const;
      }),
    );
    state.listeners = state.listeners.map((one) => ({
      ...one,
      ...(one.process && byPid.get(one.process.pid)),
    }));
    for (const one of state.listeners) {
      const unit = one.process?.pid === 1 ? socketUnit(one, state.units) : undefined;
      if (unit !== undefined) one.unit = unit;
    }
  },
});

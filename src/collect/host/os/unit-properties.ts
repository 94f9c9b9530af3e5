import { maskSecrets } from '#lib/mask.ts';
import type { HostUnit } from '#model/host.ts';
import { givenValue } from '../../given-value.ts';

/** Settings of systemd.exec(5) that narrow what a unit may do. */
const HARDENING = [
  'NoNewPrivileges',
  'ProtectSystem',
  'ProtectHome',
  'PrivateTmp',
  'PrivateDevices',
  'PrivateNetwork',
  'PrivateUsers',
  'ProtectKernelTunables',
  'ProtectKernelModules',
  'ProtectControlGroups',
  'RestrictNamespaces',
  'RestrictSUIDSGID',
  'LockPersonality',
  'MemoryDenyWriteExecute',
  'DynamicUser',
  'CapabilityBoundingSet',
  'ReadWritePaths',
];

export const PROPERTIES = [
  'Id',
  'Names',
  'Description',
  'LoadState',
  'ActiveState',
  'SubState',
  'UnitFileState',
  'FragmentPath',
  'DropInPaths',
  'NeedDaemonReload',
  'User',
  'Group',
  'WorkingDirectory',
  'ExecStart',
  'Environment',
  'EnvironmentFiles',
  'Restart',
  'NRestarts',
  'Result',
  'MainPID',
  'StateChangeTimestamp',
  'Triggers',
  'Unit',
  'LastTriggerUSec',
  'NextElapseUSecRealtime',
  'TimersCalendar',
  'TimersMonotonic',
  'Listen',
  'Paths',
  'Requires',
  'WantedBy',
  'Conflicts',
  ...HARDENING,
];

/** Properties of units as `systemctl show` prints them: blocks with an empty line between them; a name may come more than once. */
export function propertyBlocks(text: string): Map<string, string[]>[] {
  const blocks: Map<string, string[]>[] = [];
  let block = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    if (line === '') {
      if (block.size > 0) blocks.push(block);
      block = new Map();
      continue;
    }
    const equal = line.indexOf('=');
    const name = line.slice(0, equal);
    if (equal < 1 || !/^[A-Za-z][A-Za-z0-9]{0,60}$/.test(name)) continue;
    const values = block.get(name);
    if (values) values.push(line.slice(equal + 1));
    else block.set(name, [line.slice(equal + 1)]);
  }
  if (block.size > 0) blocks.push(block);
  return blocks;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', s: ' ' };

/** Words as systemd writes a list: quoted where they hold spaces, with the escapes of C. systemd.syntax(7). */
export function words(text: string): string[] {
  const found: string[] = [];
  let word = '';
  let quote = '';
  let isWord = false;
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string;
    if (c === '\\' && quote !== "'") {
      const next = text[++at] ?? '';
      word += ESCAPES[next] ?? next;
      isWord = true;
    } else if (quote) {
      if (c === quote) quote = '';
      else word += c;
    } else if (c === '$' && text[at + 1] === "'") {
      // `$'…'`, as newer ones quote what holds control characters
    } else if (c === '"' || c === "'") {
      quote = c;
      isWord = true;
    } else if (c === ' ') {
      if (isWord) found.push(word);
      word = '';
      isWord = false;
    } else {
      word += c;
      isWord = true;
    }
  }
  if (isWord) found.push(word);
  return found;
}

/** The command line of `{ path=… ; argv[]=… ; ignore_errors=… ; … }`. */
function commandLine(structure: string): string | undefined {
  const from = structure.indexOf('argv[]=');
  const ends = [' ; ignore_errors=', ' ; flags=']
    .map((mark) => structure.indexOf(mark, from))
    .filter((at) => at > 0);
  if (from < 0 || ends.length === 0) return undefined;
  return maskSecrets(structure.slice(from + 7, Math.min(...ends)).slice(0, 4_000));
}

/** `Sat 2026-11-28 15:56:40 UTC` (the shell’s `TZ` is UTC) as RFC 3339. */
export function instant(text: string | undefined): string | undefined {
  const [, day, time] = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d{1,6})? UTC/.exec(text ?? '') ?? [];
  return day ? `${day}T${time}Z` : undefined;
}

/** `{ OnCalendar=*-*-* 03:00:00 ; next_elapse=… }` → `OnCalendar=*-*-* 03:00:00` */
const schedules = (structures: readonly string[]): string[] =>
  structures.flatMap((one) => {
    const found = /\{ ([^;{}]{1,300}?) ; next_elapse=/.exec(one)?.[1];
    return found ? [found] : [];
  });

/** One unit of its properties; undefined of what has no name. org.freedesktop.systemd1(5). */
export function unitOf(block: ReadonlyMap<string, string[]>): HostUnit | undefined {
  const all = (name: string) => block.get(name) ?? [];
  const one = (name: string) => all(name)[0] || undefined;
  const list = (name: string) => words(all(name).join(' '));
  const name = one('Id');
  if (!name) return undefined;
  const type = name.slice(name.lastIndexOf('.') + 1);
  const fragment = one('FragmentPath');
  const restarts = one('NRestarts');
  const mainPid = Number(one('MainPID') ?? 0);
  const since = instant(one('StateChangeTimestamp'));
  const optional = {
    description: one('Description'),
    enabled: one('UnitFileState'),
    fragment,
    user: one('User'),
    group: one('Group'),
    workingDirectory: one('WorkingDirectory')?.replace(/^!/, ''),
    restart: type === 'service' ? one('Restart') : undefined,
    restarts: restarts !== undefined && /^\d{1,9}$/.test(restarts) ? Number(restarts) : undefined,
    result: one('Result'),
    mainPid: mainPid > 0 ? mainPid : undefined,
    since,
    timer: type === 'timer' ? timerOf(block) : undefined,
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    name,
    type,
    load: one('LoadState') ?? 'unknown',
    active: one('ActiveState') ?? 'unknown',
    sub: one('SubState') ?? 'unknown',
    dropIns: list('DropInPaths'),
    needsReload: one('NeedDaemonReload') === 'yes',
    isVendor: fragment !== undefined && /^(?:\/usr)?\/lib\//.test(fragment),
    execStart: all('ExecStart').flatMap((structure) => commandLine(structure) ?? []),
    environment: list('Environment').flatMap((entry) => {
      const equal = entry.indexOf('=');
      return equal > 0 ? [givenValue(entry.slice(0, equal), entry.slice(equal + 1))] : [];
    }),
    environmentFiles: all('EnvironmentFiles').flatMap((entry) => {
      const [, path, optionally] = /^(\/.{0,1000}?) \(ignore_errors=(yes|no)\)$/.exec(entry) ?? [];
      return path
        ? [{ path, isOptional: optionally === 'yes', state: 'unread' as const, variables: [] }]
        : [];
    }),
    triggers: type === 'service' ? [] : [...new Set([...list('Triggers'), ...list('Unit')])],
    listen: type === 'socket' ? all('Listen').filter(Boolean) : [],
    requires: list('Requires'),
    wantedBy: list('WantedBy'),
    conflicts: list('Conflicts'),
    hardening: Object.fromEntries(
      HARDENING.flatMap((key) => {
        const value = one(key);
        return value === undefined ? [] : [[key, value.slice(0, 1_000)]];
      }),
    ),
    ...(present as Partial<HostUnit>),
  };
}

function timerOf(block: ReadonlyMap<string, string[]>): NonNullable<HostUnit['timer']> {
  const last = instant(block.get('LastTriggerUSec')?.[0]);
  const next = instant(block.get('NextElapseUSecRealtime')?.[0]);
  return {
    ...(last !== undefined && { last }),
    ...(next !== undefined && { next }),
    schedule: schedules([...(block.get('TimersCalendar') ?? []), ...(block.get('TimersMonotonic') ?? [])]),
  };
}

import type { HostAddress } from './address.ts';

type SshAddress = Extract<HostAddress, { to: 'ssh' }>;

/**
 * What an audit never lets a configuration turn on: prompts, forwarding of anything, local commands, connections left
 * behind for others, changes of `known_hosts` or of an agent, keys of hosts that nobody checked. ssh_config(5): the first
 * value that is obtained counts, and options of the command line come first.
 */
const FORCED = [
  'BatchMode=yes',
  'StrictHostKeyChecking=yes',
  'NoHostAuthenticationForLocalhost=no',
  'UpdateHostKeys=no',
  'AddKeysToAgent=no',
  'ServerAliveInterval=5',
  'ServerAliveCountMax=3',
  'ConnectionAttempts=1',
  'ClearAllForwardings=yes',
  'Tunnel=no',
  'ForwardAgent=no',
  'ForwardX11=no',
  'GSSAPIDelegateCredentials=no',
  'PermitLocalCommand=no',
  'RemoteCommand=none',
  'ControlMaster=no',
  'ControlPath=none',
  'LogLevel=ERROR',
];

const target = ({ user, host, port }: SshAddress): string[] => [
  ...(port === undefined ? [] : ['-p', String(port)]),
  ...(user === undefined ? [] : ['-l', user]),
  // What follows is no option, whatever it is called.
  '--',
  host,
];

const configuration = (file: string | undefined): string[] => (file === undefined ? [] : ['-F', file]);

/**
 * The arguments of ssh(1) for one shell on a host. `exec` reads the same to every login shell that there is, fish and csh
 * among them; what a restricted one says of it is reported.
 * @param connectSeconds how long the connection may take, each jump host apart
 */
export const shellArguments = (
  address: SshAddress,
  config: string | undefined,
  connectSeconds: number,
): string[] => [
  '-T',
  ...configuration(config),
  ...[...FORCED, `ConnectTimeout=${connectSeconds}`].flatMap((option) => ['-o', option]),
  ...target(address),
  'exec /bin/sh',
];

/** `ssh -G`: what the configuration makes of a host, without connecting. */
export const lookUpArguments = (address: SshAddress, config: string | undefined): string[] => [
  '-G',
  ...configuration(config),
  ...target(address),
];

/** What of `ssh -G` is read: keywords in lower case, one a line. */
export interface SshConfiguration {
  hostname?: string;
  port?: string;
  strictHostKeyChecking?: string;
  /** Jump hosts in their order. */
  jumps: string[];
  /** Patterns of variables that would be sent to the host. */
  sendEnv: string[];
}

export function readConfiguration(output: string): SshConfiguration {
  const found: SshConfiguration = { jumps: [], sendEnv: [] };
  for (const line of output.split('\n')) {
    const space = line.indexOf(' ');
    const value = line.slice(space + 1).trim();
    switch (line.slice(0, space).toLowerCase()) {
      case 'hostname':
        found.hostname = value;
        break;
      case 'port':
        found.port = value;
        break;
      case 'stricthostkeychecking':
        found.strictHostKeyChecking = value;
        break;
      case 'proxyjump':
        if (value !== 'none') found.jumps = value.split(',').slice(0, 16);
        break;
      case 'sendenv':
        found.sendEnv.push(...value.split(/\s+/).slice(0, 100));
        break;
    }
  }
  return found;
}

/** What ssh itself needs, whatever a configuration says of sending it. */
const NEEDED = new Set(['PATH', 'HOME', 'USER', 'LOGNAME', 'SSH_AUTH_SOCK']);

/**
 * The environment that ssh is started in: the one that is given, without what a configuration (`SendEnv`) would hand to
 * the audited host, and without what would let ssh ask anybody anything.
 */
export function sshEnvironment(
  given: Readonly<Record<string, string | undefined>>,
  sendEnv: readonly string[],
): Record<string, string> {
  const isSent = (name: string) => sendEnv.some((pattern) => patternMatches(pattern, name));
  const kept = Object.entries(given).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !/^(?:LC_|LANG$|LANGUAGE$|SSH_ASKPASS$|DISPLAY$|WAYLAND_DISPLAY$)/.test(entry[0]) &&
      (NEEDED.has(entry[0]) || !isSent(entry[0])),
  );
  return {
    ...Object.fromEntries(kept),
    ...(isSent('LC_ALL') ? {} : { LC_ALL: 'C' }),
    SSH_ASKPASS_REQUIRE: 'never',
  };
}

/** Patterns of ssh_config(5): `*` and `?`. Walked, not made into a regular expression. */
function patternMatches(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let from = 0;
  while (n < name.length) {
    if (pattern[p] === '?' || (pattern[p] !== '*' && pattern[p] === name[n])) {
      p++;
      n++;
    } else if (pattern[p] === '*') {
      star = p++;
      from = n;
    } else if (star >= 0) {
      p = star + 1;
      n = ++from;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

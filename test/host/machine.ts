import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What the machine is brought into: scripts of `test/host/machine/scenarios/`, which run one after the other. */
export const SCENARIOS = {
  /** What prepare.sh and the boot give: systemd, sshd, nginx, an engine without containers. */
  bare: [],
  /** The host as it is meant to run. */
  baseline: ['baseline'],
  /** Somebody changed things by hand. */
  drift: ['baseline', 'drift'],
  /** The retired Compose file is started. */
  relaunch: ['baseline', 'relaunch'],
  /** The same, under the name of the project that runs. */
  'relaunch-over': ['baseline', 'relaunch-over'],
  /** The real Traefik in the place of what stands in for it; only where tools/traefik.sh made it. */
  'real-edge': ['baseline', 'real-edge'],
  /** The engine is stopped. */
  'docker-down': ['baseline', 'docker-down'],
  /** Nothing filters. */
  'firewall-open': ['baseline', 'firewall-open'],
  /** The rules of iptables, and `DOCKER-USER` that closes what containers publish. */
  'firewall-closed': ['baseline', 'firewall-closed'],
} as const satisfies Record<string, readonly string[]>;
export type Scenario = keyof typeof SCENARIOS;

/** The users of the machine who may log in with the key of the configuration: root, one with sudo, one in no group. */
export type MachineUser = 'root' | 'exploit' | 'visiteur';

/** A machine of its own: Debian with systemd as its first process, sshd, Docker and nginx, that nothing leaves. */
export interface Machine {
  /** `ssh://root@10.…`. */
  readonly address: string;
  addressOf(user: MachineUser): string;
  /** The address alone. */
  readonly ip: string;
  /** File for `ssh -F`: its key, and the machine's host key. */
  readonly sshConfig: string;
  /** Runs a script of sh(1) in it as root, not over ssh; gives its standard output. Throws where its exit code is not 0. */
  run(script: string): Promise<string>;
  /** A fresh machine in this state; its address may change. */
  reset(scenario: Scenario): Promise<void>;
  /** Takes it away without a trace. */
  stop(): Promise<void>;
}

/** Why no machine can be booted here; undefined where one can. Nothing is installed by asking. */
export function machineMissing(): string | undefined {
  const found = machineRoot();
  return 'missing' in found ? found.missing : undefined;
}

/** Whether the real Traefik is there for the scenario `real-edge`: it is never brought for tests alone, being 177 MB. */
export function hasTraefik(): boolean {
  const found = machineRoot();
  return 'root' in found && existsSync(path.join(found.root, '../../traefik-3.6.7'));
}

let known: { root: string } | { missing: string } | undefined;

function machineRoot(): { root: string } | { missing: string } {
  known ??= lookForRoot();
  return known;
}

function lookForRoot(): { root: string } | { missing: string } {
  const no = (why: string) => ({ missing: `no machine for tests of hosts can be booted here: ${why}` });
  if (process.platform !== 'linux') return no('this is not Linux');
  if (process.getuid?.() !== 0) return no('only root can');
  for (const program of ['systemd-nspawn', 'nsenter', 'unshare', 'setpriv', 'ip', 'ssh', 'ssh-keygen'])
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
      return no(`${program} is not installed`);
  const apart = spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'true'], { encoding: 'utf8' });
  if (apart.status !== 0) return no(apart.stderr.trim() || 'no namespaces can be made');
  const { status, stdout, stderr } = spawnSync('sh', [path.join(root, 'tools/host-machine.sh'), 'find'], {
    encoding: 'utf8',
  });
  return status === 0 ? { root: stdout.trim() } : no(stderr.trim().replace(/^constat: /, ''));
}

/**
 * Boots a machine in a state. It ends with the process that started it, at the latest.
 *
 * @throws where none can be booted here ({@link machineMissing}), or a script of the scenario fails
 */
export async function startMachine(scenario: Scenario = 'baseline'): Promise<Machine> {
  const found = machineRoot();
  if ('missing' in found) throw new Error(found.missing);
  let booted = await boot(found.root, scenario);
  return {
    get address() {
      return `ssh://root@${booted.ip}`;
    },
    addressOf: (user) => `ssh://${user}@${booted.ip}`,
    get ip() {
      return booted.ip;
    },
    get sshConfig() {
      return booted.sshConfig;
    },
    run: (script) => inside(booted.pid, script),
    async reset(next) {
      await ended(booted.child);
      booted = await boot(found.root, next);
    },
    stop: () => ended(booted.child),
  };
}

interface Booted {
  child: ChildProcess;
  ip: string;
  /** Of the machine's first process, as it is seen from here. */
  pid: string;
  sshConfig: string;
}

async function boot(machine: string, scenario: Scenario): Promise<Booted> {
  // Beside the machine: an overlay needs both on one file system that is none itself, which /tmp need not be.
  const runs = path.join(path.dirname(path.dirname(machine)), 'host-runs');
  mkdirSync(runs, { recursive: true });
  const folder = mkdtempSync(path.join(runs, 'run-'));
  const key = path.join(folder, 'key');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'tests', '-f', key]);
  const child = spawn('sh', [path.join(import.meta.dirname, 'machine/boot.sh'), machine, folder], {
    // Its input ends with this process; a signal to the group of this process is not for it.
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => {});
  try {
    const [, ip = '', pid = ''] = (await firstLine(child)).split(' ');
    const hostKey = (await inside(pid, 'cat /etc/ssh/ssh_host_ed25519_key.pub')).trim().split(' ');
    const knownHosts = path.join(folder, 'known_hosts');
    writeFileSync(knownHosts, `${ip},phare-1 ${hostKey.slice(0, 2).join(' ')}\n`);
    const sshConfig = path.join(folder, 'ssh_config');
    writeFileSync(
      sshConfig,
      [
        `Host phare-1 ${ip}`,
        `  HostName ${ip}`,
        `  IdentityFile ${key}`,
        '  IdentitiesOnly yes',
        `  UserKnownHostsFile ${knownHosts}`,
        '  GlobalKnownHostsFile none',
        '  StrictHostKeyChecking yes',
        '  ConnectTimeout 10',
        '',
      ].join('\n'),
    );
    for (const script of SCENARIOS[scenario])
      await inside(pid, `sh /usr/lib/constat-scenarios/${script}.sh 2>&1`);
    return { child, ip, pid, sshConfig };
  } catch (error) {
    await ended(child);
    throw error;
  }
}

/** What boot.sh says when the machine is up. */
async function firstLine(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  child.stderr?.on('data', (text) => {
    said += String(text);
  });
  child.stdout?.once('data', (line) => resolve(String(line).trim()));
  child.once('error', reject);
  child.once('exit', (code) =>
    reject(new Error(`the machine did not boot (exit code ${code}): ${said.trim()}`)),
  );
  const late = setTimeout(() => reject(new Error('the machine did not boot within 100 seconds')), 100_000);
  return await promise.finally(() => clearTimeout(late));
}

async function inside(pid: string, script: string): Promise<string> {
  const clean = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LANG: 'C.UTF-8' };
  try {
    const { stdout } = await run('nsenter', ['-t', pid, '-a', '--', 'sh', '-c', script], {
      env: clean,
      timeout: 50_000,
      maxBuffer: 32 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`in the machine: ${script}\n${stdout}${stderr}`.trim(), { cause: error });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, 'exit');
  child.stdin?.end();
  const kill = setTimeout(() => child.kill('SIGTERM'), 10_000);
  await end;
  clearTimeout(kill);
}

/** For the head of a test file or of a `describe`: where no machine can be booted its tests are skipped, with the reason. */
export function testsNeedMachine(): void {
  const missing = machineMissing();
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });
}

/**
 * For the head of a test file or of a `describe`: one machine for its tests, in one state until they reset it, taken away
 * after them. Where none can be booted every one of them is skipped with the reason. What it gives can be read once the
 * tests run.
 */
export function machineForTests(scenario: Scenario = 'baseline'): Machine {
  let machine: Machine | undefined;
  const started = () => {
    if (!machine) throw new Error('the machine runs only while tests do');
    return machine;
  };
  testsNeedMachine();
  beforeAll(async () => {
    if (machineMissing() === undefined) machine = await startMachine(scenario);
  }, 120_000);
  afterAll(() => machine?.stop());
  return {
    get address() {
      return started().address;
    },
    addressOf: (user) => started().addressOf(user),
    get ip() {
      return started().ip;
    },
    get sshConfig() {
      return started().sshConfig;
    },
    run: (script) => started().run(script),
    reset: (next) => started().reset(next),
    stop: () => started().stop(),
  };
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

const PROGRAM = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((file) => existsSync(file));

/** Why no sshd can be started here; undefined where one can. */
export function whyNoSshd(): string | undefined {
  if (!PROGRAM) return 'sshd is not installed (Debian: openssh-server)';
  try {
    execFileSync('ssh', ['-V'], { stdio: 'ignore' });
  } catch {
    return 'ssh is not installed (Debian: openssh-client)';
  }
  return undefined;
}

/** A folder with keys, in which servers and configurations are made; none of it is the machine's own. */
export class SshPlace {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'constat-sshd-'));
  readonly user = userInfo().username;
  readonly #servers: ChildProcess[] = [];

  constructor() {
    for (const name of ['user', 'stranger', 'host', 'other-host']) this.key(name);
    writeFileSync(this.file('authorized_keys'), readFileSync(this.file('user.pub')), { mode: 0o600 });
    // sshd(8) leaves its privileges in it.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  key(name: string): void {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', this.file(name)]);
  }

  /** Starts an sshd that listens, and gives its port. */
  async serve(settings: readonly string[] = [], address = '127.0.0.1', key = 'host'): Promise<number> {
    const port = await freePort(address);
    const config = this.file(`sshd-${port}`);
    writeFileSync(
      config,
      [
        `ListenAddress ${address.includes(':') ? `[${address}]` : address}:${port}`,
        `HostKey ${this.file(key)}`,
        `AuthorizedKeysFile ${this.file('authorized_keys')}`,
        'PidFile none',
        'StrictModes no',
        'UsePAM no',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        ...settings,
        '',
      ].join('\n'),
    );
    const server = spawn(PROGRAM ?? '', ['-D', '-e', '-f', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    this.#servers.push(server);
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (data: string) => {
      said += data;
    });
    for (let tries = 0; tries < 200; tries++) {
      if (await isOpen(address, port)) return port;
      if (server.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`sshd did not start: ${said}`);
  }

  /** `known_hosts` that holds one key for these places, and a configuration that uses it. */
  config(
    name: string,
    { known = [] as { port: number; address?: string; key?: string }[], key = 'user', lines = '' } = {},
  ): string {
    writeFileSync(
      this.file(`${name}-known`),
      known
        .map(({ port, address = '127.0.0.1', key: of = 'host' }) => {
          const [type, text] = readFileSync(this.file(`${of}.pub`), 'utf8').split(' ');
          return `[${address}]:${port} ${type} ${text}\n`;
        })
        .join(''),
    );
    writeFileSync(
      this.file(name),
      `${lines}\nHost *\n  UserKnownHostsFile ${this.file(`${name}-known`)}\n  GlobalKnownHostsFile none\n  IdentityFile ${this.file(key)}\n  IdentitiesOnly yes\n  IdentityAgent none\n`,
    );
    return this.file(name);
  }

  end(): void {
    for (const { pid } of this.#servers)
      if (pid !== undefined)
        try {
          process.kill(-pid, 'SIGKILL');
        } catch {
          // it has ended
        }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, address, () => {
      const at = server.address();
      server.close(() => resolve(typeof at === 'object' && at ? at.port : 0));
    });
  });
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const is = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => is(true));
    socket.once('error', () => is(false));
  });
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostRequest, openHost } from '#collect/readers/host/open-host.ts';
import type { HostCommand } from '#collect/readers/host/session.ts';
import { SshPlace, whyNoSshd } from './sshd.ts';

const why = whyNoSshd();
if (why) process.stderr.write(`constat: the tests of ssh are skipped: ${why}\n`);

const command = (id: string, script: string, parts: Partial<HostCommand> = {}): HostCommand => ({
  id,
  operation: id,
  script,
  ...parts,
});

/** Processes that this one started and that were not waited for, or still run. */
const children = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [state = '', parent] = fields.slice(fields.lastIndexOf(')') + 2).split(' ');
        return Number(parent) === process.pid && /\((?:ssh|sh)\)/.test(fields) ? [`${pid} ${state}`] : [];
      } catch {
        return [];
      }
    });

describe.skipIf(why !== undefined)('over ssh', () => {
  let place: SshPlace;
  let port = 0;
  const silent: Server[] = [];

  beforeAll(async () => {
    place = new SshPlace();
    port = await place.serve();
  });
  afterAll(() => {
    place?.end();
    for (const server of silent) server.close();
  });

  /** What three plain questions are answered, and why nothing more. */
  async function read(address: string, sshConfig: string, parts: Partial<HostRequest> = {}) {
    const session = openHost({ address, sshConfig, seconds: 30, connectSeconds: 5, ...parts });
    const answers = await session.ask([
      command('first', 'echo one'),
      command('second', 'echo two >&2; exit 4'),
      command('third', 'echo "$HOME $PATH $LC_ALL"'),
    ]);
    session.close();
    return { answers, why: session.broken?.why, sort: session.broken?.sort };
  }
  const isRead = ({ answers }: Awaited<ReturnType<typeof read>>) =>
    expect(answers.map(({ end, code, stdout }) => [end, code, stdout.split(' ')[0]?.trim()])).toEqual([
      ['done', 0, 'one'],
      ['failed', 4, ''],
      ['done', 0, expect.stringMatching(/^\//)],
    ]);
  const url = (at: number, host = '127.0.0.1') => `ssh://${place.user}@${host}:${at}`;

  test('one connection answers every question, and leaves no process behind', async () => {
    const config = place.config('sound', { known: [{ port }] });
    const known = readFileSync(`${config}-known`, 'utf8');
    isRead(await read(url(port), config));
    await expect.poll(children, { timeout: 5_000 }).toEqual([]);
    expect(readFileSync(`${config}-known`, 'utf8')).toBe(known);
  });

  test('an alias of the configuration, with what an audit must not have switched on in it', async () => {
    const mark = place.file('local-command');
    const lines = [
      'Include nothing-there',
      `Match originalhost quay`,
      `  HostName 127.0.0.1`,
      `  Port ${port}`,
      `  User ${place.user}`,
      '  ForwardAgent yes',
      '  ForwardX11 yes',
      '  LocalForward 1 127.0.0.1:2',
      '  RemoteCommand echo taken over',
      '  RequestTTY force',
      '  PermitLocalCommand yes',
      `  LocalCommand touch ${mark}`,
      `  ControlMaster auto`,
      `  ControlPath ${place.file('control')}`,
      '  StrictHostKeyChecking no',
      '  SendEnv AUDIT_*',
    ].join('\n');
    const config = place.config('alias', { known: [{ port }], lines });
    isRead(await read('ssh://quay', config));
    const made = readdirSync(place.folder);
    expect(made).not.toContain('local-command');
    expect(made).not.toContain('control');
  });

  test('nothing of this process’s environment is handed to the host', async () => {
    const accepting = await place.serve(['AcceptEnv *']);
    const config = place.config('environment', {
      known: [{ port: accepting }],
      lines: 'SendEnv AUDIT_* LC_*',
    });
    const session = openHost({
      address: url(accepting),
      sshConfig: config,
      environment: { ...process.env, AUDIT_TOKEN: 'canary-of-the-environment', LC_AUDIT: 'canary-too' },
    });
    const [answer] = await session.ask([command('env', 'env')]);
    session.close();
    expect(answer?.stdout).toContain('PATH=');
    expect(answer?.stdout).not.toContain('canary');
  });

  test('an address of IPv6', async (context) => {
    const six = await place.serve([], '::1').catch(() => undefined);
    if (six === undefined) return context.skip('this machine has no ::1');
    const config = place.config('six', { known: [{ port: six, address: '::1' }] });
    isRead(await read(url(six, '[::1]'), config));
  });

  test('a banner, and a login shell that prints and is no POSIX shell', async () => {
    writeFileSync(place.file('banner'), 'Authorised use only. MARK e 1 user\n');
    for (const shell of ['fish', 'csh', 'bash', 'dash']) {
      if (!hasProgram(shell)) continue;
      const forced = `echo "Welcome to quay-1"; echo noise >&2; exec ${shell} -c "$SSH_ORIGINAL_COMMAND"`;
      const chatty = await place.serve([`Banner ${place.file('banner')}`, `ForceCommand ${forced}`]);
      isRead(await read(url(chatty), place.config(`shell-${shell}`, { known: [{ port: chatty }] })));
    }
  });

  test('a host key that changed: the line of known_hosts is named, nothing is read', async () => {
    const config = place.config('changed', { known: [{ port, key: 'other-host' }] });
    const { answers, why, sort } = await read(url(port), config);
    expect(why?.en).toContain(`has changed from the one that \`${config}-known:1\` holds`);
    expect(why?.fr).toContain('a changé');
    expect(sort).toBe('failed');
    expect(answers.map(({ end, stdout }) => end + stdout)).toEqual(['closed', 'closed', 'closed']);
  });

  test('a host key that nobody has checked yet, even where the configuration would take it', async () => {
    const config = place.config('unknown', { lines: 'StrictHostKeyChecking accept-new' });
    const { why } = await read(url(port), config);
    expect(why?.en).toContain(`ssh-keyscan -p ${port} 127.0.0.1`);
    expect(why?.en).toContain('is not known to this machine');
    expect(readFileSync(`${config}-known`, 'utf8')).toBe('');
  });

  test('a key that is not let in: the methods that are, and no more', async () => {
    const { why, sort } = await read(
      url(port),
      place.config('stranger', { known: [{ port }], key: 'stranger' }),
    );
    expect(sort).toBe('denied');
    expect(why?.en).toContain(`did not let \`${place.user}\` in (methods that it takes: \`publickey\``);
  });

  test.each([
    ['a forced command', 'echo "backups only"', '`backups only`'],
    [
      'an account without a shell',
      'echo "This account is currently not available."; exit 1',
      'currently not available',
    ],
    ['a restricted shell', 'bash -r -c "$SSH_ORIGINAL_COMMAND"', 'restricted'],
  ])('%s gives no shell', async (_, forced, said) => {
    const at = await place.serve([`ForceCommand ${forced}`]);
    const { why, sort } = await read(url(at), place.config(`forced-${at}`, { known: [{ port: at }] }));
    expect(why?.en).toContain('gave no shell');
    expect(why?.en).toContain(said);
    expect(sort).toBe('denied');
  });

  test('a login that hangs ends in time', async () => {
    const at = await place.serve(['ForceCommand sleep 600']);
    const config = place.config('hangs', { known: [{ port: at }] });
    const { why, answers } = await read(url(at), config, { seconds: 2 });
    expect(why?.en).toContain('took more than 2 s');
    expect(answers.every(({ end }) => end === 'timeout')).toBe(true);
    await expect.poll(children, { timeout: 5_000 }).toEqual([]);
  });

  test('a login that never stops talking ends too', async () => {
    const at = await place.serve(['ForceCommand yes']);
    const { why, answers } = await read(url(at), place.config('talks', { known: [{ port: at }] }));
    expect(why?.en).toContain('more output than can be taken');
    expect(answers.map(({ end }) => end)).toEqual(['closed', 'closed', 'closed']);
    await expect.poll(children, { timeout: 5_000 }).toEqual([]);
  });

  test('a command that hangs costs its own time only; a connection that breaks costs what follows', async () => {
    const session = openHost({ address: url(port), sshConfig: place.config('slow', { known: [{ port }] }) });
    const answers = await session.ask([
      command('slow', 'echo begun; sleep 600', { seconds: 1 }),
      command('flood', 'yes', { seconds: 20 }),
      command('after', 'echo after'),
      // the shell on the other side
      command('broken', 'echo half; kill -9 $(ps -o ppid= -p $PPID) 2>/dev/null; sleep 5'),
      command('never', 'echo never'),
    ]);
    session.close();
    const [slow, flood, after] = answers;
    expect(slow).toMatchObject({ end: 'timeout', stdout: 'begun\n' });
    expect(flood).toMatchObject({ end: 'cut' });
    expect(flood?.stdout.length).toBe(16 * 1024 * 1024);
    expect(after).toMatchObject({ end: 'done', stdout: 'after\n' });
  });

  test('an end in the middle of an answer', async () => {
    const at = await place.serve(['ForceCommand timeout -s KILL 2 sh -c "$SSH_ORIGINAL_COMMAND"']);
    const session = openHost({
      address: url(at),
      sshConfig: place.config('half', { known: [{ port: at }] }),
    });
    const answers = await session.ask([
      command('first', 'echo whole'),
      command('second', 'echo half; sleep 30'),
      command('third', 'echo never'),
    ]);
    expect(answers.map(({ end, stdout }) => [end, stdout])).toEqual([
      ['done', 'whole\n'],
      // What a pipe on the host still held is lost.
      ['closed', expect.stringMatching(/^(?:half\n)?$/)],
      ['closed', ''],
    ]);
    expect(session.broken?.why.en).toContain('broke during the reading');
    expect(await session.ask([command('later', 'echo later')])).toMatchObject([{ end: 'closed' }]);
    session.close();
  });

  test('nothing listens; a name that nobody knows; a server that says nothing; one that has too many visitors', async () => {
    const closed = await place.serve();
    const config = place.config('places', { known: [{ port }] });
    expect((await read(url(1), config)).why?.en).toContain('refuses the connection');
    expect((await read('ssh://no-such-host.invalid', config)).why?.en).toContain('known to no DNS');
    const mute = createServer(() => {});
    silent.push(mute);
    expect((await read(url(await listening(mute)), config, { connectSeconds: 1 })).why?.en).toContain(
      'said nothing in time',
    );
    const full = createServer((socket: Socket) => socket.end('Exceeded MaxStartups\r\n'));
    silent.push(full);
    expect((await read(url(await listening(full)), config)).why?.en).toContain('too many connections');
    expect(closed).toBeGreaterThan(0);
  });

  test('a configuration that ssh cannot use: which line', async () => {
    const config = place.config('wrong', { lines: 'Host quay\n  HostNaem example.org\n' });
    expect((await read('ssh://quay', config)).why?.en).toContain(`cannot be used: \`${config}:2\``);
    expect((await read('ssh://quay', place.file('absent'))).why?.en).toMatch(/cannot be read/);
  });

  test('no ssh on this machine', async () => {
    const { why, sort } = await read(url(port), place.config('none', {}), {
      environment: { PATH: place.folder },
    });
    expect(why?.en).toContain('`ssh` is not on this machine');
    expect(sort).toBe('unavailable');
  });

  test('a jump host: through it, without its key, unchecked, and what it cannot reach', async () => {
    const behind = await place.serve([], '127.0.0.1', 'other-host');
    const lines = (to: number, more = '') =>
      `Host quay\n  HostName 127.0.0.1\n  Port ${to}\n  ProxyJump gate\nHost gate\n  HostName 127.0.0.1\n  Port ${port}\n${more}`;
    const known = [{ port }, { port: behind, key: 'other-host' }];
    isRead(await read('ssh://quay', place.config('jump', { known, lines: lines(behind) })));
    const strange = place.config('jump-strange', { known: known.slice(1), lines: lines(behind) });
    expect((await read('ssh://quay', strange)).why?.en).toContain('is not known to this machine');
    const unchecked = place.config('jump-unchecked', {
      known,
      lines: lines(behind, '  StrictHostKeyChecking no\n'),
    });
    expect((await read('ssh://quay', unchecked)).why?.en).toContain(
      'takes the key of jump host `gate` unchecked',
    );
    const beyond = place.config('jump-beyond', { known, lines: lines(1) });
    expect((await read('ssh://quay', beyond)).why?.en).toContain('jump host `gate` could not reach `quay`');
  });

  test('what could be taken for an option or a command starts nothing', async () => {
    for (const address of [
      'ssh://-oProxyCommand=id',
      'ssh://-oProxyCommand=id@quay',
      'ssh://a;b',
      'ssh://$(id)',
      'quay',
      'ssh://u:secret@quay',
      'ssh://[::1',
      'ssh://quay:99999',
    ]) {
      const session = openHost({ address });
      expect(await session.ask([command('any', 'echo any')])).toMatchObject([{ end: 'closed' }]);
      expect(session.broken?.why.en, address).toMatch(/is no |not of the form|bears a password/);
      expect(JSON.stringify(session.broken)).not.toContain('u:secret');
    }
    expect(children()).toEqual([]);
  });
});

const hasProgram = (name: string): boolean => {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      resolve(typeof at === 'object' && at ? at.port : 0);
    });
  });
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { endOf } from './answer-end.ts';
import { type Frame, FrameReader } from './frames.ts';
import { asked, preface } from './remote-shell.ts';
import type { HostCommand } from './session.ts';

const MARK = '0123456789abcdef0123456789abcdef';
const SHELLS: [string, string[]][] = [
  ['dash', ['dash']],
  ['bash as sh', ['bash', '--posix']],
  ['busybox ash', ['busybox', 'ash']],
  ['ksh 93', ['ksh93']],
  ['mksh', ['mksh']],
];
const command = (script: string, parts: Partial<HostCommand> = {}): HostCommand => ({
  id: 'one',
  operation: 'one',
  script,
  ...parts,
});

/** What a shell answers, with more than `most` bytes of output cut. */
async function answers(
  shell: string[],
  commands: HostCommand[],
  { most = 1000, before = '', path = '' } = {},
) {
  const frames: Frame[] = [];
  let user = '';
  const reader = new FrameReader(
    MARK,
    {
      ready: (id) => {
        user = id;
      },
      begun: () => {},
      ended: (frame) => frames.push(frame),
      flooded: () => {},
    },
    () => performance.now(),
  );
  const [program = '', ...parameters] = shell;
  const told = preface(MARK, most, false).replace(/^P='.*'$/m, path ? `P='${path}'` : '$&');
  const child = spawn(program, parameters, {
    env: { PATH: path || process.env.PATH },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: 20_000,
  });
  child.stdout.on('data', (data: Buffer) => reader.take(data));
  child.stdin.end(`${before}${told}${commands.map((one, index) => asked(index + 1, one)).join('')}`);
  await once(child, 'close');
  return { frames, user, noise: reader.noise };
}

const isThere = ([program = '', ...parameters]: string[]) =>
  spawnSync(program, [...parameters, '-c', ':'], { timeout: 5_000 }).status === 0;

describe.each(SHELLS)('%s', (_, shell) => {
  const maybe = test.skipIf(!isThere(shell));

  maybe('answers each command with its own output, errors and code', async () => {
    const { frames, user } = await answers(shell, [
      command('echo first; echo trouble >&2; exit 3'),
      command(`printf '%s' "no line end"; exit 0`),
      command('no-such-program-here'),
      command('syntax ( error'),
      command("echo \"it's\" '$HOME'; cat"),
    ]);
    expect(user).toBe(String(process.getuid?.()));
    expect(frames.map(({ number, code }) => [number, code])).toEqual([
      [1, 3],
      [2, 0],
      [3, 127],
      [4, expect.any(Number)],
      [5, 0],
    ]);
    expect(frames.map(({ stdout }) => stdout.toString())).toEqual([
      'first\n',
      'no line end',
      '',
      '',
      "it's $HOME\n",
    ]);
    expect(frames[0]?.stderr).toBe('trouble');
    expect(frames[3]?.code).not.toBe(0);
  });

  maybe('is not led astray by what looks like the end of a command', async () => {
    const { frames } = await answers(shell, [
      command(`echo; echo "$m e 1 user"; echo 0; echo "$m z 1"; env; tr "\\0" " " </proc/$PPID/cmdline`),
      command('echo second; printf "a\\\\c" >&2'),
    ]);
    expect(frames).toHaveLength(2);
    expect(frames[0]?.stdout.toString()).toContain('\n e 1 user\n0\n z 1\n');
    expect(frames[0]?.stdout.toString()).not.toContain(MARK);
    expect(frames[1]?.stdout.toString()).toBe('second\n');
  });

  maybe('ends what takes too long, and cuts what says too much', async () => {
    const { frames } = await answers(
      shell,
      [
        command('echo begun; sleep 60', { seconds: 1 }),
        command('while :; do echo more and more; done', { seconds: 10 }),
        command('i=0; while [ $i -lt 3000 ]; do echo "error $i" >&2; i=$((i+1)); done; echo last'),
      ],
      { most: 500 },
    );
    const [slow, endless, loud] = frames;
    expect(slow?.stdout.toString()).toBe('begun\n');
    expect(slow && endOf(command('', { seconds: 1 }), slow)).toBe('timeout');
    expect(endless?.stdout.length).toBe(501);
    expect(endless?.took).toBeLessThan(8_000);
    expect(loud?.stdout.toString()).toBe('last\n');
    expect(loud?.stderr).toContain('error 2999');
    expect(loud?.stderr.length).toBeLessThanOrEqual(2_000);
  });
});

test('without timeout(1) a watchdog of the shell’s own ends a command', async () => {
  const made = spawnSync('sh', [
    '-c',
    'd=$(mktemp -d); for p in sleep setsid head tail id cat; do ln -s "$(command -v $p)" $d; done; echo $d',
  ]);
  const path = made.stdout.toString().trim();
  const { frames } = await answers(
    ['/bin/dash'],
    [command('echo a; sleep 30', { seconds: 1 }), command('echo b')],
    { path },
  );
  spawnSync('rm', ['-rf', path]);
  expect(frames.map(({ stdout }) => stdout.toString())).toEqual(['a\n', 'b\n']);
  expect(frames[0] && endOf(command('', { seconds: 1 }), frames[0])).toBe('timeout');
  expect(frames[1]?.code).toBe(0);
});

test('what a login shell prints before is passed over, and kept for who asks why there is no shell', async () => {
  const { frames, noise } = await answers(['sh'], [command('echo yes')], {
    before: 'echo "Welcome to quay-1"\n',
  });
  expect(frames[0]?.stdout.toString()).toBe('yes\n');
  expect(noise).toContain('Welcome to quay-1');
});

test('marks are found wherever the pieces of a stream are cut', async () => {
  const { frames } = { frames: [] as Frame[] };
  const reader = new FrameReader(
    MARK,
    { ready: () => {}, begun: () => {}, ended: (frame) => frames.push(frame), flooded: () => {} },
    () => 0,
  );
  const stream = Buffer.from(
    `noise\n${MARK} r 0 off\n\n${MARK} b 7\nsome é text\n\n${MARK} e 7 root\n5\nbad\n\n${MARK} z 7\n`,
  );
  for (const byte of stream) reader.take(Buffer.from([byte]));
  expect(frames).toMatchObject([{ number: 7, code: 5, stderr: 'bad', asRoot: true, isCut: false }]);
  expect(frames[0]?.stdout.toString()).toBe('some é text\n');
});

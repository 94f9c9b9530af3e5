import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = path.dirname(import.meta.dirname);
const scratch = mkdtempSync(path.join(tmpdir(), 'constat launcher '));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
function folder(): string {
  const made = path.join(scratch, String(++folders));
  mkdirSync(made);
  return made;
}

/** Stands where the bundle stands: tries to write each file of PROBE, and tells how it was started. */
const PROBE = `import fs from 'node:fs';
import path from 'node:path';
const attempt = (file) => {
  try {
    if (!fs.existsSync(path.dirname(file))) fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, 'x');
    return 'written';
  } catch (error) {
    return error.code;
  }
};
console.log(JSON.stringify({
  arguments: process.argv.slice(2),
  tried: JSON.parse(process.env.PROBE ?? '[]').map(attempt),
  rights: ['child', 'worker', 'addon', 'wasi', 'fs.read'].filter((one) => process.permission.has(one)),
  cache: process.env.NODE_COMPILE_CACHE,
}));
`;

/** The launcher as a package holds it: without sources. */
function installed(): string {
  const home = folder();
  for (const file of ['constat', 'tools/node24.sh']) cpSync(path.join(root, file), path.join(home, file));
  mkdirSync(path.join(home, 'dist'));
  writeFileSync(path.join(home, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(home, 'dist/constat.js'), PROBE);
  return home;
}

/** A checkout that was never built. Its build gives the probe, and adds a line to the file `built`. */
function checkout(): string {
  const home = folder();
  for (const file of ['constat', 'tools/node24.sh', 'tools/prepare.sh'])
    cpSync(path.join(root, file), path.join(home, file));
  for (const name of ['src', 'web']) mkdirSync(path.join(home, name));
  const mini = { name: 'mini', version: '1.0.0' };
  const files = {
    'src/main.ts': '',
    'src/other.ts': '',
    'package.json': JSON.stringify({ ...mini, type: 'module' }),
    'package-lock.json': JSON.stringify({ ...mini, lockfileVersion: 3, packages: { '': mini } }),
    'tools/build.ts': `import fs from 'node:fs';
fs.appendFileSync('${home}/built', 'once\\n');
fs.mkdirSync('${home}/dist', { recursive: true });
fs.writeFileSync('${home}/dist/constat.js', ${JSON.stringify(PROBE)});
`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(home, file), text);
  return home;
}

const builds = (home: string) => readFileSync(path.join(home, 'built'), 'utf8').split('\n').length - 1;

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

function start(
  home: string,
  parameters: readonly string[],
  { cwd = scratch, env = {} }: { cwd?: string; env?: Record<string, string | undefined> } = {},
): Promise<Ended> {
  const { NODE_OPTIONS: _options, NODE_COMPILE_CACHE: _cache, ...inherited } = process.env;
  const PATH = `${path.dirname(process.execPath)}:${process.env.PATH}`;
  const child = spawn(path.join(home, 'constat'), parameters, {
    cwd,
    env: { ...inherited, PATH, XDG_CACHE_HOME: path.join(scratch, 'cache'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { status: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...ended, status }));
  });
}

interface Told {
  arguments: string[];
  tried: string[];
  rights: string[];
  cache?: string;
}
const toldBy = ({ stdout }: Ended) => JSON.parse(stdout) as Told;

/** What a command could write of these files, which are given from the folder where it is started. */
async function tries(home: string, parameters: string[], files: string[], cwd = folder()): Promise<Told> {
  const PROBE = JSON.stringify(files.map((file) => path.resolve(cwd, file)));
  const ended = await start(home, parameters, { cwd, env: { PROBE } });
  expect(ended.stderr).toBe('');
  const told = toldBy(ended);
  expect(told.arguments).toEqual(parameters);
  return told;
}

const DENIED = 'ERR_ACCESS_DENIED';

describe('what a command may do', () => {
  const home = installed();

  test.each(['--version', 'rules', 'rehearse', 'schema', 'auditor'])(
    '%s reads all, writes nothing, starts nothing',
    async (command) => {
      const told = await tries(home, [command], ['constat-report/report.md', 'constat.lock.json', 'x']);
      expect(told.tried).toEqual([DENIED, DENIED, DENIED]);
      expect(told.rights).toEqual(['fs.read']);
    },
  );

  test('audit writes the report, the gap ids of the audited folder, and nothing beside them', async () => {
    const written = ['constat-report/deep/report.md', 'constat.lock.json', 'constat.lock.json.tmp'];
    const denied = ['constat.yaml', 'constat-report-2/x', '.git/config', '../x'];
    const told = await tries(home, ['audit', '.'], [...written, ...denied]);
    expect(told.tried).toEqual([...written.map(() => 'written'), ...denied.map(() => DENIED)]);
    expect(told.rights).toEqual(['fs.read']);
  });

  const QUOTED = 'it’s "one", $(touch y) `z`\nnew line, comma ';
  test.each<[string[], out: string, lock: string | undefined]>([
    [['audit', 'repo'], 'constat-report', 'repo'],
    [['audit', '--out', 'a b', 'repo'], 'a b', 'repo'],
    [['audit', 'repo', '--out=a b/../c'], 'c', 'repo'],
    [['audit', '--out', 'first', '--out', 'second'], 'second', '.'],
    [
      ['audit', '--lang', 'fr', '--format', 'json', '--fail-on', 'high', '--config', 'c.yaml'],
      'constat-report',
      '.',
    ],
    [['audit', '--quiet', '--format=json', '--no-color', '../elsewhere'], 'constat-report', '../elsewhere'],
    [['audit', '--no-lock', 'repo'], 'constat-report', undefined],
    [['audit', '--', '--out'], 'constat-report', '--out'],
    [['audit', QUOTED, '--out', `${QUOTED}out`], `${QUOTED}out`, QUOTED],
  ])('%j writes to the folder and keeps gap ids beside what it audits', async (parameters, out, lock) => {
    const files = ['constat-report', 'a b', 'c', 'first', 'second', `${QUOTED}out`].map(
      (name) => `${name}/report.md`,
    );
    const locks = ['.', 'repo', '../elsewhere', '--out', QUOTED, 'json', 'fr'].map(
      (name) => `${name}/constat.lock.json`,
    );
    const cwd = folder();
    for (const lock of locks) mkdirSync(path.resolve(cwd, path.dirname(lock)), { recursive: true });
    const told = await tries(home, parameters, [...files, ...locks], cwd);
    const expected = [`${out}/report.md`, ...(lock === undefined ? [] : [`${lock}/constat.lock.json`])];
    expect([...files, ...locks].filter((_, index) => told.tried[index] === 'written')).toEqual(expected);
  });

  test('init writes the two files that a team edits, and nothing else', async () => {
    const written = ['constat.yaml', 'constat.target.yaml'];
    const denied = ['constat.lock.json', 'x', 'constat-report/x', 'devops/constat.yaml'];
    const told = await tries(home, ['init', '--profile', 'devops'], [...written, ...denied]);
    expect(told.tried).toEqual([...written.map(() => 'written'), ...denied.map(() => DENIED)]);
  });

  test.each(['apply', 'rollback'])('%s writes its journal alone', async (command) => {
    const written = ['.constat/apply.lock', '.constat/runs/20261128-090000-0000/journal.jsonl'];
    const denied = ['constat.lock.json', 'constat-report/report.json', '.constat-2/x', 'x', '../.constat/x'];
    const told = await tries(home, [command, '--from', 'x'], [...written, ...denied]);
    expect(told.tried).toEqual([...written.map(() => 'written'), ...denied.map(() => DENIED)]);
    expect(told.rights).toEqual(['fs.read']);
  });

  test.each([
    [['prove', 'S-01', '--junit', 'a b.xml'], 'a b.xml'],
    [['prove', '--lang', 'fr', '--junit=out.xml', 'P-01'], 'out.xml'],
    [['prove', '--from', '--junit', 'x'], undefined],
    [['prove', '--', '--junit', 'x'], undefined],
  ])('%j writes the file of results alone', async (parameters, file) => {
    const files = [
      'a b.xml',
      'a b.xml.tmp',
      'out.xml',
      'out.xml.tmp',
      'x',
      '.constat/x',
      'constat.lock.json',
    ];
    const told = await tries(home, parameters, files);
    expect(files.filter((_, index) => told.tried[index] === 'written')).toEqual(
      file === undefined ? [] : [file, `${file}.tmp`],
    );
  });

  test('a folder with a star in its name is refused before apply runs', async () => {
    const cwd = path.join(folder(), 'a*');
    mkdirSync(cwd);
    expect(await start(home, ['apply'], { cwd })).toMatchObject({ status: 2, stdout: '' });
  });

  test('a star in --out, which Node.js would take for any name, is refused before anything runs', async () => {
    const cwd = folder();
    const ended = await start(home, ['audit', '--out', 'report*'], { cwd });
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^constat: --out .*\n$/);
  });

  test('in a folder whose name holds a star, gap ids are not kept', async () => {
    const cwd = path.join(folder(), 'a*');
    for (const name of ['a*', 'ab']) mkdirSync(path.join(path.dirname(cwd), name));
    const told = await tries(
      home,
      ['audit', '--out', folder()],
      ['constat.lock.json', '../ab/constat.lock.json'],
      cwd,
    );
    expect(told.tried).toEqual([DENIED, DENIED]);
  });
});

describe('where it is and where it keeps things', () => {
  test('it finds itself through links, relative and absolute, and in a folder with any name', async () => {
    const home = path.join(folder(), 'a "b" $c\n');
    cpSync(installed(), home, { recursive: true });
    const bin = folder();
    symlinkSync(path.join(home, 'constat'), path.join(bin, 'absolute'));
    symlinkSync('absolute', path.join(bin, 'constat'));
    expect(toldBy(await start(bin, ['rules'])).arguments).toEqual(['rules']);
  });

  test.each([
    [
      'the user’s cache folder',
      { XDG_CACHE_HOME: path.join(scratch, 'xdg') },
      path.join(scratch, 'xdg/constat'),
    ],
    [
      '~/.cache',
      { XDG_CACHE_HOME: undefined, HOME: path.join(scratch, 'home') },
      path.join(scratch, 'home/.cache/constat'),
    ],
    [
      '~/.cache where the variable is no absolute path',
      { XDG_CACHE_HOME: 'x', HOME: path.join(scratch, 'home') },
      path.join(scratch, 'home/.cache/constat'),
    ],
    [
      'its own folder where the home cannot be written',
      { XDG_CACHE_HOME: undefined, HOME: '/dev/null' },
      '.cache',
    ],
    ['its own folder without a home', { XDG_CACHE_HOME: undefined, HOME: undefined }, '.cache'],
  ])('compiled code is kept in %s', async (_, env, cache) => {
    const home = installed();
    const told = toldBy(await start(home, ['rules'], { env }));
    expect(told.cache).toBe(path.resolve(home, cache, 'compile'));
    expect(existsSync(told.cache ?? '')).toBe(true);
  });
});

describe('a checkout', () => {
  test('is installed and built at first use, with a line for each; after that nothing is said', async () => {
    const home = checkout();
    const first = await start(home, ['rules']);
    expect(first.stderr).toBe('constat: installing dependencies (npm install)\nconstat: building\n');
    expect(toldBy(first).arguments).toEqual(['rules']);
    expect(await start(home, ['rules'])).toMatchObject({ status: 0, stderr: '' });
    expect(builds(home)).toBe(1);
  });

  test('is built again when a source changed, or is gone', async () => {
    const home = checkout();
    await start(home, ['rules']);
    const later = new Date(Date.now() + 5000);
    utimesSync(path.join(home, 'src/main.ts'), later, later);
    await start(home, ['rules']);
    expect(builds(home)).toBe(2);
    utimesSync(path.join(home, 'src/main.ts'), 0, 0);
    await start(home, ['rules']);
    expect(builds(home)).toBe(2);
    rmSync(path.join(home, 'src/other.ts'));
    await start(home, ['rules']);
    expect(builds(home)).toBe(3);
    writeFileSync(path.join(home, 'src/new.ts'), '');
    await start(home, ['--version']);
    expect(builds(home), 'the version is that of what is built').toBe(3);
  });

  test('started four times at once is built once, and all four run', async () => {
    const home = checkout();
    const all = await Promise.all([1, 2, 3, 4].map((one) => start(home, ['rules', String(one)])));
    expect(all.map((ended) => toldBy(ended).arguments[1])).toEqual(['1', '2', '3', '4']);
    expect(builds(home)).toBe(1);
  });

  test('is built although an earlier build was killed', async () => {
    const home = checkout();
    const lock = path.join(home, '.cache/prepare.lock');
    mkdirSync(lock, { recursive: true });
    const gone = spawn('true');
    await new Promise((resolve) => gone.on('close', resolve));
    writeFileSync(path.join(lock, 'pid'), `${gone.pid}\n`);
    expect(await start(home, ['rules'])).toMatchObject({ status: 0 });
    expect(existsSync(lock)).toBe(false);
  });

  test('whose build fails says so, and leaves no lock', async () => {
    const home = checkout();
    writeFileSync(
      path.join(home, 'tools/build.ts'),
      'console.error("line 3: no such module"); process.exit(1);',
    );
    const ended = await start(home, ['rules']);
    expect(ended.status).toBe(5);
    expect(ended.stderr).toMatch(/line 3: no such module\nconstat: the build failed\n$/);
    expect(existsSync(path.join(home, '.cache/prepare.lock'))).toBe(false);
  });
});

describe('on a machine with an older Node.js', () => {
  /** A PATH where `node` says that it is 20, and for the rest is the one that runs this test. */
  function older(): string {
    const bin = folder();
    const script = `#!/bin/sh\n[ "\${1-}" = -v ] && { echo v20.19.0; exit; }\nexec '${process.execPath}' "$@"\n`;
    writeFileSync(path.join(bin, 'node'), script, { mode: 0o755 });
    return `${bin}:${process.env.PATH}`;
  }

  test('npm brings Node.js 24 into the cache, once', async () => {
    const env = { PATH: older(), XDG_CACHE_HOME: folder() };
    const home = installed();
    const both = await Promise.all([start(home, ['rules'], { env }), start(home, ['rules'], { env })]);
    const lines = both.map(({ stderr }) => stderr).join('');
    expect(lines).toBe(`constat: first use: bringing Node.js 24 into ${env.XDG_CACHE_HOME}/constat\n`);
    for (const ended of both) expect(toldBy(ended).rights).toEqual(['fs.read']);
    expect(await start(home, ['rules'], { env })).toMatchObject({ status: 0, stderr: '' });
  }, 120_000);

  test('and a newer one at the same place later, the newer one runs', async () => {
    const env = {
      PATH: older(),
      XDG_CACHE_HOME: folder(),
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
    };
    const home = installed();
    expect(await start(home, ['rules'], { env })).toMatchObject({ status: 5 });
    const program = path.join(env.PATH.split(':')[0] ?? '', 'node');
    rmSync(program);
    symlinkSync(process.execPath, program);
    expect(await start(home, ['rules'], { env })).toMatchObject({ status: 0, stderr: '' });
    expect(await start(home, ['rules'], { env })).toMatchObject({ status: 0, stderr: '' });
    rmSync(program);
    writeFileSync(program, '#!/bin/sh\necho v20.19.0\n', { mode: 0o755 });
    expect(await start(home, ['rules'], { env })).toMatchObject({ status: 5 });
  });

  test('and no network, one line says what failed', async () => {
    const env = {
      PATH: older(),
      XDG_CACHE_HOME: folder(),
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
      npm_config_cache: folder(),
    };
    const ended = await start(installed(), ['rules'], { env });
    expect(ended.status).toBe(5);
    expect(ended.stderr).toMatch(/\nconstat: bringing Node\.js 24: npm failed: .*127\.0\.0\.1:9.*\n$/);
    expect(existsSync(path.join(env.XDG_CACHE_HOME, 'constat/node24'))).toBe(false);
  });

  test('and no npm, one line says so', async () => {
    const [bin = ''] = older().split(':');
    for (const name of ['sh', 'mkdir', 'rm', 'cat', 'uname', 'sleep', 'ls', 'cut'])
      symlinkSync(`/bin/${name}`, path.join(bin, name));
    const env = { PATH: bin, XDG_CACHE_HOME: folder() };
    const ended = await start(installed(), ['rules'], { env });
    expect(ended.status).toBe(5);
    expect(ended.stderr).toMatch(/\nconstat: bringing Node\.js 24: npm is not installed\n$/);
  });
});

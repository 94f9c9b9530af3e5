import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { type Canaries, hostileRepository, trappedPath } from './fixtures/hostile-repository.ts';

const launcher = path.join(import.meta.dirname, '../constat');
const canaries: Canaries = { folder: mkdtempSync(path.join(tmpdir(), 'constat-canaries-')), url: '' };
const made = [canaries.folder];
let asked = 0;
const server = createServer((socket) => {
  asked += 1;
  socket.end();
});
let repository = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  canaries.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  repository = await hostileRepository(canaries);
  made.push(repository);
  // Builds where that is still to be done, before PATH is full of traps.
  await run([launcher, 'rules'], process.env);
}, 300_000);

afterAll(() => {
  server.close();
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function run([program = '', ...parameters]: string[], env: NodeJS.ProcessEnv, cwd = tmpdir()) {
  const child = spawn(program, parameters, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  return new Promise<{ status: number | null; said: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, said }));
  });
}

/** What stands in a folder, to the byte. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => lstatSync(path.join(folder, file)).isFile())
    .map(
      (file) =>
        `${file} ${createHash('sha256')
          .update(readFileSync(path.join(folder, file)))
          .digest('hex')}`,
    )
    .sort();
}

function trapped(): NodeJS.ProcessEnv {
  const bin = trappedPath(canaries);
  made.push(bin);
  const { NODE_OPTIONS: _options, ...env } = process.env;
  return { ...env, PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}` };
}

const reportFolder = () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'constat-out-'));
  made.push(folder);
  return folder;
};

describe('a repository in which everything leaves a mark', () => {
  test('is audited from inside and rehearsed, and nothing of it is run, asked or changed', async () => {
    const before = contents(repository);
    const out = reportFolder();
    const ended = await run([launcher, 'audit', '--out', out, '--no-lock'], trapped(), repository);
    expect(ended.said).not.toMatch(/internal error/);
    expect([0, 3]).toContain(ended.status);
    await run([launcher, 'rehearse'], trapped(), repository);
    expect(readdirSync(canaries.folder)).toEqual([]);
    expect(asked).toBe(0);
    expect(contents(repository)).toEqual(before);

    // It was not passed over: what it would do is in the report.
    const report = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8')) as Report;
    const calls = report.workflows.flatMap(({ runs }) => runs.flatMap((one) => one.calls));
    expect(calls.map(({ tool, operation }) => `${tool} ${operation}`)).toContain('aws ecs update-service');
    expect(calls.filter(({ certainty }) => certainty === 'rehearsed')).not.toEqual([]);
  }, 60_000);

  test('makes no program start and no socket open, as the system itself counts them', async (context) => {
    const log = path.join(reportFolder(), 'calls');
    const strace = ['strace', '-f', '-qq', '-o', log, '-e', 'trace=execve,socket,connect'];
    const tried = await run([...strace, 'true'], process.env).catch(() => ({ status: 1 }));
    if (tried.status !== 0) return context.skip('strace is not installed, or not allowed here');
    await run([...strace, launcher, 'audit', '--out', reportFolder(), '--no-lock'], trapped(), repository);
    const lines = readFileSync(log, 'utf8').split('\n');
    const begun = lines.findIndex((line) => /execve\(.*"--permission"/.test(line));
    expect(begun).toBeGreaterThan(-1);
    const later = lines.slice(begun + 1).filter((line) => /execve\(|connect\(|socket\(AF_INET/.test(line));
    expect(later).toEqual([]);
  }, 60_000);
});

describe('links that the audited folder puts where the audit writes', () => {
  test('do not lead the report or the gap ids to a file elsewhere', async () => {
    const folder = reportFolder();
    const audited = path.join(folder, 'repository');
    mkdirSync(path.join(audited, 'constat-report'), { recursive: true });
    writeFileSync(path.join(audited, '.env.example'), 'DB_PASSWORD=admin\n');
    const elsewhere = (place: string) => path.join(folder, place.replaceAll('/', '-'));
    const files = ['constat-report/report.md', 'constat-report/report.json', 'constat.lock.json.tmp'];
    for (const place of files) {
      writeFileSync(elsewhere(place), 'mine');
      symlinkSync(elsewhere(place), path.join(audited, place));
    }
    symlinkSync(elsewhere('constat.lock.json'), path.join(audited, 'constat.lock.json'));
    await run([launcher, 'audit'], process.env, audited);
    expect(files.filter((place) => readFileSync(elsewhere(place), 'utf8') !== 'mine')).toEqual([]);
    expect(existsSync(elsewhere('constat.lock.json'))).toBe(false);
  }, 60_000);
});

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { collectRepository } from './collect-repository.ts';
import { findSecrets } from './secrets.ts';

const ALL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HEXADECIMAL = '0123456789abcdef';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The same characters each time, and none of them in this file: a scanner must not take it for one with secrets. */
function made(length: number, from = ALL): string {
  let state = 7;
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return from[Math.floor(state / 65536) % from.length];
  }).join('');
}
const pem = (kind: string) =>
  `-----BEGIN ${kind}-----\nMII${made(61)}\n${made(64)}\n${made(64)}\n-----END ${kind}-----\n`;

const find = (files: Record<string, string>) => findSecrets(memoryTree(files));

describe('a real secret is found, with its line and a mask', () => {
  test.each([
    ['aws', `id = AKIA${made(16, CAPITALS)}`],
    ['aws', `AWS_SECRET_ACCESS_KEY=${made(40)}`],
    ['aws', `secretAccessKey: '${made(40)}'`],
    ['github', `token: ghp_${made(36)}`],
    ['github', `github_pat_${made(82)}`],
    ['gitlab', `glpat-${made(20)}`],
    ['slack', `xoxb-${made(12, '5802')}-${made(12, '3917')}-${made(24)}`],
    ['slack', `https://hooks.slack.com/services/T${made(9, CAPITALS)}/B${made(9, CAPITALS)}/${made(24)}`],
    ['openai', `sk-${made(20)}T3BlbkFJ${made(20)}`],
    ['anthropic', `sk-ant-api03-${made(93)}AA`],
    ['huggingface', `hf_${made(34, LETTERS)}`],
    ['sendgrid', `SG.${made(22)}.${made(43)}`],
    ['stripe', `sk_live_${made(24)}`],
    ['shopify', `shpat_${made(32, HEXADECIMAL)}`],
    ['hashicorp-vault', `hvs.${made(95)}`],
    ['docker', `dckr_pat_${made(27)}`],
    ['npm', `npm_${made(36)}`],
    ['cloudflare', `cfut_${made(40)}${made(8, HEXADECIMAL)}`],
    ['databricks', `dapi${made(32, HEXADECIMAL)}`],
    ['database-connection-string', `DATABASE_URL=postgres://app:${made(16)}@db.acme-corp.eu:5432/app`],
    ['basicauth', `https://deploy:${made(16)}@git.acme-corp.eu/x.git`],
    ['privatekey', pem('RSA PRIVATE KEY').trimEnd()],
    ['privatekey', JSON.stringify({ key: pem('PRIVATE KEY') })],
  ])('%s', async (detector, text) => {
    const sightings = await find({ 'deploy/app.conf': `one\ntwo\n${text}\nfour\n` });
    expect(sightings).toMatchObject([{ file: 'deploy/app.conf', line: 3, detector }]);
    const [sighting] = sightings;
    expect(sighting?.masked).toContain('…');
    expect(sighting?.title.length).toBeGreaterThan(2);
    const runs = text.match(/[A-Za-z0-9]{9,}/g) ?? [];
    for (const run of runs.filter((one) => made(400).includes(one))) {
      expect(inspect(sightings)).not.toContain(run);
    }
  });

  test('in a file of Windows, in UTF-8 with accents, at the end of a long line', async () => {
    const token = `ghp_${made(36)}`;
    expect(await find({ 'a.conf': `é\r\n\r\nt=${token}\r\n` })).toMatchObject([{ line: 3 }]);
    expect(await find({ 'a.conf': `${'x '.repeat(50_000)}${token}` })).toMatchObject([{ line: 1 }]);
  });

  test('several in several files, sorted by file and line; the same value once in a file', async () => {
    const github = `ghp_${made(36)}`;
    const stripe = `sk_live_${made(24)}`;
    const sightings = await find({ 'b.conf': `${stripe}\n\n${github}\n${github}`, 'a.conf': `\n${github}` });
    expect(sightings.map(({ file, line, detector }) => `${file}:${line} ${detector}`)).toEqual([
      'a.conf:2 github',
      'b.conf:1 stripe',
      'b.conf:3 github',
    ]);
  });

  test('the id of a key beside its secret adds nothing', async () => {
    const text = `AWS_ACCESS_KEY_ID=AKIA${made(16, CAPITALS)}\nAWS_SECRET_ACCESS_KEY=${made(40)}\n`;
    expect((await find({ '.env': text })).map(({ line }) => line)).toEqual([2]);
  });

  test('a comment that switches the detector off does not', async () => {
    expect(await find({ 'a.conf': `/* secretlint-disable -- */ ghp_${made(36)}` })).toHaveLength(1);
  });

  test('in tests and examples it is marked as such', async () => {
    const token = `ghp_${made(36)}`;
    const sightings = await find({
      'src/app.py': token,
      'test/fixtures/app.py': token,
      'app.example.env': token,
      'README.md': token,
    });
    expect(sightings.map(({ file, example }) => [file, example ?? false])).toEqual([
      ['README.md', true],
      ['app.example.env', true],
      ['src/app.py', false],
      ['test/fixtures/app.py', true],
    ]);
  });
});

describe('what is no secret is left out', () => {
  test.each([
    'AKIAIOSFODNN7EXAMPLE',
    'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    `ghp_${'x'.repeat(36)}`,
    `ghp_${'abcdefghijklmnopqrstuvwxyz0123456789'}`,
    'xoxb-your-token-here',
    'postgres://postgres:postgres@localhost:5432/app',
    'postgres://app:devpassword@db.acme-corp.eu:5432/app',
    `postgres://app:${made(16)}@db:5432/app`,
    `postgres://app:${made(16)}@127.0.0.1/app`,
    `ghp_${made(20)}00000000${made(8)}`,
    'postgresql://user:password@db.acme-corp.eu/app',
    'https://user:password@example.com',
    'https://deploy:$TOKEN@git.acme-corp.eu',
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQ\n-----END PUBLIC KEY-----',
    'https://cdn.acme-corp.eu/a:b@2x.png',
  ])('%s', async (text) => {
    expect(await find({ 'a.conf': text })).toEqual([]);
  });

  test('the id of a role, the number of an account and a key in test mode, beside a real secret', async () => {
    const others = `AROA${made(16, CAPITALS)} account_id: 123456789012 sk_test_${made(24)}`;
    const sightings = await find({ 'a.conf': `${others} ghp_${made(36)}` });
    expect(sightings.map(({ detector }) => detector)).toEqual(['github']);
  });

  test('files of others and generated ones are not searched', async () => {
    const token = `ghp_${made(36)}`;
    expect(
      await find({
        'node_modules/x/a.js': token,
        'vendor/y.go': token,
        'package-lock.json': token,
        'a.min.js': token,
      }),
    ).toEqual([]);
  });
});

test('no value stays in anything that collecting gives', async () => {
  const canary = made(36);
  const tree = memoryTree({
    'a.yml': `password: ${canary}\ntoken: ghp_${canary}\nurl: https://me:${canary}@git.acme-corp.eu/\n`,
  });
  const collected = collectRepository(tree, [
    {
      id: 'every-line',
      source: 'repo',
      title: { fr: 'x', en: 'x' },
      reads: () => true,
      collect(reading, sink) {
        for (const line of [1, 2, 3]) {
          sink.fact({
            kind: 'Host',
            name: 'x',
            source: 'repo',
            sort: 'declared',
            nameStatus: 'literal',
            environments: [],
            evidence: reading.at(line),
          });
        }
        throw new Error(reading.text);
      },
    },
  ]);
  const everything = inspect([collected, await findSecrets(tree)], { depth: 20, maxStringLength: null });
  expect(everything).toContain('ghp_…');
  expect(everything).not.toContain(canary.slice(0, 12));
});

test('two megabytes of marks cost little', async () => {
  const started = performance.now();
  for (const part of [
    'ghp_',
    '://a:b@',
    'SG.a.',
    'PRIVATE KEY',
    '-----BEGIN PRIVATE KEY-----\n',
    'AWS_SECRET_ACCESS_KEY=',
    'xoxb-1-',
    `SG.${'a'.repeat(128)}.${'a'.repeat(300)}\n`,
  ]) {
    await find({ 'a.conf': part.repeat(2_000_000 / part.length) });
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});

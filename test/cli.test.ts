import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '#cli/run.ts';
import { folderOf } from './support/audit-folder.ts';

const WORKFLOW = '.github/workflows/deploy.yml';
const DEPLOY =
  'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: aws ecs update-service --cluster c --service s\n';

afterEach(() => vi.restoreAllMocks());
// each run listens to it once more
process.stdout.setMaxListeners(100);

/** Runs the command line in this process: its exit code and what it wrote. */
async function constat(...args: string[]) {
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const code = await run(['node', 'constat', ...args]);
  vi.restoreAllMocks();
  return { code, out, err };
}
const audit = (root: string, ...args: string[]) =>
  constat('audit', root, '--out', path.join(root, 'out'), '--lang', 'en', ...args);

test('an audit writes three files, its patches and a summary that fits a screen', async () => {
  const root = folderOf({ [WORKFLOW]: DEPLOY });
  const { code, out, err } = await audit(root);
  expect([code, err]).toEqual([0, '']);
  expect(readdirSync(path.join(root, 'out')).sort()).toEqual([
    'patches',
    'report.html',
    'report.json',
    'report.md',
  ]);
  expect(out.split('\n').length).toBeLessThan(25);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(220);
  for (const word of ['Resources', 'Systems', 'Findings', 'Not read', 'report.html'])
    expect(out).toContain(word);
});

test('the format list decides what is written, and --quiet prints nothing', async () => {
  const root = folderOf({ [WORKFLOW]: DEPLOY });
  const { out } = await audit(root, '--format', 'json', '--quiet');
  expect(out).toBe('');
  expect(readdirSync(path.join(root, 'out'))).toEqual(['report.json']);
});

test('gap ids are kept beside constat.yaml, and --no-lock keeps none', async () => {
  const root = folderOf({ [WORKFLOW]: DEPLOY, 'constat.yaml': 'prefix: OPS\n' });
  await audit(root, '--no-lock');
  expect(existsSync(path.join(root, 'constat.lock.json'))).toBe(false);
  await audit(root);
  const lock = JSON.parse(readFileSync(path.join(root, 'constat.lock.json'), 'utf8'));
  const report = JSON.parse(readFileSync(path.join(root, 'out/report.json'), 'utf8'));
  expect(Object.values(lock.gaps).sort()).toEqual(
    report.findings.map((finding: { gap: string }) => finding.gap).sort(),
  );
  expect(report.findings[0].gap).toMatch(/^OPS-\d{4}$/);
  const before = readFileSync(path.join(root, 'constat.lock.json'), 'utf8');
  await audit(root);
  expect(readFileSync(path.join(root, 'constat.lock.json'), 'utf8')).toBe(before);
});

test('--fail-on gives 1 at or above the severity, 0 below', async () => {
  const root = folderOf({ [WORKFLOW]: DEPLOY });
  expect((await audit(root, '--fail-on', 'low')).code).toBe(1);
  expect((await audit(root, '--fail-on', 'critical')).code).toBe(0);
});

test('a workflow that does not parse gives 3, the report is written, and --allow-partial gives 0', async () => {
  const root = folderOf({ [WORKFLOW]: DEPLOY, '.github/workflows/bad.yml': 'on: [\n' });
  const { code, out } = await audit(root);
  expect(code).toBe(3);
  expect(out).toMatch(/bad\.yml:\d+: /);
  expect(existsSync(path.join(root, 'out/report.md'))).toBe(true);
  expect((await audit(root, '--allow-partial')).code).toBe(0);
});

test('a muted finding does not fail an audit, and a mute that matches nothing is warned about', async () => {
  const root = folderOf({ Dockerfile: 'FROM node:22\nCMD ["node"]\n' });
  const { out } = await audit(root);
  expect(out).toContain('runs as root');
  const muted = folderOf({
    Dockerfile: 'FROM node:22\nCMD ["node"]\n',
    'constat.yaml':
      'mutes:\n  - { rule: container-runs-as-root, owner: ops, reason: test }\n  - { rule: secret-committed, owner: ops, reason: test }\n',
  });
  const result = await audit(muted, '--fail-on', 'medium');
  expect(result.code).toBe(0);
  expect(result.out).toContain('the mute of secret-committed (ops) matches no finding');
});

test.each([
  [
    ['audit', '/no/such/folder'],
    /^constat: \/no\/such\/folder: no such folder; give the path of a repository\n$/,
  ],
  [['audit', 'package.json'], /^constat: package\.json: not a folder; give the path of a repository\n$/],
  [['audit', '.', '--format', 'pdf'], /unknown format 'pdf'; known: md, html, json/],
  [['audit', '.', '--lang', 'de'], /Allowed choices are fr, en/],
  [['audit', '.', '--fail-on', 'severe'], /Allowed choices are critical, high, medium, low/],
  [
    ['audit', '.', '--config', '/no/such.yaml'],
    /^constat: \/no\/such\.yaml: no such file; give the path of a constat\.yaml\n$/,
  ],
  [['audit', '.', '--nope'], /unknown option '--nope'/],
  [['audit', '.', '--region', 'eu-west-3'], /--region says how an AWS account is read: give --aws too/],
  [['audit', '.', '--aws', '--region', 'europe'], /give a region, such as eu-west-3/],
  [['audit', '.', '--aws', '--role', 'audit'], /give the ARN of a role/],
  [['nope'], /unknown command 'nope'/],
  [['rules', 'nope'], /^constat: no rule 'nope'; `constat rules` lists them\n$/],
  [['schema', 'nope'], /^constat: no schema 'nope'; known: report, config, target\n$/],
  [['rehearse', 'nope.yml', '--path', 'test'], /nope\.yml: no such workflow/],
])('constat %s is refused in one line with exit code 2', async (args, message) => {
  const { code, err } = await constat(...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/\n\s+at /);
});

test('an output folder that cannot be made is said in one line', async () => {
  const root = folderOf({ file: 'x' });
  const { code, err } = await constat('audit', root, '--out', path.join(root, 'file/out'), '--no-lock');
  expect(code).toBe(2);
  expect(err).toMatch(/cannot be written \(ENOTDIR\); give another folder with --out\n$/);
});

test('a wrong configuration is one line with line and column', async () => {
  const root = folderOf({ 'constat.yaml': 'mutes: yes\n' });
  const { code, err } = await audit(root);
  expect(code).toBe(2);
  expect(err).toMatch(/constat\.yaml:1:\d+: mutes: /);
});

test('rules are listed and explained, schemas are JSON', async () => {
  const { out } = await constat('rules', '--lang', 'fr');
  expect(out.split('\n').length).toBeGreaterThan(20);
  const [first = ''] = out.split(/\s/);
  expect((await constat('rules', first, '--lang', 'fr')).out).toContain(first);
  for (const name of ['report', 'config'])
    expect(JSON.parse((await constat('schema', name)).out).type).toBe('object');
});

test('rehearse shows the calls of each run, and keeps to the input asked for', async () => {
  const root = folderOf({
    [WORKFLOW]:
      'on:\n  workflow_dispatch:\n    inputs:\n      to: { type: choice, options: [dev, prod] }\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: aws ecs update-service --cluster "c-${{ inputs.to }}" --service s\n',
  });
  const all = await constat('rehearse', '--path', root);
  expect(all.out).toContain('--cluster c-dev');
  expect(all.out).toContain('--cluster c-prod');
  const one = await constat('rehearse', 'deploy.yml', '--path', root, '--input', 'to=prod');
  expect(one.out).not.toContain('--cluster c-dev');
  expect(one.out).toContain('--cluster c-prod');
});

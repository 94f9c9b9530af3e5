import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.dirname(import.meta.dirname);
const scratch = mkdtempSync(path.join(tmpdir(), 'constat-package-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const env = { ...process.env, SOURCE_DATE_EPOCH: '1767225600', npm_config_update_notifier: 'false' };
function run(cwd: string, program: string, ...parameters: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, parameters, { cwd, env, encoding: 'utf8' });
  expect(status, `${program} ${parameters.join(' ')}\n${stderr}`).toBe(0);
  return stdout;
}

const project = path.join(scratch, 'empty');
let packed: string[] = [];

beforeAll(() => {
  // Builds where that is still to be done: the package holds what is built.
  run(scratch, path.join(root, 'constat'), 'rules');
  const [tarball] = JSON.parse(
    run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch),
  ) as [{ filename: string; files: { path: string }[] }];
  packed = tarball.files.map((file) => file.path);
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }');
  run(
    project,
    'npm',
    'install',
    '--ignore-scripts',
    '--offline',
    '--no-audit',
    '--no-fund',
    `../${tarball.filename}`,
  );
}, 300_000);

test('the package holds what runs and what explains it, and no sources', () => {
  const folders = new Set(packed.map((file) => file.split('/')[0]));
  expect([...folders].sort()).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'constat', 'dist', 'package.json', 'schema', 'tools'].sort(),
  );
  expect(packed.filter((file) => file.startsWith('tools/'))).toEqual(['tools/node24.sh']);
  expect(packed).toContain('dist/THIRD-PARTY-LICENSES.txt');
});

test('installing it brings nothing else', () => {
  expect(readdirSync(path.join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'constat',
  ]);
});

test('what is installed writes the same report as the checkout, to the byte', () => {
  const audited = path.join(scratch, 'boutique');
  cpSync(path.join(root, 'examples/boutique'), audited, { recursive: true });
  // the same folder for both: commands that take a patch name it
  const out = path.join(scratch, 'report');
  const reports = (['checkout', 'installed'] as const).map((which) => {
    rmSync(out, { recursive: true, force: true });
    const audit = ['audit', audited, '--no-lock', '--quiet', '--lang', 'fr', '--out', out];
    if (which === 'checkout') run(scratch, path.join(root, 'constat'), ...audit);
    else run(project, 'npx', '--no', '--', 'constat', ...audit);
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    return files
      .map(({ name, parentPath }) => path.relative(out, path.join(parentPath, name)))
      .sort()
      .map((file) => [file, readFileSync(path.join(out, file), 'utf8')]);
  });
  expect(reports[0]?.map(([file]) => file)).toEqual(
    expect.arrayContaining(['patches/smoke-test.patch', 'report.html', 'report.json', 'report.md']),
  );
  expect(reports[1]).toEqual(reports[0]);
}, 60_000);

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '#cli/run.ts';
import type { Report } from '#model/report.ts';
import { folderOf } from './support/audit-folder.ts';

afterEach(() => vi.restoreAllMocks());

const state = (name: string) =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.9.5',
    serial: 1,
    lineage: 'f6b1',
    outputs: { password: { value: 'canary-output', type: 'string', sensitive: true } },
    resources: [
      {
        mode: 'managed',
        type: 'aws_db_instance',
        name: 'db',
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [
          { attributes: { identifier: name, password: 'canary-password' }, sensitive_attributes: [] },
        ],
      },
    ],
  });

async function audit(root: string, ...args: string[]) {
  let err = '';
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const out = path.join(root, 'out');
  const code = await run(['node', 'constat', 'audit', root, '--out', out, '--no-lock', '--quiet', ...args]);
  vi.restoreAllMocks();
  const read = (file: string) => readFileSync(path.join(out, file), 'utf8');
  const written = () => ['report.json', 'report.md', 'report.html'].map(read).join('');
  return { code, err, written, report: () => JSON.parse(read('report.json')) as Report };
}
const databases = ({ resources }: Report) =>
  resources.filter(({ kind }) => kind === 'AWS::RDS::DBInstance').map(({ name }) => name);

test('states are given on the command line and in constat.yaml, and no secret of theirs is written', async () => {
  const root = folderOf({
    'README.md': '# Quay\n',
    'own.json': state('quay-own'),
    'old.tfstate': state('quay-old'),
    'constat.yaml': 'terraformStates: [own.json]\n',
  });
  const elsewhere = path.join(folderOf({}), 'prod.tfstate');
  writeFileSync(elsewhere, state('quay-prod'));
  const { code, written, report } = await audit(root, '--terraform-state', elsewhere);
  expect(code).toBe(0);
  expect(databases(report()).sort()).toEqual(['quay-own', 'quay-prod']);
  expect(report().coverage.find(({ source }) => source === 'import')).toMatchObject({
    scope: 'Terraform',
    state: 'complete',
  });
  expect(written()).not.toContain('canary');
  expect(written()).toContain('quay-prod');
});

test('one that cannot be read leaves an audit that says so, and exits with 3', async () => {
  const root = folderOf({
    'README.md': '# Quay\n',
    'old.json': '{"version": 3, "serial": 2, "modules": []}',
  });
  const { code, report } = await audit(root, '--terraform-state', path.join(root, 'old.json'));
  expect(code).toBe(3);
  expect(report().coverage.find(({ source }) => source === 'import')).toMatchObject({ state: 'failed' });
});

test.each([
  [['--terraform-state', '/no/such.tfstate'], '', /^constat: \/no\/such\.tfstate: no such file; give /],
  [['--terraform-state', 'src'], '', /^constat: src: a folder; give /],
  [
    [],
    'terraformStates: [../prod.tfstate]\n',
    /terraformStates: \.\.\/prod\.tfstate: outside the audited folder/,
  ],
  [[], 'terraformStates: prod.tfstate\n', /constat\.yaml:1:1: terraformStates: /],
])('%j, with constat.yaml %j: one line and 2', async (args, configuration, message) => {
  const { code, err } = await audit(folderOf({ 'constat.yaml': configuration }), ...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err.trim().split('\n')).toHaveLength(1);
});

import { expect, test } from 'vitest';
import type { Artifacts, Manifest } from '#model/artifacts.ts';
import { call, dockerfile, estate, run, stage, step, workflow, workflowOf } from '../test-estate.ts';
import { supplyChain } from './supply-chain.ts';
import { answersOf, found } from './test-answers.ts';

const manifest = (file: string, ecosystem: Manifest['ecosystem'] = 'npm', version = '^1.2.0'): Manifest => ({
  file,
  ecosystem,
  packages: [{ name: 'undici', version, line: 6, development: false }],
});
const answers = (
  artifacts: Partial<Artifacts>,
  files: string[] = [],
  findings: ReturnType<typeof found>[] = [],
) => answersOf(supplyChain, estate({ files: new Set(['README.md', ...files]), artifacts }), findings);

test('where nothing is installed, built or run there is nothing to ask', () => {
  expect(Object.values(answers({})).every((one) => one === 'unknown')).toBe(true);
});

test('a lock file beside a manifest or above it, and exact versions, fix what is installed', () => {
  const locks = (manifests: Manifest[], ...files: string[]) =>
    answers({ manifests }, files)['lock-files-present'];
  const member = manifest('apps/web/package.json');
  expect(locks([member], 'pnpm-lock.yaml')).toBe('yes pnpm-lock.yaml:1');
  expect(locks([member], 'apps/web/yarn.lock')).toBe('yes apps/web/yarn.lock:1');
  expect(locks([member], 'apps/api/package-lock.json')).toBe('no apps/web/package.json:6');
  expect(locks([manifest('go.mod', 'go')], 'go.sum')).toBe('yes go.sum:1');
  expect(locks([manifest('requirements.txt', 'python', '==2.0.1')])).toBe('yes requirements.txt:1');
  expect(locks([manifest('requirements.txt', 'python', '>=2')])).toBe('no requirements.txt:6');
  expect(locks([manifest('requirements.txt', 'python', '>=2')], 'requirements.in')).toMatch(/^yes/);
  expect(
    locks([manifest('package.json'), manifest('api/pyproject.toml', 'python')], 'package-lock.json'),
  ).toBe('partial api/pyproject.toml:6');
  expect(locks([manifest('pom.xml', 'java')])).toBe('unknown');
});

test('updates are looked for where Dependabot and Renovate read', () => {
  const updates = (...files: string[]) =>
    answers({ manifests: [manifest('package.json')] }, files)['dependency-updates-automated'];
  expect(updates('.github/dependabot.yml')).toBe('yes .github/dependabot.yml:1');
  expect(updates('renovate.json5')).toMatch(/^yes/);
  expect(updates('docs/dependabot.yml')).toBe('no');
});

test('scans count where CI or a hook runs them', () => {
  const scan = (practice: 'secret-scan' | 'vulnerability-scan', file: string) => ({
    practice,
    file,
    line: 4,
    sign: 'x',
  });
  const ci = '.github/workflows/ci.yml';
  const of = (practices: Artifacts['practices'], parts: Partial<Artifacts> = {}) =>
    answers({ manifests: [manifest('package.json')], practices, ...parts }, [ci]);
  expect(of([scan('secret-scan', '.pre-commit-config.yaml')])['secrets-scanned']).toBe(
    'yes .pre-commit-config.yaml:4',
  );
  expect(of([scan('vulnerability-scan', '.gitlab-ci.yml')])['dependencies-scanned']).toBe(
    'yes .gitlab-ci.yml:4',
  );
  const script = scan('vulnerability-scan', 'scripts/audit.sh');
  expect(of([script])['dependencies-scanned']).toBe('partial scripts/audit.sh:4');
  const reference = { script: 'scripts/audit.sh', from: ci, line: 9 };
  expect(of([script], { scriptReferences: [reference] })['dependencies-scanned']).toBe(
    'yes scripts/audit.sh:4',
  );
  expect(of([])['dependencies-scanned']).toBe(`no ${ci}:1`);
});

test.each([
  ['npm ci', 'yes'],
  ['npm install', 'no'],
  ['npm install --global wrangler', 'unknown'],
  ['npm i undici', 'unknown'],
  ['pnpm install', 'yes'],
  ['pnpm install --no-frozen-lockfile', 'no'],
  ['yarn', 'no'],
  ['yarn install --immutable', 'yes'],
  ['bun install', 'no'],
  ['bun ci', 'yes'],
  ['uv sync --locked', 'yes'],
  ['pip install -r requirements.txt', 'unknown'],
])('`%s` in CI: %s', (command, expected) => {
  const workflows = [workflowOf([step({ run: command })])];
  expect(answers({ workflows })['installs-frozen']?.split(' ')[0]).toBe(expected);
});

test('an installation departs from a lock file only where the repository has one, and is its own', () => {
  const workflows = [workflowOf([step({ run: 'npm install' })])];
  expect(answers({ workflows, manifests: [manifest('package.json')] })['installs-frozen']).toBe('unknown');
  expect(
    answers({ workflows, manifests: [manifest('package.json')] }, ['package-lock.json'])['installs-frozen'],
  ).toMatch(/^no/);
  const abroad = step({ uses: 'actions/checkout@v4', with: { repository: 'pallets/flask' } });
  const install = step({ run: 'uv sync --all-extras' });
  expect(answers({ workflows: [workflowOf([abroad, install])] })['installs-frozen']).toBe('unknown');
  const here = step({ uses: 'actions/checkout@v4' });
  expect(answers({ workflows: [workflowOf([here, install])] })['installs-frozen']).toMatch(/^no/);
});

test('Yarn from version 2 on is frozen in CI by itself', () => {
  const workflows = [workflowOf([step({ run: 'yarn install' })])];
  expect(answers({ workflows }, ['.yarnrc.yml'])['installs-frozen']).toMatch(/^yes/);
});

test.each([
  ['curl -fsSL https://x.example/i.sh | sh', 'no .github/workflows/deploy.yml:11'],
  ['wget -qO- https://x.example | sudo -E bash', 'no .github/workflows/deploy.yml:11'],
  ['bash <(curl -s https://x.example)', 'no .github/workflows/deploy.yml:11'],
  ['# curl https://x.example | sh', 'yes'],
  ['curl https://x.example | jq .', 'yes'],
  ['curl https://x.example -o i.sh; sha256sum -c i.sum; sh i.sh', 'yes'],
])('%s', (command, expected) => {
  const workflows = [workflowOf([step({ run: command })])];
  expect(answers({ workflows })['downloads-not-executed']).toBe(expected);
});

test('actions and images: what the rules found, with how many are pinned', () => {
  const commit = 'a'.repeat(40);
  const workflows = [
    workflowOf([
      step({ uses: `x/a@${commit}` }),
      step({ uses: 'y/b@v1', line: 12 }),
      step({ uses: './own' }),
    ]),
  ];
  const loose = found('action-unpinned', '.github/workflows/deploy.yml', 12);
  expect(answers({ workflows }, [], [loose])['actions-pinned']).toBe(
    'partial .github/workflows/deploy.yml:12',
  );
  expect(answers({ workflows })['actions-pinned']).toBe('yes .github/workflows/deploy.yml:10');
  const dockerfiles = [dockerfile([stage('node:22')])];
  expect(answers({ dockerfiles })['base-images-pinned']).toBe('yes Dockerfile:1');
  const bare = found('image-base-unpinned', 'Dockerfile', 1);
  expect(answers({ dockerfiles }, [], [bare])['base-images-pinned']).toBe('no Dockerfile:1');
});

test('what is published is asked for its signature, and only that', () => {
  const push = call('docker push', { arguments: { image: 'ghcr.io/quay/api:1' }, line: 22 });
  const workflows = [workflow({ runs: [run({ calls: [push] })] })];
  expect(answers({ workflows })['artifacts-signed']).toBe('no .github/workflows/deploy.yml:22');
  const signing = {
    practice: 'signing' as const,
    file: '.github/workflows/deploy.yml',
    line: 30,
    sign: 'cosign',
  };
  expect(answers({ workflows, practices: [signing] })['artifacts-signed']).toBe(
    'yes .github/workflows/deploy.yml:30',
  );
  expect(answers({ workflows: [workflow()] })['artifacts-signed']).toBe('unknown');
});

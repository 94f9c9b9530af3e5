import type { Estate } from '#model/estate.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { definePatch, freeName, newFile, type PatchInput } from './patch.ts';

/** What a checkout needs before its tests are run, and the commands that run them. */
interface Toolchain {
  setUp: readonly string[];
  run: readonly string[];
}

/** Scripts of a package that check it, in the order in which they are usually run. */
const CHECKS = ['lint', 'typecheck', 'type-check', 'check', 'test', 'build'];

const step = (...lines: string[]): string =>
  lines.map((line, index) => `${index === 0 ? '      - ' : '        '}${line}`).join('\n');

/** A package of npm: its manager is known by its lock file. */
function node({ estate, read }: PatchInput): Toolchain | undefined {
  const { files } = estate;
  const manifest = read('package.json');
  if (manifest === undefined) return undefined;
  const scripts = scriptsOf(manifest);
  const checks = CHECKS.filter((name) => scripts.has(name));
  if (!checks.includes('test')) return undefined;
  const setUp = step('uses: actions/setup-node@v6', 'with:', '  node-version: lts/*');
  if (files.has('pnpm-lock.yaml'))
    return {
      setUp: [setUp, step('run: corepack enable')],
      run: ['pnpm install --frozen-lockfile', ...checks.map((name) => `pnpm run ${name}`)],
    };
  if (files.has('yarn.lock'))
    return {
      setUp: [setUp, step('run: corepack enable')],
      run: ['yarn install --immutable', ...checks.map((name) => `yarn run ${name}`)],
    };
  const install = files.has('package-lock.json') ? 'npm ci' : 'npm install';
  return { setUp: [setUp], run: [install, ...checks.map((name) => `npm run ${name}`)] };
}

function scriptsOf(manifest: string): ReadonlySet<string> {
  try {
    const { scripts = {} } = JSON.parse(manifest) as { scripts?: Record<string, string> };
    const own = Object.entries(scripts).filter(([, command]) => !/no test specified/.test(command));
    return new Set(own.map(([name]) => name));
  } catch {
    return new Set();
  }
}

/** A package of Python with tests that pytest finds. */
function python({ estate, read }: PatchInput): Toolchain | undefined {
  const { files } = estate;
  const hasTests = [...files].some((file) => /(?:^|\/)(?:test_[^/]+|[^/]+_test)\.py$/.test(file));
  const requirements = ['requirements-dev.txt', 'requirements.txt'].find((file) => files.has(file));
  const isPackage = /^\[(?:project|build-system)\]/m.test(read('pyproject.toml') ?? '');
  if (!hasTests || (requirements === undefined && !isPackage)) return undefined;
  return {
    setUp: [step('uses: actions/setup-python@v6', 'with:', "  python-version: '3.13'")],
    run: [
      requirements === undefined
        ? 'python -m pip install .'
        : `python -m pip install --requirement ${requirements}`,
      'python -m pip install pytest',
      'python -m pytest',
    ],
  };
}

/** Go and Rust say by their manifest alone how they are tested. */
function others({ files }: Estate): Toolchain | undefined {
  if (files.has('go.mod'))
    return {
      setUp: [step('uses: actions/setup-go@v6', 'with:', '  go-version-file: go.mod')],
      run: ['go vet ./...', 'go test ./...'],
    };
  return files.has('Cargo.toml') ? { setUp: [], run: ['cargo test --locked'] } : undefined;
}

/** A workflow that runs the tests of the repository on each pull request. GitHub documentation, “Building and testing”. */
export const ciMissing = definePatch({
  for: ['ci-missing'],
  draft: (findings, input) => {
    const tools = node(input) ?? python(input) ?? others(input.estate);
    const file = freeName(input.estate, '.github/workflows/ci.yml', '.github/workflows/tests.yml');
    if (!tools || file === undefined) return [];
    const text = `name: ci
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
${[step('uses: actions/checkout@v5'), ...tools.setUp, ...tools.run.map((command) => step(`run: ${command}`))].join('\n')}
`;
    return [
      {
        id: 'ci-workflow',
        title: say(
          `Faire passer les tests à chaque demande de fusion (${code(file)})`,
          `Run the tests on each pull request (${code(file)})`,
        ),
        note: say(
          'Les versions des actions sont celles du jour\u00a0: à fixer par l’empreinte d’un commit.',
          'The versions of the actions are those of the day: to be fixed by the hash of a commit.',
        ),
        findings,
        edits: [newFile(file, text)],
      },
    ];
  },
});

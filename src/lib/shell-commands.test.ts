import { expect, test } from 'vitest';
import { shellCommands } from './shell-commands.ts';

const masked = (script: string) =>
  shellCommands(script).flatMap((one) => (one.masked ? [`${one.words.join(' ')} [${one.masked}]`] : []));

test.each([
  ['a b || true', ['a b [|| true]']],
  ['a || :', ['a [|| :]']],
  ['a || echo "not fatal"', ['a [|| echo "not fatal"]']],
  ['a && echo done || echo failed', ['a [|| echo failed]', 'echo done [|| echo failed]']],
  ['a || { echo failed; true; }', ['a [|| { echo failed; true; }]']],
  ['set +e\na\nb', ['a [set +e]']],
])('%s hides a failure', (script, hidden) => expect(masked(script)).toEqual(hidden));

test.each([
  'a || exit 1',
  'a || (echo failed && exit 1)',
  'a || { echo failed; exit 1; }',
  'a || b',
  'if a || true; then b; fi',
  'for i in 1 2 3; do a && break || echo again; done',
  'x=$(a || true)',
  'set +e\na\nstatus=$?\nset -e\nexit $status',
  'set +e\nset -e\na\nb',
  'set +e\na',
  'a "${{ inputs.x || true }}"',
])('%s hides none', (script) => expect(masked(script)).toEqual([]));

test('words come without quotes and wrappers, with the line of the command', () => {
  expect(
    shellCommands('# note\n\nsudo -E timeout 60 aws ecs "update-service" \\\n  --cluster c\ndate'),
  ).toMatchObject([
    { words: ['aws', 'ecs', 'update-service', '--cluster', 'c'], line: 2 },
    { words: ['date'], line: 4 },
  ]);
  for (const runner of ['npx wrangler@4', 'bunx wrangler', 'pnpm exec wrangler', 'yarn dlx -q wrangler'])
    expect(shellCommands(`${runner} deploy`)[0]?.words).toEqual(['wrangler', 'deploy']);
  expect(shellCommands('pnpm test')[0]?.words).toEqual(['pnpm', 'test']);
});

test('a script that never says `set -e` goes on after every failure that it does not look at', () => {
  const left = (script: string) =>
    shellCommands(script, { errexit: false }).flatMap(({ words, masked: by }) =>
      by ? [words.join(' ')] : [],
    );
  expect(left('a\nb\nc')).toEqual(['a', 'b']);
  expect(left('a && b\nc')).toEqual(['a', 'b']);
  expect(left('a || exit 1\nb\nc')).toEqual(['b']);
  expect(left('set -euo pipefail\na\nb')).toEqual([]);
  expect(left('a\nset -e\nb\nc')).toEqual(['a']);
  expect(left('#!/bin/bash -e\na\nb')).toEqual([]);
  expect(left('a\nif [ $? -ne 0 ]; then exit 1; fi\nb')).toEqual([]);
});

test('commands inside functions, branches and cases are read; conditions are not', () => {
  const script = 'f() { a; }\nif b; then c; else d; fi\ncase "$x" in y) e || true;; esac';
  expect(shellCommands(script).map(({ words }) => words[0])).toEqual(['a', 'c', 'd', 'e', 'true']);
});

test('a script that does not parse and one that is endless cost nothing', () => {
  expect(() => shellCommands('if then ((( "')).not.toThrow();
  expect(shellCommands('a\n'.repeat(200_000))).toEqual([]);
  const start = performance.now();
  shellCommands('a || true\n'.repeat(15_000));
  expect(performance.now() - start).toBeLessThan(20_000);
});

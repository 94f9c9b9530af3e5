import { expect, test } from 'vitest';
import { estate, findings, wranglerConfig, wranglerEnvironment } from '../../test-estate.ts';
import { workerBaseOverwritesEnvironment } from './worker-base-overwrites-environment.ts';

const variable = { name: 'MODE', line: 3, isSecret: false, class: 'plain' } as const;
const database = { type: 'd1', name: 'DB', line: 9, to: 'locks' };
const found = (...environments: Parameters<typeof wranglerEnvironment>[0][]) =>
  findings(
    workerBaseOverwritesEnvironment,
    estate({
      artifacts: {
        wranglerConfigs: [wranglerConfig({ environments: environments.map(wranglerEnvironment) })],
      },
    }),
  );
const named = (name: string, line: number) => ({ script: { name, line } });

test('a base of the same name, with other variables and without a binding', () => {
  const [gap] = found(
    { ...named('locks', 1), variables: [variable] },
    { name: 'production', ...named('locks', 7), variables: [variable], bindings: [database] },
  );
  expect(gap?.message.en).toContain('without `DB` and with variables of its own');
  expect(gap?.evidence).toMatchObject([{ line: 1 }, { line: 7 }]);
});

test('another name, or nothing that differs, is no fault', () => {
  expect(
    found(named('locks-dev', 1), { name: 'production', ...named('locks', 7), bindings: [database] }),
  ).toEqual([]);
  expect(
    found(
      { ...named('locks', 1), bindings: [database] },
      { name: 'production', ...named('locks', 7), bindings: [database] },
    ),
  ).toEqual([]);
  expect(found({ ...named('locks', 1), variables: [variable] })).toEqual([]);
});

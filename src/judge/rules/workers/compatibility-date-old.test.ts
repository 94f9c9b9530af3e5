import { expect, test } from 'vitest';
import { estate, findings, wranglerConfig, wranglerEnvironment } from '../../test-estate.ts';
import { compatibilityDateOld } from './compatibility-date-old.ts';

const found = (value: string, day: string | undefined = '2026-11-28', file = 'wrangler.toml') =>
  findings(
    compatibilityDateOld,
    estate({
      ...(day && { day }),
      artifacts: {
        wranglerConfigs: [
          wranglerConfig({
            file,
            environments: [wranglerEnvironment({ compatibilityDate: { value, line: 3 } })],
          }),
        ],
      },
    }),
  );

test('a date more than two years before the audit is a gap at its line', () => {
  expect(found('2024-11-27')).toMatchObject([
    { severity: 'low', evidence: [{ file: 'wrangler.toml', line: 3 }] },
  ]);
  expect(found('2022-03-01')[0]?.message.en).toContain('`2022-03-01`');
});

test('a later date, a text that is none, an unknown day and a template are none', () => {
  expect(found('2024-11-28')).toEqual([]);
  expect(found('<TBD>')).toEqual([]);
  expect(found('2020-01-01', '')).toEqual([]);
  expect(found('2020-01-01', '2026-11-28', 'templates/x/wrangler.toml')).toEqual([]);
});

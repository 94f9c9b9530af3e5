import { expect, test } from 'vitest';
import type { ProgramSettings } from '#model/settings.ts';
import { estate, findings } from '../../test-estate.ts';
import { program } from '../../test-host.ts';
import { settingWithoutEffect } from './setting-without-effect.ts';

const at = { source: 'repo', file: 'backend/config.py', line: 19 } as const;
const found = (withoutEffect?: ProgramSettings['withoutEffect']) =>
  findings(
    settingWithoutEffect,
    estate({ artifacts: { programs: [program({ ...(withoutEffect && { withoutEffect }) })] } }),
  );

test('a list that nothing is compared with is told where it is defined', () => {
  const [one] = found([{ name: 'allowed_commands', what: 'list', why: 'never-used', at }]);
  expect(one).toMatchObject({ severity: 'medium', evidence: [{ file: 'backend/config.py', line: 19 }] });
  expect(one?.message.en).toContain('nothing is compared with the list');
});

test('a mode whose branches are alike is told as one', () => {
  const [one] = found([{ name: 'mode', what: 'mode', why: 'alike', at }]);
  expect(one?.title.en).toBe('`backend`: mode `mode` without effect');
  expect(one?.message.en).toContain('do the same');
});

test('two of one program are two findings', () => {
  const second = { name: 'blocked_hosts', what: 'list', why: 'never-used', at: { ...at, line: 20 } } as const;
  expect(found([{ name: 'allowed_commands', what: 'list', why: 'never-used', at }, second])).toHaveLength(2);
});

test('nothing is said where all have an effect, or that could not be told', () => {
  expect(found([])).toEqual([]);
  expect(found()).toEqual([]);
});

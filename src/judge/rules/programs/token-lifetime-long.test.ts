import { expect, test } from 'vitest';
import type { ProgramSettings } from '#model/settings.ts';
import { estate, findings } from '../../test-estate.ts';
import { program } from '../../test-host.ts';
import { tokenLifetimeLong } from './token-lifetime-long.ts';

const lifetime = (hours: number, setting?: string): ProgramSettings['tokenLifetimes'][number] => ({
  seconds: hours * 3_600,
  ...(setting !== undefined && { setting }),
  at: { source: 'repo', file: 'backend/auth.py', line: 11 },
});
const found = (...tokenLifetimes: ProgramSettings['tokenLifetimes']) =>
  findings(tokenLifetimeLong, estate({ artifacts: { programs: [program({ tokenLifetimes })] } }));

test('eight days are told, with the variable that decides them', () => {
  const [one] = found(lifetime(192, 'ACCESS_TOKEN_EXPIRE_MINUTES'));
  expect(one).toMatchObject({ severity: 'low', evidence: [{ file: 'backend/auth.py', line: 11 }] });
  expect(one?.message.en).toBe(
    'The tokens that are signed here are good for 8 days, unless `ACCESS_TOKEN_EXPIRE_MINUTES` is set.',
  );
});

test('less than two days are told in hours, and the longest counts', () => {
  expect(found(lifetime(25), lifetime(36))[0]?.title.en).toBe('`backend`: tokens good for 36 hours');
});

test('a day is no finding', () => {
  expect(found(lifetime(24, 'PHARE_TOKEN_HOURS'), lifetime(1))).toEqual([]);
  expect(found()).toEqual([]);
});

import { expect, test } from 'vitest';
import type { Artifacts } from '#model/artifacts.ts';
import type { Setting } from '#model/settings.ts';
import { estate, findings } from '../../test-estate.ts';
import { program } from '../../test-host.ts';
import { defaultSecretInCode } from './default-secret-in-code.ts';

const at = { source: 'repo', file: 'backend/config.py', line: 12 } as const;
const setting = (
  name: string,
  given: Partial<NonNullable<Setting['default']>> = {},
  parts: Partial<Setting> = {},
): Setting => ({
  name,
  by: 'pydantic-settings',
  at,
  isRequired: false,
  default: { class: 'placeholder', secret: true, digest: 'd1', ...given },
  uses: [{ ...at, line: 40 }],
  values: [],
  ...parts,
});
const found = (settings: Setting[], artifacts: Partial<Artifacts> = {}) =>
  findings(defaultSecretInCode, estate({ artifacts: { ...artifacts, programs: [program({ settings })] } }));

test('a default of a secret that lets people in is high, at its line', () => {
  expect(found([setting('PHARE_ADMIN_PASSWORD')])).toMatchObject([
    { severity: 'high', evidence: [{ file: 'backend/config.py', line: 12 }] },
  ]);
});

test('a password of a service beside it weighs less, and counts where everybody knows it', () => {
  expect(found([setting('RABBITMQ_PASSWORD', { class: 'default' })])).toMatchObject([{ severity: 'medium' }]);
  expect(found([setting('RABBITMQ_PASSWORD', { class: 'weak' })])).toEqual([]);
});

test('reads of one variable are one finding', () => {
  expect(found([setting('JWT_SECRET'), setting('JWT_SECRET', {}, { at: { ...at, line: 50 } })])).toHaveLength(
    1,
  );
});

test.each([
  ['it is made anew in each run', [setting('SECRET_KEY', { isGenerated: true })]],
  ['the program stops with it', [setting('SECRET_KEY', { isGuarded: true })]],
  ['it is empty', [setting('SECRET_KEY', { class: 'empty' })]],
  ['it is no secret', [setting('SECRET_KEY', { secret: false, class: 'plain' })]],
  ['nothing uses it', [setting('SECRET_KEY', {}, { uses: [] })]],
  [
    'another read stops without it',
    [
      setting('SECRET_KEY'),
      { ...setting('SECRET_KEY', {}, { isRequired: true }), default: undefined as never },
    ],
  ],
  ['it is the address of a database', [setting('DATABASE_URL', { class: 'default' })]],
  ['it is the key of somebody else’s service', [setting('STRIPE_SECRET_KEY')]],
])('nothing is said where %s', (_name, settings) => {
  expect(found(settings)).toEqual([]);
});

test('a key that the search for secrets tells is not told twice', () => {
  const secrets = [
    { file: at.file, line: at.line, detector: 'jwt', title: 'JSON Web Token', masked: 'eyJ…' },
  ];
  expect(found([setting('JWT_SECRET', { class: 'strong' })], { secrets })).toEqual([]);
});

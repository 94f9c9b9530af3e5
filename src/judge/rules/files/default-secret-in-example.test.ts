import { expect, test } from 'vitest';
import type { ValueClass } from '#model/artifacts.ts';
import { estate, findings } from '../../test-estate.ts';
import { defaultSecretInExample } from './default-secret-in-example.ts';

const found = (value: ValueClass, { example = true, secret = true } = {}) =>
  findings(
    defaultSecretInExample,
    estate({
      artifacts: {
        environmentFiles: [
          {
            file: '.env.example',
            example,
            tracked: true,
            variables: [{ name: 'DB_PASSWORD', line: 2, secret, class: value }],
          },
        ],
      },
    }),
  );

test('a default or weak password in an example is a medium finding that names the variable', () => {
  for (const value of ['default', 'weak'] as const) {
    const [finding] = found(value);
    expect(finding).toMatchObject({ severity: 'medium', evidence: [{ file: '.env.example', line: 2 }] });
    expect(finding?.message.en).toContain('`DB_PASSWORD`');
  }
});

test('an empty value, a placeholder and a reference are what an example should hold', () => {
  for (const value of ['empty', 'placeholder', 'reference'] as const) expect(found(value)).toEqual([]);
});

test('a value that is no secret, and a file that is no example, are not judged here', () => {
  expect(found('default', { secret: false })).toEqual([]);
  expect(found('default', { example: false })).toEqual([]);
});

test('addresses alone, most often of a database on the reader’s machine, are sound', () => {
  const of = (...names: string[]) =>
    findings(
      defaultSecretInExample,
      estate({
        artifacts: {
          environmentFiles: [
            {
              file: '.env.example',
              example: true,
              tracked: true,
              variables: names.map((name, line) => ({ name, line, secret: true, class: 'weak' as const })),
            },
          ],
        },
      }),
    )[0]?.severity;
  expect(of('DATABASE_URL')).toBeUndefined();
  expect(of('DATABASE_URL', 'JWT_SECRET')).toBe('medium');
});

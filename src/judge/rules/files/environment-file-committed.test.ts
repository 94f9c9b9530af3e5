import { expect, test } from 'vitest';
import type { EnvironmentFile, SecretSighting, ValueClass } from '#model/artifacts.ts';
import { estate, findings } from '../../test-estate.ts';
import { environmentFileCommitted } from './environment-file-committed.ts';

const found = (
  parts: Partial<EnvironmentFile>,
  value: ValueClass = 'strong',
  secrets: SecretSighting[] = [],
) =>
  findings(
    environmentFileCommitted,
    estate({
      artifacts: {
        secrets,
        environmentFiles: [
          {
            file: 'api/.env',
            example: false,
            tracked: true,
            variables: [
              { name: 'JWT_SECRET', line: 3, secret: true, class: value },
              { name: 'BUILD_ID', line: 4, secret: false, class: 'strong' },
            ],
            ...parts,
          },
        ],
      },
    }),
  );

test('a tracked dotenv file with a strong secret is high and names the variable, not the value', () => {
  const [finding] = found({});
  expect(finding).toMatchObject({ severity: 'high', evidence: [{ line: 3 }] });
  expect(finding?.message.en).toContain('`JWT_SECRET`.');
});

test('where a detector also knows the form of a value, it is critical', () => {
  const sighting = { file: 'api/.env', line: 3, detector: 'jwt', title: 'Token', masked: 'eyJ…' };
  expect(found({}, 'strong', [sighting])[0]?.severity).toBe('critical');
});

test('a file for development is medium', () => {
  expect(found({ file: '.env.development' })[0]?.severity).toBe('medium');
});

test('examples, untracked files and files without a real secret are sound', () => {
  expect(found({ example: true })).toEqual([]);
  expect(found({ tracked: false })).toEqual([]);
  for (const value of ['placeholder', 'reference', 'empty', 'default'] as const)
    expect(found({}, value)).toEqual([]);
});

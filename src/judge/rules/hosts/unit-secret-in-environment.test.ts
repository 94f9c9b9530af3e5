import { expect, test } from 'vitest';
import type { SecretSighting, ValueClass } from '#model/artifacts.ts';
import type { UnitFile } from '#model/unit-file.ts';
import { estate, findings } from '../../test-estate.ts';
import { unitFile } from '../../test-host.ts';
import { unitSecretInEnvironment } from './unit-secret-in-environment.ts';

const found = (
  worth: ValueClass,
  parts: Partial<UnitFile['environment'][number]> = {},
  unit: Partial<UnitFile> = {},
  secrets: SecretSighting[] = [],
) =>
  findings(
    unitSecretInEnvironment,
    estate({
      artifacts: {
        secrets,
        unitFiles: [
          unitFile({
            environment: [
              {
                name: 'JWT_SECRET',
                secret: true,
                class: worth,
                digest: 'kept-for-this-run',
                file: 'deploy/api.service',
                line: 7,
                ...parts,
              },
            ],
            ...unit,
          }),
        ],
      },
    }),
  );

test('a secret in a unit is told at its line by its name, never with its value or digest', () => {
  const told = found('strong');
  expect(told).toMatchObject([
    { severity: 'high', evidence: [{ line: 7, excerpt: 'Environment=JWT_SECRET=…' }] },
  ]);
  expect(JSON.stringify(told)).not.toContain('kept-for-this-run');
  expect(found('weak')).toMatchObject([{ severity: 'medium' }]);
});

test('what is no secret, stands elsewhere or is told already is no gap', () => {
  expect(found('placeholder')).toEqual([]);
  expect(found('reference')).toEqual([]);
  expect(found('plain', { secret: false })).toEqual([]);
  expect(found('strong', {}, { standing: 'reference' })).toEqual([]);
  expect(found('strong', { file: 'examples/api.service' })).toEqual([]);
  const { digest: _, ...open } = { digest: '', file: 'deploy/api.service' };
  expect(found('strong', { ...open, digest: undefined as unknown as string })).toEqual([]);
  const told = { file: 'deploy/api.service', line: 7, detector: 'x', title: 'X', masked: 'kP2v…' };
  expect(found('strong', {}, {}, [told])).toEqual([]);
});

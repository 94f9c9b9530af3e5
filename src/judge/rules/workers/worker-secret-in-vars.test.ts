import { expect, test } from 'vitest';
import type { SecretSighting, ValueClass } from '#model/artifacts.ts';
import { estate, findings, wranglerConfig, wranglerEnvironment } from '../../test-estate.ts';
import { workerSecretInVars } from './worker-secret-in-vars.ts';

const found = (
  worth: ValueClass,
  {
    name,
    secrets = [],
    isSecret = true,
    file = 'wrangler.toml',
  }: Partial<{
    name: string;
    secrets: SecretSighting[];
    isSecret: boolean;
    file: string;
  }> = {},
) =>
  findings(
    workerSecretInVars,
    estate({
      artifacts: {
        secrets,
        wranglerConfigs: [
          wranglerConfig({
            file,
            environments: [
              wranglerEnvironment({
                ...(name !== undefined && { name }),
                variables: [{ name: 'SIGNING_KEY', line: 8, isSecret, class: worth }],
              }),
            ],
          }),
        ],
      },
    }),
  );

test('a secret among the variables is told at its line, never with its value', () => {
  const [finding] = found('strong', { name: 'production' });
  expect(finding).toMatchObject({ severity: 'high', environments: ['production'], evidence: [{ line: 8 }] });
  expect(finding?.message.en).toContain('`SIGNING_KEY`');
  expect(found('weak', { name: 'production' })).toMatchObject([{ severity: 'medium', confidence: 'medium' }]);
  expect(found('strong', { name: 'dev' })).toMatchObject([{ severity: 'medium' }]);
});

test('references, placeholders, plain values and a developer’s weak one are none', () => {
  for (const worth of ['reference', 'placeholder', 'empty', 'plain'] as const)
    expect(found(worth)).toEqual([]);
  expect(found('weak', { name: 'dev' })).toEqual([]);
  expect(found('strong', { isSecret: false })).toEqual([]);
  expect(found('strong', { file: 'fixtures/a/wrangler.toml' })).toEqual([]);
});

test('a value that is known by its form is told once, as a secret in the repository', () => {
  const sighting = { file: 'wrangler.toml', line: 8, detector: 'stripe', title: 'Stripe', masked: 'sk_l…op' };
  expect(found('strong', { secrets: [sighting] })).toEqual([]);
});

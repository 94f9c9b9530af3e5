import { expect, test } from 'vitest';
import type { WranglerBinding } from '#model/wrangler.ts';
import { estate, findings, wranglerConfig, wranglerEnvironment } from '../../test-estate.ts';
import { workerBindingIncomplete } from './worker-binding-incomplete.ts';

const found = (
  binding: Partial<WranglerBinding>,
  version?: string,
  parts: { name?: string; file?: string } = {},
) =>
  findings(
    workerBindingIncomplete,
    estate({
      artifacts: {
        wranglerConfigs: [
          wranglerConfig({
            file: parts.file ?? 'apps/lock/wrangler.toml',
            environments: [
              wranglerEnvironment({
                ...(parts.name !== undefined && { name: parts.name }),
                bindings: [{ type: 'd1', name: 'DB', line: 9, isIncomplete: true, ...binding }],
              }),
            ],
          }),
        ],
        manifests:
          version === undefined
            ? []
            : [
                {
                  file: 'package.json',
                  ecosystem: 'npm',
                  packages: [{ name: 'wrangler', version, line: 4, development: true }],
                },
              ],
      },
    }),
  );

test('an id that is still to be filled in is a gap at the line of the binding', () => {
  const [finding] = found({ isPlaceholder: true });
  expect(finding).toMatchObject({
    severity: 'medium',
    evidence: [{ file: 'apps/lock/wrangler.toml', line: 9 }],
  });
  expect(finding?.message.en).toBe('Where the id of `DB` belongs, the text to be replaced still stands.');
  expect(found({ isPlaceholder: true }, undefined, { name: 'dev' })).toMatchObject([{ severity: 'low' }]);
});

test('a missing id is a gap only where the project is known to use a version that makes none', () => {
  for (const version of ['3.114.0', '^3.90.0', '4.44.0', '~4.20.1'])
    expect(found({}, version), version).toMatchObject([{ severity: 'low' }]);
  for (const version of ['^4.10.0', '4.45.0', '4', '^5.0.0', 'latest', undefined])
    expect(found({}, version), version).toEqual([]);
});

test('a binding that is whole, and a configuration for show, give none', () => {
  expect(found({ isIncomplete: false }, '3.0.0')).toEqual([]);
  expect(found({ isPlaceholder: true }, undefined, { file: 'templates/a/wrangler.toml' })).toEqual([]);
});

test('what only the base of a file with a production of its own lacks is never deployed', () => {
  const config = wranglerConfig({
    environments: [
      wranglerEnvironment({
        bindings: [{ type: 'd1', name: 'DB', line: 9, isIncomplete: true, isPlaceholder: true }],
      }),
      wranglerEnvironment({ name: 'production', bindings: [{ type: 'd1', name: 'DB', line: 20, id: 'x' }] }),
    ],
  });
  expect(findings(workerBindingIncomplete, estate({ artifacts: { wranglerConfigs: [config] } }))).toEqual([]);
});

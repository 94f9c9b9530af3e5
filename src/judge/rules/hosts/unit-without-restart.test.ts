import { expect, test } from 'vitest';
import type { UnitFile } from '#model/unit-file.ts';
import { estate, findings } from '../../test-estate.ts';
import { unitFile } from '../../test-host.ts';
import { unitWithoutRestart } from './unit-without-restart.ts';

const service = (command: string, settings: Record<string, string> = {}, parts: Partial<UnitFile> = {}) =>
  unitFile({
    execStart: [{ text: command, file: 'deploy/api.service', line: 9 }],
    settings: Object.entries(settings).map(([key, value]) => ({
      section: 'Service',
      key,
      value,
      file: 'deploy/api.service',
      line: 3,
    })),
    ...parts,
  });
const found = (...unitFiles: UnitFile[]) =>
  findings(unitWithoutRestart, estate({ artifacts: { unitFiles } }));

test('a service that runs until it is stopped and does not come back is told', () => {
  expect(found(service('/usr/bin/env python3 -m api'))).toMatchObject([
    { severity: 'low', evidence: [{ file: 'deploy/api.service', line: 9 }] },
  ]);
  expect(found(service('/opt/api', { Restart: '' }))).toHaveLength(1);
});

test.each([
  ['a policy', service('/opt/api', { Restart: 'on-failure' })],
  ['a policy of none, which somebody chose', service('/opt/api', { Restart: 'no' })],
  ['a job that ends', service('/opt/api', { Type: 'oneshot' })],
  ['a daemon of a package', service('/usr/sbin/nginx')],
])('%s is no gap', (_name, unit) => {
  expect(found(unit)).toEqual([]);
});

test('what a timer starts again is no gap', () => {
  const timer = unitFile({ name: 'api.timer', type: 'timer', triggers: ['api.service'] });
  expect(found(service('/opt/api'), timer)).toEqual([]);
});

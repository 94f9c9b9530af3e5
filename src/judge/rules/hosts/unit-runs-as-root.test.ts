import { expect, test } from 'vitest';
import type { UnitFile } from '#model/unit-file.ts';
import { estate, findings } from '../../test-estate.ts';
import { unitFile } from '../../test-host.ts';
import { unitRunsAsRoot } from './unit-runs-as-root.ts';

const service = (command: string, settings: Record<string, string> = {}, parts: Partial<UnitFile> = {}) =>
  unitFile({
    execStart: [{ text: command, file: 'deploy/api.service', line: 9 }],
    settings: Object.entries(settings).map(([key, value], index) => ({
      section: 'Service',
      key,
      value,
      file: 'deploy/api.service',
      line: 3 + index,
    })),
    ...(settings.User !== undefined && { user: settings.User }),
    ...parts,
  });
const found = (...unitFiles: UnitFile[]) => findings(unitRunsAsRoot, estate({ artifacts: { unitFiles } }));

test('an application without a user is told at its command', () => {
  expect(found(service('/srv/api/venv/bin/uvicorn main:app'))).toMatchObject([
    { severity: 'medium', evidence: [{ file: 'deploy/api.service', line: 9 }] },
  ]);
});

test('one whose user is root is told at that line', () => {
  expect(found(service('/usr/bin/node server.js', { Restart: 'always', User: 'root' }))).toMatchObject([
    { severity: 'medium', evidence: [{ line: 4 }] },
  ]);
});

test('a job that ends, and what sandboxing narrows, weigh less', () => {
  expect(found(service('/opt/backup.sh', { Type: 'oneshot' }))).toMatchObject([{ severity: 'low' }]);
  expect(found(service('/opt/api', { ProtectSystem: 'strict' }))).toMatchObject([{ severity: 'low' }]);
});

test.each([
  ['a user of its own', service('/opt/api', { User: 'api' })],
  ['a user that is filled in', service('/opt/api', { User: '{{ user }}' })],
  ['DynamicUser', service('/opt/api', { DynamicUser: 'yes' })],
  ['a daemon of a package', service('/usr/sbin/nginx -g x')],
  ['what hands over to an engine', service('/usr/bin/docker compose up', {}, { workingDirectory: '/opt/x' })],
  ['a timer', service('/opt/api', {}, { type: 'timer', name: 'api.timer' })],
  ['a retired copy', service('/opt/api', {}, { standing: 'retired' })],
  ['an example', service('/opt/api', {}, { file: 'examples/api.service' })],
  ['a unit of a user', service('/opt/api', {}, { file: 'home/.config/systemd/user/api.service' })],
  ['drop-ins alone', { ...service('/opt/api'), file: undefined } as unknown as UnitFile],
])('%s is no gap', (_name, unit) => {
  expect(found(unit)).toEqual([]);
});

test('another file of the repository may give it its user', () => {
  const dropIn = { ...service('', {}, { user: 'api' }), file: undefined } as unknown as UnitFile;
  expect(found(service('/opt/api'), dropIn)).toEqual([]);
});

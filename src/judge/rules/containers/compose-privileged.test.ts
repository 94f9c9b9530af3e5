import { expect, test } from 'vitest';
import { composeFile, estate, findings, service } from '../../test-estate.ts';
import { composePrivileged } from './compose-privileged.ts';

const found = (...files: ReturnType<typeof composeFile>[]) =>
  findings(composePrivileged, estate({ artifacts: { composeFiles: files } }));

test('each privileged service is a finding of its own, at the line that asks for it', () => {
  const list = found(
    composeFile([service('vpn', { privileged: 7 }), service('web'), service('dns', { privileged: 21 })]),
  );
  expect(list.map(({ evidence }) => evidence[0])).toMatchObject([{ line: expect.any(Number) }, {}]);
  expect(list.flatMap(({ title }) => title.en).sort()).toEqual([
    '`dns`: privileged container',
    '`vpn`: privileged container',
  ]);
});

test('retired files and those for a workstation are not judged', () => {
  const services = [service('vpn', { privileged: 7 })];
  expect(
    found(
      composeFile(services, { file: 'compose.yaml.old', retired: true }),
      composeFile(services, { file: 'docker-compose.dev.yml' }),
      composeFile(services, { file: 'docker-compose.override.yml' }),
    ),
  ).toEqual([]);
});

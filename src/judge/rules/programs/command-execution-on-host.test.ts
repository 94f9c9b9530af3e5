import { expect, test } from 'vitest';
import type { GivenValue, HostState } from '#model/host.ts';
import type { Setting } from '#model/settings.ts';
import { estate, findings } from '../../test-estate.ts';
import { container, hostState, hostUnit, program } from '../../test-host.ts';
import { commandExecutionOnHost } from './command-execution-on-host.ts';

const at = { source: 'repo', file: 'backend/config.py', line: 13 } as const;
const mode = (parts: Partial<Setting> = {}, shown = 'direct'): Setting => ({
  name: 'PHARE_EXEC_MODE',
  by: 'pydantic-settings',
  at,
  isRequired: false,
  default: { class: 'plain', secret: false, digest: 'd', shown },
  uses: [at],
  values: ['sandbox'],
  ...parts,
});
const given = (shown: string, name = 'PHARE_EXEC_MODE'): GivenValue => ({
  name,
  secret: false,
  class: 'plain',
  digest: shown,
  shown,
});
const found = (setting: Setting, ...hosts: HostState[]) =>
  findings(
    commandExecutionOnHost,
    estate({ hosts, artifacts: { programs: [program({ settings: [setting] })] } }),
  );
const unitWith = (...environment: GivenValue[]) =>
  hostState({ units: [hostUnit('api.service', { environment })] });

test('a default that runs commands on the host is told, as not seen running', () => {
  const [one] = found(mode());
  expect(one).toMatchObject({
    severity: 'medium',
    confidence: 'medium',
    evidence: [{ file: 'backend/config.py', line: 13 }],
  });
  expect(one?.message.en).toContain('What runs was not seen');
});

test('what the running unit has says it is so', () => {
  const [one] = found(mode({}, 'sandbox'), unitWith(given('direct')));
  expect(one).toMatchObject({
    evidence: [{ line: 13 }, { source: 'host', excerpt: 'api.service: PHARE_EXEC_MODE=direct' }],
  });
  expect(one?.message.en).toContain('On `quay-1`, `api.service` runs with `PHARE_EXEC_MODE=direct`');
});

test('a unit or a container that runs with the other mode has no such fault', () => {
  expect(found(mode(), unitWith(given('sandbox')))).toEqual([]);
  expect(
    found(mode(), hostState({ containers: [container('api', { environment: [given('docker')] })] })),
  ).toEqual([]);
});

test('a file of variables counts before the unit’s own line', () => {
  const file = {
    path: '/etc/api.env',
    isOptional: false,
    state: 'read' as const,
    variables: [given('sandbox')],
  };
  const host = hostState({
    units: [hostUnit('api.service', { environment: [given('direct')], environmentFiles: [file] })],
  });
  expect(found(mode(), host)).toEqual([]);
});

test('a host that does not give the variable leaves the default', () => {
  expect(found(mode(), unitWith(given('8001', 'PORT')))).toMatchObject([{ confidence: 'medium' }]);
});

test.each([
  ['the code knows no other mode', mode({ values: ['fast', 'slow'] })],
  ['the default is the isolated one', mode({}, 'sandbox')],
  ['it is where files are kept', mode({ name: 'STORAGE_PLACE' }, 'local')],
  ['nothing says that it is about commands', mode({ name: 'QUEUE_MODE' })],
])('nothing is said where %s', (_name, setting) => {
  expect(found(setting)).toEqual([]);
});

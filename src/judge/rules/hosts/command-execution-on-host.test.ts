import { expect, test } from 'vitest';
import type { GivenValue, HostUnit } from '#model/host.ts';
import type { ProgramSettings, Setting } from '#model/settings.ts';
import type { UnitFile } from '#model/unit-file.ts';
import { estate, findings, isUnknown } from '../../test-estate.ts';
import { container, hostState, hostUnit, program, unitFile } from '../../test-host.ts';
import { commandExecutionOnHost } from './command-execution-on-host.ts';

const at = { source: 'repo', file: 'backend/tools.py', line: 41 } as const;
const setting = (name: string, values: string[], shown?: string): Setting => ({
  name,
  by: 'os.getenv',
  at: { source: 'repo', file: 'backend/config.py', line: 9 },
  isRequired: false,
  uses: [at],
  values,
  ...(shown !== undefined && { default: { class: 'plain', secret: false, digest: 'd', shown } }),
});
const route = {
  method: 'POST',
  path: '/tools/run',
  runs: { call: 'subprocess.run', usesShell: true, chosen: 'command', at },
  through: [],
  authentication: 'yes',
  at,
} as unknown as ProgramSettings['commandRoutes'][number];
const backend = (shown?: string) =>
  program({
    settings: [setting('EXECUTION_MODE', ['direct', 'sandbox'], shown), setting('QUAY_KEY', [])],
    commandRoutes: [route],
  });
const given = (name: string, shown?: string): GivenValue => ({
  name,
  secret: false,
  class: 'plain',
  digest: 'x',
  ...(shown !== undefined && { shown }),
});
const unit = (environment: GivenValue[], parts: Partial<HostUnit> = {}) =>
  hostUnit('api.service', { environment: [given('QUAY_KEY'), ...environment], ...parts });
const of = (units: HostUnit[], one = backend(), unitFiles: UnitFile[] = []) =>
  estate({ hosts: [hostState({ units })], artifacts: { programs: [one], unitFiles } });
const found = (...args: Parameters<typeof of>) => findings(commandExecutionOnHost, of(...args));

test('the mode that the running unit really has is told, with the line of the repository that gives it', () => {
  const dropIn = unitFile({
    environment: [
      { ...given('EXECUTION_MODE', 'direct'), file: 'deploy/api.service.d/20-mode.conf', line: 2 },
    ],
  });
  expect(found([unit([given('EXECUTION_MODE', 'direct')])], backend(), [dropIn])).toMatchObject([
    {
      severity: 'high',
      confidence: 'high',
      title: { en: '`api.service`: commands run on `quay-1` itself (`EXECUTION_MODE=direct`)' },
      evidence: expect.arrayContaining([
        expect.objectContaining({ file: 'deploy/api.service.d/20-mode.conf', line: 2 }),
        expect.objectContaining({ file: 'backend/tools.py', line: 41 }),
      ]),
      values: { unit: 'api.service', name: 'EXECUTION_MODE', value: 'direct', apart: 'sandbox' },
    },
  ]);
});

test('the host settles it: a mode that isolates is none, whatever files say', () => {
  const dropIn = unitFile({
    environment: [{ ...given('EXECUTION_MODE', 'direct'), file: 'x.conf', line: 2 }],
  });
  expect(found([unit([given('EXECUTION_MODE', 'sandbox')])], backend(), [dropIn])).toEqual([]);
});

test('where nothing gives it the default of the code counts, unless a file was not read', () => {
  expect(found([unit([])], backend('direct'))).toHaveLength(1);
  expect(found([unit([])], backend('sandbox'))).toEqual([]);
  const denied = { path: '/etc/api.env', isOptional: false, state: 'denied' as const, variables: [] };
  const state = of([unit([], { environmentFiles: [denied] })], backend('direct'));
  expect(findings(commandExecutionOnHost, state)).toEqual([]);
  expect(isUnknown(commandExecutionOnHost, state)).toBe(true);
});

test('without a host that runs it a unit of the repository makes it likely, and nothing else known', () => {
  const unitFiles = [
    unitFile({ environment: [{ ...given('EXECUTION_MODE', 'direct'), file: 'x.conf', line: 2 }] }),
  ];
  const files = estate({ artifacts: { programs: [backend()], unitFiles } });
  expect(findings(commandExecutionOnHost, files)).toMatchObject([
    { severity: 'medium', confidence: 'medium' },
  ]);
  expect(isUnknown(commandExecutionOnHost, estate({ artifacts: { programs: [backend()] } }))).toBe(true);
});

test('in a container, without routes that run commands, or without modes it is none', () => {
  const inside = container('api', { environment: [given('QUAY_KEY'), given('EXECUTION_MODE', 'direct')] });
  const state = estate({
    hosts: [hostState({ containers: [inside] })],
    artifacts: { programs: [backend()] },
  });
  expect(findings(commandExecutionOnHost, state)).toEqual([]);
  const direct = [unit([given('EXECUTION_MODE', 'direct')])];
  expect(found(direct, { ...backend(), commandRoutes: [] })).toEqual([]);
  expect(found(direct, { ...backend(), settings: [setting('LOG_LEVEL', ['debug', 'info'])] })).toEqual([]);
});

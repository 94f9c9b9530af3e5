import { expect, test } from 'vitest';
import type { CommandRoute, ProgramSettings } from '#model/settings.ts';
import { estate, findings } from '../../test-estate.ts';
import { program } from '../../test-host.ts';
import { commandRouteUnauthenticated } from './command-route-unauthenticated.ts';

const line = (number: number) => ({ source: 'repo', file: 'api/tools.py', line: number }) as const;
const route = (chosen: CommandRoute['runs']['chosen'], parts: Partial<CommandRoute> = {}): CommandRoute => ({
  method: 'POST',
  path: '/run',
  runs: { call: 'subprocess.run', usesShell: true, chosen, at: line(18) },
  through: [line(36)],
  authentication: 'no',
  at: line(33),
  ...parts,
});
const found = (commandRoutes: CommandRoute[], parts: Partial<ProgramSettings> = {}) =>
  findings(
    commandRouteUnauthenticated,
    estate({ artifacts: { programs: [program({ commandRoutes, ...parts })] } }),
  );

test('a command that the request chooses is critical, with each step to the call', () => {
  const [one] = found([route('command')]);
  expect(one).toMatchObject({ severity: 'critical', evidence: [{ line: 18 }, { line: 33 }, { line: 36 }] });
  expect(one?.message.en).toContain('through a shell');
  expect(one?.title.en).toBe('`POST /run`: commands run without authentication');
});

test.each(['arguments', 'unknown', 'nothing'] as const)(
  'where the request chooses %s it weighs less',
  (chosen) => {
    expect(found([route(chosen)])).toMatchObject([{ severity: 'high' }]);
  },
);

test('one route is one finding, for the worst that it runs', () => {
  expect(found([route('nothing'), route('command'), route('arguments')])).toMatchObject([
    { severity: 'critical' },
  ]);
});

test('what listens on the machine alone weighs less', () => {
  const listens = [{ address: '127.0.0.1', port: 8000, at: line(1) }];
  expect(found([route('command')], { listens })).toMatchObject([{ severity: 'high' }]);
  expect(
    found([route('command')], { listens: [...listens, { address: '0.0.0.0', port: 80, at: line(2) }] }),
  ).toMatchObject([{ severity: 'critical' }]);
});

test.each([
  ['somebody is asked', route('command', { authentication: 'yes' })],
  ['that could not be told', route('command', { authentication: 'unknown' })],
  ['a fixed command only tells something', route('nothing', { method: 'GET' })],
])('nothing is said where %s', (_name, one) => {
  expect(found([one])).toEqual([]);
});

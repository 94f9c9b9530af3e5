import { expect, test } from 'vitest';
import type { EnvironmentFile } from '#model/artifacts.ts';
import type { ProgramSettings } from '#model/settings.ts';
import { judge } from '../../judge.ts';
import { estate, findings } from '../../test-estate.ts';
import { program } from '../../test-host.ts';
import { environmentVariableUnread } from './environment-variable-unread.ts';

const example = (names: string[], parts: Partial<EnvironmentFile> = {}): EnvironmentFile => ({
  file: 'backend/.env.example',
  example: true,
  tracked: true,
  variables: names.map((name, index) => ({ name, line: index + 1, secret: false, class: 'plain' })),
  ...parts,
});
const unread = (name: string, line: number, file = 'backend/.env.example') => ({
  name,
  at: { source: 'repo' as const, file, line },
});
const of = (file: EnvironmentFile, ...programs: ProgramSettings[]) =>
  estate({ artifacts: { environmentFiles: [file], programs } });
const found = (file: EnvironmentFile, ...programs: ProgramSettings[]) =>
  findings(environmentVariableUnread, of(file, ...programs));

test('a variable that nothing reads is told at its line', () => {
  const file = example(['QUAY_MODE', 'QUAY_HOURS', 'QUAY_SMTP_HOST']);
  expect(found(file, program({ unread: [unread('QUAY_SMTP_HOST', 3)] }))).toMatchObject([
    { severity: 'low', evidence: [{ file: 'backend/.env.example', line: 3 }] },
  ]);
});

test('several of one file are one finding that names them', () => {
  const file = example(['A_B', 'C_D', 'E_F', 'G_H', 'I_J']);
  const [one, ...others] = found(file, program({ unread: [unread('A_B', 1), unread('E_F', 3)] }));
  expect(others).toEqual([]);
  expect(one?.title.en).toMatch(/`A_B`, `E_F`/);
  expect(one?.evidence).toHaveLength(2);
});

test.each([
  ['no variable is unread', example(['A_B']), [program({ unread: [] })]],
  [
    'the variable is of another file',
    example(['A_B']),
    [program({ unread: [unread('A_B', 1, 'web/.env.example')] })],
  ],
  ['the file is no example', example(['A_B'], { example: false }), [program({ unread: [unread('A_B', 1)] })]],
  [
    'most of the file belongs to something else',
    example(['A_B', 'C_D', 'E_F']),
    [program({ unread: [unread('A_B', 1), unread('C_D', 2)] })],
  ],
  ['no code was read', example(['A_B']), []],
])('nothing is said where %s', (_name, file, programs) => {
  expect(found(file, ...programs)).toEqual([]);
});

test('where code reads names that are not written out, nothing is known', () => {
  const judged = judge(of(example(['A_B']), program()), [environmentVariableUnread]);
  expect(judged.drafts).toEqual([]);
  expect(JSON.stringify(judged)).toContain('names are not written out');
});

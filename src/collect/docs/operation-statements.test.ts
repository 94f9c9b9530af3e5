import { expect, test } from 'vitest';
import { operationStatements } from './operation-statements.ts';
import { parsePage } from './parse.ts';

const stated = (text: string) =>
  operationStatements(parsePage(text)).map(({ topic, line }) => `${line} ${topic}`);

test('a restoration that was tested on a day', () => {
  expect(stated('# Restore\n\nLast tested on 2026-02-11 against staging.')).toEqual(['3 restore-test']);
  expect(stated('Restauration testée le 03/04/2026 : 12 minutes.')).toEqual(['1 restore-test']);
  expect(stated('| What | When |\n|---|---|\n| Restore drill | March 2026 |')).toEqual(['3 restore-test']);
});

test('a test that has no day, is denied, or is still to come is none', () => {
  expect(stated('The restore procedure was tested.')).toEqual([]);
  expect(stated('Restore never tested since 2024-01-01.')).toEqual([]);
  expect(stated('Restauration non testée (2026-01-01)')).toEqual([]);
  expect(stated('- [ ] Restore tested 2026-01-01')).toEqual([]);
  expect(stated('Restore tests are planned for 2027-01-01')).toEqual([]);
  expect(stated('Rollback tested on 2026-02-11')).toEqual([]);
});

test('how long backups are kept', () => {
  expect(stated('## Backups\n\nKept for 30 days.')).toEqual(['3 backup-retention']);
  expect(stated('Les sauvegardes sont conservées 14 jours.')).toEqual(['1 backup-retention']);
  expect(stated('## Logs\n\nKept for 30 days.')).toEqual([]);
  expect(stated('## Backups\n\nThey take 30 days of work.')).toEqual([]);
});

test('how often secrets are replaced', () => {
  expect(stated('## Secret rotation\n\nEvery 90 days.\n')).toEqual(['3 rotation-frequency']);
  expect(stated('Rotate API keys every 90 days.')).toEqual(['1 rotation-frequency']);
  expect(stated('Rotation des clés : annuelle')).toEqual(['1 rotation-frequency']);
  expect(stated('Logs rotate every 7 days.')).toEqual([]);
});

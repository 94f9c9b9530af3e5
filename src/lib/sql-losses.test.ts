import { expect, test } from 'vitest';
import { sqlLosses } from './sql-losses.ts';

test.each([
  ['DROP TABLE courses;', ['DROP TABLE courses']],
  ['drop table if exists "main"."courses"; CREATE TABLE courses (id)', ['DROP TABLE main.courses']],
  ['DELETE FROM users', ['DELETE FROM users']],
  ['DELETE FROM `users` WHERE 1=1;', ['DELETE FROM users']],
  ['truncate table logs;', ['TRUNCATE logs']],
  ['SELECT 1;\n-- DROP TABLE a\nDELETE\n  FROM b\n;', ['DELETE FROM b']],
])('%s loses data', (sql, lost) => expect(sqlLosses(sql)).toEqual(lost));

test.each([
  'DELETE FROM users WHERE id = 3',
  "INSERT INTO notes VALUES ('; DROP TABLE a;')",
  '/* DROP TABLE a; */ SELECT 1',
  'DROP INDEX a_by_id; DROP VIEW v; DROP TRIGGER t',
  'DELETE FROM sqlite_sequence',
  'CREATE TABLE a_new (id); INSERT INTO a_new SELECT * FROM a; DROP TABLE a; ALTER TABLE a_new RENAME TO a;',
])('%s loses none', (sql) => expect(sqlLosses(sql)).toEqual([]));

test('a long text without an end costs no time', () => {
  const start = performance.now();
  sqlLosses("'".repeat(100_000));
  sqlLosses(`/*${'*'.repeat(200_000)}`);
  sqlLosses(`delete from ${'a'.repeat(200_000)}`);
  expect(performance.now() - start).toBeLessThan(20_000);
});

import { expect, test } from 'vitest';
import { givenValue } from './given-value.ts';

test.each([
  ['EXECUTE_MODE', 'direct'],
  ['PORT', '8001'],
  ['DATABASE_URL', 'sqlite:///./orders.db'],
  ['API_URL', 'http://127.0.0.1:8001/api'],
])('%s=%s is plain to show', (name, value) => {
  expect(givenValue(name, value)).toMatchObject({ secret: false, shown: value });
});

test.each([
  ['JWT_SECRET_KEY', 'changeme'],
  ['DATABASE_URL', 'postgres://app:hunter2@db/app'],
  ['ADMIN_PASSWORD', 'admin'],
  ['SOMETHING', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'],
  ['NOTE', 'a text with spaces'],
])('%s is not shown, and holds its value nowhere', (name, value) => {
  const given = givenValue(name, value);
  expect(given.shown).toBeUndefined();
  expect(JSON.stringify(given)).not.toContain(value);
});

test('equal values have equal digests, others have not', () => {
  expect(givenValue('A', 'changeme').digest).toBe(givenValue('B', 'changeme').digest);
  expect(givenValue('A', 'changeme').digest).not.toBe(givenValue('A', 'changeme2').digest);
});

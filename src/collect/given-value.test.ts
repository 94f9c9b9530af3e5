import { expect, test } from 'vitest';
import { givenValue } from './given-value.ts';

test.each([
  ['PORT', '8001'],
  ['MODE', 'direct'],
  ['DB_PATH', '/var/lib/shop/shop.db'],
  ['ORIGIN', 'https://shop.quay.test:8443/api'],
  ['UPSTREAM', 'backend:8001'],
])('%s=%s is plain to show', (name, value) => {
  expect(givenValue(name, value).shown).toBe(value);
});

test.each([
  ['JWT_SECRET', 'changeme'],
  ['LICENCE', 'kP2vX9qLw7ZtB4nM'],
  ['HOOK', 'https://hooks.example/kP2vX9qLw7ZtB4nM'],
  ['BUILD', '9f86d081884c7d659a2feaa0c55ad015'],
  ['GREETING', 'two words'],
  ['URL', 'postgres://u:Zt7hunter2Q@db/x'],
])('%s is not shown', (name, value) => {
  const given = givenValue(name, value);
  expect(given).not.toHaveProperty('shown');
  expect(JSON.stringify(given)).not.toContain(value);
});

test('equal values have equal digests, whatever their names', () => {
  expect(givenValue('A', 'x').digest).toBe(givenValue('B', 'x').digest);
  expect(givenValue('A', 'x').digest).not.toBe(givenValue('A', 'y').digest);
});

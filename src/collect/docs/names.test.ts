import { describe, expect, test } from 'vitest';
import { isPassingImage, placeholdersIn, readName } from './names.ts';

const ANY = /^\S+$/;

describe('what its reader is to choose or put in is no name', () => {
  test.each([
    'new-photos-bucket',
    'existing-bucket-name',
    'photos-bucket-name',
    'quay-SERVICE-worker',
    'quay-SERVICE',
    'shop.yourdomain.com',
    'sg-yyyyyyyyy',
    '<cluster>-restore',
    '<service>-logs',
    'quay-{component}-{env}',
    '/aws/cloudtrail/<trail-name>',
    'quay-{dev',
    'backup-bucket',
  ])('%s', (name) => {
    expect(readName(name, ANY, { certain: true })).toBeUndefined();
  });

  test.each(['0.6s', '512mb', '99.9%', 'on-demand'])('%s is a measure or a common word', (text) => {
    expect(readName(text, ANY)).toBeUndefined();
  });
});

test.each([
  'new-relic-key',
  'quay-new',
  '/quay/RUNNER_IMAGE',
  '<account-id>-photos',
  'quay-{env}',
  '2048-game',
])('%s is a name', (name) => {
  expect(readName(name, ANY)?.name).toBe(name);
});

test('the image of one commit is known by its tag, whatever stands before it', () => {
  expect(isPassingImage('quay/api:stage-0123abc4567')).toBe(true);
  expect(isPassingImage('quay/api:prod-newsha567890')).toBe(true);
  expect(isPassingImage('quay/api:stage-latest')).toBe(false);
});

test('placeholders are found in order, without stars and dots', () => {
  expect(placeholdersIn('a-${ENV}-{b}-<c>-*-...')).toEqual(['${ENV}', '{b}', '<c>']);
});

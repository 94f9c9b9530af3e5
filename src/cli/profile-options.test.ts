import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AuditOptions } from './audit-command.ts';
import { profilesOf } from './profile-options.ts';

const options = (parts: Partial<AuditOptions>): AuditOptions => ({
  format: ['json'],
  out: 'x',
  lock: true,
  color: false,
  ...parts,
});
const file = (text: string): string => {
  const one = path.join(mkdtempSync(path.join(tmpdir(), 'constat-aws-')), 'config');
  writeFileSync(one, text);
  return one;
};
const machine = (config = '', credentials = '') => ({
  AWS_CONFIG_FILE: file(config),
  AWS_SHARED_CREDENTIALS_FILE: file(credentials),
});

test('devops is a profile of questions, any other name one of the AWS configuration', () => {
  expect(profilesOf(options({ profile: ['devops'] }), {}, machine())).toEqual({
    asked: 'devops',
    aws: expect.not.objectContaining({ profile: expect.anything() }),
  });
  const both = profilesOf(options({ aws: true, profile: ['audit', 'devops'] }), {}, machine());
  expect([both.asked, both.aws.profile]).toEqual(['devops', 'audit']);
});

test('a profile of the AWS configuration that is called devops has an option of its own', () => {
  const { asked, aws } = profilesOf(
    options({ aws: true, awsProfile: 'devops' }),
    {},
    machine('[profile devops]'),
  );
  expect([asked, aws.profile]).toEqual([undefined, 'devops']);
});

test.each([
  ['the configuration', machine('region = x\n[profile  devops]\n')],
  ['the credentials', machine('', '[devops]\n')],
])('where %s has a profile devops, it has to be said which is meant', (_, environment) => {
  const asked = options({ aws: true, profile: ['devops'] });
  expect(() => profilesOf(asked, {}, environment)).toThrow(
    /^--profile devops: the AWS configuration has .* --aws-profile devops/,
  );
  // said already
  expect(profilesOf(asked, { aws: { profile: 'audit' } }, environment).asked).toBe('devops');
  expect(profilesOf(asked, {}, { ...environment, AWS_PROFILE: 'audit' }).asked).toBe('devops');
  expect(profilesOf(options({ ...asked, awsProfile: 'default' }), {}, environment).aws.profile).toBe(
    'default',
  );
});

test('a name that is neither, and two of AWS, are one line each', () => {
  expect(() => profilesOf(options({ profile: ['devop'] }), {}, machine())).toThrow(
    '--profile devop: no such profile of questions; known: devops. A profile of the AWS configuration says how an account is read: give --aws too',
  );
  expect(() => profilesOf(options({ aws: true, profile: ['a'], awsProfile: 'b' }), {}, machine())).toThrow(
    'a, b: an account is read with one profile',
  );
});

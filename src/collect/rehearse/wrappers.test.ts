import { expect, test } from 'vitest';
import { unwrap } from './wrappers.ts';

test.each([
  ['sudo -u app -E docker ps', 'docker ps'],
  ['sudo KEY=1 docker ps', 'docker ps'],
  ['env -u X A=1 B=2 aws s3 ls', 'aws s3 ls'],
  ['timeout -k 5 30m aws s3 ls', 'aws s3 ls'],
  ['nice -n 10 aws s3 ls', 'aws s3 ls'],
  ['npx --yes wrangler@4.1 deploy', 'wrangler deploy'],
  ['npx -p aws-cdk cdk deploy', 'cdk deploy'],
  ['npx @scope/cli@2 go', '@scope/cli go'],
  ['retry 5 aws s3 ls', 'aws s3 ls'],
  ['retry -t 3 -- aws s3 ls', 'aws s3 ls'],
  ['aws-vault exec live -- aws s3 ls', 'aws s3 ls'],
  ['doppler run --config live -- terraform apply', 'terraform apply'],
  ['poetry run ansible-playbook x.yml', 'ansible-playbook x.yml'],
  ['bundle exec cap live deploy', 'cap live deploy'],
])('%s starts %s', (given, inner) => {
  expect(unwrap(given.split(' '))?.argv.join(' ')).toBe(inner);
});

test('variables given on the way are kept', () => {
  expect(unwrap(['env', 'STAGE=live', '__proto__=x', 'make'])?.environment.STAGE).toBe('live');
});

test('a command that starts no other is none', () => {
  expect(unwrap(['aws', 's3', 'ls'])).toBeUndefined();
  expect(unwrap(['poetry', 'install'])).toBeUndefined();
});

import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { terraform } from './terraform.ts';

const accounts = (files: Record<string, string>) =>
  collectFiles(terraform, files).facts.map(({ name, account, unknownAccount }) => [
    name,
    account,
    unknownAccount,
  ]);
const provider = (role: string) => `provider "aws" {
  region = "eu-west-3"
  assume_role { role_arn = ${role} }
}
resource "aws_sqs_queue" "jobs" { name = "quay-jobs" }
terraform {
  backend "s3" {
    bucket = "quay-states"
    key = "quay"
    region = "eu-west-3"
  }
}
`;

test('a role of a known account tells where things are, and nothing of where the state is', () => {
  const role = '"arn:aws:iam::210123456780:role/deploy"';
  expect(accounts({ 'main.tf': provider(role) })).toEqual([
    ['quay-jobs', '210123456780', undefined],
    ['quay-states', undefined, undefined],
  ]);
});

test('a role that only the run knows is of an account that nobody knows, in each environment its own', () => {
  const open = `variable "account" {}\n${provider('"arn:aws:iam::${var.account}:role/deploy"')}`;
  expect(accounts({ 'infra/prod/main.tf': open })).toEqual([
    ['quay-jobs', undefined, 'infra/prod\nprod'],
    ['quay-states', undefined, undefined],
  ]);
  expect(accounts({ 'infra/stack_prod/main.tf': open })[0]?.[2]).toBe('infra/stack_prod\nprod');
});

test('without a role nothing is said of the account', () => {
  expect(accounts({ 'main.tf': provider('""').replace(/ {2}assume_role.*\n/, '') })).toEqual([
    ['quay-jobs', undefined, undefined],
    ['quay-states', undefined, undefined],
  ]);
});

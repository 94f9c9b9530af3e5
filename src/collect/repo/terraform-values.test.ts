import { describe, expect, test } from 'vitest';
import type { Fact } from '#model/fact.ts';
import { collectFiles } from './collect-files.ts';
import { terraform } from './terraform.ts';

const AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n';
const collect = (files: Record<string, string>) => collectFiles(terraform, files);
const named = (facts: readonly Fact[]) => facts.map(({ kind, name, nameStatus }) => [kind, name, nameStatus]);

describe('values', () => {
  const MAIN = `${AWS}variable "env" {}
resource "aws_ecs_cluster" "main" { name = "quay-\${var.env}" }
resource "aws_ecr_repository" "app" { name = "quay-app" }
`;

  test('each file of values is an environment; what all have alike is of none', () => {
    const { facts } = collect({
      'main.tf': MAIN,
      'env/dev.tfvars': 'env = "dev"\n',
      'env/production.tfvars': 'env = "live1"\n',
    });
    expect(facts.map(({ name, environments }) => [name, environments])).toEqual([
      ['quay-dev', ['dev']],
      ['quay-app', []],
      ['quay-live1', ['prod']],
    ]);
  });

  test('values of no environment go with those of each', () => {
    const { facts } = collect({
      'main.tf': `${AWS}variable "env" {}\nvariable "team" {}\nresource "aws_ecs_cluster" "main" { name = "\${var.team}-\${var.env}" }`,
      'dev.tfvars': 'env = "dev"\n',
      'secrets.tfvars': 'team = "quay"\n',
    });
    expect(facts.map(({ name }) => name)).toEqual(['quay-dev']);
  });

  test('a module that Terragrunt applies has its inputs, and no default where others may give a value', () => {
    const { facts } = collect({
      'modules/queue/main.tf':
        'variable "name" {}\nvariable "env" { default = "dev" }\nresource "aws_sqs_queue" "a" { name = var.name }\nresource "aws_sqs_queue" "b" { name = "mail-${var.env}" }\n',
      'live/prod/queue/terragrunt.hcl':
        'include "root" { path = find_in_parent_folders() }\nterraform { source = "../../../modules//queue" }\ninputs = { name = "quay-jobs" }\n',
    });
    expect(facts.map(({ name, sort, environments }) => [name, sort, environments])).toEqual([
      ['quay-jobs', 'declared', ['prod']],
      ['mail-⟨var.env⟩', 'declared', ['prod']],
    ]);
  });

  test('values called after a module are its own, with what is shared beside them', () => {
    const { facts } = collect({
      'deployments/queue/main.tf': `${AWS}variable "env" {}\nvariable "name" {}\nresource "aws_sqs_queue" "a" { name = "\${var.name}-\${var.env}" }`,
      'variables/dev/queue.tfvars': 'name = "quay"\n',
      'variables/dev/common.tfvars': 'env = "d1"\n',
      'variables/prod/queue.tfvars': 'name = "quay"\n',
      'variables/prod/common.tfvars': 'env = "p1"\n',
    });
    expect(facts.map(({ name, environments }) => [name, environments])).toEqual([
      ['quay-d1', ['dev']],
      ['quay-p1', ['prod']],
    ]);
  });

  test('defaults say nothing where backend and values are given from outside', () => {
    const { facts } = collect({
      'main.tf':
        'terraform {\n  backend "s3" {}\n}\nvariable "env" {}\nvariable "name" { default = "example" }\nresource "aws_sns_topic" "t" { name = "top-${var.name}" }\n',
    });
    expect(named(facts)).toEqual([['AWS::SNS::Topic', 'top-⟨var.name⟩', 'template']]);
  });

  test('an example of values gives none', () => {
    const { facts } = collect({ 'main.tf': MAIN, 'terraform.tfvars.example': 'env = "x"\n' });
    expect(facts[0]?.nameStatus).toBe('template');
  });

  test('the folder of a module says its environment', () => {
    const { facts } = collect({ 'live/staging/main.tf': MAIN });
    expect(facts.map(({ environments }) => environments)).toEqual([['staging'], ['staging']]);
  });
});

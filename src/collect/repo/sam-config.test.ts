import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { samConfig } from './sam-config.ts';

const said = (path: string, text: string) => {
  const { facts, unread } = collectFiles(samConfig, { [path]: text });
  return {
    facts: facts.map(({ kind, name, region, environments, evidence, verb }) => [
      kind,
      name,
      region,
      environments,
      'line' in evidence && evidence.line,
      verb,
    ]),
    unread: unread.map(({ line, why }) => [line, why.en]),
  };
};

test('each environment names its stack, its bucket, its role and its repository', () => {
  const { facts } = said(
    'api/samconfig.toml',
    `version = 0.1
[default.build.parameters]
cached = true

[default.global.parameters]
stack_name = "quay-staging"

[prod.deploy.parameters]
stack_name = "quay"
s3_bucket = "quay-artifacts"
region = "eu-west-3"
role_arn = "arn:aws:iam::210123456780:role/quay-deploy"
image_repository = "210123456780.dkr.ecr.eu-west-3.amazonaws.com/quay-fn"
parameter_overrides = "Environment=prod"
`,
  );
  expect(facts).toEqual([
    ['AWS::CloudFormation::Stack', 'quay-staging', undefined, ['staging'], 6, 'creates'],
    ['AWS::CloudFormation::Stack', 'quay', 'eu-west-3', ['prod'], 9, 'creates'],
    ['AWS::S3::Bucket', 'quay-artifacts', 'eu-west-3', ['prod'], 10, 'requires'],
    ['AWS::IAM::Role', 'quay-deploy', undefined, ['prod'], 12, 'requires'],
    ['AWS::ECR::Repository', 'quay-fn', 'eu-west-3', ['prod'], 13, 'requires'],
  ]);
});

test('YAML is read likewise, with dashes in its keys', () => {
  const text =
    'version: 0.1\ndev:\n  deploy:\n    parameters:\n      stack-name: quay-dev\n      resolve_s3: true\n';
  expect(said('samconfig.yaml', text).facts).toEqual([
    ['AWS::CloudFormation::Stack', 'quay-dev', undefined, ['dev'], 5, 'creates'],
  ]);
});

test('what is no name is none, and a broken file costs one line', () => {
  const open =
    '[default.deploy.parameters]\nstack_name = "${NAME}"\ns3_bucket = "<bucket>"\nrole_arn = "deploy"\n';
  expect(said('samconfig.toml', open)).toEqual({ facts: [], unread: [] });
  expect(said('samconfig.toml', 'default = 3\n[x]\n')).toEqual({ facts: [], unread: [] });
  expect(said('samconfig.toml', '[default\n').unread).toEqual([
    [1, expect.stringContaining('not valid TOML')],
  ]);
  expect(said('samconfig.yml', 'a: [').unread).toEqual([
    [1, expect.stringContaining('unreadable configuration')],
  ]);
});

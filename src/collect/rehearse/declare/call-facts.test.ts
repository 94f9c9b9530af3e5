import { expect, test } from 'vitest';
import { declared, of, seen } from './test-declared.ts';

test('what a job states as its container and services is declared', async () => {
  const facts = await declared({
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    container: node:24\n    services:\n      db:\n        image: postgres:17\n    steps:\n      - run: docker run --rm alpine true\n',
  });
  expect(seen(of(facts, 'Docker::Image'))).toEqual([
    'node:24 literal ci.yml:5',
    'postgres:17 literal ci.yml:8',
  ]);
});

test('the ARN of a service names its cluster too', async () => {
  const facts = await declared({
    '.github/workflows/deploy-dev.yml':
      'on: push\njobs:\n  go:\n    runs-on: ubuntu-latest\n    steps:\n      - run: aws ecs update-service --service arn:aws:ecs:eu-west-1:210123456780:service/shop-dev/web --force-new-deployment\n',
  });
  expect(of(facts, 'AWS::ECS::Cluster').map(({ name, region, account }) => [name, region, account])).toEqual([
    ['shop-dev', 'eu-west-1', '210123456780'],
  ]);
  expect(of(facts, 'AWS::ECS::Service').map(({ name, scope }) => [name, scope])).toEqual([
    ['web', 'shop-dev'],
  ]);
});

test('a repository whose jobs run only under its own name says its name; else it stays a template', async () => {
  const push = (gate: string) => ({
    '.github/workflows/release.yml': `on: push\njobs:\n  image:\n    runs-on: ubuntu-latest\n${gate}    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          tags: ghcr.io/\${{ github.repository }}:latest\n`,
  });
  const own = await declared(push("    if: github.repository == 'quai/shop'\n"));
  expect(of(own, 'Docker::Image').map(({ name }) => name)).toEqual(['ghcr.io/quai/shop:latest']);
  const open = await declared(push(''));
  expect(of(open, 'Docker::Image').map(({ name, nameStatus }) => [name, nameStatus])).toEqual([
    ['ghcr.io/⟨github.repository⟩:latest', 'template'],
  ]);
});

test('inline policies belong to their role, an OIDC provider is named by its host', async () => {
  const facts = await declared(
    {
      'setup.sh': `#!/bin/bash
aws iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com --client-id-list sts.amazonaws.com
aws iam put-role-policy --role-name shop-deploy --policy-name push-images --policy-document file://policy.json
`,
    },
    ['setup.sh'],
  );
  expect(
    facts.filter(({ kind }) => kind.startsWith('AWS::')).map(({ kind, name, scope }) => [kind, name, scope]),
  ).toEqual([
    ['AWS::IAM::OIDCProvider', 'token.actions.githubusercontent.com', undefined],
    ['AWS::IAM::Role', 'shop-deploy', undefined],
    ['AWS::IAM::RolePolicy', 'push-images', 'shop-deploy'],
  ]);
});

test('what a stack is given is read by the name of its parameter, for each value of an argument', async () => {
  const facts = await declared(
    {
      'stack.sh': `#!/bin/bash
set -eu
[[ $1 = prod ]] && PREFIX=shop || PREFIX=shop-$1
aws cloudformation create-stack --stack-name $PREFIX-site --template-body file://site.yml --parameters \\
  ParameterKey=S3BucketName,ParameterValue=$PREFIX.quai.fr ParameterKey=Owner,ParameterValue=someone
`,
    },
    ['stack.sh'],
  );
  expect(seen(of(facts, 'AWS::S3::Bucket'))).toEqual(['shop.quai.fr resolved stack.sh:4 prod']);
  expect(seen(of(facts, 'AWS::CloudFormation::Stack'))).toEqual([
    'shop-site resolved stack.sh:3 prod',
    'shop-⟨argument 1⟩-site template stack.sh:3',
  ]);
});

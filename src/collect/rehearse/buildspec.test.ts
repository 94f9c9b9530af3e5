import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { readBuildspec } from './buildspec.ts';
import { rehearse } from './rehearse.ts';

const BUILDSPEC = `version: 0.2
env:
  variables:
    REPO: web
  parameter-store:
    HOST: /shop/db/host
  secrets-manager:
    TOKEN: shop/api:token:AWSCURRENT
phases:
  post_build:
    commands:
      - |
        aws ecs update-service --cluster shop \\
          --service $REPO
      - docker push 123456789012.dkr.ecr.eu-west-3.amazonaws.com/$REPO:$CODEBUILD_BUILD_NUMBER
  pre_build:
    commands:
      - cd app
      - aws s3 cp s3://shop-assets/a .
    finally: [aws sns publish --topic-arn arn:aws:sns:eu-west-3:123456789012:builds --message done]
`;

test('the commands of each phase run in its order, on their own lines, with the variables that are read first', async () => {
  const { scripts, unread } = await rehearse(memoryTree({ 'ci/buildspec.yml': BUILDSPEC }), {
    workflows: [],
    recipes: ['ci/buildspec.yml'],
  });
  expect(unread).toEqual([]);
  const [run, ...others] = scripts;
  expect(others).toEqual([]);
  expect(run?.calls.map(({ tool, operation }) => `${tool} ${operation}`)).toEqual([
    'aws ssm get-parameter',
    'aws secretsmanager get-secret-value',
    'aws s3 cp',
    'aws sns publish',
    'aws ecs update-service',
    'docker push',
  ]);
  expect(run?.calls[1]?.arguments['secret-id']).toBe('shop/api');
  expect(run?.calls[4]?.arguments.service).toBe('web');
  expect(run?.calls.slice(0, 2).map(({ line }) => line)).toEqual([6, 8]);
});

test('what stands in the order in which it runs keeps its line', async () => {
  const text =
    'phases:\n  build:\n    commands:\n      - echo x\n      - >-\n        docker\n        push acme/web:1\n      - docker push acme/web:2\n';
  const { scripts } = await rehearse(memoryTree({ 'buildspec.yml': text }), {
    workflows: [],
    recipes: ['buildspec.yml'],
  });
  expect(scripts[0]?.calls.map(({ line }) => line)).toEqual([6, 8]);
});

test.each([
  ['a: [', 1],
  ['- a\n- b\n', 1],
  ['', 1],
])('%j is a fault with its line', (text, line) => {
  expect(readBuildspec('buildspec.yml', text)).toMatchObject({ fault: { line } });
});

test.each(['version: 0.2', 'phases: { build: { commands: [[1], { a: b }] } }', 'phases: x\nenv: [y]'])(
  '%j has nothing to run',
  (text) => {
    expect(readBuildspec('buildspec.yml', text)).toMatchObject({ script: expect.stringMatching(/^\s*$/) });
  },
);

test('a buildspec that does not parse costs one line in coverage', async () => {
  const { unread } = await rehearse(memoryTree({ 'buildspec.yml': 'phases: [' }), {
    workflows: [],
    recipes: ['buildspec.yml'],
  });
  expect(unread).toMatchObject([{ file: 'buildspec.yml', line: 1 }]);
});

import { expect, test } from 'vitest';
import { codebuild } from './codebuild.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = `arn:aws:codebuild:eu-west-3:${ACCOUNT}:project/shop-build`;
const answers = {
  'codebuild:ListProjects': { projects: ['shop-build'] },
  'codebuild:BatchGetProjects': {
    projects: [
      {
        name: 'shop-build',
        arn,
        serviceRole: `arn:aws:iam::${ACCOUNT}:role/build`,
        source: {
          type: 'GITHUB',
          location: 'https://robot:hidden@github.com/quay/shop.git',
          buildspec: 'hidden',
        },
        environment: {
          image: `${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/tools:1`,
          computeType: 'BUILD_GENERAL1_SMALL',
          privilegedMode: true,
          environmentVariables: [
            { name: 'TOKEN', value: 'hidden', type: 'PLAINTEXT' },
            { name: 'DB', value: 'shop/db:password', type: 'SECRETS_MANAGER' },
            { name: 'URL', value: '/shop/url', type: 'PARAMETER_STORE' },
          ],
        },
      },
    ],
  },
};

test('a project is told with its image, its role, its logs and the names of its variables', async () => {
  const { facts } = await collected(codebuild, answers);
  const project = factOf(facts, 'shop-build');
  expect(project).toMatchObject({
    arn,
    properties: { sourceType: 'GITHUB', privilegedMode: true, variables: ['TOKEN', 'DB', 'URL'] },
  });
  expect(project.relations?.map(({ type, to }) => `${type} ${to.name}`)).toEqual([
    `assumes arn:aws:iam::${ACCOUNT}:role/build`,
    `uses-image ${ACCOUNT}.dkr.ecr.eu-west-3.amazonaws.com/tools:1`,
    'reads shop/db',
    'reads /shop/url',
    'logs-to /aws/codebuild/shop-build',
  ]);
});

test('no value of a variable and no password of a source is kept', async () => {
  const { facts } = await collected(codebuild, answers);
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('projects are described a hundred at a time', async () => {
  const projects = Array.from({ length: 150 }, (_, index) => `p-${index}`);
  const { calls, facts } = await collected(codebuild, { 'codebuild:ListProjects': { projects } });
  expect(calls.filter((call) => call === 'codebuild:BatchGetProjects')).toHaveLength(2);
  expect(facts).toHaveLength(150);
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(codebuild, { 'codebuild:ListProjects': DENIED });
  expect(lookups[0]?.refusal).toMatchObject({ permission: 'codebuild:ListProjects' });
});

test('a project that is not described is there, with the refusal', async () => {
  const { facts } = await collected(codebuild, { ...answers, 'codebuild:BatchGetProjects': DENIED });
  expect(factOf(facts, 'shop-build')).toMatchObject({
    arn,
    refusals: [{ operation: 'codebuild:BatchGetProjects' }],
  });
});

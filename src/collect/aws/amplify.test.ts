import { expect, test } from 'vitest';
import { amplify } from './amplify.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const arn = `arn:aws:amplify:eu-west-3:${ACCOUNT}:apps/d1a2b3c4`;
const answers = {
  'amplify:ListApps': {
    apps: [
      {
        appId: 'd1a2b3c4',
        appArn: arn,
        name: 'shop-site',
        platform: 'WEB',
        repository: 'https://github.com/quay/site',
        defaultDomain: 'd1a2b3c4.amplifyapp.com',
        environmentVariables: { API_TOKEN: 'hidden' },
        basicAuthCredentials: 'hidden',
        buildSpec: 'hidden',
        customHeaders: 'hidden',
      },
    ],
  },
  'amplify:ListBranches': {
    branches: [
      {
        branchName: 'main',
        stage: 'PRODUCTION',
        enableAutoBuild: true,
        environmentVariables: { KEY: 'hidden' },
      },
    ],
  },
};

test('an application is known by its id, its name and its domain', async () => {
  const { facts, calls } = await collected(amplify, answers);
  expect(factOf(facts, 'd1a2b3c4')).toMatchObject({
    arn,
    otherNames: ['shop-site', 'd1a2b3c4.amplifyapp.com'],
    properties: { repository: 'https://github.com/quay/site', variables: ['API_TOKEN'] },
  });
  expect(calls).toEqual(['amplify:ListApps']);
});

test.each(['d1a2b3c4', 'shop-site'])('branches are told where a file names %s', async (name) => {
  const { facts } = await collected(amplify, answers, { declared: [['AWS::Amplify::App', name]] });
  expect(factOf(facts, 'd1a2b3c4').properties?.branches).toEqual([
    { name: 'main', stage: 'PRODUCTION', enableAutoBuild: true, variables: ['KEY'] },
  ]);
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(amplify, { 'amplify:ListApps': DENIED });
  expect(lookups[0]?.refusal).toMatchObject({ permission: 'amplify:ListApps' });
});

test('an application whose branches are refused is there, with the refusal and no branches', async () => {
  const refused = { ...answers, 'amplify:ListBranches': DENIED };
  const { facts } = await collected(amplify, refused, { declared: [['AWS::Amplify::App', 'shop-site']] });
  const app = factOf(facts, 'd1a2b3c4');
  expect(app.refusals).toMatchObject([{ operation: 'amplify:ListBranches' }]);
  expect(app.properties).not.toHaveProperty('branches');
});

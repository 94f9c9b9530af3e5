import { describe, expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { serverless } from './serverless.ts';

const SERVICE = (name: string, stage = "${opt:stage, 'dev'}") =>
  `service: ${name}\nprovider: {name: aws, stage: "${stage}"}\nfunctions: {api: {handler: a.b, disableLogs: true}}\n`;
const functions = (files: Record<string, string>) =>
  collectFiles(serverless, files)
    .facts.filter(({ kind }) => kind === 'AWS::Lambda::Function')
    .map(({ name, environments }) => [name, environments.join()]);

describe('stages that calls give', () => {
  test('a call whose stage only its run knows leaves names open, whatever the file says', () => {
    const script = 'stage=${1:-dev}\nnpx serverless deploy --verbose \\\n  --stage "$stage"\n';
    for (const own of ["${opt:stage, 'dev'}", 'dev'])
      expect(functions({ 'serverless.yml': SERVICE('quay', own), 'deploy.sh': script })).toEqual([
        ['quay-⟨stage⟩-api', ''],
      ]);
  });

  test('stages that calls write out are those of the service', () => {
    const scripts = { 'deploy:uat': 'sls deploy -s uat', 'deploy:live': 'sls deploy --stage=prod --force' };
    const files = { 'serverless.yml': SERVICE('quay'), 'package.json': JSON.stringify({ scripts }) };
    expect(functions(files)).toEqual([
      ['quay-uat-api', 'uat'],
      ['quay-prod-api', 'prod'],
    ]);
    const bare = { ...files, Makefile: 'deploy:\n\tserverless deploy && echo --stage x\n' };
    expect(functions(bare).map(([name]) => name)).toEqual(['quay-dev-api', 'quay-uat-api', 'quay-prod-api']);
  });

  test('a call in the folder of another service says nothing of this one; other commands give no stage', () => {
    const files = {
      'ferry/serverless.yml': SERVICE('ferry'),
      'quay/serverless.yml': SERVICE('quay'),
      'quay/deploy.sh': 'sls deploy --stage $STAGE\n',
      'run.sh': 'sls remove --stage $STAGE\nsls offline -s $STAGE\n',
    };
    expect(functions(files)).toEqual([
      ['ferry-dev-api', 'dev'],
      ['quay-⟨stage⟩-api', ''],
    ]);
  });

  test('where one call gives an open stage and another none, the file’s own counts too', () => {
    const files = {
      'serverless.yml': SERVICE('quay', 'dev'),
      'a.sh': 'sls deploy\n',
      'b.sh': 'sls deploy --stage $STAGE\n',
    };
    expect(functions(files)).toEqual([['quay-dev-api', 'dev']]);
  });
});

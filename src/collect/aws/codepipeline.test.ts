import { expect, test } from 'vitest';
import { codepipeline } from './codepipeline.ts';
import { ACCOUNT, collected, DENIED, factOf } from './test-server.ts';

const answers = {
  'codepipeline:ListPipelines': {
    pipelines: [{ name: 'release', pipelineType: 'V2', updated: 1_772_000_000 }],
  },
  'codepipeline:GetPipelineState': {
    stageStates: [
      {
        stageName: 'Source',
        latestExecution: { status: 'Succeeded' },
        inboundTransitionState: { enabled: true },
      },
      {
        stageName: 'Deploy',
        latestExecution: { status: 'Failed' },
        actionStates: [
          {
            actionName: 'ToProd',
            latestExecution: { status: 'Failed', errorDetails: { message: 'token=hidden' } },
          },
          { actionName: 'Check', latestExecution: { status: 'Succeeded' } },
        ],
      },
    ],
  },
};
const declared = [['AWS::CodePipeline::Pipeline', 'release']] as const;

test('a pipeline that no file names costs the list alone', async () => {
  const { facts, calls } = await collected(codepipeline, answers);
  expect(factOf(facts, 'release')).toMatchObject({
    arn: `arn:aws:codepipeline:eu-west-3:${ACCOUNT}:release`,
    properties: { pipelineType: 'V2' },
  });
  expect(calls).toEqual(['codepipeline:ListPipelines']);
});

test('how the last run went is told of one that a file names, without what its actions said', async () => {
  const { facts } = await collected(codepipeline, answers, { declared });
  expect(factOf(facts, 'release').properties?.stages).toEqual([
    { name: 'Source', status: 'Succeeded', enabled: true, failed: [] },
    { name: 'Deploy', status: 'Failed', failed: ['ToProd'] },
  ]);
  expect(JSON.stringify(facts)).not.toContain('hidden');
});

test('a refused list is not established', async () => {
  const { lookups } = await collected(codepipeline, { 'codepipeline:ListPipelines': DENIED });
  expect(lookups[0]?.refusal).toMatchObject({ permission: 'codepipeline:ListPipelines' });
});

test('a pipeline whose state is refused is there, with the refusal', async () => {
  const refused = { ...answers, 'codepipeline:GetPipelineState': DENIED };
  const { facts } = await collected(codepipeline, refused, { declared });
  expect(factOf(facts, 'release').refusals).toMatchObject([{ operation: 'codepipeline:GetPipelineState' }]);
});

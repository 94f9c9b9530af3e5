import {
  CodePipelineClient,
  GetPipelineStateCommand,
  type PipelineSummary,
  paginateListPipelines,
  type StageState,
} from '@aws-sdk/client-codepipeline';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { moment, stated } from './stated.ts';

const PIPELINE: Kind = 'AWS::CodePipeline::Pipeline';

/**
 * Pipelines, and how the last run of those that files name went. Their configuration may hold tokens, and is not asked
 * for. AWS CodePipeline API Reference, version 2015-07-09.
 */
export const codepipeline = defineAwsCollector({
  id: 'codepipeline',
  title: { fr: 'CodePipeline', en: 'CodePipeline' },
  service: 'codepipeline',
  where: 'regions',
  Client: CodePipelineClient,
  kinds: [PIPELINE],
  permissions: {
    ListPipelines: 'codepipeline:ListPipelines',
    GetPipelineState: 'codepipeline:GetPipelineState',
  },
  async collect(aws) {
    await listOf(
      aws,
      [PIPELINE],
      paginateListPipelines,
      { maxResults: 1000 },
      ({ pipelines }) => pipelines,
      (one) => see(aws, one),
    );
  },
});

async function see(aws: AwsScope, { name = '', pipelineType, updated }: PipelineSummary): Promise<void> {
  const { output, refusal } = aws.isDeclared(PIPELINE, name)
    ? await aws.ask(GetPipelineStateCommand, { name })
    : {};
  aws.see({
    kind: PIPELINE,
    name,
    arn: `arn:${aws.partition}:codepipeline:${aws.region}:${aws.account}:${name}`,
    operation: output ? 'GetPipelineState' : 'ListPipelines',
    properties: { pipelineType, updated: moment(updated), stages: output?.stageStates?.map(stageOf) },
    refusals: [refusal],
  });
}

const stageOf = ({ stageName, latestExecution, inboundTransitionState, actionStates = [] }: StageState) =>
  stated({
    name: stageName,
    status: latestExecution?.status,
    enabled: inboundTransitionState?.enabled,
    failed: actionStates.flatMap(({ actionName, latestExecution: last }) =>
      last?.status === 'Failed' && actionName ? [actionName] : [],
    ),
  });

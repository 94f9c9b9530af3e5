import { CodePipelineClient, paginateListPipelines } from '@aws-sdk/client-codepipeline';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { moment } from './stated.ts';

const PIPELINE: Kind = 'AWS::CodePipeline::Pipeline';

/** Pipelines. AWS CodePipeline API Reference, version 2015-07-09. */
export const codepipeline = defineAwsCollector({
  id: 'codepipeline',
  title: { fr: 'CodePipeline', en: 'CodePipeline' },
  service: 'codepipeline',
  where: 'regions',
  Client: CodePipelineClient,
  kinds: [PIPELINE],
  permissions: { ListPipelines: 'codepipeline:ListPipelines' },
  async collect(aws) {
    await listOf(
      aws,
      [PIPELINE],
      paginateListPipelines,
      { maxResults: 1000 },
      ({ pipelines }) => pipelines,
      ({ name = '', ...one }) =>
        aws.see({
          kind: PIPELINE,
          name,
          arn: `arn:${aws.partition}:codepipeline:${aws.region}:${aws.account}:${name}`,
          operation: 'ListPipelines',
          properties: { pipelineType: one.pipelineType, updated: moment(one.updated) },
        }),
    );
  },
});

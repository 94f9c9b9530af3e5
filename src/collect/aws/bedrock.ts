import {
  BedrockClient,
  GetModelInvocationLoggingConfigurationCommand,
  paginateListCustomModels,
  paginateListGuardrails,
  paginateListProvisionedModelThroughputs,
} from '@aws-sdk/client-bedrock';
import type { Kind } from '#model/fact.ts';
import { defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const MODEL: Kind = 'AWS::Bedrock::CustomModel';
const GUARDRAIL: Kind = 'AWS::Bedrock::Guardrail';
const THROUGHPUT: Kind = 'AWS::Bedrock::ProvisionedModelThroughput';

/** What an account has of Bedrock beside the models of others. Amazon Bedrock API Reference, version 2023-04-20. */
export const bedrock = defineAwsCollector({
  id: 'bedrock',
  title: { fr: 'Bedrock', en: 'Bedrock' },
  service: 'bedrock',
  where: 'regions',
  Client: BedrockClient,
  kinds: [MODEL, GUARDRAIL, THROUGHPUT],
  permissions: {
    ListCustomModels: 'bedrock:ListCustomModels',
    ListGuardrails: 'bedrock:ListGuardrails',
    ListProvisionedModelThroughputs: 'bedrock:ListProvisionedModelThroughputs',
    GetModelInvocationLoggingConfiguration: 'bedrock:GetModelInvocationLoggingConfiguration',
  },
  async collect(aws) {
    let seen = 0;
    await Promise.all([
      listOf(
        aws,
        [MODEL],
        paginateListCustomModels,
        { maxResults: 1000 },
        ({ modelSummaries }) => modelSummaries,
        (one) => {
          seen += 1;
          aws.see({
            kind: MODEL,
            name: one.modelName ?? '',
            ...(one.modelArn && { arn: one.modelArn }),
            operation: 'ListCustomModels',
            properties: { baseModel: one.baseModelName },
          });
        },
      ),
      listOf(
        aws,
        [GUARDRAIL],
        paginateListGuardrails,
        { maxResults: 1000 },
        ({ guardrails }) => guardrails,
        (one) => {
          seen += 1;
          aws.see({
            kind: GUARDRAIL,
            name: one.name ?? '',
            ...(one.arn && { arn: one.arn }),
            otherNames: [one.id],
            operation: 'ListGuardrails',
            properties: { status: one.status, version: one.version },
          });
        },
      ),
    ]);
    await listOf(
      aws,
      [THROUGHPUT],
      paginateListProvisionedModelThroughputs,
      { maxResults: 1000 },
      ({ provisionedModelSummaries }) => provisionedModelSummaries,
      async (one) => {
        seen += 1;
        aws.see({
          kind: THROUGHPUT,
          name: one.provisionedModelName ?? '',
          ...(one.provisionedModelArn && { arn: one.provisionedModelArn }),
          operation: 'ListProvisionedModelThroughputs',
          properties: { status: one.status, modelUnits: one.modelUnits },
        });
      },
    );
    // where nothing of it is used, nobody asks whether its use is logged
    if (seen > 0) await aws.ask(GetModelInvocationLoggingConfigurationCommand, {});
  },
});

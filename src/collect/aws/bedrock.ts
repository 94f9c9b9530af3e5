import {
  BedrockClient,
  GetModelInvocationLoggingConfigurationCommand,
  paginateListCustomModels,
  paginateListGuardrails,
  paginateListProvisionedModelThroughputs,
} from '@aws-sdk/client-bedrock';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';

const MODEL: Kind = 'AWS::Bedrock::CustomModel';
const GUARDRAIL: Kind = 'AWS::Bedrock::Guardrail';
const THROUGHPUT: Kind = 'AWS::Bedrock::ProvisionedModelThroughput';
const LOGGING: Kind = 'AWS::Bedrock::ModelInvocationLogging';

/** What an account has of Bedrock beside the models of others. Amazon Bedrock API Reference, version 2023-04-20. */
export const bedrock = defineAwsCollector({
  id: 'bedrock',
  title: { fr: 'Bedrock', en: 'Bedrock' },
  service: 'bedrock',
  where: 'regions',
  Client: BedrockClient,
  kinds: [MODEL, GUARDRAIL, THROUGHPUT, LOGGING],
  permissions: {
    ListCustomModels: 'bedrock:ListCustomModels',
    ListGuardrails: 'bedrock:ListGuardrails',
    ListProvisionedModelThroughputs: 'bedrock:ListProvisionedModelThroughputs',
    GetModelInvocationLoggingConfiguration: 'bedrock:GetModelInvocationLoggingConfiguration',
  },
  async collect(aws) {
    await Promise.all([
      listOf(
        aws,
        [MODEL],
        paginateListCustomModels,
        { maxResults: 1000 },
        ({ modelSummaries }) => modelSummaries,
        (one) =>
          aws.see({
            kind: MODEL,
            name: one.modelName ?? '',
            ...(one.modelArn && { arn: one.modelArn }),
            operation: 'ListCustomModels',
            properties: {
              baseModel: one.baseModelName,
              customizationType: one.customizationType,
              status: one.modelStatus,
            },
          }),
      ),
      listOf(
        aws,
        [GUARDRAIL],
        paginateListGuardrails,
        { maxResults: 1000 },
        ({ guardrails }) => guardrails,
        (one) =>
          aws.see({
            kind: GUARDRAIL,
            name: one.name ?? '',
            ...(one.arn && { arn: one.arn }),
            otherNames: [one.id],
            operation: 'ListGuardrails',
            properties: { status: one.status, version: one.version },
          }),
      ),
      listOf(
        aws,
        [THROUGHPUT],
        paginateListProvisionedModelThroughputs,
        { maxResults: 1000 },
        ({ provisionedModelSummaries }) => provisionedModelSummaries,
        (one) =>
          aws.see({
            kind: THROUGHPUT,
            name: one.provisionedModelName ?? '',
            ...(one.provisionedModelArn && { arn: one.provisionedModelArn }),
            operation: 'ListProvisionedModelThroughputs',
            properties: {
              status: one.status,
              modelUnits: one.modelUnits,
              commitmentDuration: one.commitmentDuration,
            },
            relations: [
              one.modelArn?.includes(':custom-model/') ? relation('uses', MODEL, one.modelArn) : undefined,
            ],
          }),
      ),
      aws.list([LOGGING], () => logging(aws)),
    ]);
  },
});

/** A region has one configuration, or none: then no call of a model is recorded. */
async function logging(aws: AwsScope): Promise<void> {
  const { loggingConfig } = await aws.read(GetModelInvocationLoggingConfigurationCommand, {});
  const { cloudWatchConfig, s3Config } = loggingConfig ?? {};
  if (!loggingConfig || !(cloudWatchConfig || s3Config)) return;
  aws.see({
    kind: LOGGING,
    name: 'default',
    operation: 'GetModelInvocationLoggingConfiguration',
    properties: {
      textDataDeliveryEnabled: loggingConfig.textDataDeliveryEnabled,
      imageDataDeliveryEnabled: loggingConfig.imageDataDeliveryEnabled,
      embeddingDataDeliveryEnabled: loggingConfig.embeddingDataDeliveryEnabled,
    },
    relations: [
      cloudWatchConfig?.logGroupName
        ? relation('logs-to', 'AWS::Logs::LogGroup', cloudWatchConfig.logGroupName)
        : undefined,
      cloudWatchConfig?.roleArn ? relation('assumes', 'AWS::IAM::Role', cloudWatchConfig.roleArn) : undefined,
      s3Config?.bucketName ? relation('logs-to', 'AWS::S3::Bucket', s3Config.bucketName) : undefined,
    ],
  });
}

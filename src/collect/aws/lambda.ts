import {
  type EventSourceMappingConfiguration,
  type FunctionConfiguration,
  LambdaClient,
  paginateListEventSourceMappings,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import type { Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';

const FUNCTION: Kind = 'AWS::Lambda::Function';
/** What a function is called by, as the ARN of an event source tells. */
const SOURCES: Record<string, Kind> = {
  sqs: 'AWS::SQS::Queue',
  kinesis: 'AWS::Kinesis::Stream',
  dynamodb: 'AWS::DynamoDB::Table',
};

/** Functions, and what calls them by event source mappings. AWS Lambda API Reference, version 2015-03-31. */
export const lambda = defineAwsCollector({
  id: 'lambda',
  title: { fr: 'Lambda', en: 'Lambda' },
  service: 'lambda',
  where: 'regions',
  Client: LambdaClient,
  kinds: [FUNCTION],
  permissions: {
    ListFunctions: 'lambda:ListFunctions',
    ListEventSourceMappings: 'lambda:ListEventSourceMappings',
  },
  async collect(aws) {
    const functions: FunctionConfiguration[] = [];
    await aws.list([FUNCTION], async () => {
      for await (const page of aws.pages(paginateListFunctions, { MaxItems: 50 }))
        functions.push(...(page.Functions ?? []));
    });
    // where there is no function nothing can be mapped to one
    const { mappings, refusal } = functions.length > 0 ? await mappingsOf(aws) : { mappings: [] };
    const bySource = Map.groupBy(mappings, ({ FunctionArn = '' }) =>
      FunctionArn.split(':').slice(0, 7).join(':'),
    );
    for (const one of functions) see(aws, one, bySource.get(one.FunctionArn ?? '') ?? [], refusal);
  },
});

async function mappingsOf(
  aws: AwsScope,
): Promise<{ mappings: EventSourceMappingConfiguration[]; refusal?: Refusal }> {
  const mappings: EventSourceMappingConfiguration[] = [];
  const refusal = await aws.tryPages(paginateListEventSourceMappings, { MaxItems: 100 }, (page) => {
    mappings.push(...(page.EventSourceMappings ?? []));
  });
  return { mappings, ...(refusal && { refusal }) };
}

function see(
  aws: AwsScope,
  one: FunctionConfiguration,
  mappings: readonly EventSourceMappingConfiguration[],
  refusal: Refusal | undefined,
): void {
  const name = one.FunctionName ?? '';
  const role = one.Role?.split('/').at(-1);
  aws.see({
    kind: FUNCTION,
    name,
    ...(one.FunctionArn && { arn: one.FunctionArn }),
    operation: 'ListFunctions',
    properties: {
      runtime: one.Runtime,
      handler: one.Handler,
      memorySize: one.MemorySize,
      timeout: one.Timeout,
      architectures: one.Architectures,
      packageType: one.PackageType,
      state: one.State,
      lastModified: one.LastModified,
      codeSize: one.CodeSize,
      subnetIds: one.VpcConfig?.SubnetIds,
      securityGroupIds: one.VpcConfig?.SecurityGroupIds,
      tracing: one.TracingConfig?.Mode,
      // names alone: values may be secrets
      variables: Object.keys(one.Environment?.Variables ?? {}).sort(),
      deadLetterTarget: one.DeadLetterConfig?.TargetArn,
    },
    relations: [
      role ? relation('assumes', 'AWS::IAM::Role', role) : undefined,
      relation('logs-to', 'AWS::Logs::LogGroup', one.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`),
      ...mappings.map(({ EventSourceArn = '' }) => {
        const kind = SOURCES[EventSourceArn.split(':')[2] ?? ''];
        return kind && relation('triggered-by', kind, EventSourceArn);
      }),
    ],
    refusals: [refusal],
  });
}

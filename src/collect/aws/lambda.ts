import {
  type FunctionConfiguration,
  LambdaClient,
  paginateListEventSourceMappings,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import type { Refusal } from '#model/lookup.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { detailsOf, FUNCTION } from './lambda/details.ts';
import { onPath, regionOfUrl, urlsOf } from './lambda/on-path.ts';
import { type Mapping, sourcesOf } from './lambda/sources.ts';
import { encryptedBy, inNetwork, leadsTo } from './leads-to.ts';
import { relation } from './parts.ts';

/**
 * Functions, and what they read by event source mappings; the state and the URLs of those that files name; of
 * those on a path also who may call them, and how many calls at once.
 * AWS Lambda API Reference, version 2015-03-31.
 */
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
    GetFunctionConfiguration: 'lambda:GetFunctionConfiguration',
    ListFunctionUrlConfigs: 'lambda:ListFunctionUrlConfigs',
    GetPolicy: 'lambda:GetPolicy',
    GetFunctionConcurrency: 'lambda:GetFunctionConcurrency',
  },
  detailed: [FUNCTION],
  regionOf: ({ name }) => regionOfUrl(name),
  async detail(aws, wanted) {
    await Promise.all(
      wanted.map((one) => (regionOfUrl(one.name) === undefined ? onPath(aws, one) : urlsOf(aws))),
    );
  },
  async collect(aws) {
    const functions: FunctionConfiguration[] = [];
    await aws.list([FUNCTION], async () => {
      for await (const page of aws.pages(paginateListFunctions, { MaxItems: 50 }))
        functions.push(...(page.Functions ?? []));
    });
    // where there is no function nothing can be mapped to one
    const { mappings, refusal } = functions.length > 0 ? await mappingsOf(aws) : { mappings: [] };
    const byFunction = Map.groupBy(mappings, ({ FunctionArn = '' }) => unqualified(FunctionArn));
    await Promise.all(
      functions.map((one) => see(aws, one, byFunction.get(one.FunctionArn ?? '') ?? [], refusal)),
    );
  },
});

/** A mapping may be of a version or an alias, whose name follows that of the function. */
const unqualified = (arn: string): string => arn.split(':').slice(0, 7).join(':');

async function mappingsOf(aws: AwsScope): Promise<{ mappings: Mapping[]; refusal?: Refusal }> {
  const mappings: Mapping[] = [];
  const refusal = await aws.tryPages(paginateListEventSourceMappings, { MaxItems: 100 }, (page) => {
    mappings.push(...(page.EventSourceMappings ?? []));
  });
  return { mappings, ...(refusal && { refusal }) };
}

async function see(
  aws: AwsScope,
  one: FunctionConfiguration,
  mappings: readonly Mapping[],
  refusal: Refusal | undefined,
): Promise<void> {
  const name = one.FunctionName ?? '';
  const details = aws.isDeclared(FUNCTION, name) ? await detailsOf(aws, one) : undefined;
  const { SubnetIds: subnets, SecurityGroupIds: groups, VpcId: vpc } = one.VpcConfig ?? {};
  const group = one.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
  aws.see({
    kind: FUNCTION,
    name,
    ...(one.FunctionArn && { arn: one.FunctionArn }),
    otherNames: details?.urls ?? [],
    operation: details?.operation ?? 'ListFunctions',
    properties: {
      runtime: one.Runtime,
      handler: one.Handler,
      memorySize: one.MemorySize,
      timeout: one.Timeout,
      architectures: one.Architectures,
      packageType: one.PackageType,
      lastModified: one.LastModified,
      codeSize: one.CodeSize,
      subnetIds: subnets,
      securityGroupIds: groups,
      tracing: one.TracingConfig?.Mode,
      // names alone: values may be secrets
      variables: one.Environment?.Error ? undefined : Object.keys(one.Environment?.Variables ?? {}).sort(),
      deadLetterTarget: one.DeadLetterConfig?.TargetArn,
      ephemeralStorage: one.EphemeralStorage?.Size,
      layers: one.Layers?.flatMap(({ Arn }) => Arn ?? []),
      logGroup: group,
      eventSources: refusal ? undefined : sourcesOf(mappings),
      ...details?.properties,
    },
    relations: [
      leadsTo(aws, 'assumes', one.Role),
      relation('logs-to', 'AWS::Logs::LogGroup', group),
      leadsTo(aws, 'sends-to', one.DeadLetterConfig?.TargetArn),
      ...inNetwork({ vpc, subnets, groups }),
      encryptedBy(aws, one.KMSKeyArn),
      ...mappings.map(({ EventSourceArn }) => leadsTo(aws, 'reads', EventSourceArn)),
    ],
    refusals: [refusal, ...(details?.refusals ?? [])],
  });
}

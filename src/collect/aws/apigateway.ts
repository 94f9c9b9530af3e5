import {
  APIGatewayClient,
  GetStagesCommand,
  paginateGetRestApis,
  type RestApi,
} from '@aws-sdk/client-api-gateway';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';

const API: Kind = 'AWS::ApiGateway::RestApi';

/** REST APIs; the stages of those that files name. Amazon API Gateway API Reference, version 2015-07-09. */
export const apigateway = defineAwsCollector({
  id: 'apigateway',
  title: { fr: 'API Gateway (REST)', en: 'API Gateway (REST)' },
  service: 'apigateway',
  where: 'regions',
  Client: APIGatewayClient,
  kinds: [API],
  permissions: { GetRestApis: 'apigateway:GET', GetStages: 'apigateway:GET' },
  async collect(aws) {
    await listOf(
      aws,
      [API],
      paginateGetRestApis,
      { limit: 500 },
      ({ items }) => items,
      (api) => see(aws, api),
    );
  },
});

async function see(aws: AwsScope, api: RestApi): Promise<void> {
  const { id = '', name = '' } = api;
  const isNamed = aws.isDeclared(API, id) || aws.isDeclared(API, name);
  const { output, refusal } = isNamed ? await aws.ask(GetStagesCommand, { restApiId: id }) : {};
  aws.see({
    kind: API,
    name: id,
    arn: `arn:${aws.partition}:apigateway:${aws.region}::/restapis/${id}`,
    otherNames: [name, `${id}.execute-api.${aws.region}.amazonaws.com`],
    operation: 'GetRestApis',
    properties: {
      apiName: name,
      endpointTypes: api.endpointConfiguration?.types,
      disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
      stages: output?.item?.flatMap(({ stageName }) => stageName ?? []),
    },
    refusals: [refusal],
  });
}

import { type Api, ApiGatewayV2Client, GetApisCommand, GetStagesCommand } from '@aws-sdk/client-apigatewayv2';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { tokenPages } from './token-pages.ts';
import { whileListing } from './while-listing.ts';

const API: Kind = 'AWS::ApiGatewayV2::Api';

/** HTTP and WebSocket APIs; the stages of those that files name. Amazon API Gateway V2 API Reference, version 2018-11-29. */
export const apigatewayv2 = defineAwsCollector({
  id: 'apigatewayv2',
  title: { fr: 'API Gateway (HTTP, WebSocket)', en: 'API Gateway (HTTP, WebSocket)' },
  service: 'apigateway',
  where: 'regions',
  Client: ApiGatewayV2Client,
  kinds: [API],
  permissions: { GetApis: 'apigateway:GET', GetStages: 'apigateway:GET' },
  async collect(aws) {
    await aws.list([API], () =>
      whileListing(async (begin) => {
        for await (const page of tokenPages((NextToken) =>
          aws.read(GetApisCommand, { MaxResults: '100', NextToken }),
        ))
          for (const api of page.Items ?? []) begin(see(aws, api));
      }),
    );
  },
});

async function see(aws: AwsScope, api: Api): Promise<void> {
  const { ApiId = '', Name = '' } = api;
  const isNamed = aws.isDeclared(API, ApiId) || aws.isDeclared(API, Name);
  const { output, refusal } = isNamed ? await aws.ask(GetStagesCommand, { ApiId }) : {};
  aws.see({
    kind: API,
    name: ApiId,
    arn: `arn:${aws.partition}:apigateway:${aws.region}::/apis/${ApiId}`,
    otherNames: [Name, api.ApiEndpoint?.replace(/^https:\/\//, '')],
    operation: 'GetApis',
    properties: {
      apiName: Name,
      protocolType: api.ProtocolType,
      apiEndpoint: api.ApiEndpoint,
      corsAllowOrigins: api.CorsConfiguration?.AllowOrigins,
      disableExecuteApiEndpoint: api.DisableExecuteApiEndpoint,
      stages: output?.Items?.flatMap(({ StageName }) => StageName ?? []),
    },
    refusals: [refusal],
  });
}

import {
  type Api,
  ApiGatewayV2Client,
  GetApisCommand,
  type GetApisCommandOutput,
  GetStagesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { environmentsOf } from '#lib/environments.ts';
import type { Kind } from '#model/fact.ts';
import { API, apiOf, mappingsOf, PAGE, stageOf } from './apigatewayv2/details.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { moment, text } from './stated.ts';
import type { WantedResource } from './wanted.ts';
import { whileListing } from './while-listing.ts';

const DOMAINS: readonly Kind[] = ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'];

/**
 * HTTP and WebSocket APIs; stages of those that a file names; of those on a path what their routes and custom domain names
 * lead to. Amazon API Gateway Version 2 API Reference.
 */
export const apigatewayv2 = defineAwsCollector({
  id: 'apigatewayv2',
  title: { fr: 'API Gateway (HTTP et WebSocket)', en: 'API Gateway (HTTP and WebSocket)' },
  service: 'apigateway',
  where: 'regions',
  Client: ApiGatewayV2Client,
  kinds: [API],
  permissions: {
    GetApis: 'apigateway:GET',
    GetStages: 'apigateway:GET',
    GetRoutes: 'apigateway:GET',
    GetIntegrations: 'apigateway:GET',
    GetAuthorizers: 'apigateway:GET',
    GetVpcLink: 'apigateway:GET',
    GetApiMappings: 'apigateway:GET',
  },
  detailed: [API, ...DOMAINS],
  async detail(aws, wanted) {
    await Promise.all(
      wanted.map(async (one) => {
        if (one.kind === API) await apiOf(aws, one);
        // the first version tells those of names that CloudFront serves
        else if (!isEdge(one)) await mappingsOf(aws, one);
      }),
    );
  },
  async collect(aws) {
    await aws.list([API], () =>
      whileListing(async (begin) => {
        // the SDK has no paginator for it
        let NextToken: string | undefined;
        do {
          const input = { MaxResults: PAGE, ...(NextToken !== undefined && { NextToken }) };
          const page: GetApisCommandOutput = await aws.read(GetApisCommand, input);
          for (const api of page.Items ?? []) begin(see(aws, api));
          NextToken = page.NextToken !== NextToken ? page.NextToken : undefined;
        } while (NextToken);
      }),
    );
  },
});

async function see(aws: AwsScope, api: Api): Promise<void> {
  const { ApiId = '', Name = '', ProtocolType } = api;
  const isNamed = aws.isDeclared(API, ApiId) || aws.isDeclared(API, Name);
  const stages = isNamed ? await aws.ask(GetStagesCommand, { ApiId }) : undefined;
  aws.see({
    kind: API,
    name: ApiId,
    arn: `arn:${aws.partition}:apigateway:${aws.region}::/apis/${ApiId}`,
    operation: 'GetApis',
    otherNames: [Name, api.ApiEndpoint?.replace(/^\w+:\/\//, '')],
    properties: {
      name: Name,
      protocolType: ProtocolType,
      description: text(api.Description),
      apiEndpoint: api.ApiEndpoint,
      disableExecuteApiEndpoint: api.DisableExecuteApiEndpoint,
      allowOrigins: api.CorsConfiguration?.AllowOrigins,
      createdDate: moment(api.CreatedDate),
      // variables of a stage may hold secrets
      stages: stages?.output && (stages.output.Items ?? []).map(stageOf),
    },
    refusals: [stages?.refusal],
    environments: environmentsOf(Name),
  });
}

const isEdge = ({ properties: { endpointTypes } }: WantedResource): boolean =>
  Array.isArray(endpointTypes) && endpointTypes.includes('EDGE');

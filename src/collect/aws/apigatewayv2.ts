import {
  type Api,
  ApiGatewayV2Client,
  GetApisCommand,
  type GetApisCommandOutput,
  GetStagesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { environmentsOf } from '#lib/environments.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { moment, stated, text } from './stated.ts';
import { whileListing } from './while-listing.ts';

const API = 'AWS::ApiGatewayV2::Api';
/** The reference gives no greatest size of a page; this one is known to be taken. The service takes it as text. */
const PAGE = '100';

/** HTTP and WebSocket APIs; stages of those that a file names. Amazon API Gateway Version 2 API Reference. */
export const apigatewayv2 = defineAwsCollector({
  id: 'apigatewayv2',
  title: { fr: 'API Gateway (HTTP et WebSocket)', en: 'API Gateway (HTTP and WebSocket)' },
  service: 'apigateway',
  where: 'regions',
  Client: ApiGatewayV2Client,
  kinds: [API],
  permissions: { GetApis: 'apigateway:GET', GetStages: 'apigateway:GET' },
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
      stages:
        stages?.output &&
        (stages.output.Items ?? []).map((stage) =>
          stated({
            name: stage.StageName,
            autoDeploy: stage.AutoDeploy,
            accessLogs: text(stage.AccessLogSettings?.DestinationArn),
            lastUpdatedDate: moment(stage.LastUpdatedDate),
          }),
        ),
    },
    refusals: [stages?.refusal],
    environments: environmentsOf(Name),
  });
}

import {
  APIGatewayClient,
  type DomainName,
  GetStagesCommand,
  paginateGetDomainNames,
  paginateGetRestApis,
  type RestApi,
  type Stage,
} from '@aws-sdk/client-api-gateway';
import { environmentsOf } from '#lib/environments.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';
import { moment, stated, text } from './stated.ts';
import { whileListing } from './while-listing.ts';

const API = 'AWS::ApiGateway::RestApi';
const DOMAIN = 'AWS::ApiGateway::DomainName';
/** The same domain names, as files that speak of the second version call them. */
const DOMAIN_V2 = 'AWS::ApiGatewayV2::DomainName';

/**
 * REST APIs and custom domain names; stages of the APIs that a file names. Amazon API Gateway REST API Reference.
 */
export const apigateway = defineAwsCollector({
  id: 'apigateway',
  title: { fr: 'API Gateway (REST)', en: 'API Gateway (REST)' },
  service: 'apigateway',
  where: 'regions',
  Client: APIGatewayClient,
  kinds: [API, DOMAIN],
  permissions: {
    GetRestApis: 'apigateway:GET',
    GetStages: 'apigateway:GET',
    GetDomainNames: 'apigateway:GET',
  },
  async collect(aws) {
    await Promise.all([
      aws.list([API], () =>
        whileListing(async (begin) => {
          for await (const { items = [] } of aws.pages(paginateGetRestApis, { limit: 500 }))
            for (const api of items) begin(seeApi(aws, api));
        }),
      ),
      aws.list([DOMAIN], async () => {
        for await (const { items = [] } of aws.pages(paginateGetDomainNames, { limit: 500 }))
          for (const domain of items) seeDomain(aws, domain);
      }),
    ]);
  },
});

async function seeApi(aws: AwsScope, api: RestApi): Promise<void> {
  const { id = '', name = '' } = api;
  const isNamed = aws.isDeclared(API, id) || aws.isDeclared(API, name);
  const stages = isNamed ? await aws.ask(GetStagesCommand, { restApiId: id }) : undefined;
  aws.see({
    kind: API,
    name: id,
    arn: `arn:${aws.partition}:apigateway:${aws.region}::/restapis/${id}`,
    operation: 'GetRestApis',
    otherNames: [name],
    properties: {
      name,
      description: text(api.description),
      endpointTypes: api.endpointConfiguration?.types,
      disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
      apiKeySourceType: api.apiKeySource,
      createdDate: moment(api.createdDate),
      stages: stages?.output && (stages.output.item ?? []).map(stageOf),
    },
    refusals: [stages?.refusal],
    environments: environmentsOf(name),
  });
}

/** A stage without its variables: they may hold secrets. */
const stageOf = (stage: Stage) =>
  stated({
    name: stage.stageName,
    deploymentId: stage.deploymentId,
    tracingEnabled: stage.tracingEnabled,
    accessLogs: text(stage.accessLogSettings?.destinationArn),
    webAcl: text(stage.webAclArn),
    lastUpdatedDate: moment(stage.lastUpdatedDate),
  });

function seeDomain(aws: AwsScope, domain: DomainName): void {
  const { domainName = '', certificateArn, regionalCertificateArn } = domain;
  const certificate = text(certificateArn) ?? text(regionalCertificateArn);
  aws.see({
    kind: aws.isDeclared(DOMAIN_V2, domainName) ? DOMAIN_V2 : DOMAIN,
    name: domainName,
    arn: domain.domainNameArn ?? `arn:${aws.partition}:apigateway:${aws.region}::/domainnames/${domainName}`,
    operation: 'GetDomainNames',
    otherNames: [domain.regionalDomainName, domain.distributionDomainName],
    properties: {
      status: domain.domainNameStatus,
      securityPolicy: domain.securityPolicy,
      endpointTypes: domain.endpointConfiguration?.types,
      regionalDomainName: text(domain.regionalDomainName),
      distributionDomainName: text(domain.distributionDomainName),
      certificateArn: certificate,
    },
    relations: [
      certificate
        ? relation('uses-certificate', 'AWS::CertificateManager::Certificate', certificate)
        : undefined,
    ],
  });
}

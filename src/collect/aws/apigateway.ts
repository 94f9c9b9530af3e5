import {
  APIGatewayClient,
  type DomainName,
  GetStagesCommand,
  paginateGetDomainNames,
  paginateGetRestApis,
  type RestApi,
} from '@aws-sdk/client-api-gateway';
import { environmentsOf } from '#lib/environments.ts';
import { API, apiOf, mappingsOf, stageOf } from './apigateway/details.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { relation } from './parts.ts';
import { moment, text } from './stated.ts';
import { whileListing } from './while-listing.ts';

const DOMAIN = 'AWS::ApiGateway::DomainName';
/** The same domain names, as files that speak of the second version call them. */
const DOMAIN_V2 = 'AWS::ApiGatewayV2::DomainName';

/**
 * REST APIs and custom domain names; stages of the APIs that a file names; of those on a path what their
 * methods and names lead to. Amazon API Gateway REST API Reference.
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
    GetResources: 'apigateway:GET',
    GetAuthorizers: 'apigateway:GET',
    GetVpcLink: 'apigateway:GET',
    GetBasePathMappings: 'apigateway:GET',
  },
  detailed: [API, DOMAIN, DOMAIN_V2],
  async detail(aws, wanted) {
    await Promise.all(wanted.map((one) => (one.kind === API ? apiOf(aws, one) : mappingsOf(aws, one))));
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

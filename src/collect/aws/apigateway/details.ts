import {
  GetAuthorizersCommand,
  GetStagesCommand,
  GetVpcLinkCommand,
  type Method,
  paginateGetBasePathMappings,
  paginateGetResources,
  type Stage,
} from '@aws-sdk/client-api-gateway';
import type { Json, RelationFact } from '#model/fact.ts';
import type { DetailScope } from '../aws-collector.ts';
import { balancerOf, targetOf } from '../integration-uri.ts';
import { relation } from '../parts.ts';
import { moment, stated, text } from '../stated.ts';
import { isKnown, type WantedResource } from '../wanted.ts';

export const API = 'AWS::ApiGateway::RestApi';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
/** Methods of an API that are told. */
const MOST = 300;

/** A stage without its variables: they may hold secrets. */
export const stageOf = (stage: Stage): Json =>
  stated({
    name: stage.stageName,
    deploymentId: stage.deploymentId,
    tracingEnabled: stage.tracingEnabled,
    accessLogs: text(stage.accessLogSettings?.destinationArn),
    webAcl: text(stage.webAclArn),
    lastUpdatedDate: moment(stage.lastUpdatedDate),
  });

/** The stages of a REST API, unless the lists told them, what its methods pass requests to, and who may call them. */
export async function apiOf(aws: DetailScope, api: WantedResource): Promise<void> {
  await Promise.all([stages(aws, api), integrations(aws, api), authorizers(aws, api)]);
}

async function stages(aws: DetailScope, api: WantedResource): Promise<void> {
  if (isKnown(api, 'stages', 'apigateway:GetStages')) return;
  const { output, refusal } = await aws.ask(GetStagesCommand, { restApiId: api.name });
  aws.add(api, {
    operation: 'GetStages',
    properties: { stages: output && (output.item ?? []).map(stageOf) },
    refusals: [refusal],
  });
}

async function authorizers(aws: DetailScope, api: WantedResource): Promise<void> {
  const { output, refusal } = await aws.ask(GetAuthorizersCommand, { restApiId: api.name, limit: 500 });
  aws.add(api, {
    operation: 'GetAuthorizers',
    properties: {
      authorizers: output && (output.items ?? []).map(({ id, name, type }) => stated({ id, name, type })),
    },
    refusals: [refusal],
  });
}

interface Found {
  properties: Json;
  relation: RelationFact | undefined;
  link: string | undefined;
}

/** Amazon API Gateway API Reference, GetResources with `embed=methods`: each method with its integration. */
async function integrations(aws: DetailScope, api: WantedResource): Promise<void> {
  const found: Found[] = [];
  const input = { restApiId: api.name, limit: 500, embed: ['methods'] };
  const refusal = await aws.tryPages(paginateGetResources, input, ({ items = [] }) => {
    for (const { path = '', resourceMethods = {} } of items)
      for (const [name, method] of Object.entries(resourceMethods))
        found.push(integrationOf(aws, path, name, method));
  });
  const links = await vpcLinks(aws, new Set(found.flatMap(({ link }) => link ?? [])));
  aws.add(api, {
    operation: 'GetResources',
    properties: {
      // some of them would be taken for all
      integrations: refusal ? undefined : found.slice(0, MOST).map(({ properties }) => properties),
      vpcLinks: links.told.length > 0 ? links.told : undefined,
    },
    relations: distinct([...found.map((one) => one.relation), ...links.relations]),
    refusals: [refusal, ...links.refusals],
  });
}

function integrationOf(aws: DetailScope, path: string, name: string, method: Method): Found {
  const { type, connectionType, connectionId, uri, integrationTarget } = method.methodIntegration ?? {};
  const target = targetOf(aws, text(uri));
  const link = connectionType === 'VPC_LINK' ? text(connectionId) : undefined;
  // a link of the second version leads to a whole network: the integration itself names the load balancer
  const balancer = balancerOf(integrationTarget ?? '');
  return {
    properties: stated({
      path,
      method: name,
      authorization: method.authorizationType,
      authorizerId: text(method.authorizerId),
      apiKeyRequired: method.apiKeyRequired || undefined,
      type,
      connectionType,
      connectionId: link,
      integrationTarget: text(integrationTarget),
      target: Object.keys(stated(target.properties)).length > 0 ? stated(target.properties) : undefined,
    }),
    relation: balancer === undefined ? target.relation : relation('routes-to', BALANCER, balancer),
    link: text(integrationTarget) === undefined ? link : undefined,
  };
}

/** What links lead to: network load balancers. One that a stage variable names is not known. */
async function vpcLinks(aws: DetailScope, ids: ReadonlySet<string>) {
  const known = [...ids].filter((id) => /^[a-z0-9]+$/.test(id));
  const answers = await Promise.all(
    known.map(async (id) => ({ id, ...(await aws.ask(GetVpcLinkCommand, { vpcLinkId: id })) })),
  );
  return {
    told: answers.flatMap(({ id, output }): Json[] =>
      output
        ? [
            stated({
              id,
              status: output.status,
              statusMessage: text(output.statusMessage),
              targets: output.targetArns,
            }),
          ]
        : [],
    ),
    relations: answers
      .flatMap(({ output }) => (output?.targetArns ?? []).flatMap((arn) => balancerOf(arn) ?? []))
      .map((arn) => relation('routes-to', BALANCER, arn)),
    refusals: answers.map(({ refusal }) => refusal),
  };
}

const distinct = (relations: readonly (RelationFact | undefined)[]): RelationFact[] => [
  ...new Map(
    relations.flatMap((one) => (one ? [[`${one.to.kind} ${one.to.name}`, one] as const] : [])),
  ).values(),
];

/** Names that CloudFront serves have mappings of the first version; those of all others are told by the second. */
const isEdge = ({ properties: { endpointTypes } }: WantedResource): boolean =>
  Array.isArray(endpointTypes) && endpointTypes.includes('EDGE');

/** The APIs that a custom domain name leads to, by the first part of the path. Amazon API Gateway API Reference, BasePathMapping. */
export async function mappingsOf(aws: DetailScope, domain: WantedResource): Promise<void> {
  if (!isEdge(domain)) return;
  const mappings: Json[] = [];
  const apis: string[] = [];
  const input = { domainName: domain.name, limit: 500 };
  const refusal = await aws.tryPages(paginateGetBasePathMappings, input, ({ items = [] }) => {
    for (const { basePath, restApiId, stage } of items) {
      // as it is written where there is none
      const path = basePath === '(none)' ? '' : (basePath ?? '');
      mappings.push(stated({ path, api: restApiId, stage: text(stage) }));
      if (restApiId) apis.push(restApiId);
    }
  });
  aws.add(domain, {
    operation: 'GetBasePathMappings',
    properties: { mappings: refusal ? undefined : mappings },
    relations: distinct(apis.map((id) => relation('routes-to', API, id))),
    refusals: [refusal],
  });
}

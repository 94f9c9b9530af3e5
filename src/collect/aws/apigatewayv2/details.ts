import {
  type ApiMapping,
  type Authorizer,
  GetApiMappingsCommand,
  GetAuthorizersCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  GetVpcLinkCommand,
  type Integration,
  type Route,
  type Stage,
} from '@aws-sdk/client-apigatewayv2';
import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Answer, DetailScope } from '../aws-collector.ts';
import { targetOf } from '../integration-uri.ts';
import { relation } from '../parts.ts';
import { moment, stated, text } from '../stated.ts';
import { isKnown, type WantedResource } from '../wanted.ts';

export const API = 'AWS::ApiGatewayV2::Api';
const REST_API = 'AWS::ApiGateway::RestApi';
/** The reference gives no greatest size of a page; this one is known to be taken. The service takes it as text. */
export const PAGE = '100';
const MOST_PAGES = 20;

/** A stage without its variables: they may hold secrets. */
export const stageOf = (stage: Stage): Json =>
  stated({
    name: stage.StageName,
    autoDeploy: stage.AutoDeploy,
    accessLogs: text(stage.AccessLogSettings?.DestinationArn),
    lastUpdatedDate: moment(stage.LastUpdatedDate),
  });

/** The pages of a detail, for which the SDK has no paginators; no items where one of them was refused. */
async function itemsOf<Item>(
  ask: (
    NextToken: string | undefined,
  ) => Promise<Answer<{ Items?: Item[] | undefined; NextToken?: string | undefined }>>,
): Promise<{ items?: Item[]; refusal?: Refusal }> {
  const items: Item[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { output, refusal } = await ask(token);
    if (refusal) return { refusal };
    items.push(...(output?.Items ?? []));
    if (!output?.NextToken || output.NextToken === token) return { items };
    token = output.NextToken;
  }
  return {};
}

const paged = (NextToken: string | undefined) => ({
  MaxResults: PAGE,
  ...(NextToken !== undefined && { NextToken }),
});

/** The stages of an API, unless the lists told them, and its routes, with what they pass requests to and who may call them. */
export async function apiOf(aws: DetailScope, api: WantedResource): Promise<void> {
  await Promise.all([stages(aws, api), routes(aws, api), integrations(aws, api), authorizers(aws, api)]);
}

async function stages(aws: DetailScope, api: WantedResource): Promise<void> {
  if (isKnown(api, 'stages', 'apigateway:GetStages')) return;
  const { output, refusal } = await aws.ask(GetStagesCommand, { ApiId: api.name });
  aws.add(api, {
    operation: 'GetStages',
    properties: { stages: output && (output.Items ?? []).map(stageOf) },
    refusals: [refusal],
  });
}

async function routes(aws: DetailScope, api: WantedResource): Promise<void> {
  const { items, refusal } = await itemsOf<Route>((token) =>
    aws.ask(GetRoutesCommand, { ApiId: api.name, ...paged(token) }),
  );
  aws.add(api, {
    operation: 'GetRoutes',
    properties: {
      routes: items?.map((route) =>
        stated({
          key: route.RouteKey,
          // of the form integrations/<id>
          integrationId: text(route.Target)?.replace(/^integrations\//, ''),
          authorization: route.AuthorizationType,
          authorizerId: text(route.AuthorizerId),
          apiKeyRequired: route.ApiKeyRequired || undefined,
        }),
      ),
    },
    refusals: [refusal],
  });
}

async function integrations(aws: DetailScope, api: WantedResource): Promise<void> {
  const { items, refusal } = await itemsOf<Integration>((token) =>
    aws.ask(GetIntegrationsCommand, { ApiId: api.name, ...paged(token) }),
  );
  const targets = (items ?? []).map((one) => ({ one, target: targetOf(aws, text(one.IntegrationUri)) }));
  const links = await vpcLinks(
    aws,
    new Set(
      (items ?? []).flatMap((one) =>
        one.ConnectionType === 'VPC_LINK' ? (text(one.ConnectionId) ?? []) : [],
      ),
    ),
  );
  aws.add(api, {
    operation: 'GetIntegrations',
    properties: {
      integrations:
        items &&
        targets.map(({ one, target }) =>
          stated({
            id: one.IntegrationId,
            type: one.IntegrationType,
            connectionType: one.ConnectionType,
            connectionId: text(one.ConnectionId),
            method: text(one.IntegrationMethod),
            target: Object.keys(stated(target.properties)).length > 0 ? stated(target.properties) : undefined,
          }),
        ),
      vpcLinks: links.told.length > 0 ? links.told : undefined,
    },
    relations: targets.map(({ target }) => target.relation),
    refusals: [refusal, ...links.refusals],
  });
}

/** The networks through which an API reaches what is private. Amazon API Gateway Version 2 API Reference, VpcLink. */
async function vpcLinks(aws: DetailScope, ids: ReadonlySet<string>) {
  const answers = await Promise.all(
    [...ids].map(async (id) => ({ id, ...(await aws.ask(GetVpcLinkCommand, { VpcLinkId: id })) })),
  );
  return {
    told: answers.flatMap(({ id, output }): Json[] =>
      output
        ? [
            stated({
              id,
              status: output.VpcLinkStatus,
              statusMessage: text(output.VpcLinkStatusMessage),
              subnets: output.SubnetIds,
              securityGroups: output.SecurityGroupIds,
            }),
          ]
        : [],
    ),
    refusals: answers.map(({ refusal }) => refusal),
  };
}

async function authorizers(aws: DetailScope, api: WantedResource): Promise<void> {
  const { items, refusal } = await itemsOf<Authorizer>((token) =>
    aws.ask(GetAuthorizersCommand, { ApiId: api.name, ...paged(token) }),
  );
  aws.add(api, {
    operation: 'GetAuthorizers',
    properties: {
      authorizers: items?.map((one) =>
        stated({ id: one.AuthorizerId, name: one.Name, type: one.AuthorizerType }),
      ),
    },
    refusals: [refusal],
  });
}

/** The APIs, of either version, that a custom domain name leads to by how a path begins. Amazon API Gateway Version 2 API Reference, ApiMapping. */
export async function mappingsOf(aws: DetailScope, domain: WantedResource): Promise<void> {
  const { items, refusal } = await itemsOf<ApiMapping>((token) =>
    aws.ask(GetApiMappingsCommand, { DomainName: domain.name, ...paged(token) }),
  );
  const ids = new Set((items ?? []).flatMap(({ ApiId }) => ApiId ?? []));
  aws.add(domain, {
    operation: 'GetApiMappings',
    properties: {
      mappings: items?.map(({ ApiMappingKey, ApiId, Stage: stage }) =>
        stated({ path: ApiMappingKey ?? '', api: ApiId, stage: text(stage) }),
      ),
    },
    // an id is of one API: the relation to the other kind leads nowhere
    relations: [...ids].flatMap((id) => [
      relation('routes-to', REST_API, id),
      relation('routes-to', API, id),
    ]),
    refusals: [refusal],
  });
}

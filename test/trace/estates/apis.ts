import {
  APIGatewayClient,
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  CreateRestApiCommand,
  CreateVpcLinkCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  CreateVpcLinkCommand as CreateVpcLinkV2Command,
} from '@aws-sdk/client-apigatewayv2';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ACCOUNT, type Maker, REGION } from '../account.ts';
import { balancer, ips, service } from './parts.ts';

const lambdaUri = (m: Maker, name: string) =>
  `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${m.id('function', name)}/invocations`;

/** API Gateway: HTTP API to a function and to a private load balancer; REST API at the edge and by a VPC link. */
export async function apis(m: Maker) {
  const v2 = m.client(ApiGatewayV2Client);
  const v1 = m.client(APIGatewayClient);
  const httpApi = async (name: string, integration: object) => {
    const { ApiId, ApiEndpoint } = await v2.send(new CreateApiCommand({ Name: name, ProtocolType: 'HTTP' }));
    m.keep('api', name, ApiId);
    m.keep('api-dns', name, ApiEndpoint?.replace('https://', ''));
    const { IntegrationId } = await v2.send(
      new CreateIntegrationCommand({ ApiId, IntegrationType: 'HTTP_PROXY', ...integration }),
    );
    await v2.send(
      new CreateRouteCommand({ ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` }),
    );
    await v2.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }));
    return ApiId;
  };
  const domain = async (domainName: string) => {
    const made = await v1.send(
      new CreateDomainNameCommand({
        domainName,
        regionalCertificateArn: m.id('certificate', 'region'),
        endpointConfiguration: { types: ['REGIONAL'] },
      }),
    );
    m.keep('api-domain', domainName, made.regionalDomainName);
  };
  const items = await httpApi('items', {
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: m.id('function', 'items'),
    PayloadFormatVersion: '2.0',
  });
  await domain('api.trial.example');
  await m.client(LambdaClient).send(
    new AddPermissionCommand({
      FunctionName: 'items',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${items}/*/*`,
    }),
  );
  await balancer(m, 'within', { scheme: 'internal', groups: ['inside'] });
  await m.group('within', { Port: 3000 }, ips(3000));
  await service(m, 'within', ['within']);
  await m.listener('within', 80, { DefaultActions: m.forward('within') } as never);
  const { VpcLinkId } = await v2.send(
    new CreateVpcLinkV2Command({
      Name: 'link',
      SubnetIds: m.ids('subnet', ['private-a', 'private-b']),
      SecurityGroupIds: m.ids('security-group', ['inside']),
    }),
  );
  await httpApi('within', {
    IntegrationMethod: 'ANY',
    IntegrationUri: m.id('listener', 'within 80'),
    ConnectionType: 'VPC_LINK',
    ConnectionId: VpcLinkId,
    PayloadFormatVersion: '1.0',
  });
  await domain('private.trial.example');
  // REST
  const rest = async (name: string, types: string[], integration: object) => {
    const { id } = await v1.send(
      new CreateRestApiCommand({ name, endpointConfiguration: { types: types as never } }),
    );
    m.keep('api', name, id);
    const { items: resources } = await v1.send(new GetResourcesCommand({ restApiId: id }));
    const resourceId = resources?.[0]?.id;
    await v1.send(
      new PutMethodCommand({ restApiId: id, resourceId, httpMethod: 'ANY', authorizationType: 'NONE' }),
    );
    await v1.send(
      new PutIntegrationCommand({
        restApiId: id,
        resourceId,
        httpMethod: 'ANY',
        integrationHttpMethod: 'POST',
        ...integration,
      } as never),
    );
    await v1.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'live' }));
    return id;
  };
  const edge = await rest('edge', ['EDGE'], { type: 'AWS_PROXY', uri: lambdaUri(m, 'page') });
  const { distributionDomainName } = await v1.send(
    new CreateDomainNameCommand({
      domainName: 'edge.trial.example',
      certificateArn: m.id('certificate', 'edge'),
      endpointConfiguration: { types: ['EDGE'] },
    }),
  );
  await v1.send(
    new CreateBasePathMappingCommand({ domainName: 'edge.trial.example', restApiId: edge, stage: 'live' }),
  );
  await balancer(m, 'linked', { type: 'network', scheme: 'internal' });
  await m.group('linked', { Protocol: 'TCP', Port: 3000 }, ips(3000));
  await service(m, 'linked', ['linked']);
  await m.listener('linked', 80, { Protocol: 'TCP', DefaultActions: m.forward('linked') } as never);
  const { id: link } = await v1.send(
    new CreateVpcLinkCommand({ name: 'link', targetArns: [m.id('load-balancer', 'linked')] }),
  );
  await rest('rest', ['REGIONAL'], {
    type: 'HTTP_PROXY',
    connectionType: 'VPC_LINK',
    connectionId: link,
    uri: `http://${m.id('load-balancer-dns', 'linked')}/`,
  });
  await domain('rest.trial.example');
  await m.records('trial.example', [
    ...['api', 'private', 'rest'].map((name) =>
      m.alias(`${name}.trial.example`, m.id('api-domain', `${name}.trial.example`), 'Z3KY65QIEKYHQQ'),
    ),
    m.alias(
      'edge.trial.example',
      distributionDomainName ?? 'd2edge00000000.cloudfront.net',
      'Z2FDTNDATAQYW2',
    ),
  ]);
}

import type { AwsProxy } from '../aws/proxy.ts';
import { REGION } from './everything.ts';

/** Images that a path leads to: their registry tells of them by name, and of one that it is not there. */
export const imagesOf = (account: string): string[] =>
  ['one', 'two', 'nowhere'].map((name) => `${account}.dkr.ecr.${REGION}.amazonaws.com/images/${name}:v1`);

const INDEX = 'application/vnd.oci.image.index.v1+json';
const PLATFORMS = [{ platform: { os: 'linux', architecture: 'arm64' } }];

/**
 * What is asked of a path alone, in the shapes of the API references: answers that moto does not have, and what an answer
 * has to hold for anything to be asked.
 */
export function answerOnPath(proxy: AwsProxy, account: string): void {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${account}:${rest}`;
  const integration = {
    type: 'HTTP_PROXY',
    connectionType: 'VPC_LINK',
    connectionId: 'link1',
    uri: 'http://shop.internal',
  };
  const answers: Record<string, object | string> = {
    // the two versions of the service have operations of the same name, and members of their own
    'apigateway:GetVpcLink': {
      id: 'link1',
      status: 'AVAILABLE',
      targetArns: [],
      vpcLinkId: 'link1',
      name: 'inner',
      subnetIds: [],
      securityGroupIds: [],
    },
    'apigateway:GetResources': {
      item: [{ path: '/', resourceMethods: { GET: { methodIntegration: integration } } }],
    },
    'apigateway:GetAuthorizers': { item: [], items: [] },
    'apigateway:GetRoutes': { items: [{ routeKey: '$default', target: 'integrations/i1' }] },
    'apigateway:GetIntegrations': {
      items: [{ integrationId: 'i1', connectionType: 'VPC_LINK', connectionId: 'link1' }],
    },
    'apigateway:GetDomainNames': {
      item: ['EDGE', 'REGIONAL'].map((type) => ({
        domainName: `${type.toLowerCase()}.example.com`,
        domainNameStatus: 'AVAILABLE',
        endpointConfiguration: { types: [type] },
      })),
    },
    'apigateway:GetBasePathMappings': { item: [] },
    'apigateway:GetApiMappings': { items: [] },
    'cloudfront:GetOriginRequestPolicy':
      '<OriginRequestPolicy><Id>own</Id><OriginRequestPolicyConfig><Name>own</Name><HeadersConfig><HeaderBehavior>none</HeaderBehavior></HeadersConfig></OriginRequestPolicyConfig></OriginRequestPolicy>',
    'cloudfront:GetCachePolicy':
      '<CachePolicy><Id>own</Id><CachePolicyConfig><Name>own</Name></CachePolicyConfig></CachePolicy>',
    'cloudfront:GetVpcOrigin':
      '<VpcOrigin><Id>vo_1</Id><VpcOriginEndpointConfig><Name>inner</Name></VpcOriginEndpointConfig></VpcOrigin>',
    'ecr:BatchGetImage': { images: [{ imageManifest: JSON.stringify({ manifests: PLATFORMS }) }] },
    'elasticloadbalancing:DescribeListenerCertificates': certificates(arn('acm', 'certificate/one')),
    'logs:DescribeLogStreams': {
      logStreams: [{ logStreamName: 'web/1', lastEventTimestamp: 1_760_000_000_000 }],
    },
    'lambda:GetFunctionConcurrency': { ReservedConcurrentExecutions: 1 },
    'lambda:GetPolicy': { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) },
    'wafv2:GetWebACL': { WebACL: { Name: 'wall-one', DefaultAction: { Allow: {} } } },
    'wafv2:GetWebACLForResource': {
      WebACL: { ARN: arn('wafv2', 'regional/webacl/wall-one/idone'), DefaultAction: { Allow: {} } },
    },
  };
  for (const [operation, body] of Object.entries(answers)) proxy.when(operation, { kind: 'answer', body });
  proxy.when('elasticloadbalancing:DescribeListeners', {
    kind: 'patch',
    patch: (answer: string) => answer.replaceAll('<Protocol>HTTP</Protocol>', '<Protocol>HTTPS</Protocol>'),
  });
  proxy.when('cloudfront:ListDistributions', {
    kind: 'patch',
    patch: (answer: string) =>
      answer
        .replaceAll('<CachePolicyId></CachePolicyId>', '')
        .replaceAll(
          /<ForwardedValues>[\s\S]*?<\/ForwardedValues>/g,
          '<CachePolicyId>own</CachePolicyId><OriginRequestPolicyId>own</OriginRequestPolicyId>',
        )
        .replaceAll(
          '</Origin>',
          '<VpcOriginConfig><VpcOriginId>vo_1</VpcOriginId></VpcOriginConfig></Origin>',
        ),
  });
  proxy.when('ecr:DescribeImages', {
    kind: 'patch',
    patch: (answer: { imageDetails?: { imageManifestMediaType?: string }[] }) => {
      for (const image of answer.imageDetails ?? []) image.imageManifestMediaType = INDEX;
      return answer;
    },
  });
}

const certificates = (arn: string): string =>
  `<DescribeListenerCertificatesResponse><DescribeListenerCertificatesResult><Certificates><member><CertificateArn>${arn}</CertificateArn><IsDefault>false</IsDefault></member></Certificates></DescribeListenerCertificatesResult></DescribeListenerCertificatesResponse>`;

import { expect, test } from 'vitest';
import { cloudfront } from './cloudfront.ts';
import { ACCOUNT, collected, detailed, factOf } from './test-server.ts';

const CERTIFICATE = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/0a1b2c3d`;
const ACL = `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/edge/a1b2c3d4`;

const answers = {
  'cloudfront:ListDistributions': `<DistributionList><IsTruncated>false</IsTruncated><Quantity>1</Quantity><Items>
    <DistributionSummary><Id>E1A2B3C4D5E6F7</Id><ARN>arn:aws:cloudfront::${ACCOUNT}:distribution/E1A2B3C4D5E6F7</ARN>
    <Status>Deployed</Status><DomainName>d111111abcdef8.cloudfront.net</DomainName>
    <Aliases><Quantity>1</Quantity><Items><CNAME>www.staging.example.com</CNAME></Items></Aliases>
    <Origins><Quantity>2</Quantity><Items>
      <Origin><Id>site</Id><DomainName>site-staging.s3.eu-west-3.amazonaws.com</DomainName><OriginPath></OriginPath>
        <S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin>
      <Origin><Id>api</Id><DomainName>api.example.com</DomainName><OriginPath>/v1</OriginPath>
        <CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>x-origin</HeaderName>
        <HeaderValue>a-shared-secret</HeaderValue></OriginCustomHeader></Items></CustomHeaders>
        <CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>8443</HTTPSPort>
        <OriginProtocolPolicy>https-only</OriginProtocolPolicy>
        <OriginSslProtocols><Quantity>1</Quantity><Items><SslProtocol>TLSv1.2</SslProtocol></Items></OriginSslProtocols>
        </CustomOriginConfig></Origin></Items></Origins>
    <DefaultCacheBehavior><TargetOriginId>site</TargetOriginId><ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy></DefaultCacheBehavior>
    <CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior><PathPattern>/api/*</PathPattern>
      <TargetOriginId>api</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy></CacheBehavior></Items></CacheBehaviors>
    <Comment></Comment><PriceClass>PriceClass_100</PriceClass><Enabled>true</Enabled><WebACLId>${ACL}</WebACLId>
    <HttpVersion>http2and3</HttpVersion><IsIPV6Enabled>true</IsIPV6Enabled><Staging>false</Staging>
    <ViewerCertificate><ACMCertificateArn>${CERTIFICATE}</ACMCertificateArn>
      <MinimumProtocolVersion>TLSv1.2_2021</MinimumProtocolVersion></ViewerCertificate>
    </DistributionSummary></Items></DistributionList>`,
};

test('a distribution is named by its id, and known by its domain name and aliases', async () => {
  const { facts, calls } = await collected(cloudfront, answers);
  expect(factOf(facts, 'E1A2B3C4D5E6F7')).toMatchObject({
    arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/E1A2B3C4D5E6F7`,
    otherNames: ['d111111abcdef8.cloudfront.net', 'www.staging.example.com'],
    environments: ['staging'],
    properties: {
      aliases: ['www.staging.example.com'],
      enabled: true,
      status: 'Deployed',
      httpVersion: 'http2and3',
      certificate: CERTIFICATE,
      minimumProtocolVersion: 'TLSv1.2_2021',
      webACLId: ACL,
    },
  });
  expect(calls).toEqual(['cloudfront:ListDistributions']);
});

test('origins are told with how they are reached, without the headers that are sent to them', async () => {
  const { facts } = await collected(cloudfront, answers);
  expect(factOf(facts, 'E1A2B3C4D5E6F7').properties?.origins).toEqual([
    { id: 'site', domainName: 'site-staging.s3.eu-west-3.amazonaws.com' },
    {
      id: 'api',
      domainName: 'api.example.com',
      path: '/v1',
      protocolPolicy: 'https-only',
      ports: [80, 8443],
      tlsVersions: ['TLSv1.2'],
      headers: ['x-origin'],
    },
  ]);
  expect(JSON.stringify(facts)).not.toContain('a-shared-secret');
});

test('behaviours are told in the order in which they are tried, the one of every other path last', async () => {
  const { facts } = await collected(cloudfront, answers);
  expect(factOf(facts, 'E1A2B3C4D5E6F7').properties?.behaviours).toEqual([
    { path: '/api/*', origin: 'api', viewerProtocolPolicy: 'allow-all', forwardsHost: false },
    {
      path: '*',
      isDefault: true,
      origin: 'site',
      viewerProtocolPolicy: 'redirect-to-https',
      forwardsHost: false,
    },
  ]);
});

test('a distribution leads to its buckets, and is protected by its web ACL', async () => {
  const { facts } = await collected(cloudfront, answers);
  expect(factOf(facts, 'E1A2B3C4D5E6F7').relations).toEqual([
    { type: 'routes-to', to: { kind: 'AWS::S3::Bucket', name: 'site-staging' } },
    { type: 'uses-certificate', to: { kind: 'AWS::CertificateManager::Certificate', name: CERTIFICATE } },
    { type: 'protected-by', to: { kind: 'AWS::WAFv2::WebACL', name: ACL } },
  ]);
});

test('a refused list is not established, and says what would open it', async () => {
  const { facts, lookups } = await collected(cloudfront, {
    'cloudfront:ListDistributions': { status: 403, code: 'AccessDenied' },
  });
  expect(facts).toEqual([]);
  expect(lookups).toMatchObject([
    {
      kind: 'AWS::CloudFront::Distribution',
      refusal: { operation: 'cloudfront:ListDistributions', permission: 'cloudfront:ListDistributions' },
    },
  ]);
});

const KIND = 'AWS::CloudFront::Distribution';
const behaviour = (path: string, more: string) =>
  `<CacheBehavior><PathPattern>${path}</PathPattern><TargetOriginId>api</TargetOriginId>
  <ViewerProtocolPolicy>https-only</ViewerProtocolPolicy>${more}</CacheBehavior>`;
const requests = (id: string) => `<OriginRequestPolicyId>${id}</OriginRequestPolicyId>`;
const DISABLED = '<CachePolicyId>4135ea2d-6df8-44a3-9df3-4b5a84be39ad</CachePolicyId>';
const behaviours = [
  behaviour('/all/*', DISABLED + requests('216adef6-5c7f-47e4-b989-5492eafa07d3')),
  behaviour('/but/*', DISABLED + requests('b689b0a8-53d0-40ab-baf2-68738e2966ac')),
  behaviour('/own/*', DISABLED + requests('own')),
  behaviour('/key/*', '<CachePolicyId>key</CachePolicyId>'),
  behaviour('/denied/*', DISABLED + requests('denied')),
  behaviour(
    '/old/*',
    '<ForwardedValues><QueryString>true</QueryString><Headers><Quantity>1</Quantity><Items><Name>Host</Name></Items></Headers></ForwardedValues>',
  ),
];
const requestPolicy = (headers: string) =>
  `<OriginRequestPolicy><Id>own</Id><OriginRequestPolicyConfig><Name>own</Name>
  <HeadersConfig>${headers}</HeadersConfig></OriginRequestPolicyConfig></OriginRequestPolicy>`;
const BALANCER = `arn:aws:elasticloadbalancing:eu-west-3:${ACCOUNT}:loadbalancer/app/shop/50dc6c495c0c9188`;
const grown = {
  'cloudfront:ListDistributions': `<DistributionList><IsTruncated>false</IsTruncated><Quantity>1</Quantity><Items>
    <DistributionSummary><Id>E2</Id><ARN>arn:aws:cloudfront::${ACCOUNT}:distribution/E2</ARN>
    <DomainName>d2.cloudfront.net</DomainName>
    <Origins><Quantity>1</Quantity><Items><Origin><Id>api</Id><DomainName>internal-shop.elb.amazonaws.com</DomainName>
      <VpcOriginConfig><VpcOriginId>vo_1</VpcOriginId></VpcOriginConfig></Origin></Items></Origins>
    <OriginGroups><Quantity>1</Quantity><Items><OriginGroup><Id>pair</Id>
      <FailoverCriteria><StatusCodes><Quantity>1</Quantity><Items><StatusCode>502</StatusCode></Items></StatusCodes></FailoverCriteria>
      <Members><Quantity>2</Quantity><Items><OriginGroupMember><OriginId>api</OriginId></OriginGroupMember>
      <OriginGroupMember><OriginId>site</OriginId></OriginGroupMember></Items></Members></OriginGroup></Items></OriginGroups>
    <CacheBehaviors><Quantity>${behaviours.length}</Quantity><Items>${behaviours.join('')}</Items></CacheBehaviors>
    <CustomErrorResponses><Quantity>1</Quantity><Items><CustomErrorResponse><ErrorCode>404</ErrorCode>
      <ResponsePagePath>/index.html</ResponsePagePath><ResponseCode>200</ResponseCode></CustomErrorResponse></Items></CustomErrorResponses>
    <Restrictions><GeoRestriction><RestrictionType>whitelist</RestrictionType><Quantity>1</Quantity>
      <Items><Location>FR</Location></Items></GeoRestriction></Restrictions>
    </DistributionSummary></Items></DistributionList>`,
  'cloudfront:GetDistributionConfig': `<DistributionConfig><DefaultRootObject>index.html</DefaultRootObject>
    <Origins><Quantity>1</Quantity><Items><Origin><Id>api</Id><CustomHeaders><Quantity>1</Quantity><Items>
    <OriginCustomHeader><HeaderName>x-origin</HeaderName><HeaderValue>a-shared-secret</HeaderValue></OriginCustomHeader>
    </Items></CustomHeaders></Origin></Items></Origins><Logging><Enabled>true</Enabled></Logging></DistributionConfig>`,
  'cloudfront:GetOriginRequestPolicy': ({ Id }: { Id: string }) =>
    Id === 'denied'
      ? { status: 403, code: 'AccessDenied' }
      : requestPolicy(
          '<HeaderBehavior>allExcept</HeaderBehavior><Headers><Quantity>1</Quantity><Items><Name>cookie</Name></Items></Headers>',
        ),
  'cloudfront:GetCachePolicy': `<CachePolicy><Id>key</Id><CachePolicyConfig><Name>key</Name>
    <ParametersInCacheKeyAndForwardedToOrigin><HeadersConfig><HeaderBehavior>whitelist</HeaderBehavior>
    <Headers><Quantity>1</Quantity><Items><Name>host</Name></Items></Headers></HeadersConfig>
    </ParametersInCacheKeyAndForwardedToOrigin></CachePolicyConfig></CachePolicy>`,
  'cloudfront:GetVpcOrigin': `<VpcOrigin><Id>vo_1</Id><Status>Deployed</Status><VpcOriginEndpointConfig><Name>shop</Name>
    <Arn>${BALANCER}</Arn><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort>
    <OriginProtocolPolicy>http-only</OriginProtocolPolicy></VpcOriginEndpointConfig></VpcOrigin>`,
};

test('the list tells of behaviours what it can, origins that stand in for one another, and what is answered instead', async () => {
  const { facts } = await collected(cloudfront, grown);
  const { properties } = factOf(facts, 'E2');
  const told = ((properties?.behaviours ?? []) as { path: string; forwardsHost?: boolean }[]).map(
    ({ path, forwardsHost }) => [path, forwardsHost],
  );
  expect(told).toEqual([
    ['/all/*', true],
    ['/but/*', false],
    ['/own/*', undefined],
    ['/key/*', undefined],
    ['/denied/*', undefined],
    ['/old/*', true],
  ]);
  expect(properties).toMatchObject({
    originGroups: [{ id: 'pair', origins: ['api', 'site'], statusCodes: [502] }],
    customErrorResponses: [{ errorCode: 404, responseCode: '200', responsePagePath: '/index.html' }],
    geoRestriction: { restrictionType: 'whitelist', locations: ['FR'] },
  });
});

test('of a distribution on a path the policies, the root object and the origins in a VPC are read, and no secret', async () => {
  const { facts, calls } = await detailed(cloudfront, grown, [[KIND, 'E2']]);
  expect(Object.assign({}, ...facts.map(({ properties }) => properties))).toEqual({
    defaultRootObject: 'index.html',
    logging: true,
    hostForwarded: { '/own/*': true, '/key/*': true },
    vpcOrigins: [
      { id: 'vo_1', status: 'Deployed', arn: BALANCER, ports: [80, 443], protocolPolicy: 'http-only' },
    ],
  });
  expect(facts.flatMap(({ relations = [] }) => relations)).toEqual([
    { type: 'routes-to', to: { kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: BALANCER } },
  ]);
  expect(facts.flatMap(({ refusals = [] }) => refusals)).toMatchObject([
    { operation: 'cloudfront:GetOriginRequestPolicy', sort: 'denied' },
  ]);
  expect(JSON.stringify(facts)).not.toContain('a-shared-secret');
  expect(calls).toHaveLength(5);
});

test('a policy that several distributions share is asked for once', async () => {
  const list = grown['cloudfront:ListDistributions'];
  const [summary = ''] = /<DistributionSummary>[\s\S]*<\/DistributionSummary>/.exec(list) ?? [];
  const two = list.replace(summary, summary + summary.replaceAll('E2', 'E3'));
  const { calls } = await detailed(cloudfront, { ...grown, 'cloudfront:ListDistributions': two }, [
    [KIND, 'E2'],
    [KIND, 'E3'],
  ]);
  expect(calls.filter((call) => call === 'cloudfront:GetDistributionConfig')).toHaveLength(2);
  expect(calls.filter((call) => call === 'cloudfront:GetCachePolicy')).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { cloudfront } from './cloudfront.ts';
import { ACCOUNT, collected, factOf } from './test-server.ts';

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
    },
  ]);
  expect(JSON.stringify(facts)).not.toContain('a-shared-secret');
});

test('the default behaviour is the one of every path', async () => {
  const { facts } = await collected(cloudfront, answers);
  expect(factOf(facts, 'E1A2B3C4D5E6F7').properties?.behaviours).toEqual([
    { path: '*', origin: 'site', viewerProtocolPolicy: 'redirect-to-https' },
    { path: '/api/*', origin: 'api', viewerProtocolPolicy: 'allow-all' },
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

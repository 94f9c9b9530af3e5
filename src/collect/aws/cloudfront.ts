import {
  CloudFrontClient,
  type DistributionSummary,
  type Origin,
  paginateListDistributions,
} from '@aws-sdk/client-cloudfront';
import { environmentsOf } from '#lib/environments.ts';
import type { Json } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { routeTo } from './endpoints.ts';
import { relation } from './parts.ts';
import { moment, stated, text } from './stated.ts';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** Distributions, as one list tells them. Amazon CloudFront API Reference, version 2020-05-31. */
export const cloudfront = defineAwsCollector({
  id: 'cloudfront',
  title: { fr: 'CloudFront', en: 'CloudFront' },
  service: 'cloudfront',
  where: 'global',
  Client: CloudFrontClient,
  kinds: [DISTRIBUTION],
  permissions: { ListDistributions: 'cloudfront:ListDistributions' },
  async collect(aws) {
    await aws.list([DISTRIBUTION], async () => {
      for await (const { DistributionList } of aws.pages(paginateListDistributions, { MaxItems: 100 }))
        for (const distribution of DistributionList?.Items ?? []) see(aws, distribution);
    });
  },
});

function see(aws: AwsScope, distribution: DistributionSummary): void {
  const aliases = distribution.Aliases?.Items ?? [];
  const origins = distribution.Origins?.Items ?? [];
  const certificate = distribution.ViewerCertificate;
  const acl = text(distribution.WebACLId);
  aws.see({
    kind: DISTRIBUTION,
    name: distribution.Id ?? '',
    ...(distribution.ARN && { arn: distribution.ARN }),
    operation: 'ListDistributions',
    otherNames: [distribution.DomainName, ...aliases],
    properties: {
      domainName: distribution.DomainName,
      aliases,
      enabled: distribution.Enabled,
      status: distribution.Status,
      staging: distribution.Staging,
      comment: text(distribution.Comment),
      priceClass: distribution.PriceClass,
      httpVersion: distribution.HttpVersion,
      iPV6Enabled: distribution.IsIPV6Enabled,
      origins: origins.map(originOf),
      behaviours: behavioursOf(distribution),
      certificate: text(certificate?.ACMCertificateArn) ?? text(certificate?.IAMCertificateId),
      defaultCertificate: certificate?.CloudFrontDefaultCertificate,
      minimumProtocolVersion: certificate?.MinimumProtocolVersion,
      webACLId: acl,
      lastModifiedTime: moment(distribution.LastModifiedTime),
    },
    relations: [
      ...origins.map(({ DomainName = '' }) => routeTo(DomainName)),
      certificate?.ACMCertificateArn
        ? relation('uses-certificate', 'AWS::CertificateManager::Certificate', certificate.ACMCertificateArn)
        : undefined,
      // a list of the older WAF has an id alone
      acl?.startsWith('arn:') ? relation('protected-by', 'AWS::WAFv2::WebACL', acl) : undefined,
    ],
    environments: aliases.flatMap((alias) => environmentsOf(alias)),
  });
}

/** An origin without the headers that are sent to it: they hold what it knows the distribution by. */
const originOf = ({ Id, DomainName, OriginPath, CustomOriginConfig: custom, ...origin }: Origin): Json =>
  stated({
    id: Id,
    domainName: DomainName,
    path: text(OriginPath),
    protocolPolicy: custom?.OriginProtocolPolicy,
    ports: custom && [custom.HTTPPort ?? 80, custom.HTTPSPort ?? 443],
    tlsVersions: custom?.OriginSslProtocols?.Items,
    originAccessControl: text(origin.OriginAccessControlId),
    originAccessIdentity: text(origin.S3OriginConfig?.OriginAccessIdentity),
  });

const behavioursOf = ({ DefaultCacheBehavior, CacheBehaviors }: DistributionSummary): Json[] =>
  [
    ...(DefaultCacheBehavior ? [{ ...DefaultCacheBehavior, PathPattern: '*' }] : []),
    ...(CacheBehaviors?.Items ?? []),
  ].map(({ PathPattern, TargetOriginId, ViewerProtocolPolicy }) =>
    stated({ path: PathPattern, origin: TargetOriginId, viewerProtocolPolicy: ViewerProtocolPolicy }),
  );

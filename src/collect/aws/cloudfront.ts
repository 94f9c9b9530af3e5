import {
  CloudFrontClient,
  type DistributionSummary,
  paginateListDistributions,
} from '@aws-sdk/client-cloudfront';
import { environmentsOf } from '#lib/environments.ts';
import type { Json } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { behavioursOf } from './cloudfront/behaviours.ts';
import { distributionOf } from './cloudfront/details.ts';
import { originGroupsOf, originOf } from './cloudfront/origins.ts';
import { routeTo } from './endpoints.ts';
import { relation } from './parts.ts';
import { moment, stated, text } from './stated.ts';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/**
 * Distributions, as one list tells them; of those on a path what their configuration and its policies tell besides.
 * Amazon CloudFront API Reference, version 2020-05-31.
 */
export const cloudfront = defineAwsCollector({
  id: 'cloudfront',
  title: { fr: 'CloudFront', en: 'CloudFront' },
  service: 'cloudfront',
  where: 'global',
  Client: CloudFrontClient,
  kinds: [DISTRIBUTION],
  permissions: {
    ListDistributions: 'cloudfront:ListDistributions',
    GetDistributionConfig: 'cloudfront:GetDistributionConfig',
    GetOriginRequestPolicy: 'cloudfront:GetOriginRequestPolicy',
    GetCachePolicy: 'cloudfront:GetCachePolicy',
    GetVpcOrigin: 'cloudfront:GetVpcOrigin',
  },
  detailed: [DISTRIBUTION],
  async detail(aws, wanted) {
    await Promise.all(wanted.map((one) => distributionOf(aws, one)));
  },
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
      originGroups: originGroupsOf(distribution),
      behaviours: behavioursOf(distribution),
      customErrorResponses: errorsOf(distribution),
      geoRestriction: restrictionOf(distribution),
      connectionMode: distribution.ConnectionMode,
      viewerMtls: distribution.ViewerMtlsConfig?.Mode,
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

const errorsOf = ({ CustomErrorResponses }: DistributionSummary): Json[] | undefined =>
  CustomErrorResponses?.Items?.map(({ ErrorCode, ResponseCode, ResponsePagePath }) =>
    stated({
      errorCode: ErrorCode,
      responseCode: text(ResponseCode),
      responsePagePath: text(ResponsePagePath),
    }),
  );

/** The countries that are served or refused; undefined where all are served. */
function restrictionOf({ Restrictions }: DistributionSummary): Json | undefined {
  const { RestrictionType: type, Items: locations } = Restrictions?.GeoRestriction ?? {};
  return type === undefined || type === 'none'
    ? undefined
    : { restrictionType: type, locations: locations ?? [] };
}

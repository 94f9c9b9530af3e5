import type { DistributionSummary, Origin } from '@aws-sdk/client-cloudfront';
import type { Json } from '#model/fact.ts';
import { stated, text } from '../stated.ts';

/**
 * An origin; of the headers that are sent to it the names alone: they hold what it knows the distribution by. Amazon
 * CloudFront API Reference, Origin, CustomOriginConfig, VpcOriginConfig.
 */
export const originOf = ({
  Id,
  DomainName,
  OriginPath,
  CustomHeaders,
  CustomOriginConfig: custom,
  ...origin
}: Origin): Json => {
  const headers = (CustomHeaders?.Items ?? []).flatMap(({ HeaderName }) => HeaderName ?? []);
  return stated({
    id: Id,
    domainName: DomainName,
    path: text(OriginPath),
    protocolPolicy: custom?.OriginProtocolPolicy,
    ports: custom && [custom.HTTPPort ?? 80, custom.HTTPSPort ?? 443],
    tlsVersions: custom?.OriginSslProtocols?.Items,
    readTimeout: custom?.OriginReadTimeout,
    headers: headers.length > 0 ? headers : undefined,
    vpcOriginId: text(origin.VpcOriginConfig?.VpcOriginId),
    originAccessControl: text(origin.OriginAccessControlId),
    originAccessIdentity: text(origin.S3OriginConfig?.OriginAccessIdentity),
  });
};

/** Origins that stand in for one another: the second is asked where the first answers with one of these codes. */
export const originGroupsOf = ({ OriginGroups }: DistributionSummary): Json[] | undefined =>
  OriginGroups?.Items?.map(({ Id, Members, FailoverCriteria }) =>
    stated({
      id: Id,
      origins: Members?.Items?.flatMap(({ OriginId }) => OriginId ?? []),
      statusCodes: FailoverCriteria?.StatusCodes?.Items,
    }),
  );

import {
  GetBucketPolicyCommand,
  GetBucketWebsiteCommand,
  type GetBucketWebsiteCommandOutput,
} from '@aws-sdk/client-s3';
import type { Json } from '#model/fact.ts';
import type { DetailScope } from '../aws-collector.ts';
import { isObject, type JsonObject, statementsOf, textsIn } from '../policy-statements.ts';
import { stated } from '../stated.ts';
import type { WantedResource } from '../wanted.ts';

/** How a bucket is a website, and what its policy lets a CDN read: nothing else of the policy is kept. */
export async function bucketOf(aws: DetailScope, wanted: WantedResource): Promise<void> {
  const { region } = wanted.properties;
  const there = typeof region === 'string' ? aws.in(region) : aws;
  const input = { Bucket: wanted.name };
  const [website, policy] = await Promise.all([
    there.ask(GetBucketWebsiteCommand, input, ['NoSuchWebsiteConfiguration']),
    there.ask(GetBucketPolicyCommand, input, ['NoSuchBucketPolicy']),
  ]);
  aws.add(wanted, {
    operation: 'GetBucketPolicy',
    properties: {
      website: website.output && websiteOf(website.output),
      ...(policy.output && readersOf(policy.output.Policy)),
    },
    refusals: [website.refusal, policy.refusal],
  });
}

/** Amazon S3 API Reference, GetBucketWebsite; `false` where a bucket is none. */
function websiteOf(website: Partial<GetBucketWebsiteCommandOutput>): Json {
  const { IndexDocument, ErrorDocument, RedirectAllRequestsTo: redirect, RoutingRules } = website;
  if (!IndexDocument && !redirect) return false;
  return stated({
    indexDocument: IndexDocument?.Suffix,
    errorDocument: ErrorDocument?.Key,
    redirectHost: redirect?.HostName,
    redirectProtocol: redirect?.Protocol,
    routingRules: RoutingRules?.length,
  });
}

const SERVICE = 'cloudfront.amazonaws.com';
/** Amazon CloudFront Developer Guide, “Restrict access with origin access identity”. */
const IDENTITY = /^arn:[\w-]+:iam::cloudfront:user\/CloudFront Origin Access Identity (\w+)$/;
const READS = /^(?:\*|s3:\*|s3:Get\*|s3:GetObject\*?)$/i;

/**
 * What a bucket policy says of a CDN: the distributions that may read objects (`*`: whichever; what restricts them in
 * another way than by their ARN is left aside), older identities that may, and whether anything is denied at all. Amazon
 * CloudFront Developer Guide, “Restrict access to an Amazon S3 origin”.
 */
function readersOf(text: string | undefined): Record<string, Json | undefined> {
  const statements = text === undefined ? [] : statementsOf(text);
  if (!statements) return {};
  const allowing = statements.filter(
    ({ Effect, Action }) => Effect === 'Allow' && textsIn(Action).some((action) => READS.test(action)),
  );
  const distributions = allowing.flatMap((statement) =>
    principalsOf(statement).includes(SERVICE) ? sourcesOf(statement) : [],
  );
  const identities = allowing.flatMap((statement) =>
    principalsOf(statement).flatMap((principal) => IDENTITY.exec(principal)?.[1] ?? []),
  );
  return {
    readingDistributions: [...new Set(distributions)],
    readingIdentities: [...new Set(identities)],
    hasCanonicalReaders: allowing.some(
      ({ Principal }) => isObject(Principal) && Principal.CanonicalUser !== undefined,
    ),
    policyDenies: statements.some(({ Effect }) => Effect === 'Deny'),
  };
}

const principalsOf = ({ Principal }: JsonObject): string[] => textsIn(Principal);

function sourcesOf({ Condition }: JsonObject): string[] {
  const conditions = isObject(Condition) ? Object.values(Condition).filter(isObject) : [];
  const sources = conditions.flatMap((keys) =>
    Object.entries(keys).flatMap(([key, value]) =>
      key.toLowerCase() === 'aws:sourcearn' ? textsIn(value) : [],
    ),
  );
  return sources.length > 0 ? sources : ['*'];
}

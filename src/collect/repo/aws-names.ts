import { AWS_REGION } from '#lib/aws-region.ts';
import type { Kind, ResourceKey } from '#model/fact.ts';
import { readArn } from '../docs/arn-kinds.ts';

/** A resource of AWS that a value names, with where it is as far as the value says. */
export interface AwsName extends ResourceKey {
  account?: string;
  region?: string;
}

const ACCOUNT_OF_ARN = /^(arn:[^:]*:[^:]*:[^:]*):(\d{12}):/;
/** What Secrets Manager adds to a secret's name: six characters at random, so hardly ever a word of small letters. */
const SECRET_SUFFIX = /-(?:(?![a-z]{6}$)[A-Za-z0-9]{6}|x{6}|\?{6}|\*)$/;

/** What an ARN names. The account is kept as it is written, also where it is one that manuals use. */
export function nameOfArn(text: string): AwsName | undefined {
  if (!text.startsWith('arn:') || text.length > 1_000) return undefined;
  const account = ACCOUNT_OF_ARN.exec(text)?.[2];
  const named = readArn(text.replace(ACCOUNT_OF_ARN, '$1::'));
  if (!named) return undefined;
  const name = named.kind === 'AWS::SecretsManager::Secret' ? secretName(text) : named.name;
  return { ...named, name, ...(account !== undefined && { account }) };
}

const secretName = (arn: string): string => (arn.split(':')[6] ?? '').replace(SECRET_SUFFIX, '');

const QUEUE =
  /^https:\/\/(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w-]{1,80}(?:\.fifo)?)$/;
const DATABASE =
  /(?:^|[@/])([a-z][a-z0-9-]{0,62})\.((?:cluster-ro|cluster|proxy)-)?[a-z0-9]{10,14}\.([a-z0-9-]+)\.rds\.amazonaws\.com\b/;
/** `[internal-|dualstack.]NAME-1234567890.REGION.elb.amazonaws.com`; a network load balancer's has its id in hexadecimal. */
const BALANCER =
  /(?:^|[@/])(?:dualstack\.)?(?:internal-)?([A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?)-(?:\d{6,12}\.([a-z0-9-]+)\.elb|[0-9a-f]{16}\.elb\.([a-z0-9-]+))\.amazonaws\.com\b/;
const CACHE =
  /(?:^|[@/])([a-z][a-z0-9-]{0,49})\.[a-z0-9]{5,8}(\.ng)?\.\d{4}\.[a-z0-9]{3,6}\.cache\.amazonaws\.com\b/;

/** What an address of AWS names: a queue's URL, the endpoint of a database or of a cache. */
export function nameOfAddress(text: string): AwsName | undefined {
  if (text.length > 2_000 || !text.includes('.amazonaws.com')) return undefined;
  const queue = QUEUE.exec(text);
  if (queue?.[4]) {
    const region = queue[1] ?? queue[2] ?? '';
    return {
      kind: 'AWS::SQS::Queue',
      name: queue[4],
      ...(queue[3] && { account: queue[3] }),
      ...(AWS_REGION.test(region) && { region }),
    };
  }
  const database = DATABASE.exec(text);
  if (database?.[1]) {
    const kind = database[2] === undefined ? 'AWS::RDS::DBInstance' : DATABASE_KINDS.get(database[2]);
    return (
      kind && {
        kind,
        name: database[1],
        ...(AWS_REGION.test(database[3] ?? '') && { region: database[3] ?? '' }),
      }
    );
  }
  const balancer = BALANCER.exec(text);
  if (balancer?.[1]) {
    const region = balancer[2] ?? balancer[3] ?? '';
    return {
      kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      name: balancer[1],
      ...(AWS_REGION.test(region) && { region }),
    };
  }
  const cache = CACHE.exec(text);
  if (!cache?.[1]) return undefined;
  return {
    kind: cache[2] ? 'AWS::ElastiCache::ReplicationGroup' : 'AWS::ElastiCache::CacheCluster',
    name: cache[1],
  };
}

const DATABASE_KINDS = new Map<string, Kind>([
  ['cluster-', 'AWS::RDS::DBCluster'],
  ['cluster-ro-', 'AWS::RDS::DBCluster'],
  ['proxy-', 'AWS::RDS::DBProxy'],
]);

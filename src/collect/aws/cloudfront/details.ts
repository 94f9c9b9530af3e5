import {
  GetCachePolicyCommand,
  GetDistributionConfigCommand,
  GetOriginRequestPolicyCommand,
  GetVpcOriginCommand,
} from '@aws-sdk/client-cloudfront';
import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Answer, DetailScope } from '../aws-collector.ts';
import { relation } from '../parts.ts';
import { stated, text } from '../stated.ts';
import type { WantedResource } from '../wanted.ts';
import {
  holdHost,
  isManagedCachePolicy,
  isManagedRequestPolicy,
  type Policies,
  sendsHost,
} from './behaviours.ts';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const INSTANCE = 'AWS::EC2::Instance';

/** What the list leaves out of a distribution: its default root object, its logs, policies and origins within a VPC. */
export async function distributionOf(aws: DetailScope, wanted: WantedResource): Promise<void> {
  await Promise.all([configuration(aws, wanted), hostForwarding(aws, wanted), vpcOrigins(aws, wanted)]);
}

/**
 * Amazon CloudFront API Reference, GetDistributionConfig. It also gives the headers that are sent to origins, which are
 * not kept: they are secrets.
 */
async function configuration(aws: DetailScope, wanted: WantedResource): Promise<void> {
  const { output, refusal } = await aws.ask(GetDistributionConfigCommand, { Id: wanted.name });
  const config = output?.DistributionConfig;
  aws.add(wanted, {
    operation: 'GetDistributionConfig',
    properties: {
      // without one this says that a request to the root is passed on as it is
      defaultRootObject: config && (config.DefaultRootObject ?? ''),
      logging: config && config.Logging?.Enabled === true,
      loggingBucket: text(config?.Logging?.Bucket),
      continuousDeploymentPolicyId: text(config?.ContinuousDeploymentPolicyId),
    },
    refusals: [refusal],
  });
}

const objectsIn = (value: Json | undefined): { [key: string]: Json }[] =>
  (Array.isArray(value) ? value : []).filter(
    (one): one is { [key: string]: Json } => typeof one === 'object' && one !== null && !Array.isArray(one),
  );

const textIn = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A policy that sends `Host` on, as far as it was told. */
interface Told {
  id: string;
  sends?: boolean;
  refusal?: Refusal;
}

/** Of the behaviours of which the list does not tell whether they send `Host` on: what their policies say, by path. */
async function hostForwarding(aws: DetailScope, wanted: WantedResource): Promise<void> {
  const behaviours = objectsIn(wanted.properties.behaviours).flatMap((one) => {
    const path = textIn(one.path);
    const policies: Policies = {
      cachePolicyId: textIn(one.cachePolicyId),
      originRequestPolicyId: textIn(one.originRequestPolicyId),
    };
    return path === undefined || one.forwardsHost !== undefined ? [] : [{ path, policies }];
  });
  if (behaviours.length === 0) return;
  const ids = (read: (policies: Policies) => string | undefined, isManaged: (id: string) => boolean) =>
    [...new Set(behaviours.flatMap(({ policies }) => read(policies) ?? []))].filter((id) => !isManaged(id));
  const requests = ids(({ originRequestPolicyId }) => originRequestPolicyId, isManagedRequestPolicy);
  const told = await Promise.all([
    ...requests.map((id) => requestPolicy(aws, id)),
    ...ids(({ cachePolicyId }) => cachePolicyId, isManagedCachePolicy).map((id) => cachePolicy(aws, id)),
  ]);
  const known = new Map(told.flatMap(({ id, sends }) => (sends === undefined ? [] : [[id, sends] as const])));
  const forwarded = behaviours.flatMap(({ path, policies }): [string, boolean][] => {
    const sends = sendsHost(policies, known);
    return sends === undefined ? [] : [[path, sends]];
  });
  aws.add(wanted, {
    operation: requests.length > 0 ? 'GetOriginRequestPolicy' : 'GetCachePolicy',
    properties: { hostForwarded: Object.fromEntries(forwarded) },
    refusals: told.map(({ refusal }) => refusal),
  });
}

const toldOf = <Output>(
  id: string,
  answer: Answer<Output>,
  sends: (output: Output) => boolean | undefined,
): Told => {
  if (answer.refusal) return { id, refusal: answer.refusal };
  const is = sends(answer.output as Output);
  return { id, ...(is !== undefined && { sends: is }) };
};

/** Amazon CloudFront API Reference, OriginRequestPolicyHeadersConfig. */
const requestPolicy = async (aws: DetailScope, id: string): Promise<Told> =>
  toldOf(id, await aws.ask(GetOriginRequestPolicyCommand, { Id: id }), ({ OriginRequestPolicy: policy }) => {
    const { HeaderBehavior: behaviour, Headers } = policy?.OriginRequestPolicyConfig?.HeadersConfig ?? {};
    if (behaviour === 'allViewer' || behaviour === 'allViewerAndWhitelistCloudFront') return true;
    if (behaviour === 'allExcept') return !holdHost(Headers?.Items);
    if (behaviour === 'whitelist') return holdHost(Headers?.Items);
    return behaviour === 'none' ? false : undefined;
  });

/** Amazon CloudFront API Reference, CachePolicyHeadersConfig. */
const cachePolicy = async (aws: DetailScope, id: string): Promise<Told> =>
  toldOf(id, await aws.ask(GetCachePolicyCommand, { Id: id }), ({ CachePolicy: policy }) => {
    const config = policy?.CachePolicyConfig?.ParametersInCacheKeyAndForwardedToOrigin?.HeadersConfig;
    if (config?.HeaderBehavior === 'whitelist') return holdHost(config.Headers?.Items);
    return config?.HeaderBehavior === 'none' ? false : undefined;
  });

/** Where origins within a VPC lead. Amazon CloudFront API Reference, VpcOriginEndpointConfig. */
async function vpcOrigins(aws: DetailScope, wanted: WantedResource): Promise<void> {
  const ids = new Set(
    objectsIn(wanted.properties.origins).flatMap(({ vpcOriginId }) => textIn(vpcOriginId) ?? []),
  );
  if (ids.size === 0) return;
  const answers = await Promise.all(
    [...ids].map(async (id) => ({ id, ...(await aws.ask(GetVpcOriginCommand, { Id: id })) })),
  );
  const origins = answers.flatMap(({ id, output }) => {
    const { Status, VpcOriginEndpointConfig: endpoint } = output?.VpcOrigin ?? {};
    return endpoint ? [{ id, status: Status, endpoint }] : [];
  });
  aws.add(wanted, {
    operation: 'GetVpcOrigin',
    properties: {
      vpcOrigins: origins.map(({ id, status, endpoint }) =>
        stated({
          id,
          status,
          arn: endpoint.Arn,
          ports: [endpoint.HTTPPort ?? 80, endpoint.HTTPSPort ?? 443],
          protocolPolicy: endpoint.OriginProtocolPolicy,
          tlsVersions: endpoint.OriginSslProtocols?.Items,
        }),
      ),
    },
    relations: origins.map(({ endpoint: { Arn } }) => routeTo(Arn)),
    refusals: answers.map(({ refusal }) => refusal),
  });
}

/** An origin within a VPC is a load balancer or a machine. */
function routeTo(arn: string | undefined) {
  if (arn === undefined) return undefined;
  if (/^arn:[\w-]+:elasticloadbalancing:/.test(arn)) return relation('routes-to', BALANCER, arn);
  return /:instance\//.test(arn) ? relation('routes-to', INSTANCE, arn) : undefined;
}

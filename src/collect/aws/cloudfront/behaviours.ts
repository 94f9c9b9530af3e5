import type { CacheBehavior, DistributionSummary } from '@aws-sdk/client-cloudfront';
import type { Json } from '#model/fact.ts';
import { stated, text } from '../stated.ts';

/** Whether a policy sends the `Host` that a viewer asks for on to the origin. */
type Sends = boolean | undefined;

/** Amazon CloudFront Developer Guide, “Use managed origin request policies”. */
const REQUEST_POLICIES: Record<string, boolean> = {
  // AllViewer
  '216adef6-5c7f-47e4-b989-5492eafa07d3': true,
  // AllViewerAndCloudFrontHeaders-2022-06
  '33f36d7e-f396-46d9-90e0-52428a34d9dc': true,
  // AllViewerExceptHostHeader
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': false,
};

/** The same, “Use managed cache policies”: what is part of the key is sent to the origin. */
const CACHE_POLICIES: Record<string, boolean> = {
  // CachingOptimized
  '658327ea-f89d-4fab-a63d-7e88639e58f6': false,
  // CachingOptimizedForUncompressedObjects
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': false,
  // CachingDisabled
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': false,
};

/** The policies of a behaviour. */
export interface Policies {
  cachePolicyId?: string | undefined;
  originRequestPolicyId?: string | undefined;
}

/**
 * Whether a behaviour with these policies sends `Host` on: either of them may. Undefined where one of them is not known.
 * @param known what was read of policies, by id
 */
export function sendsHost(
  { cachePolicyId, originRequestPolicyId }: Policies,
  known: ReadonlyMap<string, boolean> = new Map(),
): Sends {
  const of = (id: string | undefined, managed: Record<string, boolean>): Sends =>
    id === undefined ? false : (managed[id] ?? known.get(id));
  const both = [of(cachePolicyId, CACHE_POLICIES), of(originRequestPolicyId, REQUEST_POLICIES)];
  if (both.includes(true)) return true;
  return both.includes(undefined) ? undefined : false;
}

export const isManagedRequestPolicy = (id: string): boolean => id in REQUEST_POLICIES;
export const isManagedCachePolicy = (id: string): boolean => id in CACHE_POLICIES;

/** Whether these headers hold `Host`: named, or by a star that stands for all of them. */
export const holdHost = (headers: readonly string[] | undefined): boolean =>
  (headers ?? []).some((header) => header === '*' || header.toLowerCase() === 'host');

/**
 * The behaviours of a distribution in the order in which they are tried; the default one is the last. Amazon CloudFront
 * API Reference, CacheBehavior. `forwardsHost` is left out where only the policies tell it.
 */
export function behavioursOf({ DefaultCacheBehavior, CacheBehaviors }: DistributionSummary): Json[] {
  return [
    ...(CacheBehaviors?.Items ?? []).map((behaviour) => behaviourOf(behaviour)),
    ...(DefaultCacheBehavior ? [behaviourOf({ ...DefaultCacheBehavior, PathPattern: '*' }, true)] : []),
  ];
}

function behaviourOf(behaviour: CacheBehavior, isDefault = false): Json {
  const { PathPattern, TargetOriginId, ViewerProtocolPolicy, AllowedMethods, ForwardedValues } = behaviour;
  const policies = {
    cachePolicyId: text(behaviour.CachePolicyId),
    originRequestPolicyId: text(behaviour.OriginRequestPolicyId),
  };
  const functions = (behaviour.FunctionAssociations?.Items ?? []).map(({ EventType, FunctionARN }) =>
    stated({ event: EventType, arn: FunctionARN }),
  );
  const lambdas = (behaviour.LambdaFunctionAssociations?.Items ?? []).map(
    ({ EventType, LambdaFunctionARN }) => stated({ event: EventType, arn: LambdaFunctionARN }),
  );
  const isSigned = behaviour.TrustedSigners?.Enabled === true || behaviour.TrustedKeyGroups?.Enabled === true;
  return stated({
    path: PathPattern,
    isDefault: isDefault || undefined,
    origin: TargetOriginId,
    viewerProtocolPolicy: ViewerProtocolPolicy,
    allowedMethods: AllowedMethods?.Items,
    ...policies,
    // settings of the older form state the headers themselves
    forwardsHost: ForwardedValues ? holdHost(ForwardedValues.Headers?.Items) : sendsHost(policies),
    functions: functions.length > 0 ? functions : undefined,
    lambdaFunctions: lambdas.length > 0 ? lambdas : undefined,
    needsSignature: isSigned || undefined,
  });
}

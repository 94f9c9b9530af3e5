import { types as cloudflare, settings as cloudflareSettings } from './cloudflare.ts';
import { types as compute, settings as computeSettings } from './compute.ts';
import { types as data, settings as dataSettings } from './data.ts';
import { types as edge, settings as edgeSettings } from './edge.ts';
import { types as identity, settings as identitySettings } from './identity.ts';
import type { SettingMapping, TypeMapping } from './mapping.ts';
import { types as messaging, settings as messagingSettings } from './messaging.ts';
import { types as network, settings as networkSettings } from './network.ts';

const mapped = new Map(
  [compute, network, data, edge, messaging, identity, cloudflare].flatMap((types) => Object.entries(types)),
);
const settings = new Map(
  [
    computeSettings,
    networkSettings,
    dataSettings,
    edgeSettings,
    messagingSettings,
    identitySettings,
    cloudflareSettings,
  ].flatMap((types) => Object.entries(types)),
);

/** What a resource type is in the estate; undefined where it has no kind. */
export const typeOf = (type: string): TypeMapping | undefined => mapped.get(type);

/** What a resource type says of another resource. */
export const settingOf = (type: string): SettingMapping | undefined => settings.get(type);

/** Resources that make a value or run something where Terraform runs, and nothing that stays. */
const OF_THE_RUN = /^(?:random|null|local|time|template|archive|tls|external|http|terraform|cloudinit)_/;
/** Resources that only join two others, allow one to use the other, or say how another one is set up. */
const JOINS =
  /_(?:attachment|attachments|association|permission|membership|validation|policy|policies|acl|rule|rules|subscription|route|binding|member|version|deployment|stage|method|method_response|integration|integration_response|target|role_policy|subnet_group|parameter_group|option_group|metric_filter|query_definition|service_setting|scheduled_action|instance_profile|service_linked_role|pattern_set|key_pair|configuration|settings?|grant|attribute|ownership_controls|access_block|tag|item)$|^aws_route$/;
const families = [...mapped.keys()];

/**
 * Whether a type without a kind is a thing of the estate by itself: neither a setting of another type (by its name:
 * `aws_s3_bucket_acl`), nor what joins two, nor a value that Terraform makes for itself.
 */
export function isThing(type: string): boolean {
  if (OF_THE_RUN.test(type) || JOINS.test(type) || settings.has(type)) return false;
  return !families.some((family) => type.startsWith(`${family}_`));
}

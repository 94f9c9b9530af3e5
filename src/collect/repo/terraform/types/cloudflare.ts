import type { SettingMapping, TypeMapping } from './mapping.ts';

const record: TypeMapping = {
  kind: 'Cloudflare::DNS::Record',
  name: ['name'],
  named: 'record',
  properties: { type: 'type', proxied: 'proxied', ttl: 'ttl' },
  relations: [
    ['zone_id', 'part-of'],
    ['content', 'routes-to'],
    ['value', 'routes-to'],
  ],
};
const script: TypeMapping = {
  kind: 'Cloudflare::Workers::Script',
  name: ['script_name', 'name'],
  properties: { compatibilityDate: 'compatibility_date', placement: 'placement.mode' },
};
const secret: TypeMapping = {
  kind: 'Cloudflare::Workers::Secret',
  name: ['name'],
  named: 'of-script',
  relations: [['script_name', 'part-of', 'Cloudflare::Workers::Script']],
};
const route: TypeMapping = {
  kind: 'Cloudflare::Workers::Route',
  name: ['pattern'],
  relations: [
    ['zone_id', 'part-of'],
    ['script_name', 'routes-to', 'Cloudflare::Workers::Script'],
    ['script', 'routes-to', 'Cloudflare::Workers::Script'],
  ],
};
const domain: TypeMapping = {
  kind: 'Cloudflare::Workers::Domain',
  name: ['hostname'],
  relations: [
    ['zone_id', 'part-of'],
    ['service', 'routes-to', 'Cloudflare::Workers::Script'],
  ],
};
const application: TypeMapping = {
  kind: 'Cloudflare::Access::Application',
  name: ['name', 'domain'],
  properties: { domain: 'domain', type: 'type', sessionDuration: 'session_duration' },
};
const policy: TypeMapping = {
  kind: 'Cloudflare::Access::Policy',
  name: ['name'],
  properties: { decision: 'decision' },
  relations: [['application_id', 'part-of']],
};
const identityProvider: TypeMapping = {
  kind: 'Cloudflare::Access::IdentityProvider',
  name: ['name'],
  properties: { type: 'type' },
};
const serviceToken: TypeMapping = {
  kind: 'Cloudflare::Access::ServiceToken',
  name: ['name'],
  properties: { duration: 'duration' },
};
const tunnel: TypeMapping = { kind: 'Cloudflare::Tunnel', name: ['name'] };
const token: TypeMapping = {
  kind: 'Cloudflare::APIToken',
  name: ['name'],
  properties: { expiresOn: 'expires_on' },
};

/** Terraform Cloudflare provider documentation (versions 4 and 5), by resource type. */
export const types: Record<string, TypeMapping> = {
  cloudflare_zone: {
    kind: 'Cloudflare::Zone',
    name: ['zone', 'name'],
    properties: { type: 'type', paused: 'paused' },
  },
  cloudflare_record: record,
  cloudflare_dns_record: record,
  cloudflare_worker: script,
  cloudflare_workers_script: script,
  cloudflare_worker_script: script,
  cloudflare_workers_secret: secret,
  cloudflare_worker_secret: secret,
  cloudflare_workers_route: route,
  cloudflare_worker_route: route,
  cloudflare_workers_custom_domain: domain,
  cloudflare_workers_domain: domain,
  cloudflare_worker_domain: domain,
  cloudflare_d1_database: { kind: 'Cloudflare::D1::Database', name: ['name'] },
  cloudflare_workers_kv_namespace: { kind: 'Cloudflare::KV::Namespace', name: ['title'] },
  cloudflare_r2_bucket: {
    kind: 'Cloudflare::R2::Bucket',
    name: ['name'],
    idIsName: true,
    properties: { jurisdiction: 'jurisdiction', location: 'location' },
  },
  cloudflare_queue: { kind: 'Cloudflare::Queue', name: ['queue_name', 'name'] },
  cloudflare_hyperdrive_config: { kind: 'Cloudflare::Hyperdrive::Config', name: ['name'] },
  cloudflare_pages_project: {
    kind: 'Cloudflare::Pages::Project',
    name: ['name'],
    idIsName: true,
    properties: { productionBranch: 'production_branch' },
  },
  cloudflare_ruleset: {
    kind: 'Cloudflare::Ruleset',
    name: ['phase'],
    named: 'phase',
    properties: { description: 'description' },
    relations: [['zone_id', 'part-of']],
  },
  cloudflare_certificate_pack: {
    kind: 'Cloudflare::CertificatePack',
    name: ['hosts'],
    properties: { hosts: 'hosts', authority: 'certificate_authority', validityDays: 'validity_days' },
    relations: [['zone_id', 'part-of']],
  },
  cloudflare_tunnel: tunnel,
  cloudflare_argo_tunnel: tunnel,
  cloudflare_zero_trust_tunnel_cloudflared: tunnel,
  cloudflare_access_application: application,
  cloudflare_zero_trust_access_application: application,
  cloudflare_access_policy: policy,
  cloudflare_zero_trust_access_policy: policy,
  cloudflare_access_identity_provider: identityProvider,
  cloudflare_zero_trust_access_identity_provider: identityProvider,
  cloudflare_access_service_token: serviceToken,
  cloudflare_zero_trust_access_service_token: serviceToken,
  cloudflare_turnstile_widget: {
    kind: 'Cloudflare::Turnstile::Widget',
    name: ['name'],
    properties: { mode: 'mode', domains: 'domains' },
  },
  cloudflare_api_token: token,
  cloudflare_account_token: token,
};

const crons: SettingMapping = {
  of: 'script_name',
  kind: 'Cloudflare::Workers::Script',
  properties: { crons: 'schedules' },
};

/** What is said of another resource. */
export const settings: Record<string, SettingMapping> = {
  cloudflare_workers_cron_trigger: crons,
  cloudflare_worker_cron_trigger: crons,
  cloudflare_r2_custom_domain: {
    of: 'bucket_name',
    kind: 'Cloudflare::R2::Bucket',
    properties: { customDomain: 'domain' },
  },
  cloudflare_r2_managed_domain: {
    of: 'bucket_name',
    kind: 'Cloudflare::R2::Bucket',
    properties: { publicAccess: 'enabled' },
  },
  cloudflare_pages_domain: {
    of: 'project_name',
    kind: 'Cloudflare::Pages::Project',
    properties: { domain: 'domain' },
  },
  cloudflare_queue_consumer: {
    of: 'queue_id',
    kind: 'Cloudflare::Queue',
    relations: [['script_name', 'routes-to', 'Cloudflare::Workers::Script']],
  },
};

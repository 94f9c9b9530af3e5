import type { TypeMapping } from './mapping.ts';

const record: TypeMapping = {
  kind: 'Cloudflare::DNS::Record',
  name: ['name'],
  named: 'record',
  properties: { type: 'type', proxied: 'proxied' },
  relations: [
    ['zone_id', 'part-of'],
    ['content', 'routes-to'],
    ['value', 'routes-to'],
  ],
};
const script: TypeMapping = { kind: 'Cloudflare::Workers::Script', name: ['script_name', 'name'] };
const application: TypeMapping = { kind: 'Cloudflare::Access::Application', name: ['name'] };
const policy: TypeMapping = { kind: 'Cloudflare::Access::Policy', name: ['name'] };
const provider: TypeMapping = { kind: 'Cloudflare::Access::IdentityProvider', name: ['name'] };
const serviceToken: TypeMapping = { kind: 'Cloudflare::Access::ServiceToken', name: ['name'] };
const tunnel: TypeMapping = { kind: 'Cloudflare::Tunnel', name: ['name'] };
const domain: TypeMapping = {
  kind: 'Cloudflare::Workers::Domain',
  name: ['hostname'],
  relations: [
    ['service', 'routes-to', 'Cloudflare::Workers::Script'],
    ['zone_id', 'part-of'],
  ],
};

/** Terraform Cloudflare provider documentation (versions 4 and 5), by resource type. */
export const types: Record<string, TypeMapping> = {
  cloudflare_zone: { kind: 'Cloudflare::Zone', name: ['zone', 'name'] },
  cloudflare_record: record,
  cloudflare_dns_record: record,
  cloudflare_workers_script: script,
  cloudflare_worker_script: script,
  cloudflare_workers_route: {
    kind: 'Cloudflare::Workers::Route',
    name: ['pattern'],
    relations: [
      ['script_name', 'routes-to', 'Cloudflare::Workers::Script'],
      ['script', 'routes-to', 'Cloudflare::Workers::Script'],
    ],
  },
  cloudflare_d1_database: { kind: 'Cloudflare::D1::Database', name: ['name'] },
  cloudflare_workers_kv_namespace: { kind: 'Cloudflare::KV::Namespace', name: ['title'] },
  cloudflare_r2_bucket: { kind: 'Cloudflare::R2::Bucket', name: ['name'], idIsName: true },
  cloudflare_queue: { kind: 'Cloudflare::Queue', name: ['queue_name', 'name'] },
  cloudflare_pages_project: {
    kind: 'Cloudflare::Pages::Project',
    name: ['name'],
    properties: { productionBranch: 'production_branch' },
  },
  cloudflare_access_application: application,
  cloudflare_zero_trust_access_application: application,
  cloudflare_access_policy: policy,
  cloudflare_zero_trust_access_policy: policy,
  cloudflare_access_identity_provider: provider,
  cloudflare_zero_trust_access_identity_provider: provider,
  cloudflare_access_service_token: serviceToken,
  cloudflare_zero_trust_access_service_token: serviceToken,
  cloudflare_ruleset: {
    kind: 'Cloudflare::Ruleset',
    name: ['phase'],
    named: 'ruleset',
    relations: [['zone_id', 'part-of']],
  },
  cloudflare_tunnel: tunnel,
  cloudflare_zero_trust_tunnel_cloudflared: tunnel,
  cloudflare_worker_domain: domain,
  cloudflare_workers_domain: domain,
  cloudflare_workers_custom_domain: domain,
  cloudflare_hyperdrive_config: { kind: 'Cloudflare::Hyperdrive::Config', name: ['name'] },
  cloudflare_turnstile_widget: { kind: 'Cloudflare::Turnstile::Widget', name: ['name'] },
  cloudflare_certificate_pack: {
    kind: 'Cloudflare::CertificatePack',
    name: ['hosts'],
    relations: [['zone_id', 'part-of']],
  },
  // those of users are not all listed to whoever reads: they are none that could be found missing
  cloudflare_account_token: { kind: 'Cloudflare::APIToken', name: ['name'] },
};

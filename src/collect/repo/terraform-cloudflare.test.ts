import { expect, test } from 'vitest';
import { memoryTree } from '../readers/memory-tree.ts';
import { collectFiles } from './collect-files.ts';
import { stateFacts } from './terraform/state/state-facts.ts';
import { readState } from './terraform/state/state-file.ts';
import { instance, resource, stateOf } from './terraform/state/test-state.ts';
import { terraform } from './terraform.ts';

const ACCOUNT = '9a7806061c88ada191ed06f989cc3dac';
const collect = (text: string) => collectFiles(terraform, { 'main.tf': text }).facts;
const said = (text: string) =>
  collect(text).map(
    ({ kind, name, scope, nameStatus, relations = [] }) =>
      `${kind.replace('Cloudflare::', '')} ${name}${scope ? ` [${scope}]` : ''} ${nameStatus}${relations.map(({ type, to }) => ` ${type} ${to.name}`).join('')}`,
  );

test('version 4: zones, records by type, scripts and what belongs to them', () => {
  expect(
    said(`
resource "cloudflare_zone" "z" {
  account_id = "${ACCOUNT}"
  zone       = "quay.example"
}
resource "cloudflare_record" "www" {
  zone_id = cloudflare_zone.z.id
  name    = "www"
  type    = "CNAME"
  value   = "quay.pages.dev"
}
resource "cloudflare_record" "mail" {
  zone_id = cloudflare_zone.z.id
  name    = "@"
  type    = "MX"
  value   = "mail.quay.example"
}
resource "cloudflare_worker_script" "edge" {
  account_id = "${ACCOUNT}"
  name       = "quay-edge"
}
resource "cloudflare_workers_secret" "key" {
  account_id  = "${ACCOUNT}"
  name        = "SIGNING_KEY"
  script_name = cloudflare_worker_script.edge.name
  secret_text = "c4n4ry-Zx81-do-not-show"
}
resource "cloudflare_worker_route" "all" {
  zone_id     = cloudflare_zone.z.id
  pattern     = "quay.example/*"
  script_name = cloudflare_worker_script.edge.name
}
resource "cloudflare_access_application" "desk" {
  zone_id = cloudflare_zone.z.id
  name    = "The desk"
  domain  = "desk.quay.example"
}
resource "cloudflare_ruleset" "waf" {
  zone_id = cloudflare_zone.z.id
  name    = "WAF"
  kind    = "zone"
  phase   = "http_request_firewall_custom"
}
`),
  ).toEqual([
    'Zone quay.example literal',
    'DNS::Record www.quay.example [CNAME] resolved part-of quay.example',
    'DNS::Record quay.example [MX] resolved part-of quay.example',
    'Workers::Script quay-edge literal',
    'Workers::Secret quay-edge/SIGNING_KEY resolved part-of quay-edge',
    'Workers::Route quay.example/* literal part-of quay.example routes-to quay-edge',
    'Access::Application The desk literal',
    'Ruleset quay.example http_request_firewall_custom resolved part-of quay.example',
  ]);
});

test('version 5: the newer names of the same', () => {
  expect(
    said(`
resource "cloudflare_dns_record" "api" {
  zone_id = "023e105f4ecef8ad9ca31a8372d0c353"
  name    = "api.quay.example"
  type    = "AAAA"
  content = "100::"
  proxied = true
  ttl     = 1
}
resource "cloudflare_workers_script" "edge" {
  account_id  = "${ACCOUNT}"
  script_name = "quay-edge"
}
resource "cloudflare_workers_custom_domain" "api" {
  account_id = "${ACCOUNT}"
  hostname   = "api.quay.example"
  service    = cloudflare_workers_script.edge.script_name
}
resource "cloudflare_workers_script_subdomain" "edge" {
  account_id       = "${ACCOUNT}"
  script_name      = cloudflare_workers_script.edge.script_name
  enabled          = false
  previews_enabled = true
}
resource "cloudflare_hyperdrive_config" "pg" { name = "quay-pg" }
resource "cloudflare_certificate_pack" "all" { hosts = ["quay.example", "*.quay.example"] }
resource "cloudflare_zero_trust_tunnel_cloudflared" "office" { name = "office" }
resource "cloudflare_zero_trust_access_policy" "staff" {
  name     = "staff"
  decision = "allow"
}
resource "cloudflare_zero_trust_access_identity_provider" "okta" { name = "Okta" }
resource "cloudflare_zero_trust_access_service_token" "ci" { name = "ci" }
resource "cloudflare_turnstile_widget" "form" { name = "form" }
resource "cloudflare_account_token" "deploy" {
  name       = "deploy"
  expires_on = "2027-01-01T00:00:00Z"
}
`),
  ).toEqual([
    'DNS::Record api.quay.example [AAAA] literal',
    'Workers::Script quay-edge literal',
    'Workers::Domain api.quay.example literal routes-to quay-edge',
    'Hyperdrive::Config quay-pg literal',
    'CertificatePack quay.example resolved',
    'Tunnel office literal',
    'Access::Policy staff literal',
    'Access::IdentityProvider Okta literal',
    'Access::ServiceToken ci literal',
    'Turnstile::Widget form literal',
    'APIToken deploy literal',
  ]);
});

test('the account, and what settings say of another resource, are told', () => {
  const facts = collect(`
resource "cloudflare_workers_script" "edge" {
  account_id  = "${ACCOUNT}"
  script_name = "quay-edge"
}
resource "cloudflare_r2_bucket" "files" { name = "quay-files" }
resource "cloudflare_r2_managed_domain" "files" {
  bucket_name = cloudflare_r2_bucket.files.name
  enabled     = true
}
`);
  expect(facts).toMatchObject([
    { name: 'quay-edge', account: ACCOUNT },
    { name: 'quay-files', properties: { publicAccess: 'true' } },
  ]);
});

test('the text of a secret goes nowhere', () => {
  const facts = collect(
    'resource "cloudflare_workers_secret" "a" {\n name = "A"\n script_name = "s"\n secret_text = "c4n4ry-9Qw7"\n}',
  );
  expect(facts.map(({ name }) => name)).toEqual(['s/A', 's']);
  expect(JSON.stringify(facts)).not.toContain('c4n4ry');
});

test('a state knows the id that Cloudflare gave, by which the observed one is recognised', () => {
  const id = '0f2ac74b498b48028cb68387c421e279';
  const text = stateOf([
    resource('cloudflare_workers_kv_namespace.cache', [
      instance({ id, title: 'quay-cache', account_id: ACCOUNT }),
    ]),
  ]);
  const state = readState(text);
  const facts =
    'entries' in state
      ? stateFacts(state.entries, { file: 'a.tfstate', source: 'import' }, memoryTree({}))
      : [];
  expect(facts).toMatchObject([
    { kind: 'Cloudflare::KV::Namespace', name: 'quay-cache', otherNames: [id], account: ACCOUNT },
  ]);
});

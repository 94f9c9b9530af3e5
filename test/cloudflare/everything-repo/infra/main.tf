terraform {
  required_providers {
    cloudflare = { source = "cloudflare/cloudflare", version = "5.8.2" }
  }
}

resource "cloudflare_zone" "everything" {
  name = "everything.example"
  type = "full"
}

resource "cloudflare_zone" "new" {
  name = "everything.shop"
  type = "full"
}

resource "cloudflare_dns_record" "root" {
  zone_id = cloudflare_zone.everything.id
  name    = "everything.example"
  type    = "A"
  content = "192.0.2.1"
  ttl     = 1
  proxied = true
}

resource "cloudflare_dns_record" "shop" {
  zone_id = cloudflare_zone.everything.id
  name    = "shop.everything.example"
  type    = "CNAME"
  content = "everything.example"
  ttl     = 1
  proxied = true
}

resource "cloudflare_workers_route" "static" {
  zone_id = cloudflare_zone.everything.id
  pattern = "everything.example/static/*"
}

resource "cloudflare_d1_database" "staging" {
  name = "shop-staging"
}

resource "cloudflare_workers_kv_namespace" "flags" {
  title = "flags"
}

resource "cloudflare_workers_kv_namespace" "sessions" {
  title = "sessions"
}

resource "cloudflare_r2_bucket" "exports" {
  name         = "eu-exports"
  jurisdiction = "eu"
}

resource "cloudflare_queue" "dead" {
  queue_name = "orders-dead"
}

resource "cloudflare_pages_project" "docs" {
  name              = "docs"
  production_branch = "main"
}

resource "cloudflare_pages_project" "status" {
  name              = "status-page"
  production_branch = "main"
}

resource "cloudflare_zero_trust_access_application" "office" {
  name   = "back office"
  domain = "admin.everything.example"
  type   = "self_hosted"
}

resource "cloudflare_zero_trust_access_application" "wiki" {
  name   = "wiki"
  domain = "wiki.everything.example"
  type   = "self_hosted"
}

resource "cloudflare_ruleset" "custom" {
  zone_id = cloudflare_zone.everything.id
  name    = "default"
  kind    = "zone"
  phase   = "http_request_firewall_custom"
}

resource "cloudflare_ruleset" "origin" {
  zone_id = cloudflare_zone.everything.id
  name    = "default"
  kind    = "zone"
  phase   = "http_request_origin"
}

resource "cloudflare_ruleset" "account" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "default"
  kind       = "root"
  phase      = "http_request_firewall_custom"
}

resource "cloudflare_certificate_pack" "api" {
  zone_id               = cloudflare_zone.everything.id
  type                  = "advanced"
  hosts                 = ["everything.example", "*.api.everything.example"]
  certificate_authority = "google"
  validation_method     = "txt"
  validity_days         = 90
}

resource "cloudflare_certificate_pack" "shop" {
  zone_id               = cloudflare_zone.everything.id
  type                  = "advanced"
  hosts                 = ["shop.everything.example"]
  certificate_authority = "google"
  validation_method     = "txt"
  validity_days         = 90
}

resource "cloudflare_zero_trust_tunnel_cloudflared" "office" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "office"
}

resource "cloudflare_zero_trust_tunnel_cloudflared" "warehouse" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "warehouse"
}

resource "cloudflare_zero_trust_access_policy" "staff" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "staff only"
  decision   = "allow"
}

resource "cloudflare_zero_trust_access_policy" "partners" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "partners"
  decision   = "allow"
}

resource "cloudflare_zero_trust_access_identity_provider" "staff" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "staff"
  type       = "google-apps"
}

resource "cloudflare_zero_trust_access_identity_provider" "partners" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "partners"
  type       = "github"
}

resource "cloudflare_zero_trust_access_service_token" "monitoring" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "monitoring"
}

resource "cloudflare_zero_trust_access_service_token" "backup" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "backup"
}

resource "cloudflare_hyperdrive_config" "reporting" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "reporting"
}

resource "cloudflare_turnstile_widget" "sign_in" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "sign in"
  domains    = ["everything.example"]
  mode       = "managed"
}

resource "cloudflare_turnstile_widget" "newsletter" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "newsletter"
  domains    = ["everything.example"]
  mode       = "managed"
}

resource "cloudflare_workers_custom_domain" "old" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  hostname   = "old.everything.example"
  service    = "shop-api"
  zone_id    = cloudflare_zone.everything.id
}

resource "cloudflare_account_token" "ci" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "ci"
}

resource "cloudflare_account_token" "backup" {
  account_id = "36c6d01a69ffbc38a69c716e80052525"
  name       = "backup"
}

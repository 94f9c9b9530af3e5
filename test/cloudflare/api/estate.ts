import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/**
 * What the estate says of one thing, in the members that Cloudflare's API has for it. What it does not say has the value
 * that a new one would have; ids follow from names, so that they are the same in every run.
 */
export type Said = Record<string, unknown>;
export type Named = Said & { name: string };

/** An API token, of the user or of the account. Its value is nowhere. */
export interface SaidToken extends Named {
  /** Permission groups by name; every one that is known where nothing is said. */
  permissions?: readonly string[];
  /** The zones that it may see; all where nothing is said. */
  zones?: readonly string[];
}

/** A script of Workers. */
export interface SaidWorker extends Named {
  /** As the API names them; `database`, `namespace`, `index` and `config` lead to a thing of this estate by its name. */
  bindings?: readonly Named[];
  /** Names alone. */
  secrets?: readonly string[];
  /** Cron expressions. */
  schedules?: readonly string[];
  /** Whether it answers on `workers.dev`. */
  subdomain?: { enabled?: boolean; previews_enabled?: boolean };
  /** The newest first: when, by whom, with which tool. Each one has a version of its own. */
  deployments?: readonly (Said & { on: string; by?: string })[];
}

export interface SaidZone extends Named {
  /** `free`, `pro`, `business`, `enterprise`. */
  plan?: string;
  /** By id: `ssl: flexible`. */
  settings?: Record<string, unknown>;
  /** `name` is relative to the zone: `www`, or `@` for the zone itself. */
  records?: readonly (Named & { type: string; content: string })[];
  universal_ssl?: boolean;
  certificate_packs?: readonly Said[];
  dnssec?: Said;
  /** Routes of Workers; one without `script` turns Workers off there. */
  routes?: readonly { pattern: string; script?: string }[];
  /** What runs in each phase. */
  rulesets?: readonly SaidRuleset[];
  healthchecks?: readonly Named[];
  logpush?: readonly Named[];
  email_routing?: Said;
}

export interface SaidRuleset extends Said {
  phase: string;
  rules?: readonly Said[];
}

/** One account, with the zones that it owns. */
export interface CloudflareAccount extends Named {
  /** Who the token of the audit belongs to. */
  user?: { email: string; two_factor_authentication_enabled?: boolean };
  /** The token of the audit. */
  auditor?: Partial<SaidToken>;
  tokens?: { user?: readonly SaidToken[]; account?: readonly SaidToken[] };
  members?: readonly (Said & { email: string })[];
  /** `<subdomain>.workers.dev`. */
  subdomain?: string;
  workers?: readonly SaidWorker[];
  /** Custom domains of Workers. */
  domains?: readonly (Said & { hostname: string; service: string; zone: string })[];
  d1?: readonly Named[];
  kv?: readonly (Said & { title: string })[];
  /** Undefined: R2 was never switched on. */
  r2?: readonly SaidBucket[];
  queues?: readonly Named[];
  hyperdrive?: readonly Named[];
  vectorize?: readonly Named[];
  durable_objects?: readonly (Said & { class: string; script: string })[];
  workflows?: readonly Named[];
  secrets_stores?: readonly (Named & { secrets?: readonly string[] })[];
  pages?: readonly Named[];
  zones?: readonly SaidZone[];
  /** Of the account, for all its zones. */
  rulesets?: readonly SaidRuleset[];
  /** Undefined: Access was never switched on. */
  access?: SaidAccess;
  turnstile?: readonly Named[];
  stream?: { videos?: number | readonly Said[]; keys?: number };
  tunnels?: readonly (Named & { connections?: number | readonly Said[] })[];
  notifications?: readonly (Named & { alert_type: string })[];
  webhooks?: readonly Named[];
  logpush?: readonly Named[];
  /** The newest first. */
  audit_logs?: readonly SaidEvent[];
}

export interface SaidBucket extends Named {
  /** The public address at `r2.dev` answers. */
  public?: boolean;
  custom_domains?: readonly (Said & { domain: string })[];
  lifecycle?: readonly Said[];
  cors?: readonly Said[];
  lock?: readonly Said[];
}

export interface SaidAccess {
  organization?: Said;
  /** `policies`: names of reusable ones, or policies of its own. */
  applications?: readonly (Named & { policies?: readonly (string | Named)[] })[];
  policies?: readonly Named[];
  groups?: readonly Named[];
  identity_providers?: readonly (Named & { type: string })[];
  service_tokens?: readonly Named[];
}

/** One line of the audit log. */
export interface SaidEvent extends Said {
  on: string;
  by?: string;
  /** `create`, `update`, `delete`, `deploy`… */
  action: string;
  /** `dash`, `api`… */
  from?: string;
  /** What it was done to: `{type: script, id: shop-api}`. */
  resource: { type: string; id: string; product?: string };
  zone?: string;
}

/** Reads an estate from its file, which holds an account, or a list of them. */
export function readCloudflareEstate(file: string): CloudflareAccount[] {
  const said = parse(readFileSync(file, 'utf8')) as CloudflareAccount | CloudflareAccount[];
  return Array.isArray(said) ? said : [said];
}

/** 32 hexadecimal digits that follow from what is named. */
export function hex(...names: string[]): string {
  return createHash('sha256').update(names.join('\0')).digest('hex').slice(0, 32);
}

/** The same as a UUID: RFC 9562, version 8. */
export function uuid(...names: string[]): string {
  const digits = hex(...names);
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
  ];
  return [...parts, digits.slice(20)].join('-');
}

/** When a thing was made and changed, where the estate does not say. */
export const CREATED = '2026-03-02T09:12:41.000000Z';
export const MODIFIED = '2026-10-19T14:03:08.000000Z';

/** What the estate says, without what only the server reads. */
export function without(said: Said, ...names: string[]): Said {
  return Object.fromEntries(Object.entries(said).filter(([name]) => !names.includes(name)));
}

const RELATIVE = /^(?:in (\d+) days?|(\d+) days? ago)$/;

/** The estate with `in 18 days` and `3 days ago` as times of this clock, for what has to be near to the day of an audit. */
export function atTime<T>(said: T, now: Date): T {
  if (typeof said === 'string') {
    const [found, ahead, ago] = RELATIVE.exec(said) ?? [];
    if (found === undefined) return said;
    const days = ahead === undefined ? -Number(ago) : Number(ahead);
    return new Date(now.getTime() + days * 86_400_000).toISOString() as T;
  }
  if (Array.isArray(said)) return said.map((one) => atTime(one, now)) as T;
  if (said === null || typeof said !== 'object') return said;
  return Object.fromEntries(Object.entries(said).map(([name, one]) => [name, atTime(one, now)])) as T;
}

export const accountId = (account: CloudflareAccount): string =>
  String(account.id ?? hex('account', account.name));
export const zoneId = (zone: SaidZone): string => String(zone.id ?? hex('zone', zone.name));
export const ownerOf = (account: CloudflareAccount): string => account.user?.email ?? 'owner@example.com';

import { found, refuse } from '../answer.ts';
import {
  accountId,
  type CloudflareAccount,
  CREATED,
  hex,
  MODIFIED,
  ownerOf,
  type SaidZone,
  uuid,
  without,
  zoneId,
} from '../estate.ts';
import { type Asked, gives, lists, type Operation } from '../operation.ts';
import { ONE_PAGE, pages } from '../paging.ts';
import { SETTINGS } from './zone-settings.ts';

const DNS = ['DNS Read'];
const CERTIFICATES = ['SSL and Certificates Read'];
const SETTING = ['Zone Settings Read'];

const PLANS: Record<string, string> = {
  free: 'Free Website',
  pro: 'Pro Website',
  business: 'Business Website',
  enterprise: 'Enterprise Website',
};

const OWN_WORDS = [
  'plan',
  'settings',
  'records',
  'universal_ssl',
  'certificate_packs',
  'dnssec',
  'routes',
  'rulesets',
  'healthchecks',
  'logpush',
  'email_routing',
];

const zoneOf = (account: CloudflareAccount, zone: SaidZone) => ({
  id: zoneId(zone),
  name: zone.name,
  status: 'active',
  paused: false,
  type: 'full',
  development_mode: 0,
  name_servers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
  original_name_servers: ['ns1.example.net', 'ns2.example.net'],
  original_registrar: null,
  original_dnshost: null,
  created_on: CREATED,
  modified_on: MODIFIED,
  activated_on: CREATED,
  meta: { step: 2, custom_certificate_quota: 0, page_rule_quota: 3, phishing_detected: false },
  owner: { id: hex('user', ownerOf(account)), type: 'user' },
  account: { id: accountId(account), name: account.name },
  permissions: ['#zone:read'],
  ...without(zone, ...OWN_WORDS),
  plan: {
    id: hex('plan', zone.plan ?? 'free'),
    name: PLANS[zone.plan ?? 'free'],
    price: 0,
    currency: 'USD',
    frequency: '',
    is_subscribed: zone.plan !== undefined && zone.plan !== 'free',
    can_subscribe: false,
    legacy_id: zone.plan ?? 'free',
    legacy_discount: false,
    externally_managed: false,
  },
});

/** The zones that the token may see. Without the permission it is told so in other words than elsewhere. */
function zonesOf({ accounts, token, query }: Asked) {
  if (!token.permissions?.some((name) => name.startsWith('Zone ') && !/WAF|Settings/.test(name)))
    return refuse(
      403,
      0,
      `Actor 'com.cloudflare.api.token.${hex('token', token.name)}' requires permission 'com.cloudflare.api.account.zone.list' to list zones`,
    );
  const [account, name] = [query.get('account.id'), query.get('name')];
  return accounts
    .filter((one) => (account ?? accountId(one)) === accountId(one))
    .flatMap((one) => (one.zones ?? []).map((zone) => zoneOf(one, zone)))
    .filter((zone) => (name ?? zone.name) === zone.name && (token.zones?.includes(zone.name) ?? true));
}

const settingsOf = (zone: SaidZone) => {
  const values = { ...SETTINGS, ...zone.settings };
  return Object.entries(values).map(([id, value]) => ({
    id,
    value,
    editable: true,
    modified_on: zone.settings && id in zone.settings ? MODIFIED : null,
  }));
};

const PROXIABLE = new Set(['A', 'AAAA', 'CNAME']);

const recordsOf = (zone: SaidZone) =>
  (zone.records ?? []).map((said, index) => ({
    id: hex('record', zone.name, said.type, said.name, said.content, String(index)),
    proxiable: PROXIABLE.has(said.type),
    proxied: false,
    ttl: 1,
    settings: {},
    meta: {},
    tags: [],
    created_on: CREATED,
    modified_on: CREATED,
    ...said,
    name: said.name === '@' ? zone.name : `${said.name}.${zone.name}`,
  }));

const exactly = (asked: string | null, value: string) => asked === null || asked === value;

/** The certificate that Cloudflare gives every zone, unless it is switched off. */
const universal = (zone: SaidZone) => ({ type: 'universal', hosts: [zone.name, `*.${zone.name}`] });

function packsOf({ zone, query }: Asked) {
  const said = [
    ...(zone.universal_ssl === false ? [] : [universal(zone)]),
    ...(zone.certificate_packs ?? []),
  ];
  const packs = said.map((pack) => {
    const hosts = (pack.hosts ?? [zone.name]) as readonly string[];
    const status = String((pack as Record<string, unknown>).status ?? 'active');
    const { expires_on = '2027-01-17T23:59:59.000000Z', ...words } = pack as Record<string, unknown>;
    return {
      id: uuid('certificate pack', zone.name, String(pack.type), hosts.join()),
      type: 'advanced',
      status,
      validation_method: 'txt',
      validity_days: 90,
      certificate_authority: 'google',
      primary_certificate: uuid('certificate', zone.name, hosts.join()),
      cloudflare_branding: false,
      ...words,
      hosts,
      certificates: [
        {
          id: uuid('certificate', zone.name, hosts.join()),
          hosts,
          status,
          issuer: 'GoogleTrustServices',
          signature: 'ECDSAWithSHA256',
          bundle_method: 'ubiquitous',
          zone_id: zoneId(zone),
          uploaded_on: CREATED,
          modified_on: CREATED,
          expires_on,
          priority: 0,
        },
      ],
    };
  });
  // Those that are not active yet, or no more, are only given when they are asked for.
  return query.get('status') === 'all' ? packs : packs.filter(({ status }) => status === 'active');
}

const health = (zone: SaidZone) =>
  (zone.healthchecks ?? []).map((said) => ({
    id: hex('healthcheck', zone.name, said.name),
    address: zone.name,
    type: 'HTTPS',
    status: 'healthy',
    suspended: false,
    interval: 60,
    retries: 2,
    timeout: 5,
    created_on: CREATED,
    modified_on: MODIFIED,
    ...said,
  }));

/** Zones: what they answer with, their names and their certificates. */
export const operations: readonly Operation[] = [
  lists('zones.list', '/zones', [], pages(20, 50), zonesOf),
  gives('zones.get', '/zones/{zone_id}', ['Zone Read'], ({ account, zone }) => zoneOf(account, zone)),
  gives('zones.settings.list', '/zones/{zone_id}/settings', SETTING, ({ zone }) => settingsOf(zone)),
  gives('zones.settings.get', '/zones/{zone_id}/settings/{setting_id}', SETTING, ({ zone, at }) =>
    found(
      settingsOf(zone).find(({ id }) => id === at('setting_id')),
      1007,
      'Undefined zone setting: invalid setting name',
    ),
  ),
  lists('dns.records.list', '/zones/{zone_id}/dns_records', DNS, pages(100, 5000), ({ zone, query }) =>
    recordsOf(zone).filter(
      ({ type, name, content }) =>
        exactly(query.get('type'), type) &&
        exactly(query.get('name') ?? query.get('name.exact'), name) &&
        exactly(query.get('content') ?? query.get('content.exact'), content),
    ),
  ),
  gives('dns.records.get', '/zones/{zone_id}/dns_records/{dns_record_id}', DNS, ({ zone, at }) =>
    found(
      recordsOf(zone).find(({ id }) => id === at('dns_record_id')),
      81_044,
      'Record does not exist.',
    ),
  ),
  gives('dns.dnssec.get', '/zones/{zone_id}/dnssec', DNS, ({ zone }) => ({
    status: 'disabled',
    modified_on: null,
    algorithm: null,
    digest: null,
    digest_algorithm: null,
    digest_type: null,
    ds: null,
    flags: null,
    key_tag: null,
    key_type: null,
    public_key: null,
    ...zone.dnssec,
  })),
  lists(
    'ssl.certificatePacks.list',
    '/zones/{zone_id}/ssl/certificate_packs',
    CERTIFICATES,
    pages(20, 50),
    packsOf,
  ),
  gives(
    'ssl.universal.settings.get',
    '/zones/{zone_id}/ssl/universal/settings',
    CERTIFICATES,
    ({ zone }) => ({
      enabled: zone.universal_ssl ?? true,
    }),
  ),
  lists('ssl.verification.get', '/zones/{zone_id}/ssl/verification', CERTIFICATES, ONE_PAGE, ({ zone }) =>
    zone.universal_ssl === false
      ? []
      : [
          {
            certificate_status: 'active',
            signature: 'ECDSAWithSHA256',
            validation_method: 'txt',
            brand_check: false,
          },
        ],
  ),
  lists(
    'healthchecks.list',
    '/zones/{zone_id}/healthchecks',
    ['Health Checks Read'],
    pages(25, 1000),
    ({ zone }) => health(zone),
  ),
  gives('emailRouting.get', '/zones/{zone_id}/email/routing', SETTING, ({ zone }) => ({
    id: hex('email routing', zone.name),
    tag: hex('email routing', zone.name),
    name: zone.name,
    enabled: false,
    status: 'unconfigured',
    skip_wizard: false,
    created: CREATED,
    modified: CREATED,
    ...zone.email_routing,
  })),
];

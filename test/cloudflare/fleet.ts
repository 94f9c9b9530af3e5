import { collectCloudflare } from '#collect/cloudflare/collect-cloudflare.ts';
import type { CloudflareAccount, SaidZone } from './api/estate.ts';
import { DOCUMENTED } from './api/limit.ts';
import { startCloudflareApi } from './api.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Records of each zone. */
const RECORDS = 40;

/** A zone in daily use: names, certificates, routes, and rules in each phase that is asked about. */
function zoneOf(index: number): SaidZone {
  const name = `zone-${index}.example`;
  return {
    name,
    plan: index % 3 === 0 ? 'pro' : 'free',
    settings: { ssl: 'strict', always_use_https: 'on' },
    records: [
      { name: '@', type: 'A', content: '192.0.2.1', proxied: true },
      { name: '@', type: 'MX', content: 'mail.example.net', priority: 10 },
      ...Array.from({ length: RECORDS - 2 }, (_, record) => ({
        name: `host-${record}`,
        type: 'CNAME',
        content: name,
        proxied: record % 2 === 0,
      })),
    ],
    certificate_packs: [{ type: 'advanced', hosts: [name, `*.api.${name}`] }],
    dnssec: { status: 'active' },
    routes: [{ pattern: `${name}/api/*`, script: 'api' }, { pattern: `${name}/static/*` }],
    rulesets: [
      {
        phase: 'http_request_firewall_managed',
        rules: [
          {
            action: 'execute',
            description: 'managed',
            action_parameters: { id: '77454fe2d30c4220b5701f6fdfb893ba' },
          },
        ],
      },
      {
        phase: 'http_request_firewall_custom',
        rules: [{ action: 'block', description: 'admin', expression: 'http.request.uri.path eq "/admin"' }],
      },
      { phase: 'http_ratelimit', rules: [{ action: 'block', description: 'sign in' }] },
      { phase: 'http_request_dynamic_redirect', rules: [{ action: 'redirect', description: 'www' }] },
      { phase: 'http_response_headers_transform', rules: [{ action: 'rewrite', description: 'hsts' }] },
    ],
  };
}

/** An account with so many zones, and one Worker that answers in all of them. */
export const fleet = (zones: number): CloudflareAccount => ({
  name: 'Fleet',
  workers: [{ name: 'api' }],
  zones: Array.from({ length: zones }, (_, index) => zoneOf(index)),
});

/** What reading a fleet took. */
export interface Reading {
  calls: number;
  /** Those that have a zone in their path. */
  ofZones: number;
  /** Requests that had been answered before. */
  twice: number;
  throttled: number;
  /** Requests in any window of the limit, at most. */
  perWindow: number;
  minutes: number;
  /** Zones, records and certificates that were seen. */
  seen: { zones: number; records: number; certificates: number; rulesets: number; routes: number };
  complete: boolean;
  methods: string[];
}

/**
 * Reads a fleet on a clock that nobody waits for, from a server that refuses whatever is over the documented limit.
 * @param late seconds that a request may be late on its way, at most
 */
export async function readFleet(zones: number, late = 0): Promise<Reading> {
  const timing = new VirtualClock();
  // the same lateness in every run: a sequence that fills its range evenly
  let sent = 0;
  const clock = () => {
    sent += 1;
    return new Date(timing.date().getTime() + ((sent * 618_034) % 1_000_000) * late * 0.001);
  };
  const api = await startCloudflareApi(fleet(zones), { limit: DOCUMENTED, clock });
  try {
    const { facts, coverage } = await collectCloudflare(
      {
        environment: { CLOUDFLARE_API_BASE_URL: api.url, CLOUDFLARE_API_TOKEN: api.token },
        timing,
      },
      [],
      timing.date,
    );
    const count = (kind: string) => facts.filter((one) => one.kind === kind).length;
    const { total } = api.statistics;
    return {
      calls: total.calls,
      ofZones: api.requests.filter(({ path }) => path.startsWith('/zones/')).length,
      twice: total.duplicates,
      throttled: total.throttled,
      perWindow: total.perWindow,
      minutes: timing.now() / 60_000,
      seen: {
        zones: count('Cloudflare::Zone'),
        records: count('Cloudflare::DNS::Record'),
        certificates: count('Cloudflare::CertificatePack'),
        rulesets: count('Cloudflare::Ruleset'),
        routes: count('Cloudflare::Workers::Route'),
      },
      complete: coverage().every(({ state }) => state === 'complete'),
      methods: [...new Set(api.requests.map(({ method }) => method))],
    };
  } finally {
    await api.stop();
  }
}

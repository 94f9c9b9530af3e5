import { describe, expect, test } from 'vitest';
import { Edge } from '../test-edge.ts';
import { checkOf, faultsOf, idsOf, rolesOf } from '../test-estate.ts';
import { BALANCER_DNS, shop } from '../test-shop.ts';
import { DOMAIN, ROUTE } from './cloudflare-zones.ts';

const API = 'https://api.quay.example';
/** A host without an origin, of which a Worker takes one path. */
const narrowed = (zone = {}) =>
  new Edge(zone)
    .record('api.quay.example', 'AAAA', '100::')
    .route('api.quay.example/v1/*', 'api')
    .worker('api');

describe('what no route takes', () => {
  test('is answered by nobody where the address is a placeholder and other paths have a route', () => {
    const path = narrowed().trace(`${API}/health`);
    expect(rolesOf(path)).toEqual(['dns', 'cdn']);
    expect(checkOf(path, 'worker-route-missing')).toMatchObject({ result: 'fail', certainty: 'probable' });
    expect(idsOf(path, 'fail')).toEqual(['worker-route-missing']);
    expect(faultsOf(path)).toEqual([]);
  });

  test.each([
    ['routes that nobody read', (edge: Edge) => edge.refuse(ROUTE)],
    ['custom domains that nobody read', (edge: Edge) => edge.refuse(DOMAIN)],
    ['rulesets that nobody read', (edge: Edge) => edge.refuse('Cloudflare::Ruleset')],
    [
      'a redirection of the zone',
      (edge: Edge) =>
        edge.see(
          'Cloudflare::Ruleset',
          'quay.example http_request_dynamic_redirect',
          {
            phase: 'http_request_dynamic_redirect',
            ruleCount: 1,
            rules: [{ action: 'redirect', enabled: true }],
          },
          { relations: [{ type: 'part-of', to: { kind: 'Cloudflare::Zone', name: 'quay.example' } }] },
        ),
    ],
    [
      'redirections of the account, whose rules are not read',
      (edge: Edge) =>
        edge.see('Cloudflare::Ruleset', 'http_request_redirect', { phase: 'http_request_redirect' }),
    ],
  ])('is not said to be missing beside %s', (_what, change) => {
    const path = change(narrowed()).trace(`${API}/health`);
    expect(idsOf(path, 'fail')).toEqual([]);
    expect(checkOf(path, 'worker-route-missing')?.result).toBe('unknown');
  });

  test('a rule that is switched off changes nothing', () => {
    const edge = narrowed().see('Cloudflare::Ruleset', 'http_request_redirect', {
      phase: 'http_request_redirect',
      ruleCount: 1,
      rules: [{ action: 'redirect', enabled: false }],
    });
    expect(idsOf(edge.trace(`${API}/health`), 'fail')).toEqual(['worker-route-missing']);
  });

  test('a host that no route is for may be redirected by a page rule: it is not known', () => {
    const path = new Edge().record('old.quay.example', 'A', '192.0.2.1').trace('https://old.quay.example/');
    expect(checkOf(path, 'worker-route-missing')?.result).toBe('unknown');
    expect(idsOf(path, 'fail')).toEqual([]);
  });

  test('a route without a script keeps Workers away', () => {
    const edge = narrowed().route('api.quay.example/v1/off/*');
    expect(idsOf(edge.trace(`${API}/v1/off/x`), 'fail')).toEqual(['worker-route-missing']);
    expect(idsOf(edge.trace(`${API}/v1/x`), 'fail')).toEqual([]);
  });
});

test('HTTP is redirected before routes are looked at, where the zone says so', () => {
  const http = 'http://api.quay.example/v1/x';
  const secure = (zone = {}) =>
    new Edge(zone)
      .record('api.quay.example', 'A', '192.0.2.1')
      .route('api.quay.example/*', 'api', 'https')
      .worker('api');
  expect(rolesOf(secure().trace(http))).toEqual(['dns', 'cdn', 'route', 'worker']);
  expect(rolesOf(secure({ alwaysUseHttps: 'off' }).trace(http))).toEqual(['dns', 'cdn']);
});

test('a route runs before a custom domain, which answers for what no route takes', () => {
  const edge = new Edge()
    .record('app.quay.example', 'AAAA', '100::')
    .see(
      'Cloudflare::Workers::Domain',
      'app.quay.example',
      {},
      {
        relations: [{ type: 'routes-to', to: { kind: 'Cloudflare::Workers::Script', name: 'front' } }],
      },
    )
    .route('app.quay.example/api/*', 'api')
    .worker('front')
    .worker('api');
  expect(edge.trace('https://app.quay.example/').hops.at(-1)?.resource).toContain('front');
  expect(edge.trace('https://app.quay.example/api/x').hops.at(-1)?.resource).toMatch(/Script.*api/);
});

test('a bucket that bears the name answers for it', () => {
  const path = new Edge()
    .record('media.quay.example', 'AAAA', '100::')
    .see('Cloudflare::R2::Bucket', 'media', { customDomains: ['media.quay.example'] })
    .trace('https://media.quay.example/a.png');
  expect(path.hops.at(-1)?.resource).toContain('R2::Bucket');
  expect(idsOf(path, 'fail')).toEqual([]);
});

describe('an origin in AWS', () => {
  const edge = (zone = {}) => new Edge(zone).record('shop.quay.example', 'CNAME', BALANCER_DNS);
  const URL = 'https://shop.quay.example/';

  test('is followed to what answers behind its load balancer', () => {
    const path = edge().trace(URL, shop());
    expect(rolesOf(path).slice(0, 4)).toEqual(['dns', 'cdn', 'load-balancer', 'target-group']);
    expect(faultsOf(path)).toEqual([]);
  });

  test('needs a certificate for the name where the zone is strict, and none where it is full', () => {
    expect(idsOf(edge({ sslMode: 'strict' }).trace(URL, shop()), 'fail')).toContain(
      'certificate-not-covering',
    );
    expect(idsOf(edge({ sslMode: 'full' }).trace(URL, shop()), 'fail')).toEqual([]);
  });

  test('that sends HTTP to HTTPS is a loop in flexible mode', () => {
    const path = edge({ sslMode: 'flexible' }).trace(URL, shop());
    expect(idsOf(path, 'fail')).toEqual(['redirect-loop']);
    expect(checkOf(path, 'redirect-loop')?.text.en).toContain('flexible');
  });

  test('is told with what was not read where the settings of the zone were refused', () => {
    const unread = edge({ sslMode: null });
    expect(idsOf(unread.trace(URL, shop()), 'fail')).toEqual([]);
    expect(checkOf(unread.trace(URL, shop()), 'origin-protocol-mismatch')?.result).toBe('unknown');
  });

  test('that nobody read is unknown', () => {
    const path = edge().trace(URL);
    expect(idsOf(path, 'fail')).toEqual([]);
    expect(rolesOf(path)).toEqual(['dns', 'cdn', 'load-balancer']);
  });
});

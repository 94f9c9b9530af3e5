import { describe, expect, test } from 'vitest';
import { Edge } from '../test-edge.ts';
import { Account, checkOf, faultsOf, idsOf, rolesOf } from '../test-estate.ts';
import { record, zone } from '../test-shop.ts';
import { EDGE_RECORD, EDGE_ZONE } from './cloudflare-zones.ts';

const URL = 'https://api.quay.example/';
const worker = (edge: Edge) => edge.route('api.quay.example/*', 'api').worker('api');

describe('a name without a record', () => {
  test('leads nowhere where the records were read in full', () => {
    const path = new Edge().record('www.quay.example', 'A', '198.51.100.7').trace(URL);
    expect(path.hops).toMatchObject([
      { role: 'dns', status: 'missing', checks: [{ id: 'dns-record-missing', result: 'fail' }] },
    ]);
    expect(faultsOf(path)).toEqual([]);
  });

  test('is not known to have none where they were not', () => {
    const path = new Edge().refuse(EDGE_RECORD).trace(URL);
    expect(path.hops).toMatchObject([
      {
        status: 'unverified',
        checks: [{ result: 'unknown', refusal: { permission: `list:${EDGE_RECORD}` } }],
      },
    ]);
  });

  test('is not Cloudflare’s where its name servers are others, or the zone leaves it to others', () => {
    const pending = new Edge({ status: 'pending' }).trace(URL);
    const delegated = new Edge().record('api.quay.example', 'NS', 'ns1.elsewhere.test', false).trace(URL);
    expect([idsOf(pending, 'fail'), idsOf(delegated, 'fail')]).toEqual([[], []]);
  });

  test('of a zone that was not seen is unknown, and says whose list was not read', () => {
    const path = new Edge().refuse(EDGE_ZONE).trace('https://elsewhere.test/');
    expect(path.hops[0]?.checks).toMatchObject([
      { result: 'unknown', refusal: { permission: 'list:Cloudflare::Zone' } },
    ]);
  });
});

test('a wildcard answers for what has no record of its own, and for nothing that has', () => {
  const edge = worker(new Edge().record('*.quay.example', 'AAAA', '100::')).record(
    'mail.quay.example',
    'MX',
    'mx.test',
    false,
  );
  expect(rolesOf(edge.trace(URL))).toEqual(['dns', 'cdn', 'route', 'worker']);
  expect(idsOf(edge.trace('https://mail.quay.example/'), 'fail')).toEqual(['dns-record-missing']);
});

describe('a record that is not proxied', () => {
  test('goes past the Worker whose route names the host', () => {
    const path = worker(new Edge().record('api.quay.example', 'A', '198.51.100.7', false)).trace(URL);
    expect(idsOf(path, 'fail')).toEqual(['dns-record-misdirected']);
    expect(rolesOf(path)).toEqual(['dns', 'server']);
    expect(faultsOf(path)).toEqual([]);
  });

  test('is sound beside a route for any host of the zone', () => {
    const edge = new Edge().record('api.quay.example', 'A', '198.51.100.7', false);
    expect(idsOf(edge.route('*.quay.example/*', 'api').worker('api').trace(URL), 'fail')).toEqual([]);
  });

  test('is one of a paused zone too', () => {
    const path = worker(new Edge({ paused: true }).record('api.quay.example', 'A', '198.51.100.7')).trace(
      URL,
    );
    expect(checkOf(path, 'dns-record-misdirected')?.result).toBe('fail');
  });
});

test('names that lead back to one another end', () => {
  const path = new Edge()
    .record('api.quay.example', 'CNAME', 'b.quay.example')
    .record('b.quay.example', 'CNAME', 'api.quay.example')
    .trace(URL);
  expect(rolesOf(path)).toEqual(['dns', 'cdn']);
});

describe('a name that Route 53 holds too', () => {
  const route53 = (name: string) =>
    record(zone(new Account(), name, 'Z1'), 'api.quay.example', ['198.51.100.7']);
  test.each([
    ['the narrower zone is asked', {}, 'api.quay.example', 'AWS::Route53::RecordSet'],
    ['of two zones of one name, the one of Cloudflare that serves', {}, 'quay.example', EDGE_RECORD],
    ['and Route 53’s where it does not', { status: 'moved' }, 'quay.example', 'AWS::Route53::RecordSet'],
  ])('%s', (_what, settings, name, kind) => {
    const edge = new Edge(settings).record('api.quay.example', 'A', '198.51.100.7');
    expect(edge.trace(URL, route53(name)).hops[0]?.resource).toContain(kind);
  });
});

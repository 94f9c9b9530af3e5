import { describe, expect, test } from 'vitest';
import { Edge } from '../test-edge.ts';
import { checkOf, faultsOf, idsOf, rolesOf } from '../test-estate.ts';
import { PAGES, SCRIPT, TUNNEL } from './cloudflare-zones.ts';

const URL = 'https://api.quay.example/';
const ID = '11111111-2222-4333-8444-555555555555';

describe('a route', () => {
  const edge = () =>
    new Edge().record('api.quay.example', 'AAAA', '100::').route('api.quay.example/*', 'api');

  test('to a script that is not there fails on the script', () => {
    const path = edge().trace(URL);
    expect(path.hops.at(-1)).toMatchObject({
      role: 'worker',
      status: 'missing',
      checks: [{ id: 'worker-missing', result: 'fail' }],
    });
    expect(faultsOf(path)).toEqual([]);
  });

  test('to a script that nobody read is unknown', () => {
    const path = edge().refuse(SCRIPT).trace(URL);
    expect(path.hops.at(-1)).toMatchObject({ status: 'unverified', checks: [{ result: 'unknown' }] });
  });

  test('says when its script was deployed', () => {
    const path = edge()
      .worker('api', { deployment: { at: '2026-11-17T20:31:44Z' } })
      .trace(URL);
    expect(path.hops.at(-1)?.checks[0]?.text.en).toContain('2026-11-17');
  });
});

describe('an address of workers.dev', () => {
  test('is that of a script that is open there, and of nobody known otherwise', () => {
    const url = 'https://front.quay.workers.dev/';
    const last = (edge: Edge) => edge.trace(url).hops.at(-1)?.status;
    expect(idsOf(new Edge().worker('front', { workersDev: true }).trace(url), 'pass')).toEqual([
      'worker-missing',
    ]);
    expect(last(new Edge().worker('front', { workersDev: false }))).toBe('unverified');
    expect(last(new Edge())).toBe('unverified');
  });
});

describe('a tunnel', () => {
  const edge = (status?: string, isProxied = true) => {
    const one = new Edge().record('api.quay.example', 'CNAME', `${ID}.cfargotunnel.com`, isProxied);
    return status === undefined ? one : one.see(TUNNEL, 'port', { id: ID, status }, { otherNames: [ID] });
  };
  test.each([
    ['healthy', 'pass'],
    ['degraded', 'pass'],
    ['down', 'fail'],
    ['inactive', 'fail'],
    ['something-new', 'unknown'],
  ])('whose status is %s: %s', (status, result) => {
    const path = edge(status).trace(URL);
    expect(rolesOf(path)).toEqual(['dns', 'cdn', 'tunnel']);
    expect(checkOf(path, 'tunnel-down')?.result).toBe(result);
  });

  test('that is not there is probably gone, and unknown where none was read', () => {
    expect(checkOf(edge().trace(URL), 'tunnel-down')).toMatchObject({
      result: 'fail',
      certainty: 'probable',
    });
    expect(checkOf(edge().refuse(TUNNEL).trace(URL), 'tunnel-down')?.result).toBe('unknown');
  });

  test('is not reached by a record that is not proxied', () => {
    expect(idsOf(edge('healthy', false).trace(URL), 'fail')).toEqual(['dns-record-misdirected']);
  });
});

describe('a project of Pages', () => {
  const edge = (domains?: string[]) =>
    new Edge()
      .record('api.quay.example', 'CNAME', 'front.pages.dev')
      .see(
        PAGES,
        'front',
        { ...(domains && { domains }), deployment: { at: '2026-11-17' } },
        { otherNames: ['front.pages.dev'] },
      );

  test('has to know the name', () => {
    expect(idsOf(edge(['front.pages.dev', 'api.quay.example']).trace(URL), 'fail')).toEqual([]);
    expect(idsOf(edge(['front.pages.dev']).trace(URL), 'fail')).toEqual(['pages-domain-missing']);
    expect(idsOf(edge().trace(URL), 'fail')).toEqual([]);
  });

  test('answers at its own address and at those of its previews', () => {
    const path = edge(['front.pages.dev']).trace('https://abc.front.pages.dev/');
    expect([rolesOf(path), idsOf(path, 'fail')]).toEqual([['pages'], []]);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { withReach } from '#collect/host/reach.ts';
import { hostSections } from '#collect/host/sections.ts';
import type { HostState } from '#model/host.ts';
import { hopsOf, idsOf, pathOf, saidBy } from './paths-cases.ts';
import { readRecorded } from './recordings.ts';

describe('the machine of the tests, as test/estates/phare/EXPECTED.md says', () => {
  let phare: HostState;
  beforeAll(async () => {
    phare = withReach((await readRecorded(hostSections, 'baseline')).state);
  });
  const told = (url: string) => hopsOf(pathOf(url, phare)).slice(1);

  test('the front is the container behind the proxy', () => {
    expect(told('http://phare.example/')).toEqual([
      'host phare-1',
      'listener 0.0.0.0:80',
      'container phare-edge',
      'router phare-http',
      'service phare-front',
      'container phare-front',
      // the nginx inside of it
      'router _',
    ]);
    expect(idsOf(pathOf('http://phare.example/', phare), 'fail')).toEqual([]);
  });

  test.each(['/api/v1/x', '/ws'])('%s is the unit at the gateway of the network', (path) => {
    const url = `http://phare.example${path}`;
    expect(told(url).slice(-2)).toEqual(['service phare-backend', 'unit phare-api.service']);
    expect(idsOf(pathOf(url, phare), 'fail')).toEqual([]);
  });

  test('the old name is of a router that is disabled', () => {
    const path = pathOf('http://old.phare.example/', phare);
    expect(hopsOf(path).at(-1)).toBe('router phare-old');
    expect(idsOf(path, 'fail')).toEqual(['router-disabled']);
    expect(saidBy(path)).toContain('geoblock');
  });

  // the machine's firewall lets in 22, 80 and 443 alone
  test('nginx of the host leads to an address that no interface has', () => {
    const path = pathOf('http://phare.example:8090/api/', phare);
    expect(hopsOf(path).at(-1)).toBe('service phare_backend');
    expect(idsOf(path, 'fail')).toEqual(['host-firewall-blocks', 'upstream-address-unknown']);
  });

  test('its other site is the API itself, under a certificate that is still good', () => {
    const path = pathOf('https://phare.example:8443/', phare);
    expect(hopsOf(path).at(-1)).toBe('unit phare-api.service');
    expect(idsOf(path, 'fail')).toEqual(['host-firewall-blocks']);
    expect(idsOf(path, 'pass')).toContain('certificate-expired');
  });
});

import { describe, expect, test } from 'vitest';
import { container, hostState, hostUnit } from '#judge/test-host.ts';
import type { HostState } from '#model/host.ts';
import type { Check } from '#model/path.ts';
import { Problem } from '../problem.ts';
import { certificateMissing } from './certificate-missing.ts';
import { containerFailing } from './container-failing.ts';
import { hostNetwork } from './host-network.ts';
import { hostUnits } from './host-units.ts';

const host = (tool: NonNullable<HostState['firewall']>['tool'] = 'ufw'): HostState =>
  hostState({
    containers: [container('edge'), container('shop', { state: 'exited' })],
    units: [hostUnit('api.service', { active: 'inactive' })],
    firewall: {
      tool,
      isActive: true,
      policy: { input: 'drop', inputV6: 'drop' },
      rules: [],
      publishedAreFiltered: false,
      unread: [],
    },
  });

const problem = (id: string, values: Check['values'], state = host()) =>
  new Problem({
    id,
    check: {
      id,
      text: { fr: '', en: '' },
      result: 'fail',
      evidence: [],
      values: { host: 'quay-1', ...values },
    },
    gaps: ['GAP-01'],
    resources: new Map(),
    hosts: [state],
  });

describe('networks of containers', () => {
  const values = { container: 'shop', proxy: 'edge', network: 'shop-net' };

  test('the proxy is put into the network, and taken out again', () => {
    const [step] = hostNetwork.plan(problem('proxy-network-unreachable', values));
    expect(step?.hand?.command).toContain('docker network connect shop-net edge');
    expect(step?.hand?.undo).toContain('docker network disconnect shop-net edge');
    expect(step?.hand?.proof?.command).toContain('grep -Fx shop-net');
  });

  test.each([{ network: '' }, { network: '--help' }, { network: 'a;reboot' }, { proxy: 'gone' }])(
    'nothing is made of what is no name, or is not there: %o',
    (other) => {
      expect(hostNetwork.plan(problem('proxy-network-unreachable', { ...values, ...other }))).toEqual([]);
    },
  );
});

describe('the firewall of a host', () => {
  test('ufw: the port, to the network alone that needs it', () => {
    const [step] = hostNetwork.plan(problem('host-firewall-blocks', { port: 8001, source: '172.20.0.0/24' }));
    expect(step?.hand?.command).toContain('ufw allow from 172.20.0.0/24 to any port 8001 proto tcp');
    expect(step?.hand?.undo).toContain('ufw delete allow from 172.20.0.0/24 to any port 8001 proto tcp');
  });

  test('firewalld: for good, then loaded', () => {
    const [step] = hostNetwork.plan(problem('host-firewall-blocks', { port: 8443 }, host('firewalld')));
    expect(step?.hand?.command).toContain(
      'firewall-cmd --permanent --add-port=8443/tcp && firewall-cmd --reload',
    );
  });

  test('tables and chains that somebody wrote are left to them', () => {
    const [step] = hostNetwork.plan(problem('host-firewall-blocks', { port: 8443 }, host('nftables')));
    expect(step).toMatchObject({ title: { en: 'Open port `8443` of `quay-1` to everybody' } });
    expect(step?.hand).toBeUndefined();
  });

  test('a network that is none is put into no command', () => {
    expect(hostNetwork.plan(problem('host-firewall-blocks', { port: 1, source: '$(reboot)' }))).toEqual([]);
  });
});

test('what does not run on a path is started again', () => {
  const [unit] = hostUnits.plan(problem('unit-inactive', { unit: 'api.service' }));
  expect(unit).toMatchObject({ title: { en: 'Start `api.service`' } });
  expect(unit?.reason.en).not.toContain('repository');
  const [one] = containerFailing.plan(problem('container-not-running', { container: 'shop' }));
  expect(one?.hand?.command).toContain('docker restart shop');
});

test('a certificate on disk is renewed where it is over, and another one is asked for where it is of other names', () => {
  const path = '/etc/letsencrypt/live/shop.example.org/fullchain.pem';
  const values = { path, names: ['shop.example.org'] };
  const [over] = certificateMissing.plan(problem('certificate-expired', values));
  expect(over?.hand?.command).toContain('certbot renew --cert-name shop.example.org');
  const [other] = certificateMissing.plan(problem('certificate-not-covering', values));
  expect(other?.hand).toBeUndefined();
  expect(other?.needs?.[0]?.en).toContain('`shop.example.org`');
});

import type { Firewall, HostListener } from '#model/host.ts';
import { listener } from '../../test-host.ts';
import { hostRule } from '../../test-host-rule.ts';
import { firewallAbsent } from './firewall-absent.ts';

const none: Firewall = {
  tool: 'none',
  isActive: false,
  policy: { input: 'accept', inputV6: 'accept' },
  rules: [],
  publishedAreFiltered: false,
  unread: [],
};
const reach: NonNullable<HostListener['reach']> = { from: 'anywhere', because: 'no-firewall' };
const at = (port: number, name: string) => listener('0.0.0.0', port, { process: { name, pid: 1 }, reach });
const ssh = at(2222, 'sshd');
const inside = [{ name: 'eth0', address: '10.0.0.4', prefix: 24, isUp: true }];

hostRule(
  firewallAbsent,
  'firewall',
  [
    [
      'a public host on which a service listens',
      { firewall: none, listeners: [ssh, at(8001, 'api')] },
      ['medium'],
    ],
  ],
  [
    { firewall: none, listeners: [ssh, at(443, 'nginx')] },
    { firewall: none, listeners: [ssh, at(8001, 'api')], interfaces: inside },
    {
      firewall: { ...none, tool: 'ufw', isActive: true, policy: { input: 'drop', inputV6: 'drop' } },
      listeners: [at(8001, 'api')],
    },
    { firewall: { ...none, unread: [{ rule: '-A INPUT -m something' }] }, listeners: [at(8001, 'api')] },
  ],
);

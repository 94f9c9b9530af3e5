import { expect, test } from 'vitest';
import { firewallAbsent } from './firewall-absent.ts';
import { host, planned } from './test-host-remedy.ts';

test('the way in for SSH is opened before anything is closed, and only where ufw is the way of the system', () => {
  const values = { ssh: [2222], open: ['8001/tcp'] };
  const command = planned(firewallAbsent, 'firewall-absent', values)?.suggestion;
  expect(String(command)).toMatch(/ufw allow 2222\/tcp .*ufw --force enable/);
  const fedora = host({ system: { title: 'Fedora', id: 'fedora' } });
  expect(planned(firewallAbsent, 'firewall-absent', values, fedora)?.suggestion).toBeUndefined();
});

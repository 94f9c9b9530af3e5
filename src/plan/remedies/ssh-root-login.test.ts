import { expect, test } from 'vitest';
import { sshRootLogin } from './ssh-root-login.ts';
import { planned } from './test-host-remedy.ts';

test('root is shut out once somebody else gets in, and only where the configuration is accepted', () => {
  const step = planned(sshRootLogin, 'ssh-root-login', { others: ['ana'], permitRootLogin: 'yes' });
  expect(step?.needs?.[0]?.en).toContain('`ana`, who has a key');
  expect(step?.hand?.command).toContain('sshd -t && { systemctl reload');
  expect(step?.hand?.undo).toContain('rm /etc/ssh/sshd_config.d/00-no-root.conf');
  expect(planned(sshRootLogin, 'ssh-root-login', { others: [] })?.needs?.[0]?.en).toContain('none was seen');
});

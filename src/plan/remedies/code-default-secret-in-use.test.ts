import { expect, test } from 'vitest';
import { codeDefaultSecretInUse } from './code-default-secret-in-use.ts';
import { planned } from './test-host-remedy.ts';

test('a secret is made on the host, added to the file that the unit reads, and taken back', () => {
  const step = planned(codeDefaultSecretInUse, 'code-default-secret-in-use', {
    subject: 'api.service',
    names: ['QUAY_ADMIN_PASSWORD'],
    path: '/etc/quay/.env',
  });
  expect(step?.hand?.command).toContain('openssl rand -hex 32');
  expect(step?.hand?.undo).toContain('mv /etc/quay/.env.before /etc/quay/.env');
  const elsewhere = planned(codeDefaultSecretInUse, 'code-default-secret-in-use', {
    subject: 'web',
    names: ['A'],
  });
  expect(elsewhere?.hand).toBeUndefined();
});

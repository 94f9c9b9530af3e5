import { expect, test } from 'vitest';
import { hostAddress } from './address.ts';
import { endOf } from './answer-end.ts';
import { readConfiguration, sshEnvironment } from './ssh-arguments.ts';
import { sshRefusal } from './ssh-refusal.ts';

/** What OpenSSH 7.4 to 9.9 wrote, and what of it is said. */
test.each([
  [
    `@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
Add correct host key in /home/me/.ssh/known_hosts to get rid of this message.
Offending ECDSA key in /home/me/.ssh/known_hosts:12
Host key for quay-1 has changed and you have requested strict checking.
Host key verification failed.`,
    /`\/home\/me\/\.ssh\/known_hosts:12`.*nothing was read/,
    /a changé.*rien n’a été lu/,
  ],
  [
    'No ED25519 host key is known for quay-1 and you have requested strict checking.\nHost key verification failed.',
    /`ssh-keyscan quay-1`/,
    /n’est pas connue/,
  ],
  [
    'deploy@quay-1: Permission denied (publickey,gssapi-with-mic).',
    /did not let `deploy` in.*`publickey,gssapi-with-mic`/,
    /n’a pas laissé entrer `deploy`/,
  ],
  [
    `Load key "/home/me/.ssh/id": Permission denied\ndeploy@gate: Permission denied (publickey).\nConnection closed by UNKNOWN port 65535`,
    /jump host `me@gate:2222` did not let `deploy` in.*key `\/home\/me\/\.ssh\/id` could not be used/,
    /l’hôte de rebond `me@gate:2222`/,
  ],
  [
    'ssh: Could not resolve hostname quay-1: Name or service not known',
    /name of `quay-1` is known to no DNS/,
    /d’aucun DNS/,
  ],
  [
    'ssh: connect to host quay-1 port 22: Connection timed out',
    /did not answer in time/,
    /n’a pas répondu à temps/,
  ],
  [
    'ssh: connect to host quay-1 port 22: No route to host',
    /cannot be reached \(`No route to host`\)/,
    /ne peut pas être joint/,
  ],
  [
    'ssh_exchange_identification: Connection closed by remote host',
    /too many connections/,
    /trop de connexions/,
  ],
  [
    'kex_exchange_identification: read: Connection reset by peer\nConnection reset by 192.0.2.1 port 22',
    /too many connections/,
    /trop de connexions/,
  ],
  [
    'Unable to negotiate with 192.0.2.1 port 22: no matching host key type found. Their offer: ssh-rsa,ssh-dss',
    /share no algorithm \(`host key type`, offered: `ssh-rsa,ssh-dss`\)/,
    /pas d’algorithme commun/,
  ],
  [
    'Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures',
    /IdentitiesOnly yes/,
    /trop de clés/,
  ],
  ['command-line: line 0: Bad configuration option: nosuch', /a newer one is needed/, /plus récent/],
  [
    '/home/me/.ssh/config: line 3: Bad configuration option: hostnaem\n/home/me/.ssh/config: terminating, 1 bad configuration options',
    /`\/home\/me\/\.ssh\/config:3`/,
    /n’est pas utilisable/,
  ],
  ['Bad owner or permissions on /home/me/.ssh/config', /others than its owner/, /peuvent l’écrire/],
  [
    'channel 0: open failed: administratively prohibited: open failed\nstdio forwarding failed\nkex_exchange_identification: Connection closed by remote host',
    /jump host `me@gate:2222` could not reach `quay-1`/,
    /`me@gate:2222` n’a pas pu joindre/,
  ],
  ['', /opened the session and gave no shell \(/, /n’a pas donné de shell/],
])('%j', (stderr, en, fr) => {
  const { why } = sshRefusal({ host: 'quay-1', stderr, jumps: ['me@gate:2222'] });
  expect(why.en).toMatch(en);
  expect(why.fr).toMatch(fr);
  expect(why.en).not.toContain('\n');
});

test('what a host says instead of giving a shell is shown as it is, made harmless', () => {
  const { why } = sshRefusal({
    host: 'quay-1',
    stderr: '',
    said: '\r\n`\u001b[31m\u202e token=canary-secret-value\n',
  });
  expect(why.en).not.toMatch(/canary|[\u001b\u202e]/);
});

test.each([
  ['local', { to: 'local' }],
  ['ssh://quay', { to: 'ssh', host: 'quay' }],
  ['ssh://deploy@203.0.113.4:2222/', { to: 'ssh', user: 'deploy', host: '203.0.113.4', port: 2222 }],
  ['ssh://deploy@[2001:db8::1]:22', { to: 'ssh', user: 'deploy', host: '2001:db8::1', port: 22 }],
  ['ssh://[fe80::1%eth0]', { to: 'ssh', host: 'fe80::1%eth0' }],
  ['ssh://DOMAIN\\me@quay', { to: 'ssh', user: 'DOMAIN\\me', host: 'quay' }],
])('%s', (address, wanted) => {
  expect(hostAddress(address)).toEqual(wanted);
});

test('what ssh’s own configuration would send to the host is taken out of the environment', () => {
  const { sendEnv, jumps } = readConfiguration(
    'hostname 192.0.2.1\nproxyjump gate,me@b:22\nsendenv LANG\nsendenv AUDIT_* ?WS_KEY\n',
  );
  expect(jumps).toEqual(['gate', 'me@b:22']);
  const given = {
    PATH: '/bin',
    HOME: '/root',
    AUDIT_A: '1',
    AWS_KEY: '2',
    AWS_KEY2: '3',
    LC_X: '4',
    SSH_ASKPASS: '/x',
  };
  expect(sshEnvironment(given, sendEnv)).toEqual({
    PATH: '/bin',
    HOME: '/root',
    AWS_KEY2: '3',
    LC_ALL: 'C',
    SSH_ASKPASS_REQUIRE: 'never',
  });
});

test('how a command ended', () => {
  const of = (code: number, stderr = '', parts = {}) =>
    endOf(
      { id: '', operation: '', script: '', ...parts },
      { code, stderr, isCut: false, took: 30, asRoot: false },
    );
  expect(of(0)).toBe('done');
  expect(of(127)).toBe('missing');
  expect(of(126)).toBe('denied');
  expect(of(1, 'cat: /etc/shadow: Permission denied')).toBe('denied');
  expect(of(1, 'sshd: no hostkeys available -- exiting.')).toBe('failed');
  expect(of(1, 'sshd: no hostkeys available -- exiting.', { needsRoot: true })).toBe('denied');
  // A command may itself give this code: only one that took its time was ended.
  expect(of(124)).toBe('failed');
  expect(of(1, 'cat: /x: No such file or directory')).toBe('failed');
});

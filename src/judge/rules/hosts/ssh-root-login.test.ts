import { hostRule } from '../../test-host-rule.ts';
import { sshRootLogin } from './ssh-root-login.ts';

const root = (keys: number, hasPassword = false) => [
  { name: 'root', uid: 0, shell: '/bin/bash', groups: [], keys, hasPassword },
];

hostRule(
  sshRootLogin,
  'sshd',
  [
    ['root with a key', { sshd: { permitrootlogin: 'prohibit-password' }, users: root(2) }, ['low']],
    [
      'root with a key, where no password is taken',
      { sshd: { permitrootlogin: 'yes', passwordauthentication: 'no' }, users: root(1, true) },
      ['low'],
    ],
  ],
  [
    { sshd: { permitrootlogin: 'no' }, users: root(2) },
    { sshd: { permitrootlogin: 'prohibit-password' }, users: root(0) },
    // told with the passwords
    { sshd: { permitrootlogin: 'yes', passwordauthentication: 'yes' }, users: root(1, true) },
    { sshd: { permitrootlogin: 'forced-commands-only' }, users: root(1) },
  ],
);

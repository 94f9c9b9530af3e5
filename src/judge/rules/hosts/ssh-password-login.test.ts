import { hostRule } from '../../test-host-rule.ts';
import { sshPasswordLogin } from './ssh-password-login.ts';

const person = { name: 'deploy', uid: 1000, shell: '/bin/bash', groups: [], hasPassword: true };

hostRule(
  sshPasswordLogin,
  'sshd',
  [
    [
      'a user has one',
      { sshd: { passwordauthentication: 'yes', permitrootlogin: 'no' }, users: [person] },
      ['medium'],
    ],
    [
      'root too',
      {
        sshd: { passwordauthentication: 'yes', permitrootlogin: 'yes' },
        users: [{ ...person, name: 'root', uid: 0 }],
      },
      ['high'],
    ],
  ],
  [
    { sshd: { passwordauthentication: 'no' }, users: [person] },
    { sshd: { passwordauthentication: 'yes' }, users: [{ ...person, hasPassword: false }] },
  ],
);

import { defineAction } from './action.ts';

/** Loads private keys into an agent for later steps. */
export const sshAgent = defineAction({
  names: [
    'webfactory/ssh-agent',
    'shimataro/ssh-key-action',
    'kielabokkie/ssh-key-and-known-hosts-action',
    'MrSquaare/ssh-setup-action',
  ],
  run(given, session) {
    const keys = ['ssh-private-key', 'key', 'private-key'].map((name) => given(name)).filter(Boolean);
    session.credential('ssh', 'static-keys', keys);
    return { environment: { SSH_AUTH_SOCK: '/tmp/ssh-agent.sock' } };
  },
});

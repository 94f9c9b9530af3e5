import { ROOT } from '../repository.ts';
import { defineAction, linesOf } from './action.ts';

/** Runs a script on hosts over ssh. */
export const sshAction = defineAction({
  names: [
    'appleboy/ssh-action',
    'fifsky/ssh-action',
    'garygrossgarten/github-action-ssh',
    'cross-the-world/ssh-pipeline',
    'd3rhase/ssh-command-action',
  ],
  async run(given, session) {
    const keys = [
      given('key'),
      given('password'),
      given('pass'),
      given('privateKey'),
      given('private_key'),
      given('host_fingerprint'),
    ];
    session.credential('ssh', 'static-keys', keys.filter(Boolean));
    const user = given('username') || given('user');
    const [host = '', ...others] = linesOf(given('host'));
    const port = given('port') ? ['-p', given('port')] : [];
    for (const one of [host, ...others])
      await session.record(['ssh', ...port, user ? `${user}@${one}` : one]);
    const file = given('script_path') || given('script_file');
    const input = ['script', 'command'].find((name) => given(name)) ?? 'script';
    const text = given(input) || (file && (await session.readFile(file, ROOT))) || '';
    return { remote: { text, host, input, variables: linesOf(given('envs')) } };
  },
});

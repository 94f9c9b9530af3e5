import { defineAction, linesOf } from './action.ts';

/** Copies files to hosts over ssh. */
export const scpAction = defineAction({
  names: [
    'appleboy/scp-action',
    'garygrossgarten/github-action-scp',
    'cross-the-world/scp-pipeline',
    'wlixcc/sftp-deploy-action',
  ],
  async run(given, session) {
    const keys = [given('key'), given('password'), given('privateKey'), given('ssh_private_key')].filter(
      Boolean,
    );
    session.credential('ssh', 'static-keys', keys);
    const user = given('username') || given('user');
    const target = given('target') || given('remote') || given('remote_path');
    const port = given('port') ? ['-P', given('port')] : [];
    for (const host of linesOf(given('host') || given('server')))
      await session.record([
        'scp',
        ...port,
        ...linesOf(given('source') || given('local') || given('local_path')),
        `${user ? `${user}@` : ''}${host}:${target}`,
      ]);
    return undefined;
  },
});

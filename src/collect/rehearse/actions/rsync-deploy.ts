import type { Session } from '../session.ts';
import type { Inputs } from './action.ts';
import { defineAction } from './action.ts';

const value = (given: Inputs, session: Session, ...names: string[]): string =>
  names.map((name) => given(name) || session.variable(name)).find(Boolean) ?? '';

/** Copies a folder to a host with rsync. Inputs may stand in `env:`. */
export const rsyncDeploy = defineAction({
  names: [
    'burnett01/rsync-deployments',
    'easingthemes/ssh-deploy',
    'contention/rsync-deployments',
    'up9cloud/action-rsync',
  ],
  async run(given, session) {
    const key = value(given, session, 'remote_key', 'SSH_PRIVATE_KEY', 'SSH_KEY', 'KEY', 'DEPLOY_KEY');
    if (key) session.credential('ssh', 'static-keys', [key]);
    const host = value(given, session, 'remote_host', 'REMOTE_HOST', 'HOST');
    const user = value(given, session, 'remote_user', 'REMOTE_USER', 'USER');
    const source = value(given, session, 'path', 'SOURCE') || '.';
    const target = value(given, session, 'remote_path', 'TARGET');
    await session.record(['rsync', '-a', source, `${user ? `${user}@` : ''}${host}:${target}`]);
    const after = given('SCRIPT_AFTER');
    return after ? { remote: { text: after, host, input: 'SCRIPT_AFTER', variables: [] } } : undefined;
  },
});

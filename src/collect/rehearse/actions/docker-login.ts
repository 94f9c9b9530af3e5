import { defineAction } from './action.ts';

/** Logs Docker in to a registry; Docker Hub where none is given. */
export const dockerLogin = defineAction({
  names: ['docker/login-action', 'azure/docker-login', 'redhat-actions/podman-login'],
  async run(given, session) {
    const registry = given('registry') || given('login-server');
    const password = given('password');
    if (password)
      session.credential(
        registry || 'docker',
        session.holdsToken(password) ? 'github-token' : 'static-keys',
        [given('username'), password],
      );
    await session.record(['docker', 'login', ...(registry ? [registry] : [])]);
    return undefined;
  },
});

import { defineAction, isTrue, linesOf } from './action.ts';

/** Builds an image, logs in and pushes it, in one action. */
export const dockerPublish = defineAction({
  names: [
    'elgohr/publish-docker-github-action',
    'mr-smithers-excellent/docker-build-push',
    'macbre/push-to-ghcr',
    'docker/build-and-push',
    'redhat-actions/push-to-registry',
  ],
  async run(given, session) {
    const registry = given('registry');
    const password = given('password') || given('github_token');
    if (password)
      session.credential(
        registry || 'docker',
        session.holdsToken(password) ? 'github-token' : 'static-keys',
        [given('username'), password],
      );
    const name = given('name') || given('image') || given('image_name') || given('repository');
    const host = registry && !name.startsWith(`${registry}/`) ? `${registry}/` : '';
    const tags = linesOf(given('tags') || given('tag'), /[\s,]+(?![^⟨]*⟩)/);
    const push = given('no_push') ? !isTrue(given('no_push')) : true;
    if (name && push)
      for (const tag of tags.length ? tags : [session.symbols.of('github.ref_name')])
        await session.record(['docker', 'push', `${host}${name}:${tag}`]);
    return { outputs: { digest: session.symbols.of('image digest'), imageFullName: `${host}${name}` } };
  },
});

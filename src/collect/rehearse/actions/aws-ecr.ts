import { defineAction, linesOf } from './action.ts';

/** Builds an image and pushes it to a repository of ECR, with keys of its own. */
export const awsEcr = defineAction({
  names: ['kciter/aws-ecr-action', 'jwalton/gh-ecr-push', 'appleboy/docker-ecr-action'],
  async run(given, session) {
    const keys = [
      given('access_key_id') || given('access-key-id'),
      given('secret_access_key') || given('secret-access-key'),
    ].filter(Boolean);
    if (keys.length) session.credential('aws', 'static-keys', keys);
    const { symbols } = session;
    const account = given('account_id') || symbols.of('AWS account');
    const region = given('region') || symbols.of('AWS region');
    const repository = given('repo') || given('repository') || given('image');
    const tags = linesOf(given('tags'));
    if (repository && !/:/.test(repository))
      for (const tag of tags.length ? tags : ['latest'])
        await session.record([
          'docker',
          'push',
          `${account}.dkr.ecr.${region}.amazonaws.com/${repository}:${tag}`,
        ]);
    else
      for (const image of linesOf(repository))
        await session.record(['docker', 'push', `${account}.dkr.ecr.${region}.amazonaws.com/${image}`]);
    return undefined;
  },
});

import { defineAction } from './action.ts';

/** Empties the cache of a CloudFront distribution. Its inputs stand in `env:` or `with:`. */
export const invalidateCloudfront = defineAction({
  names: [
    'chetan/invalidate-cloudfront-action',
    'badsyntax/github-action-aws-cloudfront',
    'muratiger/invalidate-cloudfront-and-wait-for-completion-action',
  ],
  async run(given, session) {
    const id = given('DISTRIBUTION_ID') || given('distribution') || session.variable('DISTRIBUTION');
    if (id) await session.record(['aws', 'cloudfront', 'create-invalidation', '--distribution-id', id]);
    return undefined;
  },
});

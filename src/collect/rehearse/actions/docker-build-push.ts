import { isSymbolic } from '../symbols.ts';
import { defineAction, isTrue, linesOf, optionsOf } from './action.ts';

/** Builds an image and, where asked, pushes it under all its tags. */
export const dockerBuildPush = defineAction({
  names: [
    'docker/build-push-action',
    'depot/build-push-action',
    'useblacksmith/build-push-action',
    'namespace-actions/build-push-action',
  ],
  async run(given, session) {
    const outputs = linesOf(given('outputs'), /\n/);
    const push = isTrue(given('push')) || isSymbolic(given('push'));
    await session.record([
      'docker',
      'buildx',
      'build',
      ...(push ? ['--push'] : []),
      ...linesOf(given('tags')).flatMap((tag) => ['--tag', tag]),
      ...outputs.flatMap((output) => ['--output', output]),
      ...optionsOf({ file: given('file'), target: given('target'), platform: given('platforms') }),
      given('context') || '.',
    ]);
    const { symbols } = session;
    return {
      outputs: {
        digest: symbols.of('image digest'),
        imageid: symbols.of('image id'),
        metadata: symbols.of('build metadata'),
      },
    };
  },
});

import { defineAction, isTrue, linesOf } from './action.ts';

/** Builds the targets of a bake file. */
export const dockerBake = defineAction({
  names: ['docker/bake-action', 'depot/bake-action'],
  async run(given, session) {
    await session.record([
      'docker',
      'buildx',
      'bake',
      ...(isTrue(given('push')) ? ['--push'] : []),
      ...linesOf(given('files')).flatMap((file) => ['--file', file]),
      ...linesOf(given('set'), /\n/).flatMap((one) => ['--set', one]),
      ...linesOf(given('targets')),
    ]);
    return { outputs: { metadata: session.symbols.of('build metadata') } };
  },
});

import { defineAction, optionsOf } from './action.ts';

/** Starts a CodeBuild project and waits for it. */
export const awsCodebuildRunBuild = defineAction({
  names: ['aws-actions/aws-codebuild-run-build'],
  async run(given, session) {
    await session.record([
      'aws',
      'codebuild',
      'start-build',
      ...optionsOf({ 'project-name': given('project-name') }),
    ]);
    return { outputs: { 'aws-build-id': session.symbols.of('CodeBuild build') } };
  },
});

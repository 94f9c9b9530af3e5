import { defineAction, optionsOf } from './action.ts';

/** Creates or updates a CloudFormation stack from a template. */
export const awsCloudformationGithubDeploy = defineAction({
  names: ['aws-actions/aws-cloudformation-github-deploy'],
  async run(given, session) {
    const options = {
      'stack-name': given('name'),
      'template-file': given('template'),
      'role-arn': given('role-arn'),
    };
    await session.record(['aws', 'cloudformation', 'deploy', ...optionsOf(options)]);
    return { outputs: { 'stack-id': session.symbols.of(`ARN of stack ${given('name')}`) } };
  },
});

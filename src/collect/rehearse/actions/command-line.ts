import { type ActionModel, defineAction } from './action.ts';

/** An action that only runs a tool with the arguments given to it. */
const commandLine = (names: ActionModel['names'], tool: string, input: string, usual = '') =>
  defineAction({
    names,
    // the last part of these names says nothing: many actions end in `github-action`
    common: true,
    run(given) {
      const words = given(input) || usual;
      return words
        ? { script: { text: `${tool} ${words}`, folder: given('working-directory') || given('path') } }
        : undefined;
    },
  });

/** Actions that are a tool's command line. */
export const commandLines: readonly ActionModel[] = [
  commandLine(['serverless/github-action'], 'serverless', 'args', 'deploy'),
  commandLine(['superfly/flyctl-actions'], 'flyctl', 'args'),
  commandLine(['youyo/aws-cdk-github-actions'], 'cdk', 'cdk_subcommand', 'deploy'),
  commandLine(['steebchen/kubectl', 'actions-hub/kubectl'], 'kubectl', 'args'),
  commandLine(['pulumi/actions'], 'pulumi', 'command'),
  commandLine(['netlify/actions/cli'], 'netlify', 'args'),
];

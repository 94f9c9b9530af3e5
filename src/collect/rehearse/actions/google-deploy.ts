import { type ActionModel, defineAction, type Inputs, optionsOf } from './action.ts';

/** An action that is one command of the Google Cloud CLI. */
const googleCommand = (
  names: ActionModel['names'],
  command: string[],
  name: string,
  options: (given: Inputs) => Record<string, string>,
) =>
  defineAction({
    names,
    async run(given, session) {
      const more = { project: given('project_id'), ...options(given) };
      await session.record(['gcloud', ...command, ...(given(name) ? [given(name)] : []), ...optionsOf(more)]);
      return { outputs: { url: session.symbols.of(`url of ${given(name)}`) } };
    },
  });

/** Deployments to Google Cloud. */
export const googleDeployments: readonly ActionModel[] = [
  googleCommand(['google-github-actions/deploy-cloudrun'], ['run', 'deploy'], 'service', (given) => ({
    image: given('image'),
    region: given('region'),
  })),
  googleCommand(
    ['google-github-actions/deploy-cloud-functions'],
    ['functions', 'deploy'],
    'name',
    (given) => ({
      region: given('region'),
    }),
  ),
  googleCommand(['google-github-actions/deploy-appengine'], ['app', 'deploy'], 'deliverables', () => ({})),
  googleCommand(
    ['google-github-actions/get-gke-credentials'],
    ['container', 'clusters', 'get-credentials'],
    'cluster_name',
    (given) => ({ region: given('location') }),
  ),
];

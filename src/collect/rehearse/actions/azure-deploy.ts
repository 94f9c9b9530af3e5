import type { Session } from '../session.ts';
import { type ActionModel, defineAction, type Inputs, optionsOf } from './action.ts';

/** Long-lived ways in that these actions take beside `azure/login`. */
function noteKeys(given: Inputs, session: Session): void {
  const keys = ['publish-profile', 'azure_static_web_apps_api_token', 'creds', 'azureCredentials'].map(
    (name) => given(name),
  );
  if (keys.some(Boolean)) session.credential('azure', 'static-keys', keys.filter(Boolean));
}

/** An action that is one command of the Azure CLI. */
const azureCommand = (
  names: ActionModel['names'],
  command: string[],
  options: (given: Inputs) => Record<string, string>,
) =>
  defineAction({
    names,
    async run(given, session) {
      noteKeys(given, session);
      await session.record(['az', ...command, ...optionsOf(options(given))]);
      return { outputs: { 'webapp-url': session.symbols.of(`url of ${given('app-name')}`) } };
    },
  });

/** Deployments to Azure: web apps, functions, container apps, clusters, static sites, containers. */
export const azureDeployments: readonly ActionModel[] = [
  azureCommand(['azure/webapps-deploy'], ['webapp', 'deploy'], (given) => ({
    name: given('app-name'),
    slot: given('slot-name'),
    'resource-group': given('resource-group-name'),
  })),
  azureCommand(['azure/functions-action'], ['functionapp', 'deploy'], (given) => ({
    name: given('app-name'),
    slot: given('slot-name'),
  })),
  azureCommand(['azure/container-apps-deploy-action'], ['containerapp', 'up'], (given) => ({
    name: given('containerAppName'),
    'resource-group': given('resourceGroup'),
    image: given('imageToDeploy'),
  })),
  azureCommand(['azure/aks-set-context'], ['aks', 'get-credentials'], (given) => ({
    name: given('cluster-name'),
    'resource-group': given('resource-group'),
  })),
  azureCommand(['azure/aci-deploy'], ['container', 'create'], (given) => ({
    name: given('name'),
    'resource-group': given('resource-group'),
    image: given('image'),
  })),
  azureCommand(['azure/static-web-apps-deploy'], ['staticwebapp', 'deploy'], (given) => ({
    'app-location': given('app_location'),
  })),
  azureCommand(['azure/arm-deploy'], ['deployment', 'group', 'create'], (given) => ({
    'resource-group': given('resourceGroupName'),
    'template-file': given('template'),
  })),
];

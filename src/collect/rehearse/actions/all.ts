import type { Session } from '../session.ts';
import type { ActionModel, ActionResult, Inputs } from './action.ts';
import { amazonEcrLogin } from './amazon-ecr-login.ts';
import { amazonEcsDeployTaskDefinition } from './amazon-ecs-deploy-task-definition.ts';
import { amazonEcsRenderTaskDefinition } from './amazon-ecs-render-task-definition.ts';
import { awsCloudformationGithubDeploy } from './aws-cloudformation-github-deploy.ts';
import { awsCodebuildRunBuild } from './aws-codebuild-run-build.ts';
import { awsEcr } from './aws-ecr.ts';
import { awsLambdaDeploy } from './aws-lambda-deploy.ts';
import { awsValues } from './aws-values.ts';
import { azureDeployments } from './azure-deploy.ts';
import { azureLogin } from './azure-login.ts';
import { beanstalkDeploy } from './beanstalk-deploy.ts';
import { commandLines } from './command-line.ts';
import { configureAwsCredentials } from './configure-aws-credentials.ts';
import { dockerBake } from './docker-bake.ts';
import { dockerBuildPush } from './docker-build-push.ts';
import { dockerLogin } from './docker-login.ts';
import { dockerMetadata } from './docker-metadata.ts';
import { dockerPublish } from './docker-publish.ts';
import { googleAuth } from './google-auth.ts';
import { googleDeployments } from './google-deploy.ts';
import { invalidateCloudfront } from './invalidate-cloudfront.ts';
import { pagesAction } from './pages-action.ts';
import { pypiPublish } from './pypi-publish.ts';
import { rsyncDeploy } from './rsync-deploy.ts';
import { s3Sync } from './s3-sync.ts';
import { scpAction } from './scp-action.ts';
import { setupTerraform } from './setup-terraform.ts';
import { sshAction } from './ssh-action.ts';
import { sshAgent } from './ssh-agent.ts';
import { wranglerAction } from './wrangler-action.ts';

const models: readonly ActionModel[] = [
  amazonEcrLogin,
  amazonEcsDeployTaskDefinition,
  amazonEcsRenderTaskDefinition,
  awsCloudformationGithubDeploy,
  awsCodebuildRunBuild,
  awsEcr,
  awsLambdaDeploy,
  ...awsValues,
  ...azureDeployments,
  azureLogin,
  beanstalkDeploy,
  ...commandLines,
  configureAwsCredentials,
  dockerBake,
  dockerBuildPush,
  dockerLogin,
  dockerMetadata,
  dockerPublish,
  googleAuth,
  ...googleDeployments,
  invalidateCloudfront,
  pagesAction,
  pypiPublish,
  rsyncDeploy,
  s3Sync,
  scpAction,
  setupTerraform,
  sshAction,
  sshAgent,
  wranglerAction,
];

const byName = new Map(
  models.flatMap((model) => model.names.map((name) => [name.toLowerCase(), model] as const)),
);
/** By the part after the slash, for forks: only names that say by themselves what the action does. */
const byLastPart = new Map(
  models
    .filter((model) => !model.common)
    .flatMap((model) => model.names.map((name) => [lastPart(name), model] as const))
    .filter(([name]) => name.includes('-') && name.length > 8),
);

function lastPart(name: string): string {
  return (name.toLowerCase().split('/')[1] ?? name).toLowerCase();
}

/** The model of an action (`owner/name`, in any case, without its version), also for a fork that keeps the name. */
export const modelOf = (used: string): ActionModel | undefined =>
  used.startsWith('.') || used.startsWith('docker://')
    ? undefined
    : (byName.get(used.toLowerCase()) ??
      byName.get(used.toLowerCase().split('/').slice(0, 2).join('/')) ??
      byLastPart.get(lastPart(used)));

/** Actions that prepare the runner and name nothing of the estate. */
const QUIET =
  /^actions\/(?!github-script|deploy-pages)|^docker\/setup-|\/(setup|install|cache|checkout)(-|$)|^github\/codeql-action|\/(changed-files|paths-filter)$/i;
const ROLE = /role.?(arn|to.?assume)/i;

/** Any other action: recorded with its inputs. A role given to it without keys is taken for OIDC. */
export function recordUnknown(used: string, given: Inputs, session: Session): ActionResult | undefined {
  const name = used.split('@')[0] ?? used;
  const inputs = Object.entries(given.all);
  const role = inputs.find(([key, value]) => value && ROLE.test(key))?.[1];
  const keys = inputs.filter(([key, value]) => value && /access.?key/i.test(key)).map(([, value]) => value);
  if (keys.length) session.credential('aws', 'static-keys', keys, role);
  else if (role) session.credential('aws', 'oidc', [role], role);
  if (used.startsWith('docker://'))
    session.add({
      tool: 'docker',
      operation: 'run',
      arguments: { words: [used.slice('docker://'.length)], rm: true },
      verb: 'uses',
    });
  else if (!QUIET.test(name))
    session.add({ tool: 'action', operation: used, arguments: Object.fromEntries(inputs), verb: 'uses' });
  return undefined;
}

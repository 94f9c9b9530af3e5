import { aws } from './aws.ts';
import { ecs, ecsDeploy, ecspresso, lambroll, siteDeploy } from './aws-deployers.ts';
import { cdk, copilot, eb, sam, serverless } from './aws-platforms.ts';
import { az } from './az.ts';
import { curl } from './curl.ts';
import { docker } from './docker.ts';
import { dockerCompose } from './docker-compose.ts';
import { eksctl } from './eksctl.ts';
import { gcloud } from './gcloud.ts';
import { gh } from './gh.ts';
import { helm } from './helm.ts';
import { kubectl } from './kubectl.ts';
import { kustomize } from './kustomize.ts';
import { node } from './node.ts';
import { ansiblePlaybook, flyctl, heroku, netlify, pulumi, railway, vercel } from './platforms.ts';
import { python } from './python.ts';
import { quietTools } from './quiet.ts';
import { buildah, cosign, crane, skopeo } from './registry-tools.ts';
import { rsync } from './rsync.ts';
import { scp } from './scp.ts';
import { service } from './service.ts';
import { ssh } from './ssh.ts';
import { systemctl } from './systemctl.ts';
import { terraform } from './terraform.ts';
import type { Tool } from './tool.ts';
import { wget } from './wget.ts';
import { wrangler } from './wrangler.ts';

const tools: readonly Tool[] = [
  ansiblePlaybook,
  aws,
  az,
  buildah,
  cdk,
  copilot,
  cosign,
  crane,
  curl,
  docker,
  dockerCompose,
  eb,
  ecs,
  ecsDeploy,
  ecspresso,
  eksctl,
  flyctl,
  gcloud,
  gh,
  helm,
  heroku,
  kubectl,
  kustomize,
  lambroll,
  netlify,
  node,
  pulumi,
  python,
  railway,
  rsync,
  sam,
  scp,
  serverless,
  service,
  siteDeploy,
  skopeo,
  ssh,
  systemctl,
  terraform,
  vercel,
  wget,
  wrangler,
  ...quietTools,
];

const byName: ReadonlyMap<string, Tool> = new Map(
  tools.flatMap((tool) => tool.names.map((name) => [name, tool] as const)),
);

/** The recorder of a command, under any of its names. */
export const toolFor = (name: string): Tool | undefined => byName.get(name);

/** Every name under which a recorder is found, sorted. */
export const toolNames: readonly string[] = [...byName.keys()].sort();

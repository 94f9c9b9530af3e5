import { parseImageReference } from '#lib/image-reference.ts';
import type { WorkflowSource } from '#model/artifacts.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Json } from '#model/fact.ts';
import type { Call, Run } from '#model/workflow.ts';
import { at } from './place.ts';

/** What puts a new version into service: a tool, its operations, and whether it returns only once that is known. */
const DEPLOYMENTS: readonly [tool: RegExp, operation: RegExp, settles: boolean][] = [
  [/^aws$/, /^ecs (update|create)-service$/, false],
  [/^aws$/, /^deploy create-deployment$/, false],
  [
    /^aws$/,
    /^(elasticbeanstalk (update|create)-environment|apprunner (start-deployment|update-service|create-service))$/,
    false,
  ],
  [/^aws$/, /^(amplify (start-job|start-deployment)|autoscaling start-instance-refresh)$/, false],
  [
    /^aws$/,
    /^(ecs deploy|lambda (update-function-code|create-function|update-alias)|cloudformation deploy|s3 sync)$/,
    true,
  ],
  [/^aws$/, /^cloudformation (create-stack|update-stack|execute-change-set)$/, false],
  [/^kubectl$/, /^(apply|replace|patch|set image|rollout restart)$/, false],
  [/^helm$/, /^(upgrade|install)$/, false],
  [/^docker$/, /^stack deploy$/, false],
  [
    /^(eb|copilot|sam|cdk|serverless|sls|wrangler|flyctl|fly|netlify|firebase)$/,
    /(^| )(deploy|publish)$/,
    true,
  ],
  [/^(terraform|tofu)$/, /^apply$/, true],
  [/^pulumi$/, /^up$/, true],
  [/^(vercel|railway)$/, /^(|deploy|up|redeploy)$/, true],
  [/^heroku$/, /^container:release$/, true],
  [/^gcloud$/, /^(run deploy|run services replace|app deploy|functions deploy|builds submit)/, true],
  [
    /^az$/,
    /^(webapp (up|deploy|deployment|config container)|containerapp (up|update)|functionapp deployment|acr build)/,
    true,
  ],
  [/^ansible-playbook$/, /^/, true],
];
/** On another machine these start what was just put there. */
const REMOTE: readonly [tool: RegExp, operation: RegExp][] = [
  [/^docker$/, /^(compose up|run|service update)$/],
  [/^docker-compose$/, /^up$/],
  [/^(systemctl|service|pm2|supervisorctl)$/, /(^| )(restart|start|reload)( |$)/],
];
const INFRASTRUCTURE = /^(terraform|tofu|pulumi)$/;

export interface Deployment {
  call: Call;
  /** False when the command returns before the new version is known to run. */
  settles: boolean;
}

/** What this call puts into service; undefined for every other call. */
export function deploymentOf(call: Call): Deployment | undefined {
  const rule = DEPLOYMENTS.find(
    ([tool, operation]) => tool.test(call.tool) && operation.test(call.operation),
  );
  if (rule && !isDownload(call) && !isDryRun(call)) {
    const waits = [call.arguments.wait, call.arguments.atomic].some(
      (option) => option !== undefined && option !== false,
    );
    return { call, settles: rule[2] || waits };
  }
  const remote =
    call.remote !== undefined &&
    REMOTE.some(([tool, operation]) => tool.test(call.tool) && operation.test(call.operation));
  return remote ? { call, settles: call.arguments.wait !== undefined } : undefined;
}

/** What would be put into service is only shown. */
const isDryRun = ({ arguments: given }: Call): boolean => {
  const dry = given['dry-run'];
  return dry !== undefined && dry !== false && dry !== 'false' && dry !== 'none';
};

/** `aws s3 sync s3://from here` brings files back, a bucket of backups serves nobody, and pictures are no version. */
function isDownload({ tool, operation, arguments: { words } }: Call): boolean {
  const [source, target] = Array.isArray(words) ? [words.at(-2), words.at(-1)] : [];
  return (
    tool === 'aws' &&
    operation === 's3 sync' &&
    typeof target === 'string' &&
    (!target.startsWith('s3://') ||
      /backup/i.test(target) ||
      /(^|\/)(images?|img|media|uploads?|videos?|photos|fixtures)\/?$/i.test(String(source ?? '')))
  );
}

/** The deployments of a run, in order; those that only change infrastructure left out. */
export const deploymentsOf = (run: Run): Deployment[] =>
  run.calls.flatMap((call) => (INFRASTRUCTURE.test(call.tool) ? [] : (deploymentOf(call) ?? [])));

/** Whether a run puts anything into service. */
export const deploys = (run: Run): boolean => run.calls.some((call) => deploymentOf(call) !== undefined);

/** All the strings in the arguments of a call. */
export function argumentStrings(call: Call): string[] {
  const strings = (value: Json): string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value !== 'object' || value === null) return [];
    return Object.values(value).flatMap(strings);
  };
  return strings(call.arguments);
}

const LOCAL =
  /^(localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|kind-registry|registry)(?=[:/]|$)|^-/;

const REGISTRY_SYMBOL = /^(⟨[^⟨⟩]*(?:ecr|registry)[^⟨⟩]*⟩)\/(.+)$/i;

/** An image that a run pushes. */
export interface PushedImage {
  reference: string;
  registry?: string;
  repository: string;
  tag: string;
  digest?: string;
  call: Call;
}

/** The images that a call pushes to a registry, a tag that is not given being `latest`. */
export function pushedImages(call: Call): PushedImage[] {
  if (!/^(docker|podman|buildah|skopeo|crane)$/.test(call.tool)) return [];
  const pushes = /(^| )push$/.test(call.operation) || call.arguments.push !== undefined;
  if (!pushes || call.arguments.push === false || call.arguments.push === 'false') return [];
  const named = /(^| )push$/.test(call.operation)
    ? argumentStrings({ ...call, arguments: only(call.arguments, /^(image|images|tags?|words|arguments)$/) })
    : argumentStrings({ ...call, arguments: only(call.arguments, /^(t|tags?|images?)$/) });
  return named
    .flatMap((text) => text.split(/[\n,]/))
    .flatMap((text) => {
      const reference = text.trim();
      // a registry that only the run knows stands as one symbol before the first slash
      const [, symbol, rest] = REGISTRY_SYMBOL.exec(reference) ?? [];
      const parsed = parseImageReference(rest ?? reference);
      // a name without an owner or a registry, and a registry on the machine itself, take an image nowhere
      if (!parsed || !reference.includes('/') || LOCAL.test(reference)) return [];
      return [
        { ...parsed, ...(symbol && { registry: symbol }), reference, tag: parsed.tag ?? 'latest', call },
      ];
    });
}

const only = (values: Record<string, Json>, keys: RegExp): Record<string, Json> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => keys.test(key)));

/** A registry of one's own: what is pushed there is meant to be run, not given to the public. */
export const isOwnRegistry = (registry: string | undefined): boolean =>
  registry !== undefined &&
  /\.dkr[.-]ecr[.-]|\.azurecr\.io$|-docker\.pkg\.dev$|^([a-z]+\.)?gcr\.io$|^registry\.digitalocean\.com$|^⟨[^⟩]*ecr[^⟩]*⟩$/i.test(
    registry,
  );

/** Whether a call looks at what runs: a probe, a wait, the state of a service. */
export const isCheck = ({ tool, operation }: Call): boolean =>
  /^(curl|wget|http|https|nc|grpcurl|k6|newman|playwright|cypress)$/.test(tool) ||
  (tool === 'aws' &&
    /( |^)wait( |$)|describe-(services|target-health|tasks|environments?|deployments?)|get-deployment/.test(
      operation,
    )) ||
  (tool === 'kubectl' && /^(rollout status|wait|get)/.test(operation)) ||
  (tool === 'helm' && /^(test|status)/.test(operation)) ||
  (tool === 'docker' && /^(compose ps|ps|inspect|service ps|container inspect)/.test(operation)) ||
  (tool === 'systemctl' && /(^| )(is-active|status)( |$)/.test(operation)) ||
  (tool === 'action' && /health|smoke|wait|check|verify|test|lighthouse|e2e/i.test(operation));

/** Where a call of a run is written. */
export const placeOf = (call: Call, run: Run, workflow: WorkflowSource): FileEvidence =>
  at(call.file ?? run.chain.at(-1) ?? workflow.file, call.line);

/** A push of a run, and where it is written. */
export interface Push extends PushedImage {
  run: Run;
  place: FileEvidence;
}

/** Every image that a workflow pushes, run by run. */
export const pushesOf = (workflow: WorkflowSource): Push[] =>
  workflow.runs.flatMap((run) =>
    run.calls.flatMap((call) =>
      pushedImages(call).map((image) => ({ ...image, run, place: placeOf(call, run, workflow) })),
    ),
  );

import { isUnknown } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';
import { commandTool } from './command-tool.ts';
import { imageNamed } from './image-names.ts';
import { lastValue, names, valuesOf } from './options.ts';
import type { ParsedCall } from './tool.ts';

/** The word that ends a command of gcloud: what is done, after the groups that lead to it. */
const DOES =
  names(`deploy submit create update delete describe list get set replace get-credentials configure-docker login
  activate-service-account print-access-token print-identity-token ssh scp add-iam-policy-binding update-traffic execute cancel start stop
  restart reset resize access add versions-add rollback promote patch enable disable export import run build call logs cp rsync
  set-iam-policy get-iam-policy rolling-action start-update install init info version upload download copy move`);

function depth(words: readonly string[]): number {
  const group = /^(?:beta|alpha)$/.test(words[0] ?? '') ? 1 : 0;
  const end = words.findIndex((word, index) => index > group && DOES.has(word));
  if (words[0] === 'version' || words[0] === 'info') return 1;
  return end < 0 ? Math.min(words.length, 2) : end + 1;
}

/** Per group and what it does: the kind that the first word after names. */
const NAMED: readonly (readonly [RegExp, Kind])[] = [
  [
    /^(?:beta |alpha )?run (?:deploy|services (?:update|describe|delete|update-traffic|add-iam-policy-binding))$/,
    'Google::Run::Service',
  ],
  [/^(?:beta |alpha )?run jobs (?:deploy|create|update|execute|describe|delete)$/, 'Google::Run::Job'],
  [/^functions (?:deploy|describe|delete|call)$/, 'Google::CloudFunctions::Function'],
  [
    /^container clusters (?:get-credentials|create|update|describe|resize|delete)$/,
    'Google::Container::Cluster',
  ],
  [/^compute instances (?:create|start|stop|reset|describe|delete)$/, 'Google::Compute::Instance'],
  [/^compute (?:ssh)$/, 'Google::Compute::Instance'],
  [/^sql instances (?:create|patch|describe|restart|delete)$/, 'Google::SQL::Instance'],
  [/^artifacts repositories (?:create|describe|delete)$/, 'Google::ArtifactRegistry::Repository'],
  [/^pubsub topics (?:create|describe|delete|publish)$/, 'Google::PubSub::Topic'],
  [/^scheduler jobs (?:run|describe|delete|create|update)$/, 'Google::Scheduler::Job'],
];

function named(call: ParsedCall) {
  const kind = NAMED.find(([pattern]) => pattern.test(call.operation))?.[1];
  const name = (call.words[0] ?? lastValue(call, 'service') ?? '').replace(/^[^@⟨]*@/, '');
  const region = lastValue(call, 'region', 'zone', 'location');
  const project = lastValue(call, 'project');
  const properties = {
    ...(region && !isUnknown(region) && { region }),
    ...(project && !isUnknown(project) && { project }),
  };
  const images = /deploy$|update$/.test(call.operation) ? valuesOf(call, 'image') : [];
  const pushed = call.operation === 'builds submit' ? valuesOf(call, 't', 'tag') : [];
  return [
    ...(kind && !isUnknown(name) && /^[a-z⟨]/.test(name) ? [{ kind, name, properties }] : []),
    ...images.flatMap((image) => imageNamed(image, 'requires')),
    ...pushed.flatMap((image) => imageNamed(image, 'creates', { built: true })),
  ];
}

/** The Google Cloud CLI. Its reference; an option that no table knows takes a value, as most do. */
export const gcloud = commandTool({
  names: ['gcloud'],
  grammar: {
    valued: names('project region zone location image source platform tag t service'),
    switches:
      names(`q quiet async no-async allow-unauthenticated no-allow-unauthenticated help version no-traffic traffic no-user-output-enabled
      use-http2 no-cpu-throttling cpu-throttling session-affinity gen2 no-gen2 trigger-http preemptible no-promote promote stop-previous-version
      no-stop-previous-version update-adc brief internal-ip tunnel-through-iap global wait clear-env-vars clear-secrets no-cache suppress-logs
      to-latest execute-now force-unlock no-launch-browser cred-file-override enable-ip-alias enable-autoscaling no-address recurse r R`),
    unknownTakesValue: true,
  },
  depth,
  creates: /(?:^| )(?:deploy|create|submit)$/,
  requires:
    /(?:^| )(?:update|update-traffic|replace|execute|start|stop|restart|reset|resize|patch|get-credentials|ssh|call|run|publish)$/,
  deletes: /delete$/,
  prints: /(?:describe|list|get|print-access-token|print-identity-token|access|version|get-iam-policy)$/,
  named,
});

import { isUnknown } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';
import { bucketOf } from './aws/data.ts';
import { readAwsName } from './aws/names.ts';
import { relate } from './aws/service.ts';
import { commandTool } from './command-tool.ts';
import { imageNamed } from './image-names.ts';
import { names, valuesOf } from './options.ts';
import type { Named, ParsedCall } from './tool.ts';

const of = (kind: Kind, values: readonly string[]): Named[] =>
  values.flatMap((value): Named[] => {
    const read = readAwsName(kind, value);
    return read && !isUnknown(read.name) ? [{ kind, ...read, verb: 'requires' }] : [];
  });

/** A service in its cluster; the cluster is part of a service's identity. */
function serviceIn(cluster: readonly string[], service: readonly string[]): Named[] {
  const [one] = of('AWS::ECS::Cluster', cluster);
  const services = of('AWS::ECS::Service', service).map((named) =>
    one && named.scope === undefined ? { ...named, scope: one.name } : named,
  );
  return relate([...(one ? [one] : []), ...services], 'AWS::ECS::Service', 'runs-in', 'AWS::ECS::Cluster');
}

/** `--tfstate s3://bucket/key`, from which names are read. */
const stateOf = (call: ParsedCall): Named[] =>
  valuesOf(call, 'tfstate').flatMap((url): Named[] => {
    const name = bucketOf(url);
    return name === undefined ? [] : [{ kind: 'AWS::S3::Bucket', name, verb: 'uses' }];
  });

/** The shell script of silinternational/ecs-deploy; its README, “Usage”. */
export const ecsDeploy = commandTool({
  names: ['ecs-deploy'],
  grammar: {
    valued: names(
      `k aws-access-key s aws-secret-key r region p profile a aws-assume-role c cluster n service-name i image d task-definition
      t timeout m min M max D desired-count e tag-env-var max-definitions task-definition-file tag-only`,
    ),
  },
  depth: 0,
  requires: /^/,
  named: (call) => [
    ...serviceIn(valuesOf(call, 'c', 'cluster'), valuesOf(call, 'n', 'service-name')),
    ...of('AWS::ECS::TaskDefinition', valuesOf(call, 'd', 'task-definition')),
    ...valuesOf(call, 'i', 'image').flatMap((image) => imageNamed(image, 'uses')),
  ],
});

/** The `ecs` command of fabfuel/ecs-deploy: `ecs deploy CLUSTER SERVICE`; its README. */
export const ecs = commandTool({
  names: ['ecs'],
  grammar: {
    valued: names(
      `t tag i image c command e env s secret r role task timeout region access-key-id secret-access-key profile account assume-role
      newrelic-apikey newrelic-appid comment user slack-url rule count`,
    ),
  },
  depth: 1,
  requires: /^(?:deploy|scale|run|cron|update|stop)$/,
  named(call) {
    const [cluster = '', second = ''] = call.words;
    if (call.operation === 'deploy' || call.operation === 'scale') return serviceIn([cluster], [second]);
    if (call.operation === 'run' || call.operation === 'cron')
      return [...of('AWS::ECS::Cluster', [cluster]), ...of('AWS::ECS::TaskDefinition', [second])];
    return [];
  },
});

/** lambroll and ecspresso keep names in files of their own; the state that they read is named on the command line. */
export const lambroll = commandTool({
  names: ['lambroll'],
  grammar: {
    valued: names(
      'function function-url region profile tfstate prefixed-tfstate endpoint envfile ext-str ext-code log-level src alias option',
    ),
  },
  depth: (words) => Math.min(1, words.length),
  creates: /^deploy$/,
  deletes: /^delete$/,
  named: stateOf,
});
export const ecspresso = commandTool({
  names: ['ecspresso'],
  grammar: {
    valued: names(
      'config envfile ext-str ext-code assume-role-arn timeout filter-command tasks revision rollback-events',
    ),
  },
  depth: (words) => Math.min(1, words.length),
  creates: /^(?:deploy|register)$/,
  deletes: /^delete$/,
  named: stateOf,
});

/** The npm command `deploy-aws-s3-cloudfront`; its README, “Options”. */
export const siteDeploy = commandTool({
  names: ['deploy-aws-s3-cloudfront'],
  grammar: {
    valued: names(
      'bucket destination distribution exclude delete source cache-control output-config acl tags profile invalidation-path',
    ),
  },
  depth: 0,
  requires: /^/,
  named: (call) => [
    ...of('AWS::S3::Bucket', valuesOf(call, 'bucket')),
    ...of('AWS::CloudFront::Distribution', valuesOf(call, 'distribution')),
  ],
});

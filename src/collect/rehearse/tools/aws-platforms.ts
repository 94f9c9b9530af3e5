import { AWS_REGION } from '#lib/aws-region.ts';
import { isUnknown } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';
import { commandTool } from './command-tool.ts';
import { deployedFrom } from './deployed-from.ts';
import { lastValue, names, valuesOf } from './options.ts';
import type { Named, ParsedCall } from './tool.ts';

const of = (call: ParsedCall, kind: Kind, found: readonly string[]): Named[] => {
  const region = lastValue(call, 'region', 'r');
  return found
    .filter(
      (name) => !isUnknown(name) && /^[\w⟨.-]+/.test(name) && !/[*\s]/.test(name.replace(/⟨[^⟩]*⟩/g, '')),
    )
    .map((name) => ({ kind, name, ...(region && AWS_REGION.test(region) && { region }) }));
};

/** AWS SAM CLI. Its stacks are CloudFormation's. AWS SAM developer guide, “sam command reference”. */
export const sam = commandTool({
  names: ['sam'],
  grammar: {
    valued:
      names(`stack-name s3-bucket s3-prefix image-repository image-repositories region profile t template template-file capabilities
      parameter-overrides role-arn notification-arns tags kms-key-id config-file config-env s build-dir b metadata output-template-file
      signing-profiles n name e event filter p port env-vars m manifest build-image docker-network on-failure`),
  },
  depth: (words) => (words[0] === 'local' || words[0] === 'pipeline' ? 2 : 1),
  creates: /^(?:deploy|sync|package)$/,
  deletes: /^delete$/,
  prints: /^(?:logs|list)$/,
  named: (call) => [
    ...of(call, 'AWS::CloudFormation::Stack', valuesOf(call, 'stack-name')).map((one) =>
      deployedFrom(one, lastValue(call, 'template-file', 'template', 't') ?? 'template.yaml'),
    ),
    ...of(call, 'AWS::S3::Bucket', valuesOf(call, 's3-bucket')).map((one) => ({
      ...one,
      verb: 'requires' as const,
    })),
  ],
});

/** AWS CDK: the words are stacks, unless they are patterns or paths of constructs. AWS CDK guide, “cdk CLI reference”. */
export const cdk = commandTool({
  names: ['cdk', 'cdklocal'],
  grammar: {
    valued:
      names(`a app c context o output profile role-arn r toolkit-stack-name require-approval outputs-file O parameters t tags plugin p
      change-set-name concurrency method m hotswap-fallback bootstrap-bucket-name qualifier language l template trust
      cloudformation-execution-policies build-exclude E progress`),
  },
  depth: 1,
  creates: /^(?:deploy|bootstrap)$/,
  deletes: /^destroy$/,
  prints: /^(?:ls|list|synth|diff)$/,
  named: (call) =>
    /^(?:deploy|destroy|diff)$/.test(call.operation)
      ? of(
          call,
          'AWS::CloudFormation::Stack',
          call.words.filter((word) => /^[A-Za-z⟨][\w⟨⟩-]*$/.test(word.replace(/⟨[^⟩]*⟩/g, 'x'))),
        )
      : [],
});

/** The Elastic Beanstalk CLI. AWS Elastic Beanstalk developer guide, “EB CLI command reference”. */
export const eb = commandTool({
  names: ['eb'],
  grammar: {
    valued: names(
      'l label m message r region p platform timeout profile v version g group env-group-suffix e k keyname i instance_type cname source tier modules',
    ),
  },
  depth: 1,
  creates: /^create$/,
  requires: /^(?:deploy|use|setenv|swap|upgrade|scale|config)$/,
  deletes: /^terminate$/,
  prints: /^(?:status|list|health|printenv|logs)$/,
  named: (call) => {
    if (call.operation === 'init')
      return of(call, 'AWS::ElasticBeanstalk::Application', call.words.slice(0, 1));
    const environments = /^(?:deploy|use|create|status|health|terminate|upgrade)$/.test(call.operation)
      ? call.words.slice(0, 1)
      : [];
    return of(call, 'AWS::ElasticBeanstalk::Environment', environments);
  },
});

/** AWS Copilot: a service's stack is named after its application and environment. AWS Copilot documentation. */
export const copilot = commandTool({
  names: ['copilot'],
  grammar: {
    valued: names(
      'a app n name e env t tag region profile type svc-type dockerfile d image i port resource-tags',
    ),
  },
  depth: (words) => (/^(?:app|env|svc|job|task|pipeline|secret|storage)$/.test(words[0] ?? '') ? 2 : 1),
  creates: /(?:^| )(?:deploy|init)$/,
  deletes: /delete$/,
  prints: /(?:show|status|ls|logs)$/,
  named(call) {
    const [app, env, name] = [
      lastValue(call, 'a', 'app'),
      lastValue(call, 'e', 'env'),
      lastValue(call, 'n', 'name'),
    ];
    return app && env && name && /^(?:svc|job) /.test(call.operation)
      ? of(call, 'AWS::CloudFormation::Stack', [`${app}-${env}-${name}`])
      : [];
  },
});

/** Serverless Framework: names stand in its own file. */
export const serverless = commandTool({
  names: ['serverless', 'sls', 'osls'],
  grammar: { valued: names('s stage r region f function p package c config aws-profile param d data path') },
  depth: (words) => (words[0] === 'deploy' && /^(?:function|list)$/.test(words[1] ?? '') ? 2 : 1),
  creates: /^deploy/,
  deletes: /^remove$/,
  prints: /^(?:info|logs|print)$/,
});

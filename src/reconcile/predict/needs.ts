import type { Json, Kind } from '#model/fact.ts';
import type { AskedCall, Mention } from '#model/prediction.ts';
import type { Resource } from '#model/resource.ts';
import { iamAction } from './iam-action.ts';
import type { Request } from './policy.ts';

/** One thing that a call must be allowed. */
export interface Need extends Omit<Request, 'resource'> {
  /** The ARNs of which one is asked for, where it is not known which of those that the call names it is. */
  resources: readonly (string | undefined)[];
  /** What the call names that the permission is for. */
  mention?: Mention;
}

/** Gives the ARN of what is named, `⟨…⟩` for the parts that are not known. */
export type ArnOf = (mention: Mention) => string | undefined;

/** Calls that everybody may make, or that ask nothing of AWS. IAM User Guide, “sts:GetCallerIdentity”. */
const FREE = /^(?:sts get-caller-identity|configure(?: .*)?|--version|help)$/;
/**
 * Calls that hand a role to a service, and the service. IAM User Guide, “Grant a user permissions to pass a role to an
 * AWS service”; Service Authorization Reference, dependent actions.
 */
const PASSES: Record<string, string> = {
  'ecs register-task-definition': 'ecs-tasks.amazonaws.com',
  'lambda create-function': 'lambda.amazonaws.com',
  'lambda update-function-configuration': 'lambda.amazonaws.com',
  'stepfunctions create-state-machine': 'states.amazonaws.com',
  'stepfunctions update-state-machine': 'states.amazonaws.com',
  'scheduler create-schedule': 'scheduler.amazonaws.com',
  'scheduler update-schedule': 'scheduler.amazonaws.com',
  'codebuild create-project': 'codebuild.amazonaws.com',
  'codebuild update-project': 'codebuild.amazonaws.com',
  'eks create-cluster': 'eks.amazonaws.com',
  'cloudformation create-stack': 'cloudformation.amazonaws.com',
  'cloudformation update-stack': 'cloudformation.amazonaws.com',
  'cloudformation deploy': 'cloudformation.amazonaws.com',
};
/** The kind of which an operation asks for the ARN, where a call names others too. Service Authorization Reference. */
const ASKED_FOR: readonly [RegExp, Kind][] = [
  [/^ecs \S*service/, 'AWS::ECS::Service'],
  [/^ecs \S*task-definition/, 'AWS::ECS::TaskDefinition'],
  [/^lambda /, 'AWS::Lambda::Function'],
  [/^ecr /, 'AWS::ECR::Repository'],
  [/^cloudfront /, 'AWS::CloudFront::Distribution'],
];
const OBJECT_ACTIONS: Record<string, string> = {
  'put-object': 's3:PutObject',
  'get-object': 's3:GetObject',
  'head-object': 's3:GetObject',
  'delete-object': 's3:DeleteObject',
};

/**
 * What a call must be allowed, the first thing first; nothing where everybody may make it. Undefined where it is not
 * known for sure.
 */
export function needsOf(call: AskedCall, mentions: readonly Mention[], arnOf: ArnOf): Need[] | undefined {
  if (call.tool === 'docker' && call.operation !== 'push' && call.operation !== 'pull') return [];
  if (call.tool === 'aws' && FREE.test(call.operation)) return [];
  if (call.tool === 'aws' && /^s3(?:api)? /.test(call.operation)) return ofStore(call);
  const action = iamAction(call);
  if (action === undefined) return undefined;
  const asked = ASKED_FOR.find(([operation]) => operation.test(call.operation))?.[1];
  const own = mentions.filter(({ kind }) => kind === asked);
  const named = (own.length > 0 ? own : mentions).map((mention) => ({ mention, arn: arnOf(mention) }));
  const resources = named.length > 0 ? named.map(({ arn }) => arn) : [undefined];
  return [
    { action, resources, ...(named[0] && { mention: named[0].mention }) },
    ...passes(call, mentions, arnOf),
  ];
}

/** The roles that a call hands to a service. */
function passes(call: AskedCall, mentions: readonly Mention[], arnOf: ArnOf): Need[] {
  const to = call.tool === 'aws' ? PASSES[call.operation] : undefined;
  if (to === undefined) return [];
  return mentions
    .filter(({ kind }) => kind === 'AWS::IAM::Role')
    .map((mention) => ({
      action: 'iam:PassRole',
      resources: [mention.name.startsWith('arn:') ? mention.name : arnOf(mention)],
      context: { 'iam:passedtoservice': to },
      mention,
    }));
}

const texts = (value: Json | undefined): string[] =>
  [value ?? []].flat().filter((one): one is string => typeof one === 'string');

/** Objects and lists of S3, whose actions are not called like the commands. AWS CLI v2 reference, “s3”. */
function ofStore(call: AskedCall): Need[] | undefined {
  const [service, operation = ''] = call.operation.split(' ');
  const bucketOf = (path: string) => path.slice('s3://'.length).split('/')[0] ?? '';
  const need = (action: string, bucket: string, key?: string): Need => ({
    action,
    resources: [`arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`],
    mention: { kind: 'AWS::S3::Bucket', name: bucket, verb: 'uses' },
  });
  if (service === 's3api') {
    const [bucket] = texts(call.arguments.bucket);
    const action = OBJECT_ACTIONS[operation];
    if (bucket === undefined) return undefined;
    if (action !== undefined) return [need(action, bucket, texts(call.arguments.key)[0] ?? '⟨key⟩')];
    return operation === 'head-bucket' || operation.startsWith('list-objects')
      ? [need('s3:ListBucket', bucket)]
      : undefined;
  }
  const paths = texts(call.arguments.words);
  const stores = paths.filter((path) => path.startsWith('s3://'));
  const [first] = stores;
  if (first === undefined) return undefined;
  // what stands behind a prefix is a name that only the run knows
  const keyOf = (path: string) => {
    const key = path.slice('s3://'.length).split('/').slice(1).join('/');
    return operation === 'sync' || key === '' || key.endsWith('/') || call.arguments.recursive !== undefined
      ? `${key}⟨name⟩`
      : key;
  };
  if (operation === 'ls') return [need('s3:ListBucket', bucketOf(first))];
  if (operation === 'rm') return [need('s3:DeleteObject', bucketOf(first), keyOf(first))];
  if (!/^(?:cp|mv|sync)$/.test(operation) || paths.length !== 2) return undefined;
  const [from = '', to = ''] = paths;
  return [
    ...(operation === 'sync' ? stores.map((path) => need('s3:ListBucket', bucketOf(path))) : []),
    ...(from.startsWith('s3://') ? [need('s3:GetObject', bucketOf(from), keyOf(from))] : []),
    ...(to.startsWith('s3://') ? [need('s3:PutObject', bucketOf(to), keyOf(to))] : []),
    ...(operation === 'sync' && call.arguments.delete !== undefined && to.startsWith('s3://')
      ? [need('s3:DeleteObject', bucketOf(to), keyOf(to))]
      : []),
  ];
}

/** What stands behind the name in the ARN that is asked for: a revision of a family, a stream of a log group. */
export function askedArn(kind: Kind, arn: string): string {
  if (kind === 'AWS::ECS::TaskDefinition') return `${arn.replace(/:\d+$/, '')}:⟨revision⟩`;
  if (kind === 'AWS::Logs::LogGroup') return `${arn.replace(/:\*$/, '')}⟨stream⟩`;
  return arn;
}

/** Kinds that always have, or often have, a policy of their own. IAM User Guide, “Policy evaluation logic”. */
const WITH_POLICY: readonly Kind[] = [
  'AWS::KMS::Key',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
];

/** Whether the policy of what is asked for may allow by itself what the identity's does not. */
export const mayAllow = ({ kind, properties }: Pick<Resource, 'kind' | 'properties'>): boolean =>
  WITH_POLICY.includes(kind) || (kind === 'AWS::S3::Bucket' && properties.hasPolicy !== false);

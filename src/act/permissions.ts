import { serviceOf } from '#collect/readers/aws/services.ts';
import type { Json } from '#model/fact.ts';
import type { AwsRead, AwsWrite, Proof, Step } from '#model/step.ts';
import { readsOf } from './call.ts';

/**
 * Services of which every operation is allowed by the action of its own name, but for those in {@link OTHER_NAMES}.
 * Service Authorization Reference, “Actions defined by …”, one page a service.
 */
const SAME_NAMES = new Set([
  'acm',
  'autoscaling',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'ec2',
  'ecr',
  'ecs',
  'efs',
  'eks',
  'elasticache',
  'elbv2',
  'events',
  'iam',
  'kms',
  'logs',
  'rds',
  'route53',
  'scheduler',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'stepfunctions',
  'wafv2',
]);

/** Operations whose action has another name, or which need more than their own. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  // SQS Developer Guide, “Amazon SQS API permissions”: batches need the action of one
  'sqs:SendMessageBatch': ['sqs:SendMessage'],
  'sqs:DeleteMessageBatch': ['sqs:DeleteMessage'],
  // Route 53 Developer Guide, “Amazon Route 53 API permissions”: a private zone reads the network that it is of
  'route53:CreateHostedZone': ['route53:CreateHostedZone', 'ec2:DescribeVpcs'],
  'route53:AssociateVPCWithHostedZone': ['route53:AssociateVPCWithHostedZone', 'ec2:DescribeVpcs'],
  // AWS WAF Developer Guide, “Actions, resources, and condition keys”: a load balancer is told of it by its own service
  'wafv2:AssociateWebACL': ['wafv2:AssociateWebACL', 'elasticloadbalancing:SetWebACL'],
  // Lambda Developer Guide, “Actions, resources, and condition keys for AWS Lambda”
  'lambda:Invoke': ['lambda:InvokeFunction'],
  ...Object.fromEntries(
    [
      'CreateFunction',
      'UpdateFunctionConfiguration',
      'GetFunction',
      'GetFunctionConfiguration',
      'GetPolicy',
      'ListFunctions',
      'ListAliases',
      'GetAlias',
      'AddPermission',
      'RemovePermission',
      'UpdateFunctionCode',
      'UpdateAlias',
      'CreateAlias',
      'DeleteAlias',
      'DeleteFunction',
      'PublishVersion',
      'PutFunctionConcurrency',
      'DeleteFunctionConcurrency',
      'CreateFunctionUrlConfig',
      'UpdateFunctionUrlConfig',
      'DeleteFunctionUrlConfig',
      'GetFunctionUrlConfig',
      'GetFunctionConcurrency',
    ].map((name) => [`lambda:${name}`, [`lambda:${name}`]]),
  ),
  // Amazon S3 User Guide, “Required permissions for Amazon S3 API operations”
  ...Object.fromEntries(
    Object.entries({
      CreateBucket: 'CreateBucket',
      DeleteBucket: 'DeleteBucket',
      HeadBucket: 'ListBucket',
      ListBuckets: 'ListAllMyBuckets',
      ListObjectsV2: 'ListBucket',
      GetBucketLocation: 'GetBucketLocation',
      GetBucketPolicy: 'GetBucketPolicy',
      PutBucketPolicy: 'PutBucketPolicy',
      DeleteBucketPolicy: 'DeleteBucketPolicy',
      GetBucketPolicyStatus: 'GetBucketPolicyStatus',
      GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
      PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
      DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
      GetBucketEncryption: 'GetEncryptionConfiguration',
      PutBucketEncryption: 'PutEncryptionConfiguration',
      DeleteBucketEncryption: 'PutEncryptionConfiguration',
      GetBucketVersioning: 'GetBucketVersioning',
      PutBucketVersioning: 'PutBucketVersioning',
      GetBucketWebsite: 'GetBucketWebsite',
      PutBucketWebsite: 'PutBucketWebsite',
      DeleteBucketWebsite: 'DeleteBucketWebsite',
      GetBucketCors: 'GetBucketCORS',
      PutBucketCors: 'PutBucketCORS',
      DeleteBucketCors: 'PutBucketCORS',
      GetBucketTagging: 'GetBucketTagging',
      PutBucketTagging: 'PutBucketTagging',
      DeleteBucketTagging: 'PutBucketTagging',
      GetBucketLogging: 'GetBucketLogging',
      PutBucketLogging: 'PutBucketLogging',
      GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
      PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
      DeleteBucketLifecycle: 'PutLifecycleConfiguration',
      GetBucketNotificationConfiguration: 'GetBucketNotification',
      PutBucketNotificationConfiguration: 'PutBucketNotification',
      GetBucketOwnershipControls: 'GetBucketOwnershipControls',
      PutBucketOwnershipControls: 'PutBucketOwnershipControls',
      DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
      GetBucketAcl: 'GetBucketAcl',
      PutBucketAcl: 'PutBucketAcl',
      HeadObject: 'GetObject',
      PutObject: 'PutObject',
      DeleteObject: 'DeleteObject',
    }).map(([operation, action]) => [`s3api:${operation}`, [`s3:${action}`]]),
  ),
};

/**
 * Operations that pass roles to a service, which is allowed apart: IAM User Guide, “Granting a user permissions to pass
 * a role”. `given`: only where the input has a role.
 */
const PASSES: Readonly<Record<string, 'always' | 'given'>> = {
  'ecs:RegisterTaskDefinition': 'always',
  'ecs:RunTask': 'always',
  'ecs:CreateService': 'given',
  'events:PutTargets': 'given',
  'lambda:CreateFunction': 'always',
  'lambda:UpdateFunctionConfiguration': 'given',
  'scheduler:CreateSchedule': 'always',
  'scheduler:UpdateSchedule': 'always',
  'stepfunctions:CreateStateMachine': 'always',
  'stepfunctions:UpdateStateMachine': 'given',
};

/** The roles that an operation passes: their ARNs, or `*` where its input does not say them. */
function rolesOf(one: AwsWrite | AwsRead): string[] {
  const passes = PASSES[`${one.service}:${one.operation}`];
  if (!passes) return [];
  const text = JSON.stringify([one.input, 'edit' in one ? one.edit?.set : undefined]);
  const roles = [...text.matchAll(/"(arn:[\w-]+:iam::\d{12}:role\/[^"]+)"/g)].map(([, arn = '']) => arn);
  // a document that is read at the moment of the call has roles that nothing here tells
  const isOpen = passes === 'always' && (roles.length === 0 || 'edit' in one);
  return isOpen ? ['*'] : roles;
}

/** API Gateway Developer Guide, “Control access for invoking an API”: its actions are the verbs of HTTP. */
const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^Get/, 'apigateway:GET'],
  [/^(?:Create|Import)/, 'apigateway:POST'],
  [/^Delete/, 'apigateway:DELETE'],
];
/** The two APIs of API Gateway update by one verb: API Gateway API References, “UpdateStage” of V1 and V2. */
const UPDATES = /^Update/;
/** V1 replaces a whole API, V2 too, by PUT. */
const REPLACES = /^(?:Put|Reimport)/;

/** The actions that an operation needs to be allowed; undefined where nobody has looked them up. */
export function actionsOf(service: string, operation: string): readonly string[] | undefined {
  const name = `${service}:${operation}`;
  if (Object.hasOwn(OTHER_NAMES, name)) return OTHER_NAMES[name];
  if (service === 'apigateway' || service === 'apigatewayv2') {
    const verb = VERBS.find(([pattern]) => pattern.test(operation))?.[1];
    if (verb) return [verb];
    if (UPDATES.test(operation)) return ['apigateway:PATCH'];
    return REPLACES.test(operation) ? ['apigateway:PUT'] : undefined;
  }
  return SAME_NAMES.has(service) ? [`${serviceOf(service).iam}:${operation}`] : undefined;
}

/**
 * The member of an operation's input that holds the ARNs of all resources that its action is checked against. Service
 * Authorization Reference, column “Resource types” of each action; what is not here is allowed on every resource.
 */
const RESOURCES: Readonly<Record<string, string>> = {
  'elbv2:CreateListener': 'LoadBalancerArn',
  'elbv2:ModifyListener': 'ListenerArn',
  'elbv2:DeleteListener': 'ListenerArn',
  'elbv2:CreateRule': 'ListenerArn',
  'elbv2:ModifyRule': 'RuleArn',
  'elbv2:DeleteRule': 'RuleArn',
  'elbv2:AddListenerCertificates': 'ListenerArn',
  'elbv2:RemoveListenerCertificates': 'ListenerArn',
  'elbv2:ModifyTargetGroup': 'TargetGroupArn',
  'elbv2:ModifyTargetGroupAttributes': 'TargetGroupArn',
  'elbv2:RegisterTargets': 'TargetGroupArn',
  'elbv2:DeregisterTargets': 'TargetGroupArn',
  'elbv2:DeleteTargetGroup': 'TargetGroupArn',
  'elbv2:SetSubnets': 'LoadBalancerArn',
  'elbv2:SetSecurityGroups': 'LoadBalancerArn',
  'elbv2:ModifyLoadBalancerAttributes': 'LoadBalancerArn',
  'acm:DeleteCertificate': 'CertificateArn',
  'acm:DescribeCertificate': 'CertificateArn',
  'acm:AddTagsToCertificate': 'CertificateArn',
  'sns:SetTopicAttributes': 'TopicArn',
  'sns:GetTopicAttributes': 'TopicArn',
};

/** What of a plan has to be allowed: each action with the resources that it is for; `*` where they are not known. */
export interface PlanPermissions {
  actions: Map<string, Set<string>>;
  /** Operations whose actions nobody has looked up: `lambda:PutSomething`. */
  unknown: string[];
}

/**
 * The actions that applying, undoing and proving these steps need, and no other.
 * @throws InputError for a service that is not known
 */
export function permissionsOf(steps: readonly Step[], proofs: readonly Proof[]): PlanPermissions {
  const actions = new Map<string, Set<string>>();
  const unknown = new Set<string>();
  const allow = (action: string, arns: readonly string[]): void => {
    const resources = actions.get(action) ?? new Set();
    for (const arn of arns) resources.add(arn);
    if (arns.length > 0) actions.set(action, resources);
  };
  const add = (one: AwsWrite | AwsRead): void => {
    const own = `${serviceOf(one.service).iam}:`;
    const needed = actionsOf(one.service, one.operation);
    if (!needed) unknown.add(`${one.service}:${one.operation}`);
    for (const action of needed ?? []) allow(action, action.startsWith(own) ? arnsOf(one) : ['*']);
    allow('iam:PassRole', rolesOf(one));
  };
  for (const { write, state, undo } of steps.flatMap(({ changes }) => changes)) {
    const writes = [write, ...(undo ? [undo] : [])];
    for (const one of [...writes, state, ...writes.flatMap(readsOf)]) add(one);
  }
  const needed = new Set(steps.flatMap((step) => step.proofs));
  for (const { id, check } of proofs) if (needed.has(id) && check?.type === 'aws') add(check.read);
  return { actions, unknown: [...unknown].sort() };
}

/** The ARNs that an operation is checked against, where its input says all of them. */
function arnsOf({ service, operation, input }: AwsWrite | AwsRead): string[] {
  const member = RESOURCES[`${service}:${operation}`];
  const value: Json | undefined = member ? input[member] : undefined;
  return typeof value === 'string' && value.startsWith('arn:') ? [value] : ['*'];
}

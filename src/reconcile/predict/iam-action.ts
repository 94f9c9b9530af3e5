import type { AskedCall } from '#model/prediction.ts';

/** The services of the AWS CLI whose IAM prefix is another word. Service Authorization Reference. */
const PREFIX: Record<string, string> = {
  elbv2: 'elasticloadbalancing',
  elb: 'elasticloadbalancing',
  deploy: 'codedeploy',
  stepfunctions: 'states',
  opensearch: 'es',
  efs: 'elasticfilesystem',
  'cognito-idp': 'cognito-idp',
  'service-quotas': 'servicequotas',
};
/** Services whose actions are called like the operations of the AWS CLI. */
const PLAIN =
  /^(?:acm|autoscaling|cloudformation|cloudfront|codebuild|codepipeline|cloudwatch|dynamodb|ec2|ecr|ecs|eks|elasticache|elasticbeanstalk|events|iam|kms|lambda|logs|rds|route53|scheduler|secretsmanager|sns|sqs|ssm|wafv2)$/;
const EXCEPTIONS: Record<string, string> = {
  'lambda invoke': 'lambda:InvokeFunction',
  'cloudformation deploy': 'cloudformation:CreateChangeSet',
  'ecs wait': 'ecs:DescribeServices',
  'logs tail': 'logs:FilterLogEvents',
  'ecr get-login-password': 'ecr:GetAuthorizationToken',
};

/** The IAM action that a call needs before all others; undefined where it is not known for sure. */
export function iamAction({ tool, operation }: Pick<AskedCall, 'tool' | 'operation'>): string | undefined {
  if (tool === 'docker' && operation === 'push') return 'ecr:InitiateLayerUpload';
  if (tool === 'docker' && operation === 'pull') return 'ecr:BatchGetImage';
  if (tool !== 'aws') return undefined;
  const [service = '', name = ''] = operation.split(' ');
  const known = EXCEPTIONS[`${service} ${name}`];
  if (known !== undefined) return known;
  const prefix = PREFIX[service] ?? (PLAIN.test(service) ? service : undefined);
  if (prefix === undefined || !/^[a-z][a-z0-9-]+$/.test(name) || name === 'wait') return undefined;
  const action = name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
    .replace(/^(Describe|Create|Modify|Delete)Db/, '$1DB');
  return `${prefix}:${action}`;
}

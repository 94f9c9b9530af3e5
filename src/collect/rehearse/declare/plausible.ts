import { aroundSymbols } from '#lib/symbolic.ts';
import type { Kind } from '#model/fact.ts';

const NAME = /^[A-Za-z0-9][\w-]{0,254}$/;
/** Naming rules of the services, from their API references; a symbol counts as a letter. */
const RULES: Readonly<Partial<Record<Kind, RegExp>>> = {
  'AWS::ECS::Cluster': NAME,
  'AWS::ECS::Service': NAME,
  'AWS::ECS::TaskDefinition': NAME,
  'AWS::ECR::Repository': /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/,
  'AWS::ECR::PublicRepository': /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/,
  'AWS::S3::Bucket': /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'AWS::Lambda::Function': /^[\w-]{1,140}$/,
  'AWS::CloudFormation::Stack': /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
  'AWS::CloudFront::Distribution': /^E[0-9A-Z]{5,20}$/,
  'AWS::SQS::Queue': /^[\w-]{1,80}(?:\.fifo)?$/,
  'AWS::SNS::Topic': /^[\w-]{1,256}(?:\.fifo)?$/,
  'AWS::DynamoDB::Table': /^[\w.-]{3,255}$/,
  'AWS::IAM::Role': /^[\w+=,.@-]{1,64}$/,
  'AWS::Logs::LogGroup': /^[\w./#-]{1,512}$/,
  'AWS::RDS::DBInstance': /^[A-Za-z][A-Za-z0-9-]{0,62}$/,
  'AWS::RDS::DBCluster': /^[A-Za-z][A-Za-z0-9-]{0,62}$/,
  'AWS::ElastiCache::CacheCluster': /^[A-Za-z][A-Za-z0-9-]{0,49}$/,
  'AWS::SecretsManager::Secret': /^[\w/+=.@-]{1,512}$/,
  'AWS::SSM::Parameter': /^[\w/.-]{1,1011}$/,
  'AWS::EKS::Cluster': /^[A-Za-z0-9][\w-]{0,99}$/,
  'AWS::ElasticLoadBalancingV2::TargetGroup': /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/,
  'AWS::ElasticBeanstalk::Environment': /^[A-Za-z0-9][A-Za-z0-9-]{2,38}[A-Za-z0-9]$/,
  'AWS::Cognito::UserPool': /^[\w-]+$/,
  'Cloudflare::Workers::Script': /^[A-Za-z0-9_][\w-]{0,254}$/,
  'Cloudflare::Pages::Project': /^[A-Za-z0-9][\w-]{0,57}$/,
  'GitHub::Actions::Secret': /^[A-Za-z_]\w*$/,
  'GitHub::Actions::Variable': /^[A-Za-z_]\w*$/,
};
/** What the shell, a template or a query leaves behind is no name, whatever the kind. */
const LEFTOVER = /[\s"'`<>|;${}*\\^\u0000-\u001f\u007f]|\[|\]|,$/;
const LONGEST = 1_024;
/** An image keeps its own grammar, which its reader has checked; these may hold what others may not. */
const FREE = new Set<Kind>([
  'AWS::Budgets::Budget',
  'GitHub::Environment',
  'AWS::CloudWatch::Alarm',
  'Docker::Image',
]);

/** Whether a name can be one by the provider's rule. Symbols of any length count as one letter. */
export function isPlausible(kind: Kind, name: string): boolean {
  if (name === '' || name.length > LONGEST || name.startsWith('-')) return false;
  return aroundSymbols(name, (hidden) => {
    const text = hidden.replace(
      /[\ue000-\uf8ff]/g,
      kind === 'AWS::CloudFront::Distribution' ? 'E00000' : 'x',
    );
    if (!FREE.has(kind) && LEFTOVER.test(text)) return false;
    const rule = RULES[kind];
    return (
      rule === undefined ||
      rule.test(text) ||
      (kind === 'AWS::IAM::Role' && /^[\w+=,.@/-]{1,512}$/.test(text))
    );
  });
}

const STAND_IN =
  /^(?:my|your|the|some|test|tests|testing|dummy|fake|mock|example|sample|foo|bar|baz|placeholder|changeme|change-me|todo|tbd|none|null|nil|true|false|yes|no|on|off|default|local|localhost|unused|xxx+|name|value)$|^(?:my|your|test|dummy|fake|mock|example|sample|local|placeholder|changeme)[-_](?:[\w-]*[-_])?(?:bucket|cluster|service|queue|table|topic|function|stack|repo|repository|role|app|name|group|database|db)$|(?:^|[-_./])(?:example|placeholder|changeme|xxx+|your)(?:$|[-_./])/i;

/** Values that stand for a name instead of being one: in tests, templates and manuals. */
export const isStandIn = (name: string): boolean => STAND_IN.test(name);

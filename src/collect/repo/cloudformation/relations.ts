import { type Reference, referencesIn } from './references.ts';
import type { Edge, Template, TemplateResource } from './template.ts';
import { typeOf } from './types.ts';

const MOST_EDGES = 20_000;

/** What a property's reference means, by its key; the first that fits. All else is `uses`. */
const VERBS: readonly [keys: RegExp, type: string][] = [
  [/Role(?:Arn)?$|^Roles$|^IamInstanceProfile$/, 'assumes'],
  [/^(?:Cluster|ClusterName|VpcId|VPCId|VpcConfig|SubnetIds?|Subnets|VPCZoneIdentifier)$/, 'runs-in'],
  [/^(?:LoadBalancerArn|ListenerArn|HostedZoneId)$/, 'part-of'],
  [/^(?:awslogs-group|LogGroup|LogGroupName|LogGroupArn)$/, 'logs-to'],
  [/^(?:ValueFrom|SecretArn|CredentialsParameter)$/, 'reads'],
  [/^(?:FileSystemId|FilesystemId)$/, 'mounts'],
];
/** `Role` of a policy document is no role that anything assumes. */
const POLICY = /^(?:Policies|PolicyDocument|AssumeRolePolicyDocument|Policy)$/;

function verbOf(type: string, { key, trail }: Reference): string {
  if (trail.some((one) => POLICY.test(one))) return 'uses';
  if (/^TargetGroupArns?$|^TargetGroupARNs$/.test(key))
    return type.startsWith('AWS::ElasticLoadBalancingV2::Listener') ? 'routes-to' : 'registers-in';
  if (type === 'AWS::Events::Rule' || type === 'AWS::Scheduler::Schedule')
    return trail[0] === 'Targets' || trail[0] === 'Target'
      ? key === 'Arn'
        ? 'routes-to'
        : key === 'RoleArn'
          ? 'assumes'
          : 'uses'
      : 'uses';
  if (
    type === 'AWS::Route53::RecordSet' &&
    trail.some((one) => one === 'AliasTarget' || one === 'ResourceRecords')
  )
    return key === 'HostedZoneId' ? 'uses' : 'routes-to';
  if (type === 'AWS::S3::Bucket' && trail[0] === 'NotificationConfiguration') return 'routes-to';
  if (type === 'AWS::CloudFront::Distribution' && trail.includes('Origins')) return 'routes-to';
  return VERBS.find(([keys]) => keys.test(key))?.[1] ?? 'uses';
}

/** Types that are nothing by themselves and tie two others together. */
const TIES: Readonly<Record<string, readonly [from: string, type: string, to: string]>> = {
  'AWS::Lambda::EventSourceMapping': ['FunctionName', 'reads', 'EventSourceArn'],
  'AWS::SNS::Subscription': ['TopicArn', 'routes-to', 'Endpoint'],
  'AWS::ApiGateway::Method': ['RestApiId', 'routes-to', 'Integration'],
  'AWS::ApiGatewayV2::Integration': ['ApiId', 'routes-to', 'IntegrationUri'],
  'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn', 'routes-to', 'DefaultActions'],
  'AWS::Logs::SubscriptionFilter': ['LogGroupName', 'routes-to', 'DestinationArn'],
};

/** The relations between resources of one template, each once. */
export function edgesOf(template: Template): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (edge: Edge) => {
    const isKnown = [edge.from, edge.to].every((id) => {
      const type = template.resources.get(id)?.type;
      return type !== undefined && typeOf(type) !== undefined;
    });
    if (isKnown && edge.from !== edge.to && edges.size < MOST_EDGES)
      edges.set(`${edge.from}\n${edge.type}\n${edge.to}`, edge);
  };
  for (const edge of template.edges) add(edge);
  for (const resource of template.resources.values()) {
    for (const tie of tiesOf(resource)) add(tie);
    if (!typeOf(resource.type)) continue;
    const { Events: _, ...properties } = resource.properties;
    const nameKey = typeOf(resource.type)?.name?.split('.')[0];
    // `/aws/lambda/${Function}` is the name of a log group, and what the function writes to
    for (const reference of referencesIn(properties))
      if (reference.trail[0] === nameKey && resource.type === 'AWS::Logs::LogGroup')
        add({ from: reference.id, type: 'logs-to', to: resource.id });
      else add({ from: resource.id, type: verbOf(resource.type, reference), to: reference.id });
  }
  return [...edges.values()];
}

function tiesOf({ type, properties }: TemplateResource): Edge[] {
  const tie = Object.hasOwn(TIES, type) ? TIES[type] : undefined;
  if (!tie) return [];
  const [from, verb, to] = tie;
  const [source] = referencesIn(properties[from]);
  if (!source) return [];
  return referencesIn(properties[to])
    .filter(({ key }) => !/Role|Credentials/.test(key))
    .map(({ id }) => ({ from: source.id, type: verb, to: id }));
}

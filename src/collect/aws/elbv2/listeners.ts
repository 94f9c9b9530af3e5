import {
  type Action,
  type Listener,
  type LoadBalancer,
  paginateDescribeListeners,
  paginateDescribeRules,
  type Rule,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Json, RelationFact } from '#model/fact.ts';
import type { AwsScope } from '../aws-collector.ts';
import { relation } from '../parts.ts';
import { stated } from '../stated.ts';
import { whileListing } from '../while-listing.ts';

export const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

/** The listeners of a load balancer, named by it and by their port; with their rules where a file names it. */
export async function listenersOf(
  aws: AwsScope,
  { LoadBalancerArn, LoadBalancerName = '' }: LoadBalancer,
): Promise<void> {
  const isDeclared = aws.isDeclared(BALANCER, LoadBalancerName);
  await aws.list(
    [LISTENER],
    () =>
      whileListing(async (begin) => {
        const input = { LoadBalancerArn, PageSize: 400 };
        for await (const { Listeners = [] } of aws.pages(paginateDescribeListeners, input))
          for (const listener of Listeners) {
            const name = nameOf(LoadBalancerName, listener);
            seeListener(aws, LoadBalancerName, name, listener);
            if (isDeclared) begin(rulesOf(aws, name, listener.ListenerArn));
          }
      }),
    LoadBalancerName,
  );
}

/** The listener of a gateway load balancer has no port. */
const nameOf = (balancer: string, { Port }: Listener): string =>
  Port === undefined ? balancer : `${balancer}:${Port}`;

function seeListener(aws: AwsScope, balancer: string, name: string, listener: Listener): void {
  const { ListenerArn, Port, Certificates = [], DefaultActions = [] } = listener;
  aws.see({
    kind: LISTENER,
    name,
    ...(ListenerArn && { arn: ListenerArn }),
    operation: 'DescribeListeners',
    properties: {
      port: Port,
      protocol: listener.Protocol,
      sslPolicy: listener.SslPolicy,
      certificates: Certificates.flatMap(({ CertificateArn }) => CertificateArn ?? []),
      defaultActions: DefaultActions.map(actionOf),
    },
    relations: [
      relation('part-of', BALANCER, balancer),
      ...Certificates.flatMap(({ CertificateArn }) =>
        CertificateArn
          ? relation('uses-certificate', 'AWS::CertificateManager::Certificate', CertificateArn)
          : [],
      ),
      ...routesOf(DefaultActions),
    ],
  });
}

/** Each costs a call: only those of load balancers that a file names are read. */
async function rulesOf(aws: AwsScope, name: string, ListenerArn: string | undefined): Promise<void> {
  await aws.list(
    [RULE],
    async () => {
      for await (const { Rules = [] } of aws.pages(paginateDescribeRules, { ListenerArn, PageSize: 400 }))
        for (const rule of Rules) if (!rule.IsDefault) seeRule(aws, name, rule);
    },
    name,
  );
}

function seeRule(aws: AwsScope, listener: string, rule: Rule): void {
  const { RuleArn, Priority, Conditions = [], Actions = [] } = rule;
  const conditions = Conditions.map(conditionOf);
  aws.see({
    kind: RULE,
    name: [listener, ...conditions].join(' '),
    ...(RuleArn && { arn: RuleArn }),
    operation: 'DescribeRules',
    properties: {
      priority: Priority === undefined ? undefined : Number(Priority),
      conditions,
      actions: Actions.map(actionOf),
    },
    relations: [relation('part-of', LISTENER, listener), ...routesOf(Actions)],
  });
}

/**
 * One condition as text: `path-pattern=/api/*,/v2/*`. Of headers and query strings the names alone: a header that only
 * the CDN knows is a shared secret.
 */
function conditionOf({ Field = '', Values, ...config }: RuleCondition): string {
  const values =
    Field === 'http-header'
      ? [config.HttpHeaderConfig?.HttpHeaderName ?? '']
      : Field === 'query-string'
        ? (config.QueryStringConfig?.Values ?? []).flatMap(({ Key }) => Key ?? [])
        : (config.HostHeaderConfig?.Values ??
          config.PathPatternConfig?.Values ??
          config.HttpRequestMethodConfig?.Values ??
          config.SourceIpConfig?.Values ??
          Values ??
          []);
  return `${Field}=${values.join(',')}`;
}

const groupsOf = ({ TargetGroupArn, ForwardConfig }: Action): string[] => [
  ...new Set([
    ...(TargetGroupArn ? [TargetGroupArn] : []),
    ...(ForwardConfig?.TargetGroups ?? []).flatMap((group) => group.TargetGroupArn ?? []),
  ]),
];

const routesOf = (actions: readonly Action[]): RelationFact[] =>
  [...new Set(actions.flatMap(groupsOf))].map((arn) => relation('routes-to', TARGET_GROUP, arn));

/** What an action does. Queries, bodies and settings of identity providers may hold secrets, and are left out. */
function actionOf(action: Action): Json {
  const { Type, RedirectConfig, FixedResponseConfig } = action;
  const groups = groupsOf(action).map((arn) => arn.split('/').at(-2) ?? arn);
  return stated({
    type: Type,
    targetGroups: groups.length > 0 ? groups : undefined,
    protocol: RedirectConfig?.Protocol,
    host: RedirectConfig?.Host,
    port: RedirectConfig?.Port,
    path: RedirectConfig?.Path,
    statusCode: RedirectConfig?.StatusCode ?? FixedResponseConfig?.StatusCode,
  });
}

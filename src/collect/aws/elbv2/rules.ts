import {
  paginateDescribeRules,
  type Rule,
  type RuleCondition,
  type RuleTransform,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Json } from '#model/fact.ts';
import type { AwsScope } from '../aws-collector.ts';
import { relation } from '../parts.ts';
import { stated } from '../stated.ts';
import { actionOf, routesOf } from './actions.ts';
import { LISTENER, RULE } from './kinds.ts';

/**
 * The rules of a listener beside its default one, which costs a call: only those of load balancers that a file names or
 * that are on a path are read. Elastic Load Balancing API Reference, DescribeRules.
 */
export async function rulesOf(aws: AwsScope, name: string, ListenerArn: string | undefined): Promise<void> {
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
  const { RuleArn, Priority, Conditions = [], Actions = [], Transforms } = rule;
  const conditions = Conditions.map(conditionOf);
  aws.see({
    kind: RULE,
    name: [listener, ...conditions].join(' '),
    ...(RuleArn && { arn: RuleArn }),
    operation: 'DescribeRules',
    properties: {
      priority: Priority === undefined ? undefined : Number(Priority),
      conditions,
      ...matchesOf(Conditions),
      transforms: Transforms && Transforms.length > 0 ? Transforms.map(transformOf) : undefined,
      actions: Actions.map(actionOf),
    },
    relations: [relation('part-of', LISTENER, listener), ...routesOf(Actions)],
  });
}

/**
 * One condition as text: `path-pattern=/api/*,/v2/*`. Of headers and query strings the names alone: a header that only
 * the CDN knows is a shared secret.
 */
function conditionOf(condition: RuleCondition): string {
  const { Field = '', ...config } = condition;
  const values =
    Field === 'http-header'
      ? [config.HttpHeaderConfig?.HttpHeaderName ?? '']
      : Field === 'query-string'
        ? (config.QueryStringConfig?.Values ?? []).flatMap(({ Key }) => Key ?? [])
        : [...valuesOf(condition), ...regexesOf(condition)];
  return `${Field}=${values.join(',')}`;
}

const valuesOf = ({ Values, ...config }: RuleCondition): string[] =>
  config.HostHeaderConfig?.Values ??
  config.PathPatternConfig?.Values ??
  config.HttpRequestMethodConfig?.Values ??
  config.SourceIpConfig?.Values ??
  Values ??
  [];

const regexesOf = ({ RegexValues, ...config }: RuleCondition): string[] =>
  config.HostHeaderConfig?.RegexValues ?? config.PathPatternConfig?.RegexValues ?? RegexValues ?? [];

/**
 * What a request must be like for the rule to take it: patterns of hosts and paths (or regular expressions), methods,
 * addresses, and the fields of all conditions that are neither of its host nor of its path. Each states that one of its
 * values must fit; what is left out may be anything.
 */
function matchesOf(conditions: readonly RuleCondition[]): Record<string, Json | undefined> {
  const of = (field: string, read: (condition: RuleCondition) => string[]) => {
    const values = conditions.filter(({ Field }) => Field === field).flatMap(read);
    return values.length > 0 ? values : undefined;
  };
  const others = conditions.flatMap(({ Field = '' }) =>
    Field === 'host-header' || Field === 'path-pattern' ? [] : Field,
  );
  return {
    hosts: of('host-header', valuesOf),
    hostRegexes: of('host-header', regexesOf),
    paths: of('path-pattern', valuesOf),
    pathRegexes: of('path-pattern', regexesOf),
    methods: of('http-request-method', valuesOf),
    sourceIps: of('source-ip', valuesOf),
    others: others.length > 0 ? [...new Set(others)] : undefined,
  };
}

/** How a rule rewrites the host or the path of what it forwards. */
const transformOf = ({ Type, HostHeaderRewriteConfig, UrlRewriteConfig }: RuleTransform): Json =>
  stated({
    type: Type,
    rewrites: (HostHeaderRewriteConfig ?? UrlRewriteConfig)?.Rewrites?.map(({ Regex, Replace }) =>
      stated({ regex: Regex, replace: Replace }),
    ),
  });

import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Json, RelationFact } from '#model/fact.ts';
import { relation } from '../parts.ts';
import { stated } from '../stated.ts';
import { TARGET_GROUP } from './kinds.ts';

/** The target groups that an action forwards to, with their weights where it states them. */
function groupsOf({ TargetGroupArn, ForwardConfig }: Action): { arn: string; weight?: number }[] {
  const weighted = (ForwardConfig?.TargetGroups ?? []).flatMap(({ TargetGroupArn: arn, Weight }) =>
    arn ? { arn, ...(Weight !== undefined && { weight: Weight }) } : [],
  );
  const isAmong = weighted.some(({ arn }) => arn === TargetGroupArn);
  return TargetGroupArn === undefined || isAmong ? weighted : [{ arn: TargetGroupArn }, ...weighted];
}

export const routesOf = (actions: readonly Action[]): RelationFact[] =>
  [...new Set(actions.flatMap((action) => groupsOf(action).map(({ arn }) => arn)))].map((arn) =>
    relation('routes-to', TARGET_GROUP, arn),
  );

/** The query of the request itself, which a redirect carries on. Any other may hold a token. */
const OWN_QUERY = '#{query}';

/**
 * What an action does. Elastic Load Balancing API Reference, Action, RedirectActionConfig. Queries, bodies and settings
 * of identity providers may hold secrets, and are left out.
 */
export function actionOf(action: Action): Json {
  const { Type, RedirectConfig, FixedResponseConfig } = action;
  const groups = groupsOf(action);
  const areWeighted = groups.some(({ weight }) => weight !== undefined);
  return stated({
    type: Type,
    ...(groups.length > 0 && {
      targetGroups: groups.map(({ arn }) => arn.split('/').at(-2) ?? arn),
      targetGroupArns: groups.map(({ arn }) => arn),
    }),
    weights: areWeighted ? groups.map(({ weight }) => weight ?? 1) : undefined,
    protocol: RedirectConfig?.Protocol,
    host: RedirectConfig?.Host,
    port: RedirectConfig?.Port,
    path: RedirectConfig?.Path,
    query: RedirectConfig?.Query === OWN_QUERY ? OWN_QUERY : undefined,
    statusCode: RedirectConfig?.StatusCode ?? FixedResponseConfig?.StatusCode,
  });
}

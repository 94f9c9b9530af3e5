import type { Resource } from '#model/resource.ts';
import { type Properties, seenOf } from '../graph.ts';
import { asObjects, asText } from '../values.ts';

/**
 * The containers of a service that are behind target groups: those that it states itself, those of the sets that another
 * controller made, and the groups that take turns with them. Amazon ECS API Reference, LoadBalancer, TaskSet,
 * AdvancedConfiguration.
 */
export function bindingsOf(service: Resource): Properties[] {
  const seen = seenOf(service);
  const sets = [...asObjects(seen.taskSets)].sort(
    (a, b) => Number(b.status === 'PRIMARY') - Number(a.status === 'PRIMARY'),
  );
  return [seen, ...sets]
    .flatMap(({ loadBalancers }) => asObjects(loadBalancers ?? null))
    .flatMap((bound) => {
      const alternate = asText(bound.alternateTargetGroupArn);
      return alternate === undefined ? [bound] : [bound, { ...bound, targetGroupArn: alternate }];
    });
}

/** The container that is behind one group. */
export const bindingTo = (service: Resource, group: Resource | undefined): Properties | undefined =>
  group && bindingsOf(service).find(({ targetGroupArn }) => targetGroupArn === group.id);

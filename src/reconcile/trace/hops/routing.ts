import type { Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { PathRequest } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { type Graph, type Properties, seenOf } from '../graph.ts';
import { fitsWildcard, isPatternWithin } from '../names.ts';
import { asNumber, asObjects, asText, asTexts } from '../values.ts';
import { nearOf, portsOf } from './listeners.ts';

export const RULE: Kind = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const TARGET_GROUP: Kind = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** What a listener does with a request: a rule's actions, or its own where no rule fits. */
export interface Routed {
  /** Undefined: the listener's default. */
  rule?: Resource;
  actions: Properties[];
  /** Conditions of the rule that this trace cannot tell: a header, a method, a source address. */
  open: string[];
}

/** A condition as the collector writes it: `path-pattern=/api/*,/v2/*`. */
interface Condition {
  field: string;
  values: string[];
  /** One of its values is a regular expression, which may hold too. */
  isOpen: boolean;
}

function conditionsOf(rule: Resource): Condition[] {
  const { conditions, hostRegexes, pathRegexes } = seenOf(rule);
  const regexes = new Set([...asTexts(hostRegexes), ...asTexts(pathRegexes)]);
  return asTexts(conditions).map((condition) => {
    const at = condition.indexOf('=');
    const values = condition.slice(at + 1).split(',');
    return {
      field: condition.slice(0, at),
      values: values.filter((value) => !regexes.has(value)),
      // an expression may hold a comma itself
      isOpen: [...regexes].some((regex) => condition.includes(regex)),
    };
  });
}

const actionsOf = (resource: Resource, property: string): Properties[] =>
  asObjects(seenOf(resource)[property]);

/** The rules of a listener, in the order in which they are tried, and why that may not be all. */
export function rulesOf(graph: Graph, listener: Resource): { rules: Resource[]; refusal?: Refusal } {
  const rules = [...graph.into(listener, 'part-of', RULE)].sort(
    (a, b) => (asNumber(seenOf(a).priority) ?? 0) - (asNumber(seenOf(b).priority) ?? 0),
  );
  const refusal = graph.unseen(RULE, nearOf(listener), listener.name);
  return { rules, ...(refusal && { refusal }) };
}

type Fit = 'fits' | 'open' | 'differs';

/** Host conditions have no case; paths do (Elastic Load Balancing, “Listener rules for your Application Load Balancer”). */
function fitOf({ field, values, isOpen }: Condition, request: PathRequest, sent: readonly string[]): Fit {
  const otherwise = isOpen ? 'open' : 'differs';
  if (field === 'host-header')
    return values.some((value) => fitsWildcard(request.host.toLowerCase(), value.toLowerCase()))
      ? 'fits'
      : otherwise;
  if (field === 'path-pattern')
    return values.some((value) => fitsWildcard(request.path, value)) ? 'fits' : otherwise;
  // a header that the CDN adds is there for the rule that asks for it
  if (field === 'http-header' && values.some((value) => sent.includes(value.toLowerCase()))) return 'fits';
  // what is followed is the request of a browser
  if (field === 'http-request-method') return values.includes('GET') ? 'fits' : 'differs';
  return 'open';
}

/** How one rule takes a request, and by which conditions that cannot be told. */
function matchOf(
  rule: Resource,
  request: PathRequest,
  sent: readonly string[],
): { fit: Fit; open: string[] } {
  const conditions = conditionsOf(rule);
  const fits = conditions.map((condition) => ({ condition, fit: fitOf(condition, request, sent) }));
  if (fits.some(({ fit }) => fit === 'differs')) return { fit: 'differs', open: [] };
  const open = fits.flatMap(({ condition, fit }) => (fit === 'open' ? [condition.field] : []));
  return { fit: open.length > 0 ? 'open' : 'fits', open };
}

/**
 * What a listener does with a request: the first rule that fits for certain. Rules before it that hang on what is not
 * known are given too.
 * @param sent names of headers, in lower case, that who asks adds to the request
 */
export function route(
  listener: Resource,
  rules: readonly Resource[],
  request: PathRequest,
  sent: readonly string[] = [],
): { taken: Routed; before: Routed[]; later: Resource[] } {
  const before: Routed[] = [];
  for (const [index, rule] of rules.entries()) {
    const { fit, open } = matchOf(rule, request, sent);
    if (fit === 'differs') continue;
    const routed = { rule, actions: actionsOf(rule, 'actions'), open };
    if (fit === 'open') before.push(routed);
    else
      return {
        taken: routed,
        before,
        later: rules.slice(index + 1).filter((one) => matchOf(one, request, sent).fit === 'fits'),
      };
  }
  return { taken: { actions: actionsOf(listener, 'defaultActions'), open: [] }, before, later: [] };
}

/** Whether one condition holds for no request for which the other one does not. */
function isWithinCondition(own: Condition, wide: Condition): boolean {
  if (own.field !== wide.field || own.isOpen) return false;
  const cased = (value: string) => (own.field === 'host-header' ? value.toLowerCase() : value);
  const isPattern = own.field === 'host-header' || own.field === 'path-pattern';
  return own.values.every((value) =>
    wide.values.some((other) => (isPattern ? isPatternWithin(cased(value), cased(other)) : value === other)),
  );
}

/** Whether a rule takes no request that the other one does not take. */
const isWithinRule = (own: readonly Condition[], wide: readonly Condition[]): boolean =>
  wide.every((condition) => own.some((one) => isWithinCondition(one, condition)));

/**
 * Whether a rule takes some of what another one takes, and nothing else: behind the other one it is never used. Of rules
 * that cross each other either order may be meant.
 */
export function isNarrower(rule: Resource, other: Resource): boolean {
  const [own, wide] = [conditionsOf(rule), conditionsOf(other)];
  return isWithinRule(own, wide) && !isWithinRule(wide, own);
}

/** The target groups that actions lead to, by ARN or by name, each once; one of weight 0 gets nothing. */
export const groupsOf = (actions: readonly Properties[]): string[] => [
  ...new Set(
    actions.flatMap((action) => {
      const arns = asTexts(action.targetGroupArns);
      const groups = arns.length > 0 ? arns : asTexts(action.targetGroups);
      const weights = Array.isArray(action.weights) ? action.weights : [];
      const weighs = weights.some((weight) => weight !== 0);
      return groups.filter((_, index) => !weighs || weights[index] !== 0);
    }),
  ),
];

/** The paths that a load balancer's rules and health checks speak of. */
export function prefixesOf(graph: Graph, balancer: Resource): { paths: string[]; refusal?: Refusal } {
  const { ports, refusal } = portsOf(graph, balancer);
  const read = ports.map(({ listener }) => rulesOf(graph, listener));
  const rules = read.flatMap((one) => one.rules);
  const groups = graph.into(balancer, 'part-of', TARGET_GROUP);
  const missed = refusal ?? read.find((one) => one.refusal)?.refusal;
  return {
    paths: [
      ...rules.flatMap(conditionsOf).flatMap(({ field, values }) => (field === 'path-pattern' ? values : [])),
      ...groups.flatMap((group) => asText(seenOf(group).healthCheckPath) ?? []),
    ].filter((path) => path !== '*' && path !== '/*'),
    ...(missed && { refusal: missed }),
  };
}

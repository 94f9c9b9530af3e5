import type { Json } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code, codes } from '#model/text.ts';
import { type Decision, evaluate, statementsOf } from '../../predict/policy.ts';
import { say } from '../checks.ts';
import { seenOf } from '../graph.ts';
import { detailRefused } from './network.ts';
import type { Verdict } from './verdict.ts';

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEverybody = (principal: Json | undefined): boolean =>
  principal === '*' ||
  (isObject(principal) && Object.values(principal).some((one) => [one].flat().includes('*')));

/** A policy in which a statement for some principals alone holds perhaps: who asks is not known here. */
function forAnybody(document: Json): Json {
  const statements = statementsOf(document).map((statement) =>
    isEverybody(statement.Principal)
      ? statement
      : {
          ...statement,
          Condition: { ...(isObject(statement.Condition) && statement.Condition), Principal: {} },
        },
  );
  return { Statement: statements as Json[] };
}

/** Whether an endpoint's policy lets an action on a resource through it. “Control access to VPC endpoints using endpoint policies”. */
export const decisionOf = (document: Json, action: string, resource: string | undefined): Decision =>
  evaluate([forAnybody(document)], { action, resource }, true);

/** Nothing where nobody says what is asked for. */
export function policyVerdict(
  endpoint: Resource,
  asked: {
    actions: readonly string[];
    resource: string | undefined;
    way: string;
    subnets: readonly string[];
  },
): Verdict[] {
  const { actions, resource, way, subnets } = asked;
  if (actions.length === 0) return [];
  const name = code(endpoint.name);
  const shown = resource?.replace(/⟨[^⟨⟩]*⟩/g, '*');
  const { policyDocument: policy, serviceName } = seenOf(endpoint);
  const base = {
    id: 'endpoint-policy-denies',
    topic: `${endpoint.name} ${actions.join()} ${resource ?? ''}`,
    at: endpoint,
    way,
    subnets,
  } as const;
  if (policy === undefined)
    return [
      {
        ...base,
        result: 'unknown',
        text: say(
          `La politique du point de terminaison ${name} n’a pas été lue`,
          `The policy of endpoint ${name} was not read`,
        ),
        refusal: detailRefused(endpoint),
      },
    ];
  const decisions = actions.map((action) => ({ action, decision: decisionOf(policy, action, resource) }));
  const of = (decision: Decision) =>
    decisions.flatMap((one) => (one.decision === decision ? one.action : []));
  const [denied, undecided] = [of('denied'), of('unknown')];
  const values = {
    vpcEndpointId: endpoint.name,
    actions: denied.length > 0 ? denied : [...actions],
    ...(shown !== undefined && { resource: shown }),
    ...(typeof serviceName === 'string' && { serviceName }),
    ...(endpoint.region !== undefined && { region: endpoint.region }),
  };
  if (denied.length > 0) {
    const names = codes(denied);
    const on = shown === undefined ? say('', '') : say(` sur ${code(shown)}`, ` on ${code(shown)}`);
    return [
      {
        ...base,
        result: 'fail',
        values,
        text: say(
          `La politique du point de terminaison ${name} ne laisse pas passer ${names.fr}${on.fr}`,
          `The policy of endpoint ${name} does not let ${names.en}${on.en} through`,
        ),
      },
    ];
  }
  if (undecided.length > 0)
    return [
      {
        ...base,
        result: 'unknown',
        values,
        text: say(
          `Des conditions de la politique du point de terminaison ${name} décident de ${codes(undecided).fr}`,
          `Conditions of the policy of endpoint ${name} decide on ${codes(undecided).en}`,
        ),
      },
    ];
  return [
    {
      ...base,
      result: 'pass',
      values,
      text: say(
        `La politique du point de terminaison ${name} laisse passer ${codes(actions).fr}`,
        `The policy of endpoint ${name} lets ${codes(actions).en} through`,
      ),
    },
  ];
}

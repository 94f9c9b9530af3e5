import type { Json } from '#model/fact.ts';
import type { Caller } from '#model/prediction.ts';
import { type Decision, fits, statementsOf, textsOf } from './policy.ts';

const GITHUB = 'token.actions.githubusercontent.com';

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The `sub` claims that a job's token may bear. GitHub documentation, “About security hardening with OpenID Connect”:
 * an environment goes before all else, then a pull request, then the reference.
 */
function subjectsOf({ repository, environment, event, branch }: Caller): string[] | undefined {
  if (repository === undefined || environment?.includes('⟨')) return undefined;
  if (environment !== undefined) return [`repo:${repository}:environment:${environment}`];
  if (event === 'pull_request') return [`repo:${repository}:pull_request`];
  return branch === undefined ? undefined : [`repo:${repository}:ref:refs/heads/${branch}`];
}

/** One condition of a trust statement on the token: whether it holds, as far as it can be told. */
function holds(operator: string, key: string, values: readonly string[], caller: Caller): Decision {
  const isLike = /^(?:ForAnyValue:|ForAllValues:)?StringLike(?:IfExists)?$/.test(operator);
  if (!isLike && !/^(?:ForAnyValue:|ForAllValues:)?StringEquals(?:IgnoreCase)?(?:IfExists)?$/.test(operator))
    return 'unknown';
  const accepts = (text: string) => values.some((one) => (isLike ? fits(one, text) : one === text));
  if (key === `${GITHUB}:aud`) return accepts('sts.amazonaws.com') ? 'allowed' : 'unknown';
  if (key === `${GITHUB}:repository` && caller.repository !== undefined)
    return accepts(caller.repository) ? 'allowed' : 'denied';
  if (key !== `${GITHUB}:sub`) return 'unknown';
  const subjects = subjectsOf(caller);
  // a subject that holds ids, or claims of an own choice, is not this one
  if (!subjects || values.some((one) => /@\d|^(?!repo:|\*)/.test(one))) return 'unknown';
  return subjects.some(accepts) ? 'allowed' : 'denied';
}

/**
 * Whether a role's trust policy accepts the token of a job on GitHub. `denied` only where every statement for GitHub's
 * provider rules it out by a condition that can be evaluated.
 */
export function accepts(trust: Json | undefined, caller: Caller): Decision {
  if (!isObject(trust)) return 'unknown';
  const statements = statementsOf(trust).filter(
    ({ Effect, Action, Principal }) =>
      Effect === 'Allow' &&
      textsOf(Action).some((action) => fits(action.toLowerCase(), 'sts:assumerolewithwebidentity')) &&
      isObject(Principal) &&
      textsOf(Principal.Federated).some((one) => one.endsWith(`oidc-provider/${GITHUB}`)),
  );
  const decisions = statements.map(({ Condition }): Decision => {
    if (!isObject(Condition)) return 'allowed';
    const all = Object.entries(Condition).flatMap(([operator, keys]) =>
      isObject(keys)
        ? Object.entries(keys).map(([key, value]) =>
            holds(operator, key.toLowerCase(), textsOf(value), caller),
          )
        : (['unknown'] as const),
    );
    return all.includes('denied') ? 'denied' : all.includes('unknown') ? 'unknown' : 'allowed';
  });
  if (decisions.includes('allowed')) return 'allowed';
  return decisions.includes('unknown') ? 'unknown' : 'denied';
}

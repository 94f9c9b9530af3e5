import type { Json } from '#model/fact.ts';
import type { Caller } from '#model/prediction.ts';
import { fits, relate } from './glob.ts';
import { type Decision, statementsOf, textsOf } from './policy.ts';

const GITHUB = 'token.actions.githubusercontent.com';

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The `sub` claim that a job's token bears, `⟨…⟩` for what is not known of it. GitHub documentation, “OpenID Connect
 * reference”: an environment goes before all else, then a pull request, then the reference. A workflow that others call
 * bears the claim of the one that calls it.
 */
function subjectOf({ repository, environment, event, branch }: Caller): string {
  const isCalled = event === 'workflow_call';
  const start = `repo:${(!isCalled && repository) || '⟨repository⟩'}:`;
  // an environment that only the run knows may be none
  if (environment?.includes('⟨')) return `${start}⟨context⟩`;
  if (environment !== undefined) return `${start}environment:${environment}`;
  if (event === 'pull_request') return `${start}pull_request`;
  if (isCalled || event === 'pull_request_target') return `${start}⟨context⟩`;
  return branch === undefined ? `${start}ref:refs/⟨ref⟩` : `${start}ref:refs/heads/${branch}`;
}

/** One condition of a trust statement on the token: whether it holds, as far as it can be told. */
function holds(operator: string, key: string, values: readonly string[], caller: Caller): Decision {
  const isLike = /^(?:ForAnyValue:|ForAllValues:)?StringLike(?:IfExists)?$/.test(operator);
  if (!isLike && !/^(?:ForAnyValue:|ForAllValues:)?StringEquals(?:IgnoreCase)?(?:IfExists)?$/.test(operator))
    return 'unknown';
  const accepts = (text: string) => values.some((one) => (isLike ? fits(one, text) : one === text));
  if (key === `${GITHUB}:aud`) return accepts('sts.amazonaws.com') ? 'allowed' : 'unknown';
  if (key === `${GITHUB}:repository` && caller.repository !== undefined && caller.event !== 'workflow_call') {
    if (accepts(caller.repository)) return 'allowed';
    const own = caller.repository.toLowerCase();
    return values.some((one) => fits(one.toLowerCase(), own)) ? 'unknown' : 'denied';
  }
  if (key !== `${GITHUB}:sub`) return 'unknown';
  const subject = subjectOf(caller);
  const relations = values.map((one) => relate(one, subject, !isLike));
  if (relations.includes('fits')) return 'allowed';
  // a subject that holds ids, or claims of an own choice, is not this one; a clone may write its name in other letters
  const isOther = (one: string) =>
    /@\d|^(?!repo:|\*)/.test(one) || relate(one.toLowerCase(), subject.toLowerCase(), !isLike) !== 'apart';
  return values.some(isOther) ? 'unknown' : 'denied';
}

/** The statements that let tokens of GitHub's provider in. */
const forGitHub = (trust: Json) =>
  statementsOf(trust).filter(
    ({ Effect, Action, Principal }) =>
      Effect === 'Allow' &&
      textsOf(Action).some((action) => fits(action.toLowerCase(), 'sts:assumerolewithwebidentity')) &&
      isObject(Principal) &&
      textsOf(Principal.Federated).some((one) => one.endsWith(`oidc-provider/${GITHUB}`)),
  );

/** The subjects that a trust policy names for GitHub's tokens, as it writes them. */
export const subjectsIn = (trust: Json | undefined): string[] =>
  (isObject(trust) ? forGitHub(trust) : []).flatMap(({ Condition }) =>
    Object.values(isObject(Condition) ? Condition : {}).flatMap((keys) =>
      isObject(keys)
        ? Object.entries(keys).flatMap(([key, value]) =>
            key.toLowerCase() === `${GITHUB}:sub` ? textsOf(value) : [],
          )
        : [],
    ),
  );

/**
 * Whether a role's trust policy accepts the token of a job on GitHub. `denied` only where every statement for GitHub's
 * provider rules it out by a condition that can be evaluated.
 */
export function accepts(trust: Json | undefined, caller: Caller): Decision {
  if (!isObject(trust)) return 'unknown';
  const decisions = forGitHub(trust).map(({ Condition }): Decision => {
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

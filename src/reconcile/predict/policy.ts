import type { Json } from '#model/fact.ts';

/** What policies say of a request. `unknown`: a condition or a document that nobody can evaluate here decides. */
export type Decision = 'allowed' | 'denied' | 'unknown';

interface Statement {
  Effect?: Json;
  Action?: Json;
  NotAction?: Json;
  Resource?: Json;
  NotResource?: Json;
  Condition?: Json;
  Principal?: Json;
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The statements of a policy document; a single one may stand without its list. */
export function statementsOf(document: Json | undefined): Statement[] {
  if (!isObject(document)) return [];
  return [document.Statement ?? []].flat().filter(isObject) as Statement[];
}

export const textsOf = (value: Json | undefined): string[] =>
  [value ?? []].flat().filter((one): one is string => typeof one === 'string');

/** Whether a text fits a pattern with `*` and `?`. IAM User Guide, “Using wildcards”. Linear in the text for each star. */
export function fits(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** Actions are compared without regard to case; ARNs with it. */
const names = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase()));

/** Whether a statement speaks of a request: surely, not, or only if something holds that is not known here. */
function concerns(statement: Statement, action: string, resource: string | undefined): boolean | 'maybe' {
  const [actions, notActions] = [textsOf(statement.Action), textsOf(statement.NotAction)];
  if (notActions.length > 0 ? names(notActions, action) : !names(actions, action)) return false;
  const [resources, others] = [textsOf(statement.Resource), textsOf(statement.NotResource)];
  let sure = statement.Condition === undefined;
  // a policy variable stands for what only the request knows
  if (resources.concat(others).some((one) => one.includes('${'))) sure = false;
  else if (others.length > 0) {
    if (resource === undefined) sure = false;
    else if (others.some((one) => fits(one, resource))) return false;
  } else if (!resources.includes('*')) {
    if (resource === undefined) sure = false;
    else if (!resources.some((one) => fits(one, resource))) return false;
  }
  return sure || 'maybe';
}

/**
 * What the identity's own policies say of one request. IAM User Guide, “Policy evaluation logic”: an explicit denial
 * wins, and what nothing allows is denied.
 * @param resource the ARN that is asked for; undefined when it is not known
 * @param complete false when some document of the identity could not be read
 */
export function evaluate(
  documents: readonly Json[],
  action: string,
  resource: string | undefined,
  complete: boolean,
): Decision {
  let allowed: boolean | 'maybe' = false;
  let denied: boolean | 'maybe' = false;
  for (const statement of documents.flatMap(statementsOf)) {
    const verdict = concerns(statement, action, resource);
    if (verdict === false) continue;
    if (statement.Effect === 'Deny') denied = denied === true ? true : verdict;
    else if (statement.Effect === 'Allow') allowed = allowed === true ? true : verdict;
  }
  if (denied === true) return 'denied';
  if (denied === 'maybe' || allowed === 'maybe') return 'unknown';
  if (allowed) return complete ? 'allowed' : 'unknown';
  return complete ? 'denied' : 'unknown';
}

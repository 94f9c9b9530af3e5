import type { Json } from '#model/fact.ts';
import { fits, type Relation, relate } from './glob.ts';

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

/** Actions are compared without regard to case; ARNs with it. */
const names = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase()));

/** What is asked of IAM. */
export interface Request {
  action: string;
  /** The ARN that it is asked for, `⟨…⟩` for the parts that are not known; undefined when none of it is. */
  resource?: string | undefined;
  /** Condition keys whose values are known, in lower case. */
  context?: Readonly<Record<string, string>>;
}

/** How a list of patterns stands to an ARN: as the one of them that stands nearest. */
function nearest(patterns: readonly string[], resource: string | undefined): Relation {
  if (patterns.includes('*')) return 'fits';
  if (resource === undefined) return 'maybe';
  const all = patterns.map((one) => relate(one, resource));
  return all.includes('fits') ? 'fits' : all.includes('maybe') ? 'maybe' : 'apart';
}

/** Whether the conditions of a statement hold, as far as what is known of the request tells. */
function conditionHolds(condition: Json | undefined, context: Readonly<Record<string, string>>): Relation {
  if (condition === undefined) return 'fits';
  if (!isObject(condition)) return 'maybe';
  const all = Object.entries(condition).flatMap(([operator, keys]): Relation[] => {
    const [, comparison] = /^(StringEquals|StringLike)(?:IfExists)?$/.exec(operator) ?? [];
    if (comparison === undefined || !isObject(keys)) return ['maybe'];
    return Object.entries(keys).map(([key, values]) => {
      const is = context[key.toLowerCase()];
      if (is === undefined) return 'maybe';
      const isLike = comparison === 'StringLike';
      return textsOf(values).some((one) => (isLike ? fits(one, is) : one === is)) ? 'fits' : 'apart';
    });
  });
  return all.includes('apart') ? 'apart' : all.includes('maybe') ? 'maybe' : 'fits';
}

/** Whether a statement speaks of a request: surely, not, or only if something holds that is not known here. */
function concerns(statement: Statement, { action, resource, context = {} }: Request): boolean | 'maybe' {
  const [actions, notActions] = [textsOf(statement.Action), textsOf(statement.NotAction)];
  if (notActions.length > 0 ? names(notActions, action) : !names(actions, action)) return false;
  const condition = conditionHolds(statement.Condition, context);
  if (condition === 'apart') return false;
  const [resources, others] = [textsOf(statement.Resource), textsOf(statement.NotResource)];
  // a policy variable stands for what only the request knows
  if (resources.concat(others).some((one) => one.includes('${'))) return 'maybe';
  const place = nearest(others.length > 0 ? others : resources, resource);
  if (place === (others.length > 0 ? 'fits' : 'apart')) return false;
  return (condition === 'fits' && place !== 'maybe') || 'maybe';
}

/**
 * What the identity's own policies say of one request. IAM User Guide, “Policy evaluation logic”: an explicit denial
 * wins, and what nothing allows is denied.
 * @param complete false when some document of the identity could not be read
 */
export function evaluate(documents: readonly Json[], request: Request, complete: boolean): Decision {
  let allowed: boolean | 'maybe' = false;
  let denied: boolean | 'maybe' = false;
  for (const statement of documents.flatMap(statementsOf)) {
    const verdict = concerns(statement, request);
    if (verdict === false) continue;
    if (statement.Effect === 'Deny') denied = denied === true ? true : verdict;
    else if (statement.Effect === 'Allow') allowed = allowed === true ? true : verdict;
  }
  if (denied === true) return 'denied';
  if (denied === 'maybe' || allowed === 'maybe') return 'unknown';
  if (allowed) return complete ? 'allowed' : 'unknown';
  return complete ? 'denied' : 'unknown';
}

import { symbol } from '../cloudformation/functions.ts';
import { DEEPEST, type Expression, type Made, type ObjectExpression, type Source } from './source.ts';

/** A class as it is made at one place: what its constructor is given there. */
export interface Instance {
  made: Made;
  scope: Scope;
  region?: string;
  account?: string;
}

/** Where an expression stands, and so what its names mean. */
export interface Scope {
  source: Source;
  /** The class around it. */
  owner?: string;
  instance?: Instance;
  /** Values of `context` in `cdk.json`. */
  context: ReadonlyMap<string, string>;
}

export interface Resolved {
  expression: Expression;
  scope: Scope;
}

const ABSENT: Expression = { is: 'unknown' };
const LONGEST = 1_000;
/** Steps that one question may take: names that stand for each other twice over would take for ever. */
const MOST_STEPS = 5_000;

interface Steps {
  left: number;
}

/** How far one question has gone. */
interface Way {
  depth: number;
  steps: Steps;
}

/** What a class is given under a key: in its properties, or as a keyword. */
function given(scope: Scope, key: string, way: Way): Resolved | 'absent' | undefined {
  const { instance } = scope;
  const options = instance?.made.options;
  return instance && options ? heldBy(options, key, instance.scope, way) : undefined;
}

/** What an object has under a key, by itself or by what is spread into it: the last one counts. */
function heldBy(
  { entries, spreads = [], open }: ObjectExpression,
  key: string,
  scope: Scope,
  { depth, steps }: Way,
): Resolved | 'absent' | undefined {
  const entry = entries.get(key);
  const own = entry && { expression: entry.value, scope };
  for (const { value, offset } of spreads.toReversed()) {
    if (entry && offset < entry.offset) break;
    steps.left -= 1;
    if (depth > DEEPEST || steps.left < 0) return undefined;
    const held = spreadOf(value, key, scope, { depth: depth + 1, steps });
    if (held !== 'absent') return held ?? own;
  }
  if (own) return own;
  return open && spreads.length === 0 ? undefined : 'absent';
}

/** What an object that is spread has under a key; the properties of the class around may be such a one. */
function spreadOf(value: Expression, key: string, scope: Scope, way: Way): ReturnType<typeof given> {
  const known = scope.owner === undefined ? undefined : scope.source.classes.get(scope.owner);
  if (value.is === 'name' && known?.props === value.path) return given(scope, key, way);
  const at = resolve(value, scope, way.depth, way.steps);
  return at.expression.is === 'object' ? heldBy(at.expression, key, at.scope, way) : undefined;
}

/** Follows names to what they stand for, as far as the program tells it. */
export function resolve(
  expression: Expression,
  scope: Scope,
  depth = 0,
  steps: Steps = { left: MOST_STEPS },
): Resolved {
  steps.left -= 1;
  if (depth > DEEPEST || steps.left < 0) return { expression: ABSENT, scope };
  if (expression.is === 'either') {
    const left = resolve(expression.left, scope, depth + 1, steps);
    // a deployment that gives no context of its own has what stands behind
    const isDefault = left.expression.is === 'made' && contextKey(left.expression) !== undefined;
    return isDefault || isAbsent(expression.left, scope, { depth, steps })
      ? resolve(expression.right, scope, depth + 1, steps)
      : left;
  }
  if (expression.is === 'made') {
    const key = contextKey(expression);
    const value = key === undefined ? undefined : scope.context.get(key);
    return value === undefined ? { expression, scope } : { expression: { is: 'text', text: value }, scope };
  }
  if (expression.is !== 'name') return { expression, scope };
  const [head = '', ...members] = expression.path.split('.');
  const path = head === 'this' && members.length > 0 ? `this.${members.shift()}` : head;
  const found = lookUp(path, members, scope, { depth, steps });
  if (!found) return { expression, scope };
  let at = resolve(found.value.expression, found.value.scope, depth + 1, steps);
  for (const member of found.rest) {
    if (at.expression.is === 'name')
      return resolve({ is: 'name', path: `${at.expression.path}.${member}` }, at.scope, depth + 1, steps);
    const entry = at.expression.is === 'object' ? at.expression.entries.get(member) : undefined;
    if (!entry) return { expression: { is: 'name', path: expression.path }, scope };
    at = resolve(entry.value, at.scope, depth + 1, steps);
  }
  return at;
}

/** The key that `node.tryGetContext('key')` asks for. */
function contextKey({ callee, args: [key] }: Made): string | undefined {
  return /\.(?:tryGetContext|try_get_context)$/.test(callee) && key?.is === 'text' ? key.text : undefined;
}

function lookUp(
  path: string,
  members: readonly string[],
  scope: Scope,
  way: Way,
): { value: Resolved; rest: readonly string[] } | undefined {
  const { source, owner } = scope;
  const known = owner === undefined ? undefined : source.classes.get(owner);
  const id = known?.id === path ? scope.instance?.made.args[1] : undefined;
  if (id && scope.instance) return { value: { expression: id, scope: scope.instance.scope }, rest: members };
  if (known?.props === path && members[0] !== undefined) {
    const value = given(scope, members[0], way);
    return value === undefined || value === 'absent' ? undefined : { value, rest: members.slice(1) };
  }
  if (known?.keywords.has(path)) {
    const value = given(scope, camelOf(path), way);
    return value === undefined || value === 'absent' ? undefined : { value, rest: members };
  }
  for (const key of owner === undefined ? [`:${path}`] : [`${owner}:${path}`, `:${path}`]) {
    if (!source.assigned.has(key)) continue;
    const expression = source.assigned.get(key);
    return expression && { value: { expression, scope }, rest: members };
  }
  return undefined;
}

const camelOf = (name: string): string =>
  name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Whether a key of the properties is surely not given, so that the other side of `??` counts. */
function isAbsent(expression: Expression, scope: Scope, way: Way): boolean {
  if (expression.is !== 'name' || scope.owner === undefined) return false;
  const [head = '', member, ...rest] = expression.path.replaceAll('?', '').split('.');
  const known = scope.source.classes.get(scope.owner);
  return (
    known?.props === head &&
    member !== undefined &&
    rest.length === 0 &&
    given(scope, member, way) === 'absent'
  );
}

/** A text with all that is not known as `⟨…⟩`; undefined for what is no text at all. */
export function textOf(
  expression: Expression,
  scope: Scope,
  depth = 0,
  steps: Steps = { left: MOST_STEPS },
): string | undefined {
  if (depth > DEEPEST || steps.left < 0) return symbol('…');
  const at = resolve(expression, scope, depth, steps);
  const found = at.expression;
  if (found.is === 'text') return found.text.slice(0, LONGEST);
  if (found.is === 'value') return String(found.value);
  if (found.is === 'parts') {
    const whole = found.parts.map((part) => textOf(part, at.scope, depth + 1, steps) ?? symbol('…')).join('');
    return whole.length > LONGEST ? symbol('…') : whole;
  }
  if (found.is === 'name') return pseudo(found.path, scope) ?? symbol(found.path.replace(/^this\./, ''));
  if (found.is === 'made') return symbol(contextKey(found) ?? `${found.callee}()`);
  return found.is === 'object' ? undefined : symbol('…');
}

/** The account and region of the stack around. */
function pseudo(path: string, { instance }: Scope): string | undefined {
  if (/^(?:cdk\.)?Aws\.ACCOUNT_ID$|(?:^|\.)account$/.test(path))
    return instance?.account ?? symbol('AWS::AccountId');
  if (/^(?:cdk\.)?Aws\.REGION$|(?:^|\.)region$/.test(path)) return instance?.region ?? symbol('AWS::Region');
  return undefined;
}

/** The entries of an object of properties, with their scope. */
export function objectOf(
  expression: Expression | undefined,
  scope: Scope,
): { object: ObjectExpression; scope: Scope } | undefined {
  const at = expression && resolve(expression, scope);
  return at?.expression.is === 'object' ? { object: at.expression, scope: at.scope } : undefined;
}

import { evaluate } from './evaluate.ts';
import type { Expression } from './hcl/nodes.ts';
import type { Scope } from './scope.ts';
import { isList, isMap, type Value } from './values.ts';

const DEEPEST = 8;

/**
 * A value as its variable's type makes it: `optional` attributes that were not given have their default, or null.
 * Terraform documentation, “Type Constraints”.
 */
export function withTypeDefaults(value: Value, type: Expression, scope: Scope, depth = 0): Value {
  if (type.type !== 'call' || depth > DEEPEST) return value;
  const [inner] = type.arguments;
  if (!inner) return value;
  const of = (one: Value, by: Expression) => withTypeDefaults(one, by, scope, depth + 1);
  if (type.name === 'optional') return of(value, inner);
  if (isList(value) && (type.name === 'list' || type.name === 'set'))
    return value.map((item) => of(item, inner));
  if (!isMap(value)) return value;
  if (type.name === 'map') return new Map([...value].map(([key, one]) => [key, of(one, inner)]));
  if (type.name !== 'object' || inner.type !== 'object') return value;
  const whole = new Map<string, Value>();
  for (const { key, value: attribute } of inner.entries) {
    if (key.type !== 'literal') continue;
    const given = value.get(String(key.value));
    const initial = attribute.type === 'call' ? attribute.arguments[1] : undefined;
    if (given !== undefined && !(given === null && initial))
      whole.set(String(key.value), of(given, attribute));
    else whole.set(String(key.value), initial ? of(evaluate(initial, scope), attribute) : null);
  }
  return whole;
}

import { callFunction } from './functions.ts';
import type { Expression, ForExpression, TemplatePart } from './hcl/nodes.ts';
import { operate } from './operators.ts';
import { type Scope, withNames } from './scope.ts';
import {
  Handle,
  isList,
  isMap,
  isOpen,
  knownText,
  MOST_ITEMS,
  Open,
  Outputs,
  symbol,
  textOf,
  textValue,
  type Value,
} from './values.ts';

/**
 * What an expression is worth, as far as the files say it: without a provider, a state or a run. What is not known stays
 * in the result as `⟨what⟩`. Terraform documentation, “Expressions”.
 * @throws OverBudget when the scope's budget is spent.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  return scope.budget.nested(
    () => worthOf(expression, scope),
    () => new Open('⟨…⟩'),
  );
}

function worthOf(expression: Expression, scope: Scope): Value {
  switch (expression.type) {
    case 'literal':
      return expression.value;
    case 'template':
      return templateOf(expression.parts, scope);
    case 'tuple':
      return expression.items.slice(0, MOST_ITEMS).map((item) => evaluate(item, scope));
    case 'object':
      return objectOf(expression.entries, scope);
    case 'variable':
      return scope.bound.get(expression.name) ?? new Open(symbol(expression.name));
    case 'attribute':
      return attributeOf(expression, scope);
    case 'index':
      return indexed(evaluate(expression.of, scope), evaluate(expression.key, scope), expression);
    case 'splat':
      return splat(expression, scope);
    case 'element':
      return scope.element ?? new Open('⟨…⟩');
    case 'call':
      return callFunction(expression, scope);
    case 'for':
      return loop(expression, scope);
    case 'conditional':
      return choice(expression, scope);
    case 'unary':
    case 'binary':
      return operate(expression, scope);
  }
}

/** What an expression is called in a symbol: `var.name`, `data.x.y.id`, `lower(var.name)`. */
export function described(expression: Expression, depth = 0): string {
  if (depth > 12) return '…';
  const inner = (one: Expression) => described(one, depth + 1);
  switch (expression.type) {
    case 'variable':
      return expression.name;
    case 'attribute':
      return `${inner(expression.of)}.${expression.name}`;
    case 'index':
      return `${inner(expression.of)}[${inner(expression.key)}]`;
    case 'splat':
      return `${inner(expression.of)}[*]`;
    case 'literal':
      return typeof expression.value === 'string' ? expression.value.slice(0, 40) : String(expression.value);
    case 'call':
      return `${expression.name}(${expression.arguments.slice(0, 3).map(inner).join(', ')})`;
    default:
      return '…';
  }
}

function templateOf(parts: readonly TemplatePart[], scope: Scope): Value {
  const [only] = parts;
  // `"${x}"` is x itself
  if (parts.length === 1 && only !== undefined && typeof only !== 'string' && only.type === 'value')
    return evaluate(only.value, scope);
  return textValue(partsText(parts, scope));
}

function partsText(parts: readonly TemplatePart[], scope: Scope): string {
  let text = '';
  for (const part of parts) {
    if (text.length > 100_000) return '⟨…⟩';
    text += typeof part === 'string' ? part : partText(part, scope);
  }
  return text;
}

function partText(part: Exclude<TemplatePart, string>, scope: Scope): string {
  if (part.type === 'value') return textOf(evaluate(part.value, scope)) ?? symbol(described(part.value));
  if (part.type === 'if') {
    const condition = truth(evaluate(part.condition, scope));
    return condition === undefined ? '⟨…⟩' : partsText(condition ? part.yes : part.no, scope);
  }
  const items = entriesOf(evaluate(part.of, scope));
  if (!items) return symbol(described(part.of));
  let text = '';
  for (const [key, value] of items) {
    text += partsText(part.body, withNames(scope, namesOf(part, key, value)));
    if (text.length > 100_000) return '⟨…⟩';
  }
  return text;
}

function objectOf(entries: readonly { key: Expression; value: Expression }[], scope: Scope): Value {
  const found = new Map<string, Value>();
  for (const { key, value } of entries.slice(0, MOST_ITEMS)) {
    const name = textOf(evaluate(key, scope));
    if (name !== undefined) found.set(name, evaluate(value, scope));
  }
  return found;
}

function attributeOf(expression: Expression & { type: 'attribute' }, scope: Scope): Value {
  const { of, name } = expression;
  if (of.type === 'variable' && !scope.bound.has(of.name)) return named(of.name, name, scope);
  if (
    of.type === 'attribute' &&
    of.of.type === 'variable' &&
    of.of.name === 'data' &&
    !scope.bound.has('data')
  )
    return scope.data(of.name, name);
  return access(evaluate(of, scope), name, expression);
}

function named(root: string, name: string, scope: Scope): Value {
  if (root === 'each')
    return (name === 'key' ? scope.each?.key : scope.each?.value) ?? new Open(symbol(`each.${name}`));
  if (root === 'count') return scope.count ?? new Open('⟨count.index⟩');
  return scope.named(root, name);
}

/** An attribute of a value; an error where a known object has none of that name. */
function access(base: Value, name: string, expression: Expression): Value {
  if (isMap(base)) return base.get(name) ?? new Open(symbol(described(expression)), true);
  if (base instanceof Handle)
    return base.attribute === undefined
      ? base.resource.attribute(name)
      : new Open(symbol(`${base.text.slice(1, -1)}.${name}`));
  if (base instanceof Outputs) return base.output(name);
  // A resource with `count` was written without its index
  if (isList(base) && base.length === 1) return access(base[0] ?? null, name, expression);
  return new Open(symbol(described(expression)), base === null || typeof base !== 'object');
}

function indexed(base: Value, key: Value, expression: Expression): Value {
  if (isList(base) && !isOpen(key)) {
    const index = Number(knownText(key) ?? Number.NaN);
    const item = Number.isInteger(index) ? base[index] : undefined;
    return item === undefined ? new Open(symbol(described(expression)), true) : item;
  }
  const name = knownText(key);
  // One for all, where their number is not known
  if (base instanceof Handle && base.attribute === undefined && base.resource.isOneForAll) return base;
  return name === undefined ? new Open(symbol(described(expression))) : access(base, name, expression);
}

function splat({ of, each, at }: Expression & { type: 'splat' }, scope: Scope): Value {
  const base = evaluate(of, scope);
  if (base === null) return [];
  if (base instanceof Open) return new Open(symbol(described({ type: 'splat', of, each, at })));
  const items = isList(base)
    ? base
    : isMap(base) && [...base.values()].some(isOpen)
      ? [...base.values()]
      : [base];
  return items.slice(0, MOST_ITEMS).map((element) => evaluate(each, { ...scope, element }));
}

/** Keys and values in the order in which `for` visits them; undefined where they are not known. */
export function entriesOf(value: Value): [key: Value, value: Value][] | undefined {
  if (isList(value)) return value.map((item, index) => [index, item]);
  if (isMap(value)) return [...value].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return undefined;
}

const namesOf = (
  names: { key?: string; value: string },
  key: Value,
  value: Value,
): (readonly [string, Value])[] => [
  [names.value, value],
  ...(names.key === undefined ? [] : [[names.key, key] as const]),
];

function loop(expression: ForExpression, scope: Scope): Value {
  const entries = entriesOf(evaluate(expression.of, scope));
  const unknown = () => new Open(symbol(`for … in ${described(expression.of)}`));
  if (!entries) return unknown();
  const list: Value[] = [];
  const map = new Map<string, Value>();
  for (const [key, value] of entries) {
    const inner = withNames(scope, namesOf(expression, key, value));
    const kept = expression.condition ? truth(evaluate(expression.condition, inner)) : true;
    if (kept === undefined) return unknown();
    if (!kept) continue;
    const result = evaluate(expression.result, inner);
    if (!expression.keyResult) {
      list.push(result);
      continue;
    }
    const name = knownText(evaluate(expression.keyResult, inner));
    if (name === undefined) return unknown();
    const before = map.get(name);
    if (expression.grouped) map.set(name, [...(before && isList(before) ? before : []), result]);
    else map.set(name, result);
  }
  return expression.keyResult ? map : list;
}

/** A condition as Terraform takes it; undefined where it is not known. */
export function truth(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function choice({ condition, yes, no }: Expression & { type: 'conditional' }, scope: Scope): Value {
  const chosen = truth(evaluate(condition, scope));
  if (chosen !== undefined) return evaluate(chosen ? yes : no, scope);
  const [first, second] = [evaluate(yes, scope), evaluate(no, scope)];
  return first === second && typeof first !== 'object'
    ? first
    : new Open(symbol(`${described(condition)} ? … : …`));
}

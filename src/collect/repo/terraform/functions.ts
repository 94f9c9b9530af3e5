import { described, evaluate } from './evaluate.ts';
import { collections } from './functions-collections.ts';
import { texts } from './functions-texts.ts';
import { HclError } from './hcl/cursor.ts';
import type { Expression } from './hcl/nodes.ts';
import { readTemplate } from './hcl/templates.ts';
import { type Scope, withNames } from './scope.ts';
import { isList, isMap, isOpen, knownText, Open, symbol, textValue, type Value } from './values.ts';

type Call = Expression & { type: 'call' };

/** Gives undefined where the result is not known. */
export type TerraformFunction = (values: readonly Value[]) => Value | undefined;

const pure = new Map<string, TerraformFunction>([...Object.entries(texts), ...Object.entries(collections)]);

/** What a function gives for what it is called with. Terraform documentation, “Built-in Functions”. */
export function callFunction(call: Call, scope: Scope): Value {
  const unknown = () => new Open(symbol(described(call)));
  if (call.name === 'try') {
    for (const argument of call.arguments) {
      const value = evaluate(argument, scope);
      if (!(value instanceof Open && value.isError)) return value;
    }
    return unknown();
  }
  const values = argumentsOf(call, scope);
  if (!values) return unknown();
  const [first = null] = values;
  if (call.name === 'can')
    return isOpen(first) ? (first instanceof Open && first.isError ? false : unknown()) : true;
  if (call.name === 'file') return fileText(first, scope) ?? unknown();
  if (call.name === 'templatefile') return rendered(first, values[1] ?? null, scope) ?? unknown();
  return pure.get(call.name)?.(values) ?? unknown();
}

function argumentsOf(call: Call, scope: Scope): Value[] | undefined {
  const values = call.arguments.map((argument) => evaluate(argument, scope));
  if (!call.spread) return values;
  const last = values.pop();
  return last !== undefined && isList(last) ? [...values, ...last] : undefined;
}

function fileText(path: Value, scope: Scope): Value | undefined {
  const name = knownText(path);
  const text = name === undefined ? undefined : scope.file(name);
  return text === undefined ? undefined : escaped(text);
}

/** What a file has of the marks that stand for unknowns is its own. */
const escaped = (text: string): Value => textValue(text.replace(/[⟨⟩]/g, '?'));

/** A template of the repository with its values put in. */
function rendered(path: Value, values: Value, scope: Scope): Value | undefined {
  const name = knownText(path);
  const text = name === undefined ? undefined : scope.file(name);
  if (text === undefined || !isMap(values)) return undefined;
  try {
    const names = withNames({ ...scope, bound: new Map() }, [...values]);
    scope.budget.spend(text.length / 200);
    return evaluate(readTemplate(text.replace(/[⟨⟩]/g, '?')), names);
  } catch (thrown) {
    if (thrown instanceof HclError) return undefined;
    throw thrown;
  }
}

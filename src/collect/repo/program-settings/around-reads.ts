import { type Call, type Code, type Expression, partsOf } from './code.ts';

export const destructuredIn = (code: Code): Set<number> =>
  new Set(
    code.assignments.flatMap(({ entry, value }) => {
      const source = value?.is === 'mix' && value.sign === 'default' ? value.parts[0] : value;
      return entry !== undefined && source ? [source.from] : [];
    }),
  );
export const comparedIn = (code: Code): Set<number> =>
  new Set(code.comparisons.flatMap(({ right, sign }) => (/in$/.test(sign) ? [right.from] : [])));

export function defaultOf(call: Call): Expression | undefined {
  return call.keywords.get('default') ?? call.args[1];
}

export const mentions = (expression: Expression, name: string): boolean =>
  [...partsOf(expression)].some((part) => part.is === 'name' && part.path.split('.')[0] === name);

/** Every expression of a file that stands by itself. */
function* wholes(code: Code): Generator<Expression> {
  for (const { value } of code.assignments) if (value) yield value;
  for (const { value } of code.returns) yield value;
  for (const { call } of code.calls) {
    yield* call.args;
    yield* call.keywords.values();
  }
  for (const fn of code.functions) for (const one of fn?.parameters ?? []) if (one.default) yield one.default;
}

export function otherwiseOf(code: Code): Map<number, Expression> {
  const found = new Map<number, Expression>();
  for (const whole of wholes(code))
    for (const part of partsOf(whole)) {
      if (part.is !== 'mix' || !/^(?:or|\|\||\?\?)$/.test(part.sign)) continue;
      const [left, right] = part.parts;
      if (left && right)
        for (const inner of partsOf(left)) found.set(inner.from, found.get(inner.from) ?? right);
    }
  return found;
}

/** Only where nothing else can be done with what is read: the whole value, cast or with a default. */
export function symbolsOf(code: Code): Map<number, string> {
  const found = new Map<number, string>();
  for (const { target, value, entry, fn } of code.assignments) {
    if (!value || entry !== undefined || fn !== undefined || !/^[A-Za-z_]\w*$/.test(target)) continue;
    for (const part of partsOf(value)) found.set(part.from, target);
  }
  return found;
}

import type { Call, Expression } from './code.ts';

/** The name that a chain of calls begins with: `schema` of `schema.prefs({…}).validate`. */
export function headOf(expression: Expression): Expression | undefined {
  let at: Expression | undefined = expression;
  for (let steps = 0; at && steps < 20; steps += 1) {
    if (at.is === 'name') return { ...at, path: at.path.split('.')[0] ?? '' };
    at = at.is === 'call' ? at.callee : at.is === 'member' ? at.of : undefined;
  }
  return undefined;
}

/** The calls of a chain, the outermost first: `z.object({…}).strict()`. */
export function baseCalls(call: Call): Call[] {
  const found: Call[] = [];
  let at: Expression | undefined = call;
  while (at && found.length < 20) {
    if (at.is === 'call') {
      found.push(at);
      at = at.callee;
    } else at = at.is === 'member' ? at.of : undefined;
  }
  return found;
}

const chain = (rule: Expression): Call[] => (rule.is === 'call' ? baseCalls(rule) : []);
export const lastName = (call: Call): string =>
  /(\w+)$/.exec(call.path)?.[1] ?? (call.callee.is === 'member' ? call.callee.name : '');
export const chainHas = (rule: Expression, name: string): boolean =>
  chain(rule).some((one) => lastName(one) === name || (name === 'optional' && lastName(one) === 'default'));
export function chainArgument(rule: Expression, name: string): Expression | undefined {
  for (const one of chain(rule)) {
    if (lastName(one) === name) return one.args[0];
    for (const arg of one.args)
      if (arg.is === 'object') return arg.entries.find(({ key }) => key === name)?.value;
  }
  return undefined;
}
export function enumOf(rule: Expression): string[] {
  const list = chain(rule).find((one) => lastName(one) === 'enum')?.args[0];
  return list?.is === 'list' ? list.items.flatMap((item) => (item.is === 'text' ? [item.text] : [])) : [];
}

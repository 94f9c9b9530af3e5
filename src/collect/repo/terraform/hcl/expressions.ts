import type { Cursor } from './cursor.ts';
import type { Expression } from './nodes.ts';
import { readHeredoc, readQuoted } from './templates.ts';

/** Operators by how tightly they bind, the loosest first; longer ones before those they start with. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['>=', '<=', '>', '<'],
  ['+', '-'],
  ['*', '/', '%'],
];
const CONSTANTS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** An expression. HCL Native Syntax Specification, “Expressions”. */
export function readExpression(cursor: Cursor): Expression {
  const condition = readBinary(cursor, 0);
  if (!cursor.take('?')) return condition;
  return cursor.nested(cursor.joinsLines, () => {
    const yes = readExpression(cursor);
    cursor.expect(':');
    const no = readExpression(cursor);
    return { type: 'conditional', condition, yes, no, at: condition.at };
  });
}

function readBinary(cursor: Cursor, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return readUnary(cursor);
  let left = readBinary(cursor, level + 1);
  for (;;) {
    const operator = operators.find((one) => cursor.take(one));
    if (operator === undefined) return left;
    left = { type: 'binary', operator, left, right: readBinary(cursor, level + 1), at: left.at };
  }
}

function readUnary(cursor: Cursor): Expression {
  const next = cursor.peek();
  const { at } = cursor;
  if (next === '-' || next === '!') {
    cursor.at += 1;
    const operand = cursor.nested(cursor.joinsLines, () => readUnary(cursor));
    return { type: 'unary', operator: next, operand, at };
  }
  return readTraversal(cursor, readTerm(cursor), true);
}

/** What follows a term: `.name`, `.0`, `[key]`, `.*`, `[*]`. */
function readTraversal(cursor: Cursor, term: Expression, indexes: boolean): Expression {
  let of = term;
  for (;;) {
    const { at } = of;
    const next = cursor.peek();
    if (next === '.' && !cursor.startsWith('...')) {
      cursor.at += 1;
      if (cursor.take('*')) {
        of = { type: 'splat', of, each: readTraversal(cursor, { type: 'element', at }, false), at };
        continue;
      }
      const index = /\d/.test(cursor.peek()) ? readDigits(cursor) : undefined;
      if (index !== undefined) of = { type: 'index', of, key: { type: 'literal', value: index, at }, at };
      else of = { type: 'attribute', of, name: cursor.identifier() ?? cursor.fail('a name'), at };
    } else if (next === '[' && indexes) {
      cursor.at += 1;
      const inside = of;
      of = cursor.nested(true, (): Expression => {
        if (cursor.take('*')) {
          cursor.expect(']');
          return { type: 'splat', of: inside, each: { type: 'element', at }, at };
        }
        const key = readExpression(cursor);
        cursor.expect(']');
        return { type: 'index', of: inside, key, at };
      });
      if (of.type === 'splat' && of.of === inside)
        of = { ...of, each: readTraversal(cursor, { type: 'element', at }, true) };
    } else return of;
  }
}

function readDigits(cursor: Cursor): number {
  let digits = '';
  while (/\d/.test(cursor.text[cursor.at] ?? '') && !cursor.isAtEnd && digits.length < 15) {
    digits += cursor.text[cursor.at];
    cursor.at += 1;
  }
  return Number(digits);
}

function readTerm(cursor: Cursor): Expression {
  const next = cursor.peek();
  const { at } = cursor;
  if (next === '"') return readQuoted(cursor);
  if (next === '<' && cursor.startsWith('<<')) return readHeredoc(cursor);
  if (next === '(') {
    cursor.at += 1;
    return cursor.nested(true, () => {
      const inside = readExpression(cursor);
      cursor.expect(')');
      return inside;
    });
  }
  if (next === '[') return readTuple(cursor);
  if (next === '{') return readObject(cursor);
  const value = cursor.number();
  if (value !== undefined) return { type: 'literal', value, at };
  const name = cursor.identifier();
  if (name === undefined) return cursor.fail('an expression');
  const constant = CONSTANTS.get(name);
  if (constant !== undefined) return { type: 'literal', value: constant, at };
  return cursor.startsWith('(') || cursor.startsWith('::')
    ? readCall(cursor, name, at)
    : { type: 'variable', name, at };
}

/** `provider::aws::arn_parse(…)` names the provider whose function it is. */
function readCall(cursor: Cursor, first: string, at: number): Expression {
  let name = first;
  while (cursor.take('::')) name += `::${cursor.identifier() ?? cursor.fail('a name')}`;
  cursor.expect('(');
  return cursor.nested(true, () => {
    const values: Expression[] = [];
    let spread = false;
    while (!cursor.take(')')) {
      values.push(readExpression(cursor));
      spread = cursor.take('...');
      if (!cursor.take(',') && cursor.peek() !== ')') cursor.fail('","');
    }
    return { type: 'call', name, arguments: values, spread, at, end: cursor.at };
  });
}

function readTuple(cursor: Cursor): Expression {
  const { at } = cursor;
  cursor.at += 1;
  return cursor.nested(true, () => {
    if (cursor.takeWord('for')) return readFor(cursor, ']', at);
    const items: Expression[] = [];
    while (!cursor.take(']')) {
      items.push(readExpression(cursor));
      if (!cursor.take(',') && cursor.peek() !== ']') cursor.fail('","');
    }
    return { type: 'tuple', items, at };
  });
}

/** Entries end at a comma or a line end; within a value a line end is none only between brackets. */
function readObject(cursor: Cursor): Expression {
  const { at } = cursor;
  cursor.at += 1;
  const loop = cursor.nested(true, () => {
    const start = cursor.at;
    if (cursor.takeWord('for') && !/[=:]/.test(cursor.peek())) return readFor(cursor, '}', at);
    cursor.at = start;
    return undefined;
  });
  if (loop) return loop;
  const entries: { key: Expression; value: Expression }[] = [];
  for (;;) {
    if (cursor.nested(true, () => cursor.take('}'))) return { type: 'object', entries, at };
    const entry = cursor.nested(false, () => {
      const isBare = cursor.peek() !== '(';
      const key = readExpression(cursor);
      if (!cursor.take('=')) cursor.expect(':');
      // A value may start on the line after its key
      cursor.nested(true, () => cursor.skip());
      return { key: isBare ? asKey(key) : key, value: readExpression(cursor) };
    });
    entries.push(entry);
    cursor.nested(false, () => {
      if (!cursor.take(',') && !/^[\n}]$/.test(cursor.peek())) cursor.fail('","');
    });
  }
}

/** A bare name before `=` is the key itself; in parentheses it is a variable. */
const asKey = (key: Expression): Expression =>
  key.type === 'variable' ? { type: 'literal', value: key.name, at: key.at } : key;

function readFor(cursor: Cursor, close: ']' | '}', at: number): Expression {
  const first = cursor.identifier() ?? cursor.fail('a name');
  const second = cursor.take(',') ? (cursor.identifier() ?? cursor.fail('a name')) : undefined;
  if (!cursor.takeWord('in')) cursor.fail('"in"');
  const of = readExpression(cursor);
  cursor.expect(':');
  const one = readExpression(cursor);
  if (close === '}') cursor.expect('=>');
  const other = close === '}' ? readExpression(cursor) : undefined;
  const grouped = cursor.take('...');
  const condition = cursor.takeWord('if') ? readExpression(cursor) : undefined;
  cursor.expect(close);
  return {
    type: 'for',
    ...(second !== undefined && { key: first }),
    value: second ?? first,
    of,
    ...(other && { keyResult: one }),
    result: other ?? one,
    grouped,
    ...(condition && { condition }),
    at,
  };
}

import { evaluate, truth } from './evaluate.ts';
import type { Expression } from './hcl/nodes.ts';
import type { Scope } from './scope.ts';
import { Open, sameScalar, type Value } from './values.ts';

type Operation = Expression & { type: 'unary' | 'binary' };

const UNKNOWN = '⟨…⟩';
const numberOf = (value: Value): number | undefined => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,10})?$/.test(value) ? Number(value) : undefined;
};

/** Terraform documentation, “Arithmetic and Logical Operators”. */
export function operate(expression: Operation, scope: Scope): Value {
  if (expression.type === 'unary') {
    const value = evaluate(expression.operand, scope);
    const number = numberOf(value);
    const known = truth(value);
    if (expression.operator === '-') return number === undefined ? new Open(UNKNOWN) : -number;
    return known === undefined ? new Open(UNKNOWN) : !known;
  }
  const { operator } = expression;
  const left = evaluate(expression.left, scope);
  const right = evaluate(expression.right, scope);
  return binary(operator, left, right) ?? new Open(UNKNOWN);
}

function binary(operator: string, left: Value, right: Value): Value | undefined {
  if (operator === '&&' || operator === '||') {
    const [a, b] = [truth(left), truth(right)];
    const decides = operator === '||';
    if (a === decides || b === decides) return decides;
    return a === undefined || b === undefined ? undefined : !decides;
  }
  if (operator === '==' || operator === '!=') {
    const same = sameScalar(left, right);
    return same === undefined ? undefined : same === (operator === '==');
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  return a === undefined || b === undefined ? undefined : arithmetic(operator, a, b);
}

function arithmetic(operator: string, a: number, b: number): Value | undefined {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  if (operator === '/') return b === 0 ? undefined : a / b;
  if (operator === '%') return b === 0 ? undefined : a % b;
  if (operator === '<') return a < b;
  if (operator === '>') return a > b;
  return operator === '<=' ? a <= b : a >= b;
}

import type { Expression } from './code.ts';

/** What an operator makes of parts that are known: sums of numbers, texts put together; undefined where one is not known. */
export function combined(
  sign: string,
  parts: readonly Expression[],
  count: number,
  from: number,
): Expression | undefined {
  if (parts.length !== count || count === 0) return undefined;
  const numbers = parts.map((part) =>
    part.is === 'value' && typeof part.value === 'number' ? part.value : Number.NaN,
  );
  if (numbers.every((one) => !Number.isNaN(one))) {
    const [first = 0, ...rest] = numbers;
    if (sign === '-' && rest.length === 0) return { is: 'value', value: -first, from };
    const value = rest.reduce(
      (sum, one) =>
        sign === '*' ? sum * one : sign === '+' ? sum + one : sign === '-' ? sum - one : sum / one,
      first,
    );
    return { is: 'value', value, from };
  }
  if ((sign === '+' || sign === 'template') && parts.every(({ is }) => is === 'text'))
    return {
      is: 'text',
      text: parts
        .map((part) => (part.is === 'text' ? part.text : ''))
        .join('')
        .slice(0, 2_000),
      from,
    };
  return undefined;
}

/** What stands for a value that only the deployment will know. */
export const symbol = (name: string): string =>
  `⟨${name
    .replace(/[⟨⟩\s]/g, ' ')
    .trim()
    .slice(0, 120)}⟩`;

export const isKnown = (text: string): boolean => !text.includes('⟨');

const LONGEST = 4_000;
const MOST_PARTS = 200;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;

/** `Fn::Join` over evaluated parts; what is no text stands as a symbol. */
export function join(separator: unknown, parts: unknown): string {
  const glue = textOf(separator);
  if (glue === undefined || !Array.isArray(parts) || parts.length > MOST_PARTS) return symbol('Fn::Join');
  const joined = parts.map((part) => textOf(part) ?? symbol('Fn::Join')).join(glue);
  return joined.length > LONGEST ? symbol('Fn::Join') : joined;
}

/** `Fn::Split`. A separator inside a symbol is no separator; a symbol beside none may hold any number of them. */
export function split(separator: unknown, text: unknown): string[] | string {
  const glue = textOf(separator);
  const whole = textOf(text);
  if (glue === undefined || glue === '' || whole === undefined || !isKnown(whole)) return symbol('Fn::Split');
  return whole.split(glue, MOST_PARTS);
}

/** `Fn::Select`. */
export function select(index: unknown, from: unknown): unknown {
  const at = Number(textOf(index));
  const listed = typeof from === 'string' && isKnown(from) ? from.split(',') : from;
  if (!Array.isArray(listed) || !Number.isInteger(at) || listed[at] === undefined)
    return symbol('Fn::Select');
  return listed[at] as unknown;
}

const VARIABLE = /\$\{(!?)\s{0,8}([^{}]{1,300}?)\s{0,8}\}/g;

/** `Fn::Sub`: `lookUp` gives each variable, `${!X}` stays `${X}`. */
export function substitute(text: unknown, lookUp: (name: string) => unknown): string {
  if (typeof text !== 'string' || text.length > 100_000) return symbol('Fn::Sub');
  const replaced = text.replace(VARIABLE, (_, literal: string, name: string) =>
    literal ? `\${${name}}` : (textOf(lookUp(name)) ?? symbol(name)),
  );
  return replaced.length > 100_000 ? symbol('Fn::Sub') : replaced;
}

/** `Fn::Equals` over evaluated values: undefined where one of them is not known. */
export function equals(left: unknown, right: unknown): boolean | undefined {
  const [a, b] = [textOf(left), textOf(right)];
  if (a === undefined || b === undefined) return undefined;
  return a === b ? true : isKnown(a) && isKnown(b) ? false : undefined;
}

/** And, or, not, where undefined is what nobody knows. */
export const all = (values: readonly (boolean | undefined)[]): boolean | undefined =>
  values.includes(false) ? false : values.includes(undefined) ? undefined : true;
export const any = (values: readonly (boolean | undefined)[]): boolean | undefined =>
  values.includes(true) ? true : values.includes(undefined) ? undefined : false;
export const not = (value: boolean | undefined): boolean | undefined =>
  value === undefined ? undefined : !value;

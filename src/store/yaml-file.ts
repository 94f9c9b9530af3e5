import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { InputError } from '#lib/input-error.ts';

type Keys = readonly (string | number)[];

/** A YAML file that is what its schema asks for, with the line of what stands in it. */
export interface YamlFile<T> {
  value: T;
  /** The line of a key or item, or of the nearest that holds it. Lines count from 1. */
  lineOf(keys: Keys): number;
}

/**
 * Reads a YAML text to a schema; an empty one is an empty object. The schema is asked for once the text is known to be YAML:
 * schemas take longer to load than many an audit.
 * @param name heads each message
 * @param page where the keys are explained
 * @throws InputError with `file:line:column: what, and what to do` for each thing that is wrong
 */
export async function parseYamlFile<T>(
  text: string,
  name: string,
  page: string,
  schemaOf: () => Promise<z.ZodType<T>>,
): Promise<YamlFile<T>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined) => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const [broken] = document.errors;
  if (broken) throw new InputError(`${at(broken.pos[0])}: ${broken.message.split('\n')[0]}`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    throw new InputError(`${name}:1:1: too many aliases; write the values out`);
  }
  const parsed = (await schemaOf()).safeParse(value);
  if (parsed.success)
    return {
      value: parsed.data,
      lineOf: (keys) => Math.max(lines.linePos(offsetOf(document, keys) ?? 0).line, 1),
    };
  const problems = parsed.error.issues.map((issue) => {
    const keys = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    const place = issue.code === 'unrecognized_keys' ? [...keys, issue.keys[0] ?? ''] : keys;
    return `${at(offsetOf(document, place))}: ${place.join('.') || 'the file'}: ${messageOf(issue, page)}`;
  });
  throw new InputError(problems.join('\n'));
}

function messageOf(issue: { code: string; message: string; keys?: string[] }, page: string): string {
  if (issue.code !== 'unrecognized_keys') return issue.message.replace(/^Invalid input: /, '');
  return `unknown key; see ${page} for those that exist`;
}

function offsetOf(document: ReturnType<typeof parseDocument>, keys: Keys): number | undefined {
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    const parent = document.getIn(keys.slice(0, length - 1), true) as
      | { items?: { key?: { value?: unknown; range?: [number, number, number] } }[] }
      | undefined;
    const pair = parent?.items?.find((item) => item.key?.value === keys[length - 1]);
    const range = pair?.key?.range ?? node?.range;
    if (range) return range[0];
  }
  return undefined;
}

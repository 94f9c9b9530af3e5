import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { readYaml, type YamlPlaces } from '#lib/yaml-source.ts';

/** A value of YAML or JSON in which every function is written in its long form, with the line of each key. */
export interface Located {
  value: unknown;
  places: YamlPlaces;
}

export type LocatedReading = Located | { error: { line: number; message: string } };

const LONGEST_JSON = 2_000_000;

/**
 * `!GetAtt A.B` as the object that it is short for. AWS CloudFormation User Guide, “Intrinsic function reference”.
 */
export function longForm(tag: string, value: unknown): unknown {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') {
    const cut = value.indexOf('.');
    return { 'Fn::GetAtt': cut < 0 ? [value] : [value.slice(0, cut), value.slice(cut + 1)] };
  }
  return { [`Fn::${name}`]: value };
}

/** Reads a YAML or JSON text with its places; an error bears its line and repeats nothing of the text. */
export function readLocated(path: string, text: string, lineOf: (offset: number) => number): LocatedReading {
  const start = text.slice(0, 200).trimStart();
  if (start.startsWith('{')) {
    const json = readJsonPlaces(text, lineOf);
    // a YAML mapping in braces is no JSON
    if (!('error' in json) || path.endsWith('.json')) return json;
    const yaml = readYaml(text, { merge: true });
    return 'error' in yaml ? json : yaml.tagged(longForm);
  }
  const yaml = readYaml(text, { merge: true });
  return 'error' in yaml ? yaml : yaml.tagged(longForm);
}

function readJsonPlaces(text: string, lineOf: (offset: number) => number): LocatedReading {
  if (text.length > LONGEST_JSON) return { error: { line: 1, message: 'over 2 MB of JSON' } };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) return { error: { line: lineOf(error.offset), message: printParseErrorCode(error.error) } };
  const places: YamlPlaces = new WeakMap();
  const convert = (node: Node | undefined): unknown => {
    if (!node) return null;
    const lines = new Map<string | number, number>();
    if (node.type === 'array') {
      const list = (node.children ?? []).map((child, index) => {
        lines.set(index, lineOf(child.offset));
        return convert(child);
      });
      places.set(list, lines);
      return list;
    }
    if (node.type !== 'object') {
      const source = text.slice(node.offset, node.offset + node.length);
      return typeof node.value === 'number' && String(node.value) !== source
        ? source
        : (node.value as unknown);
    }
    const entries = new Map<string, unknown>();
    for (const { offset, children: [key, value] = [] } of node.children ?? []) {
      const name = String(key?.value);
      if (name === '__proto__') continue;
      entries.set(name, convert(value));
      lines.set(name, lineOf(offset));
    }
    const object = Object.fromEntries(entries);
    places.set(object, lines);
    return object;
  };
  return { value: convert(root), places };
}

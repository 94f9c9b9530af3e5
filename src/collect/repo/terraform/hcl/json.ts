import { type JsonValue, readJson } from '../../json-source.ts';
import type { ParsedHcl } from './bodies.ts';
import { HclError } from './cursor.ts';
import type { Attribute, Block, Body, Expression } from './nodes.ts';
import { readTemplate } from './templates.ts';

/** Blocks of a module by the labels they have; those of others are read as arguments that hold objects. */
const LABELS: Record<string, number> = {
  resource: 2,
  data: 2,
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
  terraform: 0,
  locals: 0,
  backend: 1,
  cloud: 0,
};
const DEEPEST = 40;

/** Reads a module in JSON syntax (`.tf.json`). Terraform documentation, “JSON Configuration Syntax”. */
export function parseTerraformJson(text: string): ParsedHcl {
  const json = readJson(text);
  if ('error' in json) return { body: { attributes: [], blocks: [] }, error: json.error };
  return { body: bodyOf(json.value, true) };
}

/** Reads values of variables in JSON (`.tfvars.json`): they are taken as they are, without templates. */
export function parseVariablesJson(text: string): ParsedHcl {
  const json = readJson(text);
  if ('error' in json) return { body: { attributes: [], blocks: [] }, error: json.error };
  return { body: { attributes: attributesOf(json.value, false), blocks: [] } };
}

const attributesOf = (value: JsonValue, templates: boolean): Attribute[] =>
  value.entries.map(([name, inner]) => ({
    name,
    value: expressionOf(inner, templates, 0),
    at: inner.offset ?? 0,
  }));

function bodyOf(value: JsonValue, isModule: boolean): Body {
  const body: Body = { attributes: [], blocks: [] };
  const objects = value.isArray ? value.items : [value];
  for (const object of objects)
    for (const [name, inner] of object.entries) {
      const labels = isModule && Object.hasOwn(LABELS, name) ? LABELS[name] : undefined;
      if (labels === undefined)
        body.attributes.push({ name, value: expressionOf(inner, true, 0), at: inner.offset ?? 0 });
      else body.blocks.push(...blocksOf(name, inner, labels, []));
    }
  return body;
}

function blocksOf(type: string, value: JsonValue, left: number, labels: string[]): Block[] {
  const objects = value.isArray ? value.items : [value];
  if (left === 0)
    return objects.map((object) => ({
      type,
      labels,
      body: bodyOf(object, type === 'terraform'),
      at: value.offset ?? 0,
    }));
  return objects.flatMap((object) =>
    object.entries.flatMap(([label, inner]) => blocksOf(type, inner, left - 1, [...labels, label])),
  );
}

function expressionOf(value: JsonValue, templates: boolean, depth: number): Expression {
  const at = value.offset ?? 0;
  if (depth > DEEPEST) return { type: 'literal', value: null, at };
  if (value.isArray)
    return { type: 'tuple', items: value.items.map((item) => expressionOf(item, templates, depth + 1)), at };
  if (value.isObject) {
    const entries = value.entries.map(([key, inner]) => ({
      key: textOf(key, templates, at),
      value: expressionOf(inner, templates, depth + 1),
    }));
    return { type: 'object', entries, at };
  }
  const scalar = value.scalar ?? null;
  return typeof scalar === 'string' ? textOf(scalar, templates, at) : { type: 'literal', value: scalar, at };
}

/** A text that holds one interpolation alone is the expression itself. */
function textOf(text: string, templates: boolean, at: number): Expression {
  if (!templates || !/[$%]\{/.test(text)) return { type: 'literal', value: text, at };
  try {
    return readTemplate(text);
  } catch (thrown) {
    if (!(thrown instanceof HclError)) throw thrown;
    return { type: 'call', name: 'unreadable', arguments: [], spread: false, at, end: at };
  }
}

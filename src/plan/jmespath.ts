import { type JSONValue, search } from '@jmespath-community/jmespath';
import type { Json } from '#model/fact.ts';

/**
 * What a JMESPath gives over a value; null where there is nothing. The expressions of plans are those of the standard
 * grammar (jmespath.org), which the AWS CLI knows too.
 * @throws where the expression is none
 */
export const select = (value: Json, query: string): Json =>
  (search(value as JSONValue, query) ?? null) as Json;

/** A value inside an expression: a raw string where nothing in it has a meaning, else a literal of JSON. */
export const literal = (value: Json): string =>
  typeof value === 'string' && !/['\\\u0000-\u001f]/.test(value)
    ? `'${value}'`
    : `\`${JSON.stringify(value).replaceAll('`', '\\`')}\``;

/** A list as it is, with these at its end; those that it has already are not there twice. */
export const withItems = (items: Json[]): string =>
  `[(@ || \`[]\`)[?!contains(${literal(items)}, @)], ${literal(items)}][]`;

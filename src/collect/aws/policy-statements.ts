import type { Json } from '#model/fact.ts';
import { policyDocument } from './policy-document.ts';

export type JsonObject = { [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The statements of a policy as its text says it, secrets masked; undefined where it is none. */
export function statementsOf(text: string | undefined): JsonObject[] | undefined {
  const document = policyDocument(text);
  if (!isObject(document)) return undefined;
  const { Statement: statements = [] } = document;
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
}

/** The texts of a member that may be one, several, or several by their sort (`Principal`). */
export function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  const values = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return values.flatMap((one) => (typeof one === 'string' ? one : textsIn(one)));
}

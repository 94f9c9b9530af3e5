import { parseArn } from '#lib/arn.ts';
import { maskSecrets, maskValue } from '#lib/mask.ts';
import type { Json } from '#model/fact.ts';

/** A managed policy holds 6,144 characters at most, a trust policy 4,096, all inline ones of a role 10,240. */
const LONGEST = 65_536;
const DEEPEST = 20;

/** What callers present as if it were a password: a header that only a proxy knows, an id agreed with a third party. */
const PRESENTED = new Set(['aws:referer', 'aws:useragent', 'sts:externalid']);
/** Claims of an identity provider (`token.actions.githubusercontent.com:sub`) say who may come, and no secret. */
const CLAIM = /^[\w-]+(?:\.[\w-]+)+(?:\/[\w./-]*)?:\w+$/;

/**
 * A policy as IAM returns it: JSON, percent-encoded as RFC 3986 says. What its conditions hold of secrets is masked.
 * Undefined when it is none.
 */
export function policyDocument(text: string | undefined): Json | undefined {
  if (text === undefined || text.length > LONGEST) return undefined;
  try {
    const document = JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text)) as Json;
    return isObject(document) ? withoutSecrets(document) : undefined;
  } catch {
    return undefined;
  }
}

type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withoutSecrets(document: JsonObject): Json {
  const { Statement: statements } = document;
  if (statements === undefined) return document;
  const masked = (statement: Json): Json =>
    isObject(statement) && isObject(statement.Condition)
      ? { ...statement, Condition: conditionOf(statement.Condition) }
      : statement;
  return { ...document, Statement: Array.isArray(statements) ? statements.map(masked) : masked(statements) };
}

const conditionOf = (condition: JsonObject): JsonObject =>
  mapped(condition, (_, keys) =>
    isObject(keys) ? mapped(keys, (key, value) => maskedValue(key, value, DEEPEST)) : keys,
  );

const mapped = (object: JsonObject, change: (key: string, value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));

function maskedValue(key: string, value: Json, depth: number): Json {
  if (Array.isArray(value))
    return depth === 0 ? [] : value.map((inner) => maskedValue(key, inner, depth - 1));
  if (typeof value !== 'string') return value;
  if (PRESENTED.has(key.toLowerCase())) return maskValue(value);
  return CLAIM.test(key) || parseArn(value) !== undefined ? value : maskSecrets(value);
}

import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#model/fact.ts';
import type { AwsEdit, AwsRead, AwsWrite } from '#model/step.ts';
import { select } from './jmespath.ts';

/** What a read is known by: two of the same key ask the same. */
export const keyOfRead = ({ service, operation, region, input, query }: AwsRead): string =>
  JSON.stringify([service, operation, region ?? '', sorted(input), query]);

/** The same value with the members of its objects in order. */
export function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** Whether two states are the same, whatever the order of their members. */
export const isSame = (a: Json, b: Json): boolean => isDeepStrictEqual(a, b);

const isBefore = (value: Json): value is { $before: string } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  typeof value.$before === 'string' &&
  Object.keys(value).length === 1;

/** A value in which each `{ $before: query }` is what the query gives over what was captured. */
export function resolveBefore(value: Json, before: Json): Json {
  if (isBefore(value)) return withoutNulls(select(before, value.$before));
  if (Array.isArray(value)) return value.map((one) => resolveBefore(one, before));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveBefore(inner, before)]));
}

/** A query names members that an answer may not have; no call takes a null for one that is not there. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}

/**
 * A write in which what was captured stands, and no reference to it. What was not there before is left out of an input,
 * and removed from a document.
 */
export function withBefore(write: AwsWrite, before: Json): AwsWrite {
  const { edit, ...rest } = write;
  const input = Object.fromEntries(
    Object.entries(write.input).flatMap(([name, value]) => {
      const resolved = resolveBefore(value, before);
      return resolved === null ? [] : [[name, resolved]];
    }),
  );
  return { ...rest, input, ...(edit && { edit: editWithBefore(edit, before) }) };
}

function editWithBefore(edit: AwsEdit, before: Json): AwsEdit {
  const resolved = edit.set.map(({ path, value }) => ({ path, value: resolveBefore(value, before) }));
  const gone = resolved.filter(({ value }) => value === null).map(({ path }) => path);
  const remove = [...(edit.remove ?? []), ...gone];
  return {
    read: edit.read,
    ...(edit.as !== undefined && { as: edit.as }),
    set: resolved.filter(({ value }) => value !== null),
    ...(remove.length > 0 && { remove }),
  };
}

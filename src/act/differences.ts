import { isDeepStrictEqual } from 'node:util';
import type { Json } from '#model/fact.ts';

/** One property that is not the same on both sides; a side without it is undefined. */
export interface Difference {
  /** `Listeners[0].Port`; empty where it is the whole value. */
  path: string;
  from: Json | undefined;
  to: Json | undefined;
}

/** Whether two values are the same as JSON: the order of members says nothing, that of lists does. */
export const isSame = (a: Json | undefined, b: Json | undefined): boolean => isDeepStrictEqual(a, b);

/** What differs, property by property, in the order of the first value and then of what the second adds. */
export function differences(from: Json | undefined, to: Json | undefined, path = ''): Difference[] {
  if (isSame(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to))
    return Array.from({ length: Math.max(from.length, to.length) }, (_, index) => index).flatMap((index) =>
      differences(from[index], to[index], `${path}[${index}]`),
    );
  if (isObject(from) && isObject(to))
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
      differences(own(from, key), own(to, key), path === '' ? key : `${path}.${key}`),
    );
  return [{ path, from, to }];
}

/** Each property of a value that holds no other, with its path. */
export function properties(value: Json, path = ''): { path: string; value: Json }[] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((one, index) => properties(one, `${path}[${index}]`));
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, one]) =>
      properties(one, path === '' ? key : `${path}.${key}`),
    );
  return [{ path, value }];
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (value: { [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(value, key) ? value[key] : undefined;

import type { Json } from '#model/fact.ts';
import type { Properties } from './graph.ts';

type Value = Json | undefined;

export const asText = (value: Value): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
export const asNumber = (value: Value): number | undefined => (typeof value === 'number' ? value : undefined);
/** The texts of a list; an empty list of anything else. */
export const asTexts = (value: Value): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
/** The objects of a list; an empty list of anything else. */
export const asObjects = (value: Value): Properties[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const isObject = (value: Value): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

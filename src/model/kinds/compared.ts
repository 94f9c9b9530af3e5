import type { Json } from '../fact.ts';

/** What makes two spellings of a property the same, for `compared` of a kind. */
export type Normaliser = (value: Json) => Json;

export const asWritten: Normaliser = (value) => value;

/** Names that services write in capitals, and people as they like. */
export const anyCase: Normaliser = (value) => (typeof value === 'string' ? value.toUpperCase() : value);

/** A list whose order says nothing. */
export const anyOrder: Normaliser = (value) =>
  Array.isArray(value) ? [...value].map(String).sort() : [String(value)];

/** Numbers and booleans that some formats hold as text. */
export const asText: Normaliser = (value) => String(value);

import type { Json } from '#model/fact.ts';

/** An object of a property, without what the answer leaves out. */
export const stated = (values: Record<string, Json | undefined>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );

/** A moment as RFC 3339. */
export const moment = (date: Date | undefined): string | undefined => date?.toISOString();

/** A text, undefined for an empty one: rest-xml answers have empty elements where nothing is set. */
export const text = (value: string | undefined): string | undefined => value || undefined;

/** A mapping of a file that was read, or an empty one: whoever wrote the file decides what stands in it. */
export function mapping(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value));
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A scalar as text; undefined for anything else, and for null. */
export function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

/** A list of texts, or one text alone as a list of one. */
export const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map(scalar).filter((text) => text !== undefined);

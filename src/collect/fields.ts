/** What an answer holds: nothing of it is taken for granted. */
export type Answered = Readonly<Record<string, unknown>>;

const LONGEST = 2_000;

/** An object, empty where there is none. */
export const objectOf = (value: unknown): Answered =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answered) : {};

/** The objects of a list, empty where there is none. */
export const objectsOf = (value: unknown): Answered[] =>
  Array.isArray(value)
    ? value.filter((one): one is Answered => typeof one === 'object' && one !== null && !Array.isArray(one))
    : [];

/** A text that is not empty. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : undefined;

/** The texts of a list. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((one) => textOf(one) ?? []) : [];

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const flagOf = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

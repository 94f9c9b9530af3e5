import type { Evidence } from '#model/evidence.ts';
import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { Certainty, Check } from '#model/path.ts';
import type { Text } from '#model/text.ts';

/** What a check may say beside its result. */
export interface CheckParts {
  evidence?: readonly Evidence[];
  resources?: readonly string[];
  values?: Record<string, Json>;
  certainty?: Certainty;
}

const made = (
  id: string,
  result: Check['result'],
  text: Text,
  { evidence = [], resources, values, certainty }: CheckParts,
): Check => ({
  id,
  text,
  result,
  evidence: [...evidence],
  ...(resources && resources.length > 0 && { resources: [...new Set(resources)] }),
  ...(values && { values }),
  ...(certainty && { certainty }),
});

export const pass = (id: string, text: Text, parts: CheckParts = {}): Check => made(id, 'pass', text, parts);
export const fail = (id: string, text: Text, parts: CheckParts = {}): Check => made(id, 'fail', text, parts);

/** What could not be looked at, and why: the refusal says what to ask for. */
export const unknown = (
  id: string,
  text: Text,
  refusal: Refusal | undefined,
  parts: CheckParts = {},
): Check => ({
  ...made(id, 'unknown', text, parts),
  ...(refusal && { refusal }),
});

/** One that passes or fails as something holds. What it says of certainty is said of the failure. */
export const held = (id: string, holds: boolean, good: Text, bad: Text, parts: CheckParts = {}): Check =>
  holds ? pass(id, good, withoutCertainty(parts)) : fail(id, bad, parts);

const withoutCertainty = ({ certainty: _, ...parts }: CheckParts): CheckParts => parts;

export const say = (fr: string, en: string): Text => ({ fr, en });

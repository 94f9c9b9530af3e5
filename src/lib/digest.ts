import { createHmac, randomBytes } from 'node:crypto';

/** Of this run alone: it is written nowhere, so that no digest can be tried against likely values afterwards. */
const salt = randomBytes(32);

/**
 * What stands for a value where two of them are compared: equal values, equal digests, in this run alone. Digests go into
 * no report, no log and no file.
 */
export const digestOf = (value: string): string =>
  createHmac('sha256', salt).update(value).digest('base64url');

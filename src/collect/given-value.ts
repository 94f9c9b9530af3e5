import { digestOf } from '#lib/digest.ts';
import { maskSecrets } from '#lib/mask.ts';
import type { GivenValue } from '#model/host.ts';
import { classify } from './repo/value-class.ts';

/** A number, a switch, a word, a path, an address without credentials: what may stand in a report. */
const PLAIN =
  /^(?:[\w.-]{1,40}|\/[\w./-]{1,120}|[a-z][a-z0-9+.-]{1,20}:\/{2,3}[\w.:/-]{1,120}|[\w.-]{1,80}:\d{1,5})$/i;

/** What nobody writes by hand: a key under a name that does not say so (`LICENCE`). Hexadecimal, or letters of both cases with digits. */
const looksIssued = (value: string): boolean =>
  value
    .split(/[^A-Za-z0-9]+/)
    .some(
      (run) =>
        (run.length >= 14 && /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run)) ||
        (run.length >= 20 && /\d/.test(run) && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(run)),
    );

/** What of a variable's value may be kept: its class, a digest for comparisons, and the value itself where it is plain. */
export function givenValue(name: string, value: string): GivenValue {
  const classified = classify(name, value);
  const isShown =
    !classified.secret &&
    classified.class === 'plain' &&
    PLAIN.test(value) &&
    !looksIssued(value) &&
    maskSecrets(value) === value &&
    maskSecrets(`${name}=${value}`).endsWith(value);
  return { name, ...classified, digest: digestOf(value), ...(isShown && { shown: value }) };
}

import type { Way } from '../account.ts';
import type { Estate } from '../harbour.ts';

/** One thing that is wrong with the sound estate, and what has to be said of it. */
export interface Breakage {
  /** Kebab-case. */
  id: string;
  /** What is done to the account, or to what it answers. */
  what: string;
  /** The way that is followed. */
  way: Way;
  break(estate: Estate): unknown;
  /** What is wrong at the root: each must be named, and nothing else may be. */
  blamed: Blamed[];
  /** Checks that must be `unknown`, where AWS does not answer what would tell. */
  unknown?: string[];
  /** Why the truth cannot be known, where nothing is blamed. */
  because?: string;
  /** What it changes, in words of our own: two that change the same are no pair. */
  touches: string[];
  /** What stands behind it on the path cannot be told: the request does not get that far, and nothing leads there. */
  ends?: true;
}

/** A failure at the root. */
export interface Blamed {
  check: string;
  /** A thing of the description (`target-group harbour-web`), or a role on the path (`dns`, `image`). */
  at: string;
}

export const root = (check: string, at: string): Blamed => ({ check, at });

import type { Text } from './text.ts';

/** What an id may be: a file's name that leads nowhere else. */
export const PATCH_ID = /^[a-z0-9][a-z0-9-]{0,80}$/;

/**
 * A change of the repository's own files that closes gaps: shown, and never applied unasked. Its lines are what
 * `git apply` takes, so nothing in them can be masked: a change whose context would hold a secret value is not made.
 */
export interface Patch {
  /** Kebab-case, and unique in an audit: also the name of the file that it is saved in, `patches/<id>.patch`. */
  id: string;
  /** What applying it does, in the infinitive (fr) or imperative (en). */
  title: Text;
  /** Gap ids that it closes. */
  findings: string[];
  /** The files that it changes or makes, from the root of the repository. */
  files: string[];
  /** A unified diff with paths from the root of the repository (`a/…`, `b/…`), its last line ended. */
  diff: string;
  /** What is left to do by hand, or to know before it is applied. */
  note?: Text;
}

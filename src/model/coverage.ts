import type { Source } from './evidence.ts';
import type { Text } from './text.ts';

export const COVERAGE_STATES = ['complete', 'partial', 'denied', 'failed', 'skipped'] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

/** One kind of read within a source: for a repository, one format of file. */
export interface Operation {
  name: string;
  calls: number;
  denied: number;
  throttled: number;
  failed: number;
  /** Reads that were told that the service is not offered there, or not switched on. */
  unavailable?: number;
  /** What would open it: an IAM action, a token scope. */
  permission?: string;
}

/** What of one source was asked, and what was refused. An empty list from a denied call is not an empty list. */
export interface Coverage {
  source: Source;
  scope: string;
  state: CoverageState;
  reason?: Text;
  operations: Operation[];
  /** Files or reads left out, each with one line that says why. */
  unread?: Unread[];
}

/**
 * Something that was there and was not read. `asked` tells a failure of what the audit was asked for (a workflow
 * that does not parse: the audit is not complete) from what no audit reads (an image, a file over the limit).
 */
export interface Unread {
  file: string;
  line?: number;
  why: Text;
  asked: boolean;
}

import type { Evidence } from '#model/evidence.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { ClosedGap } from '#model/maturity.ts';
import type { Text } from '#model/text.ts';
import type { Lock, OpenGap } from './lock.ts';

/** A finding of this audit, with its id. */
export interface FoundGap {
  gap: string;
  fingerprint: string;
  rule: string;
  title: Text;
  evidence: readonly Evidence[];
}

/** What an audit looked at: a gap is gone only where it would have been found. */
export interface Looked {
  /** The day of the audit, YYYY-MM-DD. */
  on: string;
  /** What was read: `repo`, `docs`, an account and region, a URL. */
  read: ReadonlySet<string>;
  /** What of it was not read in full. */
  partly: ReadonlySet<string>;
  /** The file was there and could not be read, or is left out. */
  isUnread(file: string): boolean;
  /** The rule was applied and could always answer; of a question's gap: the question is answered by yes. */
  couldFind(rule: string): boolean;
}

/** The least that an audit of a repository reads: what is not written out in the lock. */
const USUAL: readonly string[] = ['docs', 'repo'];

/**
 * The lock after an audit: what was found is open, what was open and would have been found is closed on this day, and what
 * comes back leaves the closed ones with the number that it had. What nobody could have found stays as it was.
 */
export function withClosures(lock: Lock, found: readonly FoundGap[], looked: Looked): Lock {
  // an id of another audit is not ours to close
  const own = found.filter(({ fingerprint, gap }) => lock.gaps[fingerprint] === gap);
  // one that goes by the id of another audit is there, too
  const there = new Set(found.flatMap(({ fingerprint }) => lock.gaps[fingerprint] ?? []));
  const open = new Map(Object.entries(lock.open ?? {}));
  const closed = new Map(Object.entries(lock.closed ?? {}));
  const reading = [...looked.read].sort();
  for (const finding of own) {
    closed.delete(finding.gap);
    open.set(finding.gap, opened(finding, open.get(finding.gap), reading));
  }
  for (const [id, gap] of open) {
    if (there.has(id) || !isGone(gap, looked)) continue;
    open.delete(id);
    closed.set(id, { rule: gap.rule, title: gap.title, on: looked.on });
  }
  const { open: _open, closed: _closed, ...rest } = lock;
  return {
    ...rest,
    ...(open.size > 0 && { open: byId(open) }),
    ...(closed.size > 0 && { closed: byId(closed) }),
  };
}

function opened(
  { rule, title, evidence }: FoundGap,
  before: OpenGap | undefined,
  reading: readonly string[],
) {
  const files = [...new Set(evidence.filter(isFileEvidence).map(({ file }) => file))].sort();
  const known = before && (before.read ?? USUAL);
  // what was enough to find it once is enough to look for it again
  const read = known && !reading.every((one) => known.includes(one)) ? known : reading;
  const isUsual = read.length === USUAL.length && USUAL.every((one) => read.includes(one));
  return {
    rule,
    title: before?.title ?? title,
    ...(!isUsual && { read }),
    ...(files.length > 0 && { files }),
  } satisfies OpenGap;
}

const isGone = ({ rule, read = USUAL, files = [] }: OpenGap, looked: Looked): boolean =>
  looked.couldFind(rule) &&
  read.every((one) => looked.read.has(one) && !looked.partly.has(one)) &&
  !files.some((file) => looked.isUnread(file));

const byId = <T>(gaps: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...gaps].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The closed gaps of a lock, by id. */
export const closedGapsOf = ({ closed = {} }: Lock): ClosedGap[] =>
  Object.entries(closed).map(([gap, { rule, title, on }]) => ({ gap, rule, title, closed: on }));

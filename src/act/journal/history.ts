import type { Json } from '#model/fact.ts';
import type { Answer, Entry, Event, Of } from './event.ts';

/** What a journal tells of one change, one way. */
export interface Past {
  /**
   * `none`: nothing was begun. `intended`: it may have been sent. The rest is how the last call was answered, or
   * `confirmed` once the state was seen to be so.
   */
  stage: 'none' | 'intended' | Answer | 'confirmed';
  /** When that was; undefined of `none`. */
  at?: string;
  /** The state that it was to lead to, with what its finds gave. */
  after?: Json;
  /** How often it was begun. */
  times: number;
  /** Whether a call of this run may have made the state so. */
  own: boolean;
  /** The same of the calls before the last. */
  ownBefore: boolean;
}

/** What a journal tells of a run. */
export interface History {
  of(of: Of): Past;
  /** Steps of which all changes are confirmed and all proofs were run. */
  done: ReadonlySet<string>;
  /** Undefined while it runs, or where it was killed. */
  ended?: Extract<Event, { event: 'run-ended' }>['result'];
  started?: Extract<Event, { event: 'run-started' }>;
  rollback: boolean;
}

const NONE: Past = { stage: 'none', times: 0, own: false, ownBefore: false };
const keyOf = ({ step, change, way }: Of): string => JSON.stringify([step, change, way]);

/** What the events of a journal come to. */
export function historyOf(entries: readonly Entry[]): History {
  const pasts = new Map<string, Past>();
  const done = new Set<string>();
  let ended: History['ended'];
  let started: History['started'];
  let rollback = false;
  for (const entry of entries) {
    if (entry.event === 'run-started') started = entry;
    else if (entry.event === 'run-ended') ended = entry.result;
    else if (entry.event === 'resumed') ended = undefined;
    else if (entry.event === 'rollback-started') {
      rollback = true;
      ended = undefined;
    } else if (entry.event === 'step-done') done.add(entry.step);
    else if (entry.event !== 'proof') {
      const key = keyOf(entry);
      pasts.set(key, next(pasts.get(key) ?? NONE, entry));
    }
  }
  return {
    of: (of) => pasts.get(keyOf(of)) ?? NONE,
    done,
    rollback,
    ...(ended !== undefined && { ended }),
    ...(started !== undefined && { started }),
  };
}

function next(past: Past, entry: Extract<Entry, Of>): Past {
  if (entry.event === 'intended')
    return {
      stage: 'intended',
      at: entry.at,
      after: entry.after,
      times: past.times + 1,
      own: true,
      ownBefore: past.own,
    };
  if (entry.event === 'answered') {
    const refused = entry.answer === 'rejected' || entry.answer === 'throttled';
    return { ...past, stage: entry.answer, at: entry.at, own: refused ? past.ownBefore : true };
  }
  return { ...past, stage: 'confirmed', at: entry.at, own: entry.by === 'call' };
}

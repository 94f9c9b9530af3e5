import type { Json } from '#model/fact.ts';

/** A change of a step, by its place in the list. */
export interface Of {
  step: string;
  change: number;
  /** `undo` of a rollback. */
  way: 'apply' | 'undo';
}

/** How a call ended: `unknown` is one of which nobody knows whether the service did it. */
export type Answer = 'accepted' | 'rejected' | 'throttled' | 'unknown';

/** What a journal tells, in order. No input and no answer of a call is ever part of it. */
export type Event =
  | {
      event: 'run-started';
      run: string;
      /** SHA-256 of the plan that is kept beside the journal. */
      plan: string;
      account: string;
      arn: string;
      /** The steps, in order. */
      steps: string[];
      autoRollback: boolean;
    }
  | ({ event: 'intended'; service: string; operation: string; token: string; after: Json } & Of)
  | ({ event: 'answered'; answer: Answer; request?: string; status?: number; error?: string } & Of)
  /** `by`: whether it was this run's call that made the state so. */
  | ({ event: 'confirmed'; by: 'call' | 'found' } & Of)
  | { event: 'proof'; step: string; proof: string; result: 'pass' | 'fail' | 'unknown' }
  | { event: 'step-done'; step: string }
  | { event: 'resumed' }
  | { event: 'rollback-started' }
  | { event: 'run-ended'; result: 'done' | 'stopped' | 'rolled-back' | 'rollback-stopped' };

/** An event as it stands in the journal. */
export type Entry = Event & {
  seq: number;
  /** When it was written, ISO 8601. */
  at: string;
};

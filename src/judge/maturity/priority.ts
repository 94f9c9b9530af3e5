import type { Priority, Severity } from '#model/finding.ts';
import type { Effort } from '#model/maturity.ts';

/**
 * When a gap is to be begun, from what can happen and what it takes to close it. What is critical comes first whatever it
 * takes. What is high and takes weeks cannot be done before everything else: it is planned, second. What is medium comes
 * second unless it takes weeks. What is low never goes before anything, however quickly it would be done.
 */
export const PRIORITY: Readonly<Record<Severity, Readonly<Record<Effort, Priority>>>> = {
  critical: { small: 'P1', medium: 'P1', large: 'P1' },
  high: { small: 'P1', medium: 'P1', large: 'P2' },
  medium: { small: 'P2', medium: 'P2', large: 'P3' },
  low: { small: 'P3', medium: 'P3', large: 'P3' },
};

const LOWER: Readonly<Record<Severity, Severity>> = {
  critical: 'high',
  high: 'medium',
  medium: 'low',
  low: 'low',
};

/** The severity of a gap whose question is answered by `partial`: one lower than by `no`. */
export const ofPartial = (severity: Severity): Severity => LOWER[severity];

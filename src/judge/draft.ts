import type { Finding } from '#model/finding.ts';

/** A finding before its gap id, its mutes and its steps are known. */
export type DraftFinding = Omit<Finding, 'gap' | 'muted' | 'steps'>;

import type { KeptFinding } from './runs.ts';

/** The findings of two audits, told apart by their fingerprints. */
export interface Comparison {
  /** Found before, and no longer. */
  mended: KeptFinding[];
  /** Found before, and still. */
  still: KeptFinding[];
  /** Found only now: what was changed in between may have caused them. */
  caused: KeptFinding[];
  /**
   * Found before, and not now, where a rule could not answer: nobody knows. They are never told as mended.
   */
  unknown: KeptFinding[];
}

interface Audited {
  findings: readonly KeptFinding[];
  summary?: { unknown?: readonly { rule: string }[] | undefined };
}

/**
 * What became of the findings of one audit in the next. Findings that are muted count for neither. A finding of a rule
 * that could not answer the second time is unknown, not mended.
 */
export function compareFindings(before: readonly KeptFinding[], after: Audited): Comparison {
  const active = (findings: readonly KeptFinding[]) =>
    new Map(findings.filter(({ muted }) => !muted).map((one) => [one.fingerprint, one]));
  const first = active(before);
  const second = active(after.findings);
  const silenced = new Set(after.findings.filter(({ muted }) => muted).map(({ fingerprint }) => fingerprint));
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  const silent = new Set(after.summary?.unknown?.map(({ rule }) => rule));
  const gone = [...first.values()].filter(
    ({ fingerprint }) => !second.has(fingerprint) && !silenced.has(fingerprint),
  );
  return {
    mended: gone.filter(({ rule }) => !silent.has(rule)),
    unknown: gone.filter(({ rule }) => silent.has(rule)),
    still: [...second.values()].filter(({ fingerprint }) => first.has(fingerprint)),
    caused: [...second.values()].filter(({ fingerprint }) => !known.has(fingerprint)),
  };
}

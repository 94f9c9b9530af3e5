import type { Report } from '#model/report.ts';

export type ReportStep = Report['plan']['steps'][number];

/**
 * The steps in waves: those of one need nothing of each other, and all that they need stands in earlier ones.
 * @param steps in an order in which they can be taken
 */
export function wavesOf(steps: readonly ReportStep[]): ReportStep[][] {
  const depth = new Map<string, number>();
  const waves: ReportStep[][] = [];
  for (const step of steps) {
    const wave = Math.max(0, ...step.after.map((id) => (depth.get(id) ?? -1) + 1));
    depth.set(step.id, wave);
    const own = waves[wave];
    if (own) own.push(step);
    else waves[wave] = [step];
  }
  return waves.filter((wave) => wave !== undefined);
}

/** Steps that need input, and those that wait for one of them: what cannot be taken now. */
export function stuckOf(steps: readonly ReportStep[]): ReadonlySet<string> {
  const stuck = new Set<string>();
  for (const { id, state, after } of steps)
    if (state === 'needs-input' || after.some((one) => stuck.has(one))) stuck.add(id);
  return stuck;
}

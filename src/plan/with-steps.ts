import type { Finding } from '#model/finding.ts';
import type { Step } from '#model/step.ts';

/** The findings with the steps that mend them. */
export function withSteps(findings: readonly Finding[], steps: readonly Step[]): Finding[] {
  const of = new Map<string, string[]>();
  for (const { id, findings: gaps } of steps)
    for (const gap of gaps) of.set(gap, [...(of.get(gap) ?? []), id]);
  return findings.map((finding) => ({ ...finding, steps: of.get(finding.gap) ?? [] }));
}

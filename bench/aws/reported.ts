import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Line } from '../run.ts';

/**
 * How many resources of an account its report lacks, which a fast audit must not come from.
 * @param kinds how many the account holds, by kind
 * @param out where the report is
 */
export function notReported(title: string, kinds: Readonly<Record<string, number>>, out: string): Line {
  const report = readFileSync(path.join(out, 'report.json'), 'utf8');
  const seen = new Map<string, number>();
  for (const { kind, observed } of (JSON.parse(report) as Report).resources)
    if (observed.length > 0) seen.set(kind, (seen.get(kind) ?? 0) + 1);
  const lacks = Object.entries(kinds)
    .map(([kind, count]) => [kind, Math.max(0, count - (seen.get(kind) ?? 0))] as const)
    .filter(([, count]) => count > 0);
  return {
    what: `${title}, resources that the report lacks`,
    measured: lacks.reduce((sum, [, count]) => sum + count, 0),
    most: 0,
    unit: 'resources',
    from: lacks.map(([kind, count]) => `${count} ${kind}`).join(', '),
  };
}

interface Report {
  resources: { kind: string; observed: readonly unknown[] }[];
}

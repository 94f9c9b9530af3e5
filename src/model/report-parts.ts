import { z } from 'zod';
import type { Json } from './fact.ts';
import { SEVERITIES } from './finding.ts';
import { EFFECTS, WHAT_IF_SUBJECTS } from './what-if.ts';

/** Parts of the JSON report's contract that many others are made of, and what would happen. */
export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);
export const text = z.object({ fr: z.string(), en: z.string() });
export const evidence = z.union([
  z.object({
    source: z.enum(['repo', 'docs', 'target', 'import']),
    file: z.string(),
    line: z.int().positive(),
    endLine: z.int().positive().optional(),
    excerpt: z.string().optional(),
    lastChange: z.object({ date: z.iso.date(), orBefore: z.literal(true).optional() }).optional(),
  }),
  z.object({
    source: z.enum(['aws', 'cloudflare', 'host', 'github', 'azure', 'probe']),
    operation: z.string(),
    at: z.iso.datetime(),
    excerpt: z.string().optional(),
  }),
]);

/** What starting or applying a file would do on a host as it was seen; nothing was started. */
export const whatIf = z.object({
  of: z.enum(WHAT_IF_SUBJECTS),
  file: z.string(),
  host: z.string(),
  isRetired: z.boolean(),
  command: z.string(),
  /** In the order in which they would happen; the first that fails ends it. */
  effects: z.array(
    z.object({
      id: z.enum(EFFECTS),
      fails: z.boolean(),
      severity: z.enum(SEVERITIES),
      text,
      evidence: z.array(evidence).min(1),
      affects: z.array(z.object({ kind: z.string(), name: z.string() })),
    }),
  ),
  /** What could not be told: an empty list of effects beside it is no promise. */
  unknown: z.array(text),
});

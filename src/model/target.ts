import { z } from 'zod';
import { TOPICS } from './artifacts.ts';
import { SOURCES } from './evidence.ts';
import { SEVERITIES } from './finding.ts';
import { EFFORTS } from './maturity.ts';

const id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case letters, digits and hyphens');
const said = z.union([
  z.string().trim().min(1),
  z.strictObject({ fr: z.string().trim().min(1), en: z.string().trim().min(1) }),
]);

const question = z.strictObject({
  text: said.optional().describe('The question, in one language or as { fr, en }'),
  weight: z
    .literal([1, 2, 3])
    .optional()
    .describe('How much it counts in the score of its domain. Default: 2'),
  severity: z
    .enum(SEVERITIES)
    .optional()
    .describe('Of the gap where the answer is no; partial is one lower. Default: medium'),
  effort: z
    .enum(EFFORTS)
    .optional()
    .describe('What it takes to close the gap: hours, days, weeks. Default: medium'),
  gap: z
    .strictObject({
      id: id.optional().describe('The rule id of the finding. Default: the question’s id and -lacking'),
      title: said.optional().describe('What is lacking'),
      remedy: said.optional().describe('What to do about it'),
    })
    .optional(),
  files: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Answered by files: yes where one of these globs matches a file'),
  all: z.literal(true).optional().describe('With files: yes where every glob matches, partial where some do'),
  rules: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Answered by rules: yes where they were judged and found nothing'),
  query: z
    .string()
    .min(1)
    .optional()
    .describe('Answered by a JMESPath expression over report.json: true, false, null, or a list'),
  documents: z.enum(TOPICS).optional().describe('Answered by documents: yes where one treats this topic'),
  needs: z.array(z.enum(SOURCES)).min(1).optional().describe('Sources without which the answer is unknown'),
});

/** The subjects of pages that a question can ask for. */
export const DOCUMENT_TOPICS = question.shape.documents.unwrap().options;

const domain = z.strictObject({
  title: said.optional(),
  target: said.optional().describe('What a sound estate has'),
  questions: z
    .record(id, question.nullable())
    .optional()
    .describe('The questions that are asked, by id. Default: those that Constat asks in this domain'),
});

/** `constat.target.yaml`: what a team wants its operations to be. Its JSON Schema is `schema/target.schema.json`. */
export const targetSchema = z.strictObject({
  $schema: z.string().optional(),
  domains: z.record(id, domain.nullable()).describe('The domains that are asked, by id, in their order'),
});

export type TargetData = z.infer<typeof targetSchema>;
export type TargetQuestion = z.infer<typeof question>;
export type GivenText = z.infer<typeof said>;

/** A target file as it was read. */
export interface GivenTarget {
  /** As evidence names it: from the root of the audited folder. */
  file: string;
  data: TargetData;
  /** The line of each domain (`security`) and question (`security/cors-restricted`). */
  lines: ReadonlyMap<string, number>;
}

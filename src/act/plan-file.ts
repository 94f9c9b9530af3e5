import { InputError } from '#lib/input-error.ts';
import { type Report, reportSchema, SCHEMA_ID } from '#model/report.ts';
import type { Proof, Step } from '#model/step.ts';

/** What of a report a run needs. */
export interface Plan {
  audit: Pick<Report['audit'], 'id' | 'startedAt' | 'estate' | 'asked'>;
  steps: Step[];
  proofs: Proof[];
  findings: Report['findings'];
}

const needed = reportSchema.pick({ audit: true, plan: true, proofs: true, findings: true });

/**
 * The plan of a report.
 * @param file for the messages
 * @throws InputError, one line, where the text is no report, or one of another version
 */
export function planOf(text: string, file: string): Plan {
  const again = 'write it again with `constat audit --format json`';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${file}: not JSON; give a report.json of Constat, or ${again}`);
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema !== 'string' || !schema.startsWith('constat/'))
    throw new InputError(`${file}: not a report of Constat; give the report.json that an audit wrote`);
  if (schema !== SCHEMA_ID)
    throw new InputError(
      `${file}: a report of the form ${schema}, this Constat reads ${SCHEMA_ID}; ${again}`,
    );
  const { success, data, error } = needed.safeParse(value);
  if (!success) {
    const [issue] = error.issues;
    throw new InputError(
      `${file}: ${issue?.path.join('.') || 'the report'} is not what this Constat reads (${issue?.message ?? 'unknown'}); ${again}`,
    );
  }
  const { audit, plan, proofs, findings } = data;
  return { audit, steps: plan.steps as Step[], proofs: proofs as Proof[], findings };
}

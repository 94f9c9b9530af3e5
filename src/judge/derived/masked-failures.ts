import type { JobSource, StepSource } from '#model/artifacts.ts';
import { type Importance, importanceOf, stepImportance } from './importance.ts';
import { stepCommands } from './shell.ts';

const EXCEPTIONAL = /failure\(\)|always\(\)|cancelled\(\)/;

/** Something of a job that can fail without anyone knowing. */
export interface MaskedFailure {
  /** A step's name or action, or a command up to its third word. */
  what: string;
  /** What masks it, as written: `continue-on-error: true`, `|| true`. */
  by: string;
  importance: Importance;
  line: number;
  /** The whole of it, for telling it from others of the job. */
  key: string;
}

/** The failures that matter and that a job masks. What runs after a failure, or to clean up, may fail. */
export function maskedFailures(job: JobSource): MaskedFailure[] {
  return job.steps.flatMap((step, index) => {
    if (EXCEPTIONAL.test(`${step.condition ?? ''} ${job.condition ?? ''}`)) return [];
    const importance = step.continueOnError && !isLookedAt(job, index) ? stepImportance(step) : undefined;
    if (!importance) return maskedCommands(step);
    const what = step.name ?? step.uses?.text ?? stepCommands(step)[0]?.words.join(' ') ?? '';
    return [
      { what, by: 'continue-on-error: true', importance, line: step.line, key: what },
      ...maskedCommands(step),
    ];
  });
}

/** A later step that reads an outcome decides what the failure means. */
const isLookedAt = (job: JobSource, index: number): boolean =>
  job.steps
    .slice(index + 1)
    .some(({ condition = '', run }) => /outcome|failure\(\)/.test(`${condition} ${run?.text ?? ''}`));

const maskedCommands = (step: StepSource): MaskedFailure[] =>
  stepCommands(step).flatMap(({ words, line, masked }) => {
    const importance = masked === undefined ? undefined : importanceOf(words);
    if (masked === undefined || !importance) return [];
    return [
      {
        what: words.slice(0, 3).join(' '),
        by: masked,
        importance,
        line,
        key: `${step.name ?? ''} ${words.join(' ')}`,
      },
    ];
  });

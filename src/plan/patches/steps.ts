import type { JobSource, StepSource, WorkflowSource } from '#model/artifacts.ts';

/** A step of a workflow with the lines of the file that it stands on, from 1. */
export interface StepLines {
  job: JobSource;
  step: StepSource;
  /** The line of its `-`. */
  first: number;
  last: number;
  /** The indentation of its keys. */
  indent: string;
}

const INDENT = /^( *)/;
const indentOf = (line: string): string => INDENT.exec(line)?.[1] ?? '';

/** The steps of a workflow that are written in block style, in the order of the file. */
export function stepsOf({ jobs }: WorkflowSource, lines: readonly string[]): StepLines[] {
  return jobs.flatMap((job) =>
    job.steps.flatMap((step): StepLines[] => {
      const dash = /^( *)-( +)\S/.exec(lines[step.line - 1] ?? '');
      if (!dash) return [];
      const [, outer = '', gap = ''] = dash;
      let last = step.line;
      for (let index = step.line; index < lines.length; index += 1) {
        const line = lines[index] ?? '';
        if (line.trim() === '') continue;
        if (indentOf(line).length <= outer.length) break;
        last = index + 1;
      }
      return [{ job, step, first: step.line, last, indent: `${outer} ${gap}` }];
    }),
  );
}

/** The line of a key of a step, from 1, and what stands after it; undefined where the step has none. */
export function keyOf(
  { first, last, indent }: StepLines,
  lines: readonly string[],
  key: string,
): { line: number; isFirst: boolean; value: string } | undefined {
  for (let line = first; line <= last; line += 1) {
    const text = lines[line - 1] ?? '';
    const own = line === first ? `${indent}${text.slice(indent.length)}` : text;
    if (own.startsWith(`${indent}${key}:`))
      return { line, isFirst: line === first, value: own.slice(indent.length + key.length + 1).trim() };
  }
  return undefined;
}

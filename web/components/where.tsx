import { type Evidence, isDeclared } from '../vocabulary.ts';
import { Name } from './name.tsx';

/** The place an evidence stands for: `file:line`, or the operation that said it. */
export function place(evidence: Evidence, short = false): string {
  if (!isDeclared(evidence)) return evidence.operation;
  const file = short ? evidence.file.replace(/^\.github\/workflows\//, '') : evidence.file;
  return `${file}:${evidence.line}${evidence.endLine ? `-${evidence.endLine}` : ''}`;
}

export const Where = ({ evidence, short }: { evidence: Evidence; short?: boolean }) => (
  <Name text={place(evidence, short)} />
);

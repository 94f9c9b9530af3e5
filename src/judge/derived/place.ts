import type { Evidence, FileEvidence } from '#model/evidence.ts';
import type { Text } from '#model/text.ts';

/** Evidence at a line of a file that is no prose. The excerpt is filled in where the file's text is at hand. */
export const at = (file: string, line: number): FileEvidence => ({ source: 'repo', file, line });

/** Evidence at a line of a document. */
export const inDocument = (file: string, line: number): FileEvidence => ({ source: 'docs', file, line });

/** The list as {@link Evidence} of a gap, when it holds at least one place. */
export function some(evidence: readonly Evidence[]): [Evidence, ...Evidence[]] | undefined {
  const [first, ...rest] = evidence;
  return first && [first, ...rest];
}

/** The title of a gap: what it is about, as {@link code} or a text, then what is wrong with it. */
export function titled(subject: string | Text, fr: string, en: string): Text {
  const about = typeof subject === 'string' ? { fr: subject, en: subject } : subject;
  return { fr: `${about.fr}\u00a0: ${fr}`, en: `${about.en}: ${en}` };
}

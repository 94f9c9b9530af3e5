import { type FileEvidence, isFileEvidence } from '#model/evidence.ts';
import { codes, type Text } from '#model/text.ts';
import type { Problem } from './problem.ts';

/** The lines of files that a finding shows. */
export const linesOf = ({ finding }: Problem): FileEvidence[] =>
  (finding?.evidence ?? []).filter(isFileEvidence);

/** The first file that a finding shows. */
export const fileOf = (problem: Problem): string | undefined => linesOf(problem)[0]?.file;

/** Places in a sentence: `deploy.yml:12`. */
export const placesText = (places: readonly { file: string; line: number }[]): Text =>
  codes(
    places.map(({ file, line }) => `${file}:${line}`),
    12,
  );

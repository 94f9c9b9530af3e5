/**
 * Where facts come from: the repository's own files, its prose, the declared target, or the estate itself. `probe` is
 * what requests from this machine were answered.
 */
export const SOURCES = [
  'repo',
  'docs',
  'target',
  'aws',
  'cloudflare',
  'host',
  'github',
  'azure',
  'probe',
  'import',
] as const;
export type Source = (typeof SOURCES)[number];

/** Sources that an estate is deployed from: the repository's own files, and states that were given beside it. Prose is none. */
export const isDeployedFrom = (source: Source): boolean => source === 'repo' || source === 'import';

/** A place in a file of the audited repository. Lines count from 1. */
export interface FileEvidence {
  source: 'repo' | 'docs' | 'target' | 'import';
  file: string;
  line: number;
  endLine?: number;
  /** The text at that place, secrets masked, cut to a few lines. */
  excerpt?: string;
  /** Of a document: when the file was last changed, where the repository's history says it. */
  lastChange?: LastChange;
}

/** The last change of a file, as far as the history was followed. */
export interface LastChange {
  /** The day of the commit (its committer's, in UTC), YYYY-MM-DD. */
  date: string;
  /** The history was not followed further: the change is of that day or of one before it. */
  orBefore?: true;
}

/** A read of the estate: which operation said it, and when (RFC 3339, UTC). */
export interface CallEvidence {
  source: 'aws' | 'cloudflare' | 'host' | 'github' | 'azure' | 'probe';
  operation: string;
  at: string;
  excerpt?: string;
}

export type Evidence = FileEvidence | CallEvidence;

export const isFileEvidence = (evidence: Evidence): evidence is FileEvidence => 'file' in evidence;

/** The order in which evidence is always shown: by file and line, then by operation and time. */
export function compareEvidence(a: Evidence, b: Evidence): number {
  const key = (e: Evidence) =>
    isFileEvidence(e) ? `0 ${e.file} ${String(e.line).padStart(8, '0')}` : `1 ${e.operation} ${e.at}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

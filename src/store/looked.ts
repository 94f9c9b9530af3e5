import type { Coverage } from '#model/coverage.ts';
import type { Looked } from './closed-gaps.ts';

/** What an audit was asked to read and what came of it, as far as gaps may be closed by it. */
export interface Reading {
  on: string;
  coverage: readonly Coverage[];
  urls: readonly string[];
  isIgnored(file: string): boolean;
  couldFind(rule: string): boolean;
}

/** What was looked at. A file that could not be read spoils what was found in it; anything else, its account and region. */
export function lookedAt({ on, coverage, urls, isIgnored, couldFind }: Reading): Looked {
  const asked = coverage.filter(({ state }) => state !== 'skipped');
  const nameOf = ({ source, scope }: Coverage) =>
    source === 'repo' || source === 'docs' ? source : `${source} ${scope}`;
  const isOfFiles = ({ source, state }: Coverage) =>
    (source === 'repo' || source === 'docs') && state === 'partial';
  const unread = new Set(
    coverage.flatMap((one) => (one.unread ?? []).filter((file) => file.asked).map(({ file }) => file)),
  );
  return {
    on,
    read: new Set([...asked.map(nameOf), ...urls.map((url) => `url ${url}`)]),
    partly: new Set(asked.filter((one) => one.state !== 'complete' && !isOfFiles(one)).map(nameOf)),
    isUnread: (file) => unread.has(file) || isIgnored(file),
    couldFind,
  };
}

import picomatch from 'picomatch';

/** A test on names and paths from a list of globs, without regard to case; nothing matches an empty list. */
export function matcher(globs: readonly string[]): (candidate: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], { dot: true, nocase: true });
}

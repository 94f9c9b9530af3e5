import path from 'node:path';

const KEPT = ['constat-report/', '.constat/'];
const REPORTS = ['report.md', 'report.html', 'report.json'];

/** Where a report goes where nobody says otherwise, from the folder in which the command is given. */
export const DEFAULT_OUT = 'constat-report';

/**
 * A test for paths below a root that Constat itself wrote: what an earlier audit left there is not part of the estate.
 * @param out where the report goes, absolute
 */
export function ownOutput(root: string, out: string | undefined): (file: string) => boolean {
  const below = out === undefined ? '' : path.relative(root, out).split(path.sep).join('/');
  const isInside = below !== '' && !below.startsWith('..') && !path.isAbsolute(below);
  const reports = new Set(isInside ? REPORTS.map((report) => `${below}/${report}`) : []);
  const isPatch = (file: string) =>
    isInside && file.startsWith(`${below}/patches/`) && file.endsWith('.patch');
  return (file) =>
    file === 'constat.lock.json' ||
    reports.has(file) ||
    isPatch(file) ||
    KEPT.some((folder) => file.startsWith(folder));
}

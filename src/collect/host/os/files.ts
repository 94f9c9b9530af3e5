import { shellQuote } from '#lib/shell-quote.ts';

/** A file as the host gave it: its text, or why there is none. */
export interface HostFile {
  path: string;
  state: 'read' | 'missing' | 'denied' | 'unread';
  text: string;
}

const MOST = 65_536;

/**
 * A script that gives files, each line with a bar before it so that nothing in a file can look like the next one. Patterns may be
 * unquoted globs. A path below a folder that may not be entered is denied, not missing; what is no plain file is not opened.
 * @param most bytes of each file
 * @param filter what the text goes through on the host
 */
export const filesScript = (
  paths: readonly string[],
  {
    globs = [],
    most = MOST,
    filter = 'cat',
  }: { globs?: readonly string[]; most?: number; filter?: string } = {},
): string => `for f in ${[...paths.map(shellQuote), ...globs].join(' ')}; do
  d=$f
  while [ -n "$d" ] && [ ! -e "$d" ]; do d=\${d%/*}; done
  if [ ! -e "$f" ]; then
    case $f in *\\**) continue ;; esac
    if [ -x "\${d:-/}" ]; then echo "M $f"; else echo "D $f"; fi
  elif [ ! -f "$f" ]; then echo "U $f"
  elif [ ! -r "$f" ]; then echo "D $f"
  else
    echo "F $f"
    head -c ${most} "$f" | ${filter} | sed 's/^/|/'
    echo
  fi
done`;

const STATES: Record<string, HostFile['state']> = { F: 'read', M: 'missing', D: 'denied', U: 'unread' };

/** What {@link filesScript} gave. */
export function filesOf(stdout: string): HostFile[] {
  const found: HostFile[] = [];
  const lines: string[][] = [];
  for (const line of stdout.split('\n')) {
    const state = line[1] === ' ' ? STATES[line[0] ?? ''] : undefined;
    if (line.startsWith('|')) lines.at(-1)?.push(line.slice(1));
    else if (state) {
      found.push({ path: line.slice(2), state, text: '' });
      lines.push([]);
    }
  }
  return found.map((file, index) => ({ ...file, text: (lines[index] ?? []).join('\n') }));
}

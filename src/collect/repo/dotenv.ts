export interface DotenvEntry {
  name: string;
  /** What a loader would give: quotes removed, comments cut, `$` left as written. Never to be kept. */
  value: string;
  line: number;
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]{0,127})\s*=[ \t]*/;
const MOST_LINES_OF_A_VALUE = 200;
const LONGEST_VALUE = 20_000;

/**
 * The assignments of a dotenv file, in order, as Node's own loader reads them: `export`, quotes (also over several
 * lines), comments. Lines count from 1; what is no assignment is passed over. Linear.
 */
export function parseDotenv(lines: readonly string[]): DotenvEntry[] {
  const entries: DotenvEntry[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const text = lines[index] ?? '';
    const start = ASSIGNMENT.exec(text.slice(0, 400));
    if (!start?.[1]) continue;
    const rest = text.slice(start[0].length, start[0].length + LONGEST_VALUE);
    const line = index + 1;
    const quote = rest[0];
    if (quote !== '"' && quote !== "'" && quote !== '`') {
      entries.push({ name: start[1], value: withoutComment(rest), line });
      continue;
    }
    const parts = [rest.slice(1)];
    let end = closing(parts[0] ?? '', quote);
    let last = index;
    while (end < 0 && last + 1 < lines.length && last - index < MOST_LINES_OF_A_VALUE) {
      last += 1;
      const next = (lines[last] ?? '').slice(0, LONGEST_VALUE);
      end = closing(next, quote);
      parts.push(next);
    }
    if (end < 0) {
      // A quote that nothing closes belongs to the value of its own line.
      entries.push({ name: start[1], value: withoutComment(rest), line });
      continue;
    }
    parts[parts.length - 1] = (parts.at(-1) ?? '').slice(0, end);
    entries.push({ name: start[1], value: parts.join('\n'), line });
    index = last;
  }
  return entries;
}

function closing(text: string, quote: string): number {
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (quote !== '"' || text[at - 1] !== '\\') return at;
  }
  return -1;
}

function withoutComment(text: string): string {
  const comment = text.indexOf('#');
  return (comment >= 0 ? text.slice(0, comment) : text).trim();
}

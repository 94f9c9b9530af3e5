import { digestOf } from '#lib/digest.ts';
import type { Code } from './code.ts';
import type { Read } from './environment-reads.ts';

/** Files that are for development or tests alone, by what they are called. */
const FOR_DEVELOPMENT =
  /(?:^|[/_.-])(?:dev|develop|development|devel|local|tests?|testing|ci|seeds?|seeders?|demo|mocks?|samples?|examples?|scripts?|tools|migrations?|alembic|diagnos\w*|debug|check)(?:[/_.-]|$)/i;
/** What asks in which environment a program runs. */
const ASKS_WHERE =
  /NODE_ENV|\bDEBUG\b|(?:^|[^A-Za-z])ENV(?:IRONMENT)?\b|_ENV(?:IRONMENT)?\b|\benv(?:ironment)?\b|is_?prod|is_?dev|is_?local|is_?test|prod(?:uction)?\b|\bdev(?:elopment)?\b|\b(?:Dev|Test|Local)\w*|\bdebug\b|__main__|\btest\w*/;
const CONDITION = /\b(?:if|elif|else|unless|case|class|def|func|function)\b|\?(?![.?])/;
/** The program does not go on; an answer that turns somebody away is no such thing. */
const STOPS =
  /\braise (?:ValueError|RuntimeError|Exception|SystemExit|KeyError|EnvironmentError|AssertionError|ImproperlyConfigured|\w*Config\w*|\w*Settings?\w*)\b|\bsys\.exit\(|\bprocess\.exit\(|\blog\.Fatal|\bpanic\(|\bthrow new (?:Error|TypeError|\w*Config\w*)\(|\bos\.Exit\(|\bassert\b|\bcheck_?default/;
const NEAR = 5;
const MOST_ABOVE = 400;
const MOST_LINES = 60_000;

/**
 * Marks the defaults of secrets that are not what runs in the end: those of files for development, those that stand under
 * a condition on the environment, and those that code looks for to stop. That none was found proves nothing; it is said of
 * what was seen alone.
 */
export function markGuarded(reads: readonly Read[], codes: readonly Code[]): void {
  const secret = reads.filter(
    (read) =>
      read.default?.secret === true && read.default.isGenerated !== true && read.default.class !== 'empty',
  );
  if (secret.length === 0) return;
  const compared = new Set(
    codes.flatMap(({ comparisons }) =>
      comparisons.flatMap(({ left, right }) =>
        [left, right].flatMap((one) =>
          one.is === 'text'
            ? [one.text]
            : one.is === 'list'
              ? one.items.flatMap((item) => (item.is === 'text' ? [item.text] : []))
              : [],
        ),
      ),
    ),
  );
  const digests = new Set([...compared].filter((text) => text !== '').map(digestOf));
  const lines = new Map<string, string[]>();
  let left = MOST_LINES;
  for (const { path, text } of codes) {
    const own = text.split('\n');
    left -= own.length;
    if (left > 0) lines.set(path, own);
  }
  for (const read of secret) {
    const own = read.default;
    if (
      own &&
      (FOR_DEVELOPMENT.test(read.at.file) ||
        digests.has(own.digest) ||
        isUnderCondition(lines.get(read.at.file), read.at.line) ||
        stopsWithout(read, lines))
    )
      own.isGuarded = true;
  }
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
/** Without its texts and its comment: what stands in a default says nothing of where it is used. */
const bare = (line: string): string =>
  line
    .slice(0, 500)
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, '""')
    .replace(/\s(?:#|\/\/).*$/, '');

/** Whether the line, or one that it stands inside of, asks for the environment. */
function isUnderCondition(lines: readonly string[] | undefined, line: number): boolean {
  const own = lines?.[line - 1];
  if (!lines || own === undefined) return false;
  const asks = (text: string) =>
    CONDITION.test(text) &&
    ASKS_WHERE.test(text.replaceAll(/process\.env\b|os\.environ\b|import\.meta\.env\b/g, ''));
  // a long expression goes over several lines
  if (
    lines
      .slice(Math.max(0, line - 3), line + 2)
      .some((one) => /\?(?![.?])|\bif\b/.test(bare(one)) && asks(bare(one)))
  )
    return true;
  let indent = indentOf(own);
  for (let at = line - 2; at >= 0 && at > line - MOST_ABOVE && indent > 0; at -= 1) {
    const above = lines[at] ?? '';
    if (above.trim() === '' || indentOf(above) >= indent) continue;
    indent = indentOf(above);
    if (asks(bare(above))) return true;
  }
  return false;
}

/** Whether some line near one that names the variable stops the program. */
function stopsWithout({ name, field, symbol }: Read, lines: ReadonlyMap<string, readonly string[]>): boolean {
  const names = [
    ...new Set([name, field, symbol?.name].filter((one) => one !== undefined && one.length > 3)),
  ] as string[];
  for (const own of lines.values())
    for (const [at, line] of own.entries()) {
      if (!names.some((one) => line.includes(one))) continue;
      if (own.slice(Math.max(0, at - 1), at + NEAR).some((near) => STOPS.test(near.slice(0, 500))))
        return true;
    }
  return false;
}

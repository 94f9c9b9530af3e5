/** A word with a sign or a digit in it. The others, which are most, the expression itself passes over. */
const TOKEN =
  /(?<![A-Za-z])(?:[A-Za-z]{1,60}[_.:/@-][A-Za-z0-9_.:/@-]{1,200}|[A-Za-z]{0,60}\d[A-Za-z0-9_.:/@-]{0,200})/g;
/** A word of its own may stand in any page without naming anything. */
const JOINED = /[-_./]|\d/;
const CUTS = /[/:@]/;
const MOST = 5_000;

/**
 * The names that a text writes, whatever it says of them: words that hold a joining sign or a digit, in lower case, and
 * the parts of paths and addresses. What is not in there no reading of the text can have missed.
 */
export function writtenNames(text: string): string[] {
  const found = new Set<string>();
  for (const [token] of text.matchAll(TOKEN)) {
    const word = token.replace(/[.:/@-]+$/, '').toLowerCase();
    for (const part of CUTS.test(word) ? [word, ...word.split(CUTS)] : [word])
      if (part.length > 2 && JOINED.test(part)) found.add(part);
    if (found.size >= MOST) break;
  }
  return [...found];
}

/** A word with a sign or a digit in it. The others, which are most, the expression itself passes over. */
const TOKEN = /(?<![a-z])(?:[a-z]{1,60}[_.:/@-][a-z0-9_.:/@-]{1,200}|[a-z]{0,60}\d[a-z0-9_.:/@-]{0,200})/g;
/** A word of its own may stand in any page without naming anything. */
const JOINED = /[-_./]|\d/;
const CUTS = /[/:@]/;
const ENDED = /[.:/@-]+$/;
const MOST = 5_000;

/**
 * The names that a text in lower case writes, whatever it says of them: words with a joining sign or a digit, and parts of
 * paths and addresses. What is not in there no reading of the text can have missed.
 */
export function writtenNames(text: string): string[] {
  const found = new Set<string>();
  for (const token of text.match(TOKEN) ?? []) {
    if (found.has(token)) continue;
    const word = ENDED.test(token) ? token.replace(ENDED, '') : token;
    for (const part of CUTS.test(word) ? [word, ...word.split(CUTS)] : [word])
      if (part.length > 2 && JOINED.test(part)) found.add(part);
    if (found.size >= MOST) break;
  }
  return [...found];
}

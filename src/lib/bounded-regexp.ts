const LONGEST_SOURCE = 600;
/** Longest text by the number of repetitions without end: a failed search takes about its length to their power, and once more. */
const LONGEST_TEXT: readonly number[] = [4_096, 2_048, 384, 96];
/** What PCRE and RE2 write and JavaScript reads otherwise, or not at all. */
const FOREIGN = /\(\?[>#|R&0-9+'(]|\\[AzZGKRXQECg]|\[\[:|[*+?}]\+|\(\?<?[a-zA-Z]*-|\\[1-9]|\\k</;

/**
 * Whether a regular expression of an audited file fits a text: undefined where it cannot be told in few steps, or where
 * JavaScript would read it otherwise. `(?i)` before it takes both cases. Groups that repeat something that repeats, or a
 * choice, are not run: they may take time without bound.
 */
export function boundedTest(source: string, text: string): boolean | undefined {
  const isAnyCase = source.startsWith('(?i)');
  const plain = (isAnyCase ? source.slice(4) : source).replaceAll('(?P<', '(?<');
  if (plain.length > LONGEST_SOURCE || FOREIGN.test(plain)) return undefined;
  const endless = endlessIn(plain);
  const longest = endless === undefined ? undefined : LONGEST_TEXT[endless];
  if (longest === undefined || text.length > longest) return undefined;
  try {
    return new RegExp(plain, isAnyCase ? 'i' : '').test(text);
  } catch {
    return undefined;
  }
}

/** The number of repetitions without end; undefined where one stands inside another, or repeats a choice. */
function endlessIn(source: string): number | undefined {
  const groups: { repeats: boolean; chooses: boolean }[] = [{ repeats: false, chooses: false }];
  let count = 0;
  /** What a repetition that comes next would repeat. */
  let last: { repeats: boolean; chooses: boolean } = { repeats: false, chooses: false };
  const none = { repeats: false, chooses: false };
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] as string;
    const level = groups.at(-1) as (typeof groups)[number];
    const braces = char === '{' ? /^\{(\d{1,4})(,)?(\d{0,4})\}/.exec(source.slice(at, at + 12)) : undefined;
    if (char === '\\') {
      at += 1;
      last = none;
    } else if (char === '[') {
      for (at += 2; at < source.length && source[at] !== ']'; at += 1) if (source[at] === '\\') at += 1;
      last = none;
    } else if (char === '(') {
      groups.push({ repeats: false, chooses: false });
    } else if (char === ')') {
      if (groups.length === 1) return undefined;
      last = groups.pop() as (typeof groups)[number];
      const outer = groups.at(-1) as (typeof groups)[number];
      outer.repeats ||= last.repeats;
    } else if (char === '|') {
      level.chooses = true;
    } else if (char === '*' || char === '+' || braces) {
      const most =
        braces && (braces[2] === undefined || braces[3] !== '') ? Number(braces[3] || braces[1]) : Infinity;
      if (most > 1 && (last.repeats || last.chooses)) return undefined;
      if (most === Infinity) {
        count += 1;
        level.repeats = true;
      } else if (most > 64) return undefined;
      if (braces) at += braces[0].length - 1;
      last = none;
    } else last = char === '?' ? last : none;
  }
  return count;
}

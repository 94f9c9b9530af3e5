/** Whether a pattern holds for a text of which parts may be unknown: for all that they may be, for some of it, for none. */
export type Relation = 'fits' | 'maybe' | 'apart';

/** One letter for each part that is not known, and those that stand for a star or a mark that is meant as such. */
const [UNKNOWN, NOTHING, STAR, MARK] = ['\ue000', '\ue001', '\ue002', '\ue003'];
const MOST_STEPS = 1_000_000;

/** Whether a text fits a pattern with `*` and `?`. IAM User Guide, “Using wildcards”. Linear in the text for each star. */
export function fits(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/**
 * How a pattern and a text stand to one another; `⟨…⟩` in the text stands for any text, an empty one too.
 * @param literal whether `*` and `?` in the pattern are only themselves, as they are for `StringEquals`
 */
export function relate(pattern: string, text: string, literal = false): Relation {
  const own = literal ? pattern.replaceAll('*', STAR).replaceAll('?', MARK) : pattern;
  const hidden = text.replace(/⟨[^⟨⟩]*⟩/g, UNKNOWN);
  if (!hidden.includes(UNKNOWN)) return fits(own, hidden) ? 'fits' : 'apart';
  // only a star takes in whatever the unknown part is
  if (fits(own.replaceAll('?', NOTHING), hidden)) return 'fits';
  return meet(own, hidden) ? 'maybe' : 'apart';
}

/** Whether some text fits both: the one with stars and marks, the other with unknown parts. */
function meet(pattern: string, text: string): boolean {
  if (pattern.length * text.length > MOST_STEPS) return true;
  let next: boolean[] = [];
  for (let p = pattern.length; p >= 0; p -= 1) {
    const row: boolean[] = [];
    for (let t = text.length; t >= 0; t -= 1) {
      const [one, other] = [pattern[p], text[t]];
      const [skipsOne, skipsOther] = [next[t] === true, row[t + 1] === true];
      if (one === undefined && other === undefined) row[t] = true;
      else if (one === '*') row[t] = skipsOne || skipsOther;
      else if (other === UNKNOWN) row[t] = skipsOther || skipsOne;
      else
        row[t] =
          one !== undefined && other !== undefined && (one === '?' || one === other) && next[t + 1] === true;
    }
    next = row;
  }
  return next[0] === true;
}

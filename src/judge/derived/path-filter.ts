/** One step of a pattern: which characters it takes, and how many of them. */
interface Part {
  takes(character: string): boolean;
  /** The one character that it takes, where there is only one. */
  plain?: string;
  optional: boolean;
  many: boolean;
}

const LONGEST = 300;
/** Each sign that repeats is one more place at which a path can stand. */
const MOST_REPEATS = 12;

/**
 * A test for the `paths:` filters of GitHub, whose signs are not those of a shell: `**` crosses folders wherever it
 * stands, `?` and `+` repeat the character before, and the whole path must match. Linear in the path, since the
 * pattern is the audited repository's; undefined where it is too long or repeats too much to be tried.
 * GitHub documentation, “Filter pattern cheat sheet”.
 */
export function pathFilter(pattern: string): ((path: string) => boolean) | undefined {
  const parts = pattern.length <= LONGEST ? partsOf(pattern) : [];
  if (parts.length === 0 || parts.filter(({ many }) => many).length > MOST_REPEATS) return undefined;
  const start = /^[^*?+[\]\\]*/.exec(pattern)?.[0] ?? '';
  // the last character of the start may be repeated or dropped by the sign that follows it
  const prefix = start.length === pattern.length ? start : start.slice(0, -1);
  const within = longestLiteral(parts);
  return (path) => path.startsWith(prefix) && path.includes(within) && matches(parts, path);
}

const tried = new WeakMap<ReadonlySet<string>, Map<string, boolean>>();

/** Whether a pattern takes any of the paths; one that cannot be tried is given the benefit of the doubt. */
export function takesAny(pattern: string, paths: ReadonlySet<string>): boolean {
  const known = tried.get(paths) ?? new Map<string, boolean>();
  tried.set(paths, known);
  const takes = known.has(pattern) ? undefined : pathFilter(pattern);
  const answer = known.get(pattern) ?? (takes === undefined || paths.values().some(takes));
  known.set(pattern, answer);
  return answer;
}

/** The longest run of plain characters that every path must hold: most paths are refused by it alone. */
function longestLiteral(parts: readonly Part[]): string {
  let longest = '';
  let current = '';
  for (const { plain, optional, many } of parts) {
    current = plain !== undefined && !optional && !many ? current + plain : '';
    if (current.length > longest.length) longest = current;
  }
  return longest;
}

function partsOf(pattern: string): Part[] {
  const parts: Part[] = [];
  const repeat = (takes: Part['takes']) => parts.push({ takes, optional: true, many: true });
  for (let i = 0; i < pattern.length; i++) {
    const sign = pattern.charAt(i);
    const last = parts.at(-1);
    const end = sign === '[' ? pattern.indexOf(']', i) : -1;
    if (sign === '*' && pattern[i + 1] === '*') {
      repeat(() => true);
      // `**/x` also takes `x`: its slash goes with the folders
      i += pattern[i + 2] === '/' ? 2 : 1;
    } else if (sign === '*') repeat((character) => character !== '/');
    else if (sign === '?' && last) last.optional = true;
    else if (sign === '+' && last) last.many = true;
    else if (end > i) {
      const ranges = rangesOf(pattern.slice(i + 1, end));
      const takes = (character: string) => ranges.some(([from, to]) => character >= from && character <= to);
      parts.push({ takes, optional: false, many: false });
      i = end;
    } else {
      const wanted = sign === '\\' && i + 1 < pattern.length ? pattern.charAt(++i) : sign;
      parts.push({ takes: (character) => character === wanted, plain: wanted, optional: false, many: false });
    }
  }
  return parts;
}

function rangesOf(set: string): [from: string, to: string][] {
  const ranges: [string, string][] = [];
  for (let i = 0; i < set.length; i++) {
    const isRange = set[i + 1] === '-' && i + 2 < set.length;
    ranges.push([set.charAt(i), set.charAt(isRange ? i + 2 : i)]);
    if (isRange) i += 2;
  }
  return ranges;
}

/** All the places of the pattern at which a path can stand, moved on one character at a time. */
function matches(parts: readonly Part[], path: string): boolean {
  let places = reach(parts, [], 0);
  for (const character of path) {
    const next: number[] = [];
    for (const place of places) {
      const part = parts[place];
      if (!part?.takes(character)) continue;
      if (part.many && !next.includes(place)) next.push(place);
      reach(parts, next, place + 1);
    }
    if (next.length === 0) return false;
    places = next;
  }
  return places.includes(parts.length);
}

/** Adds a place, and those behind it that can be reached without a character. */
function reach(parts: readonly Part[], places: number[], place: number): number[] {
  for (let at = place; !places.includes(at); at++) {
    places.push(at);
    if (!parts[at]?.optional) break;
  }
  return places;
}

/** One line of a section: its words, quotes and escapes taken away. */
export interface HaproxyLine {
  words: string[];
  line: number;
  file: string;
}

export interface HaproxySection {
  kind: string;
  /** What follows the keyword: the name, and in old files an address. */
  words: string[];
  line: number;
  file: string;
  lines: HaproxyLine[];
}

/** HAProxy configuration manual, chapters 3 to 5 and 12: what begins a section. */
const SECTIONS =
  /^(?:global|defaults|frontend|backend|listen|userlist|peers|resolvers|mailers|program|cache|http-errors|ring|log-forward|log-profile|crt-store|fcgi-app|traces|acme)$/;
const MOST_LINES = 50_000;

/**
 * The sections of a configuration. HAProxy configuration manual, 2.1 “Configuration file format” and 2.2 “Quoting and
 * escaping”. A line that stands before any section, or one of `.if`, is `astray`: whether it counts is not told here.
 */
export function sectionsOf(
  text: string,
  file: string,
): { sections: HaproxySection[]; astray: HaproxyLine[] } {
  const sections: HaproxySection[] = [];
  const astray: HaproxyLine[] = [];
  for (const [index, written] of text
    .replace(/^\ufeff/, '')
    .split('\n', MOST_LINES)
    .entries()) {
    const words = wordsOf(written.endsWith('\r') ? written.slice(0, -1) : written);
    const [first, ...rest] = words;
    if (first === undefined) continue;
    const line: HaproxyLine = { words, line: index + 1, file };
    if (SECTIONS.test(first)) sections.push({ kind: first, words: rest, line: line.line, file, lines: [] });
    else if (first.startsWith('.') || sections.length === 0) astray.push(line);
    else sections.at(-1)?.lines.push(line);
  }
  return { sections, astray };
}

/** The words of one line, its comment left out. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let isOpen = false;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] as string;
    if (quote === "'") {
      if (char === "'") quote = '';
      else word += char;
    } else if (char === '\\') {
      at += 1;
      word += line[at] ?? '';
      isOpen = true;
    } else if (quote === '"') {
      if (char === '"') quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      isOpen = true;
    } else if (char === '#') {
      break;
    } else if (char === ' ' || char === '\t') {
      if (isOpen || word !== '') words.push(word);
      word = '';
      isOpen = false;
    } else word += char;
  }
  if (isOpen || word !== '') words.push(word);
  return words;
}

/** Where a value stands in a JSON text. */
export interface Slice {
  start: number;
  end: number;
}

/** A member of an object: its key, where the key stands, and where its value does. */
export interface Member extends Slice {
  key: string;
  at: number;
}

/** The text is no JSON at this offset. */
export class BrokenJson extends Error {
  override readonly name = 'BrokenJson';
  readonly offset: number;

  constructor(offset: number) {
    super('not JSON');
    this.offset = offset;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** Comparisons, not a set: each character of a large text goes through them. */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const opens = (code: number): boolean => code === 0x7b || code === 0x5b;
const closes = (code: number): boolean => code === 0x7d || code === 0x5d;

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The offset after the string that begins here. */
function afterString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    // A quote after an even number of backslashes is none of the text's own
    if ((at - before) % 2 === 0) return at + 1;
  }
  throw new BrokenJson(text.length);
}

/** The offset after the value that begins here. What is nested is counted, not looked at: no depth is too much. */
function afterValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return afterString(text, start);
  if (!opens(first)) {
    let at = start;
    while (at < text.length && !isEnd(text.charCodeAt(at))) at += 1;
    if (at === start) throw new BrokenJson(start);
    return at;
  }
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = afterString(text, at) - 1;
    else if (opens(code)) depth += 1;
    else if (closes(code)) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new BrokenJson(text.length);
}

const isEnd = (code: number): boolean => code === COMMA || closes(code) || isSpace(code);

/** The value that the text is. */
export function wholeOf(text: string): Slice {
  const start = afterSpace(text, 0);
  const end = afterValue(text, start);
  if (afterSpace(text, end) < text.length) throw new BrokenJson(end);
  return { start, end };
}

/**
 * The items of an array, one after the other; none where the value is no array. Only what is asked for of a large text
 * has to be made into objects.
 * @throws BrokenJson where the text is none
 */
export function* itemsOf(text: string, { start, end }: Slice): Generator<Slice> {
  if (text[start] !== '[') return;
  let at = afterSpace(text, start + 1);
  while (at < end - 1) {
    const item = { start: at, end: afterValue(text, at) };
    yield item;
    at = afterComma(text, item.end, ']');
  }
}

/**
 * The members of an object, one after the other; none where the value is no object.
 * @throws BrokenJson where the text is none
 */
export function* membersOf(text: string, { start, end }: Slice): Generator<Member> {
  if (text[start] !== '{') return;
  let at = afterSpace(text, start + 1);
  while (at < end - 1) {
    if (text.charCodeAt(at) !== QUOTE) throw new BrokenJson(at);
    const afterKey = afterString(text, at);
    const colon = afterSpace(text, afterKey);
    if (text[colon] !== ':') throw new BrokenJson(colon);
    const value = afterSpace(text, colon + 1);
    const member = { key: text.slice(at + 1, afterKey - 1), at, start: value, end: afterValue(text, value) };
    yield member;
    at = afterComma(text, member.end, '}');
  }
}

/** The offset of what follows the comma, or of the end. */
function afterComma(text: string, from: number, end: string): number {
  const at = afterSpace(text, from);
  if (text[at] === ',') return afterSpace(text, at + 1);
  if (text[at] !== end) throw new BrokenJson(at);
  return at;
}

/**
 * The value as objects and texts.
 * @throws BrokenJson where it is none
 */
export function parseSlice(text: string, { start, end }: Slice): unknown {
  try {
    return JSON.parse(text.slice(start, end));
  } catch {
    throw new BrokenJson(start);
  }
}

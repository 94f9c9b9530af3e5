import { Cursor } from './cursor.ts';
import { readExpression } from './expressions.ts';
import type { Expression, TemplatePart } from './nodes.ts';

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const CODE = /u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y;
/** Up to here, and at most to the end of the line, nothing has a meaning of its own. */
const PLAIN_QUOTED = /[^"\\$%\n]+/y;
const PLAIN = /[^$%\n]+\n?|\n/y;

/** How the text of a template ends, and what its characters mean until then. */
interface Form {
  quoted: boolean;
  /** Spaces that are taken off the start of each line. */
  indent: number;
  /** The offset at which the text starts, which is the start of a line. */
  start: number;
}

/** `"…"`. HCL Native Syntax Specification, “Template Expressions”. */
export function readQuoted(cursor: Cursor): Expression {
  const { at } = cursor;
  cursor.at += 1;
  const parts = cursor.nested(
    false,
    () => readParts(cursor, { quoted: true, indent: 0, start: -1 }, []).parts,
  );
  if (cursor.text[cursor.at] !== '"' || cursor.isAtEnd) cursor.fail('the end of a text');
  cursor.at += 1;
  return simplified(parts, at);
}

/** `<<MARK` or `<<-MARK`, up to the line that holds the mark alone. */
export function readHeredoc(cursor: Cursor): Expression {
  const { at } = cursor;
  cursor.at += 2;
  const isIndented = cursor.startsWith('-');
  if (isIndented) cursor.at += 1;
  const mark = cursor.identifier() ?? cursor.fail('a name');
  if (cursor.line().trim() !== '') cursor.fail('a line end');
  const start = cursor.at;
  let indent = Number.POSITIVE_INFINITY;
  for (;;) {
    const { at: from } = cursor;
    if (cursor.isAtEnd) cursor.fail(mark);
    const line = cursor.line();
    if (line.trim() === mark) {
      // What follows the mark is the line end
      cursor.at = from + line.trimEnd().length;
      const form = { quoted: false, indent: isIndented && Number.isFinite(indent) ? indent : 0, start };
      const inside = cursor.within(start, from);
      return simplified(
        inside.nested(false, () => readAll(inside, form)),
        at,
      );
    }
    if (line.trim() !== '') indent = Math.min(indent, line.length - line.trimStart().length);
  }
}

/**
 * A template that stands alone: the text of a file that `templatefile` reads, or a text of JSON syntax.
 * @throws HclError where a sequence in it is none.
 */
export function readTemplate(text: string): Expression {
  const cursor = new Cursor(text);
  return simplified(readAll(cursor, { quoted: false, indent: 0, start: 0 }), 0);
}

function readAll(cursor: Cursor, form: Form): TemplatePart[] {
  const { parts, closedBy } = readParts(cursor, form, []);
  return closedBy === undefined ? parts : cursor.fail('no end of what was not begun');
}

function simplified(parts: TemplatePart[], at: number): Expression {
  const [only] = parts;
  if (parts.length === 0) return { type: 'literal', value: '', at };
  return parts.length === 1 && typeof only === 'string'
    ? { type: 'literal', value: only, at }
    : { type: 'template', parts, at };
}

/** The parts up to the end of the text, or up to one of the directives that close what they stand in. */
function readParts(
  cursor: Cursor,
  form: Form,
  closing: readonly string[],
): { parts: TemplatePart[]; closedBy?: string } {
  const parts: TemplatePart[] = [];
  let literal = '';
  let trims = false;
  const put = () => {
    if (literal !== '') parts.push(literal);
    literal = '';
  };
  const add = (text: string) => {
    const kept = trims ? text.replace(/^\s+/, '') : text;
    if (kept !== '') trims = false;
    literal += kept;
  };
  while (!cursor.isAtEnd) {
    const { at } = cursor;
    const opens = cursor.startsWith('${') ? '$' : cursor.startsWith('%{') ? '%' : undefined;
    if (opens === undefined) {
      const text = readLiteral(cursor, form);
      if (text === undefined) break;
      add(lineStartsCut(text, at, cursor, form));
      continue;
    }
    cursor.at += 2;
    if (cursor.startsWith('~')) {
      cursor.at += 1;
      literal = literal.replace(/\s+$/, '');
    }
    put();
    const sequence = cursor.nested(true, () =>
      opens === '$' ? readInterpolation(cursor) : readDirective(cursor, form, closing),
    );
    trims = sequence.trims;
    if (sequence.closedBy !== undefined) return { parts, closedBy: sequence.closedBy };
    if (sequence.part) parts.push(sequence.part);
  }
  put();
  if (closing.length > 0) cursor.fail(closing.join(' or '));
  return { parts };
}

interface Sequence {
  part?: TemplatePart;
  trims: boolean;
  closedBy?: string;
}

function readInterpolation(cursor: Cursor): Sequence {
  const value = readExpression(cursor);
  return { part: { type: 'value', value }, trims: closes(cursor) };
}

/** Takes the end of a sequence; true where it takes the blanks after it along. */
function closes(cursor: Cursor): boolean {
  const trims = cursor.take('~');
  cursor.expect('}');
  return trims;
}

function readDirective(cursor: Cursor, form: Form, closing: readonly string[]): Sequence {
  const word = cursor.identifier() ?? cursor.fail('a directive');
  if (closing.includes(word)) return { trims: closes(cursor), closedBy: word };
  if (word === 'if') {
    const condition = readExpression(cursor);
    closes(cursor);
    const yes = readParts(cursor, form, ['else', 'endif']);
    const no = yes.closedBy === 'else' ? readParts(cursor, form, ['endif']).parts : [];
    return { part: { type: 'if', condition, yes: yes.parts, no }, trims: false };
  }
  if (word !== 'for') cursor.fail('"if" or "for"');
  const first = cursor.identifier() ?? cursor.fail('a name');
  const second = cursor.take(',') ? (cursor.identifier() ?? cursor.fail('a name')) : undefined;
  if (!cursor.takeWord('in')) cursor.fail('"in"');
  const of = readExpression(cursor);
  closes(cursor);
  const { parts: body } = readParts(cursor, form, ['endfor']);
  const key = second === undefined ? {} : { key: first };
  return { part: { type: 'for', ...key, value: second ?? first, of, body }, trims: false };
}

/** Text up to what may have a meaning; undefined at the quote that ends a quoted text. */
function readLiteral(cursor: Cursor, { quoted }: Form): string | undefined {
  const plain = quoted ? PLAIN_QUOTED : PLAIN;
  plain.lastIndex = cursor.at;
  const found = plain.exec(cursor.text)?.[0];
  if (found !== undefined) {
    const text = found.slice(0, cursor.end - cursor.at);
    cursor.at += text.length;
    return text;
  }
  const next = cursor.text[cursor.at] ?? '';
  if (next === '"') return undefined;
  if (next === '\n') return cursor.fail('the end of a text');
  cursor.at += 1;
  if (next === '\\') return readEscape(cursor);
  // `$${` and `%%{` are the marks themselves
  if (cursor.startsWith(`${next}{`)) cursor.at += 2;
  else return next;
  return `${next}{`;
}

function readEscape(cursor: Cursor): string {
  CODE.lastIndex = cursor.at;
  const code = CODE.exec(cursor.text);
  if (code) {
    cursor.at += code[0].length;
    const point = Number.parseInt(code[1] ?? code[2] ?? '', 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  const character = cursor.text[cursor.at] ?? '';
  cursor.at += 1;
  return ESCAPES[character] ?? `\\${character}`;
}

/** The text without the indentation that `<<-` takes off each of its lines. */
function lineStartsCut(text: string, at: number, { text: whole }: Cursor, { indent, start }: Form): string {
  if (indent === 0) return text;
  const cut = (line: string) => line.slice(Math.min(indent, line.length - line.trimStart().length));
  const startsLine = at === start || whole[at - 1] === '\n';
  return text
    .split('\n')
    .map((line, index) => (index > 0 || startsLine ? cut(line) : line))
    .join('\n');
}

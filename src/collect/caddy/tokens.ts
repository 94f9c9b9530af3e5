/** One line of a Caddyfile: a directive with its arguments, and what stands between its braces. */
export interface CaddyLine {
  /** The first word; empty for a block that only begins with a brace. */
  name: string;
  args: string[];
  line: number;
  file: string;
  block?: CaddyLine[];
}

export interface CaddyBroken {
  line: number;
  why: 'unclosed-block' | 'unexpected-brace' | 'unclosed-quote' | 'too-deep' | 'too-many';
}

interface Token {
  text: string;
  line: number;
  /** Written between quotes: no brace of the language. */
  isQuoted: boolean;
  /** It goes on with the line before it. */
  isJoined: boolean;
}

const MOST_TOKENS = 200_000;
const DEEPEST = 60;

/** Reads a Caddyfile as its own lexer does. Caddy documentation, “Caddyfile Concepts”, “Structure” and “Tokens and quotes”. */
export function parseCaddyfile(text: string, file: string): { lines: CaddyLine[]; broken?: CaddyBroken } {
  const { tokens, broken: lexed } = tokensOf(text);
  const lines: CaddyLine[] = [];
  const open: { into: CaddyLine[]; line: number }[] = [{ into: lines, line: 1 }];
  let broken = lexed;
  let current: CaddyLine | undefined;
  let last: Token | undefined;
  for (const [index, token] of tokens.entries()) {
    if (broken) break;
    const next = tokens[index + 1];
    const isNew = !last || (token.line !== last.line && !token.isJoined);
    const isEnd = !next || (next.line !== token.line && !next.isJoined);
    const level = open.at(-1) as (typeof open)[number];
    if (isNew) current = undefined;
    if (token.text === '{' && !token.isQuoted && isEnd) {
      const holder: CaddyLine = current ?? { name: '', args: [], line: token.line, file };
      if (!current) level.into.push(holder);
      holder.block = [];
      if (open.length >= DEEPEST) broken = { line: token.line, why: 'too-deep' };
      open.push({ into: holder.block, line: holder.line });
      current = undefined;
    } else if (token.text === '}' && !token.isQuoted && (isNew || isEnd)) {
      if (open.length === 1) broken = { line: token.line, why: 'unexpected-brace' };
      else open.pop();
      current = undefined;
    } else if (current) {
      current.args.push(token.text);
    } else {
      current = { name: token.text, args: [], line: token.line, file };
      level.into.push(current);
    }
    last = token;
  }
  const left = open.length > 1 ? open.at(-1) : undefined;
  if (left) broken ??= { line: left.line, why: 'unclosed-block' };
  return { lines, ...(broken && { broken }) };
}

function tokensOf(text: string): { tokens: Token[]; broken?: CaddyBroken } {
  const tokens: Token[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  let isJoined = false;
  const add = (word: string, began: number, isQuoted: boolean) => {
    tokens.push({ text: word, line: began, isQuoted, isJoined });
    isJoined = false;
  };
  while (at < text.length) {
    if (tokens.length > MOST_TOKENS) return { tokens, broken: { line, why: 'too-many' } };
    const char = text[at] as string;
    if (char === '\n') {
      line += 1;
      at += 1;
    } else if (char === ' ' || char === '\t' || char === '\r') {
      at += 1;
    } else if (char === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) {
      at = text.indexOf('\n', at) + 1;
      line += 1;
      isJoined = true;
    } else if (char === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (char === '"' || char === '`') {
      const began = line;
      let word = '';
      for (at += 1; at < text.length && text[at] !== char; at += 1) {
        if (char === '"' && text[at] === '\\' && text[at + 1] === '"') at += 1;
        if (text[at] === '\n') line += 1;
        word += text[at];
      }
      if (at >= text.length) return { tokens, broken: { line: began, why: 'unclosed-quote' } };
      at += 1;
      add(word, began, true);
      // what follows on the line on which the quote ends is of the same line
      if (line !== began) isJoined = /^[ \t]*[^\s]/.test(text.slice(at, at + 200).split('\n')[0] ?? '');
    } else {
      const end = wordEnd(text, at);
      const word = text.slice(at, end);
      const mark = /^<<([A-Za-z0-9_-]{1,60})$/.exec(word)?.[1];
      at = end;
      const body = mark === undefined ? undefined : heredoc(text, at, mark);
      if (body === undefined) {
        add(word, line, false);
        continue;
      }
      add(body.text, line, true);
      line += body.lines;
      at = body.end;
      isJoined = /^[ \t]*[^\s]/.test(text.slice(at, at + 200).split('\n')[0] ?? '');
    }
  }
  return { tokens };
}

/** A word ends with white space; a placeholder `{…}` is part of it. */
function wordEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') break;
  }
  return at;
}

function heredoc(
  text: string,
  at: number,
  mark: string,
): { text: string; end: number; lines: number } | undefined {
  const start = text.indexOf('\n', at);
  if (start < 0 || text.slice(at, start).trim() !== '') return undefined;
  const kept: string[] = [];
  let from = start + 1;
  while (from <= text.length) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    const one = text.slice(from, end);
    const plain = one.trimStart();
    if (plain.startsWith(mark) && !/^[\w-]/.test(plain.slice(mark.length))) {
      return {
        text: kept.join('\n'),
        end: from + one.length - plain.length + mark.length,
        lines: kept.length + 1,
      };
    }
    kept.push(one);
    if (found < 0) return undefined;
    from = end + 1;
  }
  return undefined;
}

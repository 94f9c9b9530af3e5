import type { MarkdownIt, Token } from 'markdown-it';
import { type Line, plain, type Span } from './page.ts';

/** What markdown-it keeps of a page between its blocks: link definitions. */
export type References = Record<string, unknown>;

const MARKS = /[`*_[<!\\&~]/;
const BREAK = /^<br\s*\/?>$/i;
const TAG =
  /^<\/?(?:a|abbr|b|big|br|center|code|del|details|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|picture|pre|q|s|samp|small|source|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var|video)\b[^>]*>$/i;
/**
 * The pieces of a line that can be read in one way alone: text without marks, code, a link to a relative path. Most
 * lines hold nothing else, and need no parser.
 */
const PIECE =
  /([^`*_[\]<!\\&~\n]+)|`(?! )([^`\n]*[^` \n])`(?!`)|\[([^`*_[\]<!\\&~\n]+)\]\(([\w.#][\w./#-]*)\)/y;
/** Above this a paragraph is no prose: it is read without marks, in linear time whatever it holds. */
const LONGEST_PROSE = 50_000;

/**
 * The lines of a piece of prose with their styles. HTML tags give nothing, except that what has the shape of a tag
 * and is none (`<cluster>`) stays as text: it is a placeholder.
 */
export function linesOf(
  content: string,
  first: number,
  markdown: MarkdownIt,
  references: References,
): Line[] {
  if (content.length > LONGEST_PROSE || !MARKS.test(content))
    return content.split('\n').map((text, index) => ({
      line: first + index,
      spans: [{ text, style: 'plain' }],
      text,
    }));
  const simple = simpleLine(content, first);
  if (simple) return [simple];
  const tokens: Token[] = [];
  markdown.inline.parse(content, markdown, references, tokens);
  const lines = gather(tokens, first);
  for (const line of lines) line.text = plain(line.spans);
  return lines;
}

/** A line of {@link PIECE}s, as {@link gather} gives it; undefined when it holds anything else. */
function simpleLine(content: string, line: number): Line | undefined {
  const spans: Span[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < content.length) {
    const [, text, code, label, href] = PIECE.exec(content) ?? [];
    if (text !== undefined) spans.push({ text, style: 'plain' });
    else if (code !== undefined) spans.push({ text: code, style: 'code' });
    else if (label !== undefined && href !== undefined && spans.at(-1)?.href !== href)
      spans.push({ text: label, style: 'plain', href });
    else return undefined;
  }
  return { line, spans, text: plain(spans) };
}

function gather(tokens: readonly Token[], first: number): Line[] {
  let current: Line = { line: first, spans: [], text: '' };
  const lines = [current];
  let strong = 0;
  let struck = 0;
  const links: string[] = [];
  const put = (text: string, style: Span['style']) => {
    if (text === '') return;
    const href = links.at(-1);
    const before = current.spans.at(-1);
    if (
      style !== 'code' &&
      before?.style === style &&
      before.href === href &&
      (before.struck ?? false) === struck > 0
    )
      before.text += text;
    else current.spans.push({ text, style, ...(href && { href }), ...(struck > 0 && { struck: true }) });
  };
  for (const token of tokens) {
    switch (token.type) {
      case 'text':
      case 'text_special':
        put(token.content, strong > 0 ? 'strong' : 'plain');
        break;
      case 'image':
        put(token.content || ' ', 'plain');
        break;
      case 'code_inline':
        put(token.content, 'code');
        break;
      case 'strong_open':
        strong += 1;
        break;
      case 'strong_close':
        strong -= 1;
        break;
      case 's_open':
        struck += 1;
        break;
      case 's_close':
        struck -= 1;
        break;
      case 'link_open':
        links.push(String(token.attrGet('href') ?? ''));
        break;
      case 'link_close':
        links.pop();
        break;
      case 'softbreak':
      case 'hardbreak':
        current = { line: current.line + 1, spans: [], text: '' };
        lines.push(current);
        break;
      case 'html_inline':
        if (BREAK.test(token.content)) {
          current = { line: current.line, spans: [], text: '' };
          lines.push(current);
        } else if (!token.content.startsWith('<!--') && !TAG.test(token.content))
          put(token.content, strong > 0 ? 'strong' : 'plain');
        break;
    }
  }
  return lines;
}

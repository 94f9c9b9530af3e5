import MarkdownIt, { type Token } from 'markdown-it';
import type { Block, Cell, Item, Line, Page, Section, TableBlock } from './page.ts';
import { linesOf, type References } from './spans.ts';

/** Longer lines (embedded images, minified data) are read up to here. */
export const LONGEST_LINE = 4_000;
const FRONT_MATTER = /^([A-Za-z][\w -]{0,40}?)\s*:\s*(.+)$/;
const BOX = /^\[([ xX])\]\s+/;

const markdown = new MarkdownIt({ html: true }).disable([
  'normalize',
  'inline',
  'linkify',
  'replacements',
  'smartquotes',
]);

/**
 * Takes a Markdown document apart. Cost is linear in its size: long lines are cut, deep nesting is flattened by
 * the parser, and prose without marks is not parsed further.
 */
export function parsePage(text: string): Page {
  let source = text;
  let frontMatter = new Map<string, string>();
  if (text.startsWith('---') || hasLongLine(text)) {
    const lines = text
      .split('\n')
      .map((line) => (line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line));
    frontMatter = takeFrontMatter(lines);
    source = lines.join('\n');
  }
  const references: References = {};
  const tokens = markdown.parse(normalized(source), references);
  return new Builder(frontMatter, references).build(tokens);
}

function hasLongLine(text: string): boolean {
  for (let start = 0; start + LONGEST_LINE < text.length; ) {
    const end = text.lastIndexOf('\n', start + LONGEST_LINE);
    if (end < start) return true;
    start = end + 1;
  }
  return false;
}

/** What the parser's own rule of this name does, without a copy of the text that needs none of it. */
const normalized = (text: string): string =>
  text.includes('\r') || text.includes('\0') ? text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD') : text;

/** Reads `---` blocks of `key: value` at the top, and blanks them: to Markdown they would be a heading. */
function takeFrontMatter(lines: string[]): Map<string, string> {
  const values = new Map<string, string>();
  if (lines[0]?.trimEnd() !== '---') return values;
  const end = lines.slice(0, 200).findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) return values;
  for (let index = 0; index <= end; index += 1) {
    const found = FRONT_MATTER.exec(lines[index] ?? '');
    if (found?.[1] && found[2])
      values.set(found[1].toLowerCase(), found[2].trim().replace(/^(["'])(.*)\1$/, '$2'));
    lines[index] = '';
  }
  return values;
}

class Builder {
  private readonly page: Page;
  private readonly references: References;
  private section: Section | undefined;
  private item: Item | undefined;
  private readonly lists: { text: string }[] = [];
  private readonly intros: (string | undefined)[] = [];
  private intro: string | undefined;
  private table: TableBlock | undefined;
  private row: Cell[] = [];
  private rowLine = 1;
  private inHeading = false;

  constructor(frontMatter: Map<string, string>, references: References) {
    this.page = { sections: [], titles: [], blocks: [], frontMatter };
    this.references = references;
  }

  build(tokens: readonly Token[]): Page {
    let last: Token | undefined;
    for (const token of tokens) {
      if (last) this.take(last, token);
      last = token;
    }
    if (last) this.take(last, undefined);
    return this.page;
  }

  private take(token: Token, next: Token | undefined): void {
    const line = (token.map?.[0] ?? 0) + 1;
    switch (token.type) {
      case 'heading_open':
        this.heading(Number(token.tag.slice(1)), line, next);
        this.inHeading = true;
        break;
      case 'heading_close':
        this.inHeading = false;
        break;
      case 'bullet_list_open':
      case 'ordered_list_open':
        this.lists.push(this.lists[0] ?? { text: '' });
        this.intros.push(this.intro);
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.lists.pop();
        this.intros.pop();
        this.intro = undefined;
        break;
      case 'list_item_open':
        this.item = {
          title: '',
          list: this.lists.at(-1) ?? { text: '' },
          ...(this.item && { parent: this.item }),
        };
        this.intro = this.intros.at(-1);
        break;
      case 'list_item_close':
        this.item = this.item?.parent;
        break;
      case 'table_open':
        this.table = { type: 'table', line, header: [], rows: [], ...this.place() };
        this.page.blocks.push(this.table);
        break;
      case 'table_close':
        this.table = undefined;
        this.intro = undefined;
        break;
      case 'tr_open':
        this.row = [];
        this.rowLine = line;
        break;
      case 'tr_close':
        if (this.table?.header.length) this.table.rows.push({ line: this.rowLine, cells: this.row });
        else if (this.table) this.table.header = this.row;
        break;
      case 'inline':
        this.prose(token, line);
        break;
      case 'fence':
      case 'code_block':
        this.fence(token, line);
        break;
    }
  }

  private place() {
    return {
      ...(this.section && { section: this.section }),
      ...(this.item && { item: this.item }),
      ...(this.intro !== undefined && { intro: this.intro }),
    };
  }

  private heading(depth: number, line: number, inline: Token | undefined): void {
    const lines = linesOf(inline?.content ?? '', line, markdown, this.references);
    const title = lines
      .map((part) => part.text)
      .join('')
      .trim();
    let parent = this.section;
    while (parent && parent.depth >= depth) parent = parent.parent;
    this.section = { depth, title, line, ...(parent && { parent }) };
    this.page.sections.push(this.section);
    if (lines.some(({ spans }) => spans.some(({ style }) => style === 'code')))
      this.page.titles.push({ type: 'text', lines, section: this.section });
    this.intro = undefined;
  }

  private prose(token: Token, tokenLine: number): void {
    if (this.inHeading) return;
    const line = this.table ? this.rowLine : tokenLine;
    const lines = linesOf(token.content, line, markdown, this.references);
    if (this.table) {
      // A cell is one line of the source
      for (const part of lines) part.line = this.rowLine;
      this.row.push({ lines, text: textOf(lines).trim() });
      return;
    }
    if (this.item) {
      if (this.item.title === '') this.titleItem(this.item, lines[0]);
      this.item.list.text += `${textOf(lines)}\n`;
    }
    this.page.blocks.push({ type: 'text', lines, ...this.place() });
    const last = lines.at(-1)?.text.trim() ?? '';
    this.intro = last.endsWith(':') ? lastSentence(lines) : undefined;
  }

  private titleItem(item: Item, line: Line | undefined): void {
    const first = line?.spans[0];
    const box = first && first.style !== 'code' ? BOX.exec(first.text) : null;
    if (line && first && box) {
      item.box = box[1] === ' ' ? 'open' : 'done';
      first.text = first.text.slice(box[0].length);
      line.text = line.text.slice(box[0].length);
    }
    item.title = line?.text ?? '';
  }

  private fence(token: Token, line: number): void {
    const block: Block = {
      type: 'fence',
      language:
        token.info
          .trim()
          .split(/[\s,{]/)[0]
          ?.toLowerCase() ?? '',
      text: token.content,
      line: token.type === 'fence' ? line + 1 : line,
      ...this.place(),
    };
    this.page.blocks.push(block);
    this.intro = undefined;
  }
}

const textOf = (lines: readonly Line[]) => lines.map((line) => line.text).join(' ');

const MOST_INTRODUCING = 4;

/** The sentence with which a paragraph ends, over the ends of its lines: it is what introduces a list or a table. */
function lastSentence(lines: readonly Line[]): string {
  const text = lines
    .slice(-MOST_INTRODUCING)
    .map((line) => line.text.trim())
    .join(' ');
  const start = text.search(/(?<=[.!?]\s)(?=\p{Lu}[^.!?]*$)/u);
  return start < 0 ? text : text.slice(start);
}

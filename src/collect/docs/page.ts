/** A run of text of one style. */
export interface Span {
  text: string;
  style: 'plain' | 'code' | 'strong';
  /** The address of the link around it. */
  href?: string;
  struck?: boolean;
}

/** The spans of one line of the source. */
export interface Line {
  /** From 1. */
  line: number;
  spans: Span[];
  /** The text of the spans without their marks. */
  text: string;
}

/** A heading and what is above it. */
export interface Section {
  depth: number;
  title: string;
  line: number;
  parent?: Section;
}

/** A list item. */
export interface Item {
  /** `done` and `open` for `- [x]` and `- [ ]`. */
  box?: 'done' | 'open';
  /** First line of the item, as plain text. */
  title: string;
  parent?: Item;
  /** The whole list, its nested lists included, as plain text: what else is said around an item. */
  list: { text: string };
}

interface Placed {
  section?: Section;
  item?: Item;
  /** The line just above that ends in a colon and introduces this block or its list. */
  intro?: string;
}

export interface TextBlock extends Placed {
  type: 'text';
  lines: Line[];
}

export interface Cell {
  lines: Line[];
  text: string;
}

export interface TableBlock extends Placed {
  type: 'table';
  /** Line of the header. */
  line: number;
  header: Cell[];
  rows: { line: number; cells: Cell[] }[];
}

/** A fenced or indented block of code. */
export interface FenceBlock extends Placed {
  type: 'fence';
  /** First word after the fence, in lower case; empty when none. */
  language: string;
  text: string;
  /** Line of the first line of code. */
  line: number;
}

export type Block = TextBlock | TableBlock | FenceBlock;

/** A document taken apart, in the order of the source. */
export interface Page {
  sections: Section[];
  /** The headings that hold code, as text of their own section. */
  titles: TextBlock[];
  blocks: Block[];
  /** Values of the front matter, keys in lower case. */
  frontMatter: Map<string, string>;
}

/** The text of spans without their marks. */
export const plain = (spans: readonly Span[]): string => spans.map((span) => span.text).join('');

/** The headings above a block, nearest first. */
export function headings(section: Section | undefined): Section[] {
  const path: Section[] = [];
  for (let at = section; at; at = at.parent) path.push(at);
  return path;
}

/** The items around a block, nearest first. */
export function itemsAround(item: Item | undefined): Item[] {
  const path: Item[] = [];
  for (let at = item; at; at = at.parent) path.push(at);
  return path;
}

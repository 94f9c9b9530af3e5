import {
  type Around,
  announced,
  type Found,
  labelled,
  meant,
  nameFor,
  saidAfter,
  scopesOf,
} from './context.ts';
import type { Mention } from './mention.ts';
import { sortOf } from './mood.ts';
import { headings, itemsAround, type Line, plain, type Span, type TextBlock } from './page.ts';

/** Between names of one list: “`a`, `b` et `c`”. */
const SEPARATOR = /^[\s,;&+|/)]*(?:\([^()]{0,60}\)[\s,;&+|/]*)?(?:and|et|or|ou|puis|then)?\s*$/;
/** What may stand before the first name of an item: a tick, a dash, an arrow. */
const ONLY_MARKS = /^[^\p{L}\p{N}]*$/u;
/** What follows a name that is the entry of a list, not the subject of a sentence or of an equation. */
const ENTRY = /^\s*(?:$|[^\p{L}\p{N}\s=]|(?:et|and|ou|or|is|est)\s)/u;
const NAME_LABEL = /^[^\p{L}\p{N}]*(?:name|nom|id|identifiant|identifier)\s*[:=]\s*$/iu;
const SENTENCE = /(?<!\b(?:e\.g|i\.e|ex|cf|vs|etc))[.;!?]\s+/gi;
const MOST_NAMES = 200;

/** The names that the prose of a block gives with a kind beside them. */
export function mentionsInProse(block: TextBlock, around: Omit<Around, 'scopes'>): Mention[] {
  const found: Mention[] = [];
  for (const line of block.lines) {
    if (!line.spans.some((span) => span.style !== 'plain') && !/[:=]/.test(line.spans[0]?.text ?? ''))
      continue;
    found.push(...new LineReader(line, block, around).read());
    if (found.length > MOST_NAMES) break;
  }
  return found;
}

class LineReader {
  private readonly line: Line;
  private readonly block: TextBlock;
  private readonly text: string;
  private readonly around: Omit<Around, 'scopes'>;
  private madeScopes: string[] | undefined;
  private readonly found: Mention[] = [];

  constructor(line: Line, block: TextBlock, around: Omit<Around, 'scopes'>) {
    this.line = line;
    this.block = block;
    this.around = around;
    this.text = line.text;
  }

  read(): Mention[] {
    let before = '';
    let offset = 0;
    let current: Found | undefined;
    let names = 0;
    for (const [index, span] of this.line.spans.entries()) {
      if (this.isCandidate(span)) {
        const isFirst = names === 0 && ONLY_MARKS.test(before);
        const next =
          SEPARATOR.test(before) && names > 0 ? current : (announced(before) ?? this.titled(before));
        current = next ?? (isFirst ? this.introduced(index) : undefined) ?? this.after(index);
        if (current && !span.struck) this.take(span.text, current, offset, span.style === 'code');
        names += 1;
        before = '';
      } else before += span.text;
      offset += span.text.length;
    }
    if (names === 0) this.plainValue();
    return this.found;
  }

  private isCandidate(span: Span): boolean {
    return (
      (span.style === 'code' && !/[\s()=;]/.test(span.text)) ||
      (span.style === 'strong' && /^[^\s:]{3,}$/.test(span.text))
    );
  }

  /** “Name: `x`” under a heading that says the kind. */
  private titled(before: string): Found | undefined {
    const { item, section } = this.block;
    const title = itemsAround(item)[1]?.title ?? headings(section)[0]?.title;
    return title !== undefined && NAME_LABEL.test(before) ? labelled(title) : undefined;
  }

  private after(index: number): Found | undefined {
    const next = this.line.spans[index + 1];
    const phrases = next && next.style !== 'code' ? saidAfter(next.text) : undefined;
    // “the `x` service” is said of anything
    const sure = phrases?.filter(
      ({ weak, words }) => !weak || /Cluster|Bucket|Queue$|Workflow/.test(words.kind),
    );
    return sure?.length ? { phrases: sure, label: false, extra: 0 } : undefined;
  }

  /** For an item that begins with a name: the line above the list, else the heading. */
  private introduced(index: number): Found | undefined {
    const { item, intro, section } = this.block;
    if (!item || !ENTRY.test(plain(this.line.spans.slice(index + 1, index + 2)))) return undefined;
    const parent = itemsAround(item)[1]?.title;
    for (const title of [intro, parent, headings(section)[0]?.title])
      if (title !== undefined && title !== '') {
        const found = labelled(title);
        if (found) return { ...found, listed: true };
      }
    return undefined;
  }

  /** “Cluster: x”, without any mark on the name. */
  private plainValue(): void {
    const colon = this.text.search(/[:=]/);
    if (colon < 0 || colon > 80) return;
    const value = this.text
      .slice(colon + 1)
      .replace(/^[\s*]+/, '')
      .replace(/\s+\([^()]{0,80}\)\s*$/, '')
      .replace(/[^\p{L}\p{N}\]}>)]+$/u, '');
    if (value === '' || /\s/.test(value)) return;
    const found = announced(this.text.slice(0, colon + 1));
    if (found && found.extra <= 3) this.take(value, found, colon + 1, false);
  }

  private take(text: string, found: Found, offset: number, code: boolean): void {
    const around = this.withScopes();
    const kind = meant(found.phrases, around);
    const read = kind && nameFor(text, kind, { label: found.label, code, listed: found.listed }, around);
    if (!kind || !read) return;
    const { section, item, intro } = this.block;
    this.found.push({
      kind: kind.words.kind,
      name: read.name,
      nameStatus: read.status,
      line: this.line.line,
      sort: sortOf(this.sentence(offset), this.block, this.text),
      hints: [
        found.hint ?? '',
        ...itemsAround(item)
          .slice(1)
          .map((one) => one.title),
        intro ?? '',
        ...headings(section).map((one) => one.title),
      ],
      together: [`line ${this.line.line}`, this.listKey()],
    });
  }

  private withScopes(): Around {
    this.madeScopes ??= scopesOf(this.text, this.block);
    return { ...this.around, scopes: this.madeScopes };
  }

  /** Items of one list stand together, and so do the lines of one paragraph. */
  private listKey(): string {
    const { section, item } = this.block;
    const parent = itemsAround(item)[1];
    return `${section?.line ?? 0} ${parent ? parent.title : item ? 'list' : `paragraph ${this.block.lines[0]?.line}`}`;
  }

  private sentence(offset: number): string {
    let start = 0;
    let end = this.text.length;
    SENTENCE.lastIndex = 0;
    for (let match = SENTENCE.exec(this.text); match; match = SENTENCE.exec(this.text)) {
      if (match.index < offset) start = match.index + match[0].length;
      else {
        end = match.index;
        break;
      }
    }
    return this.text.slice(start, end);
  }
}

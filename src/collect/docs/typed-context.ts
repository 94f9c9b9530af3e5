import { actedOn } from './actions.ts';
import {
  type Around,
  announced,
  type Found,
  isPurpose,
  labelled,
  meant,
  nameFor,
  SEPARATOR,
  saidAfter,
  scopesOf,
} from './context.ts';
import type { Mention } from './mention.ts';
import { sortOf } from './mood.ts';
import { headings, itemsAround, type Line, plain, type Span, type TextBlock } from './page.ts';
import { phraseOf } from './words.ts';

/** What may stand before the first name of an item: a tick, a dash, an arrow. */
const ONLY_MARKS = /^[^\p{L}\p{N}]*$/u;
/** What follows a name that is the entry of a list, not the subject of a sentence or of an equation. */
const ENTRY = /^\s*(?:$|[^\p{L}\p{N}\s=]|(?:et|and|ou|or|is|est)\s)/u;
const NAME_LABEL = /^[^\p{L}\p{N}]*(?:name|nom|id|identifiant|identifier)\s*[:=]\s*$/iu;
const SENTENCE = /(?<!\b(?:e\.g|i\.e|ex|cf|vs|etc))[.;!?]\s+/gi;
const MOST_NAMES = 200;
const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
const FROM = /^\s*(?:from|depuis|via|←|<-|:|=|→|->|—|–|-|\()\s*$/;
const STORED: ReadonlySet<string> = new Set(['AWS::SecretsManager::Secret', 'AWS::SSM::Parameter']);
const INSTEAD = /^,? (?:not|instead of|rather than|plutôt que|et non|au lieu de) $/;
const REMARK = /^\s*\(([^()]{1,40})\)/;
const RENAMES =
  / (?:rename|renames|renamed|renaming|renommage|migration|migrating|changes|changements|changement|old|new|ancien|nouveau|before|avant) /;
const ARROW = /^\s*(?:→|->|=>|➜)\s*$/;
/** Without marks, one hyphen could be that of any two words. */
const PLAIN_NAME = /^[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+){2,12}$/;
const LABEL = /^[^`.;]{2,40}:\s*$/;
const NAMED_ITEM = /^[^\s:]*[A-Za-z0-9][-_/.][A-Za-z0-9][^\s:]*(?:\s|$)/;

/** The names that the prose of a block gives with a kind beside them. */
export function mentionsInProse(block: TextBlock, around: Omit<Around, 'scopes'>): Mention[] {
  const found: Mention[] = [];
  for (const line of block.lines) {
    if (!mayName(line, block)) continue;
    found.push(...new LineReader(line, block, around).read());
    if (found.length > MOST_NAMES) break;
  }
  return found;
}

/** Whether a line holds anything that could be a name: most prose does not. */
const mayName = ({ spans, text }: Line, { item }: TextBlock): boolean =>
  spans.some((span) => span.style !== 'plain') ||
  /[:=]/.test(spans[0]?.text ?? '') ||
  (item !== undefined && text.length <= 160 && PLAIN_NAME.test(withoutRemark(text)));

const withoutRemark = (text: string): string => text.replace(/\s+\([^()]{0,80}\)\s*$/, '').trim();

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
    let last = '';
    let isBroken = false;
    for (const [index, span] of this.line.spans.entries()) {
      if (this.isCandidate(span, index)) {
        const isFirst = names === 0 && !isBroken && ONLY_MARKS.test(before);
        const next =
          names > 0 && (SEPARATOR.test(before) || this.isRename(before))
            ? current
            : (announced(before) ?? this.titled(before));
        current =
          (names === 1 ? (this.source(last, before) ?? actedOn(last, before)) : undefined) ??
          next ??
          (isFirst || (names === 0 && this.isOfList(before)) ? this.introduced(index) : undefined) ??
          this.after(index);
        if (current && !span.struck)
          this.take(span.text, this.withRemark(current, index), offset, span.style === 'code', index);
        names += 1;
        last = span.text;
        before = '';
      } else if (span.style === 'code') {
        // A command says nothing of the name that follows it: “`aws iam get-role`/`list-roles`”
        before += '. ';
        isBroken = true;
      } else before += span.text;
      offset += span.text.length;
    }
    if (names === 0) this.plainValue();
    return this.found;
  }

  private isCandidate(span: Span, index: number): boolean {
    if (span.style === 'code') return !/[\s()=;]/.test(span.text);
    // “**Cluster**: `x`” is a label and its name
    const isLabel = /^\s?:/.test(this.line.spans[index + 1]?.text ?? '');
    return span.style === 'strong' && !isLabel && /^[^\s:]{3,}$/.test(span.text);
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

  /** “`DATABASE_URL` from `shop/prod/db`” in a list that is said to come from a store of secrets. */
  private source(variable: string, between: string): Found | undefined {
    if (!VARIABLE.test(variable) || !FROM.test(between)) return undefined;
    const { item, intro, section } = this.block;
    for (const title of [intro, itemsAround(item)[1]?.title, headings(section)[0]?.title]) {
      const found = announced(`${title?.replace(/[^\p{L}\p{N})]+$/u, '') ?? ''} :`);
      const phrases = found?.phrases.filter(({ words }) => STORED.has(words.kind));
      if (phrases?.length) return { phrases, label: true, extra: 0 };
    }
    return undefined;
  }

  /** “Model storage: `x`” in a list of buckets. */
  private isOfList(before: string): boolean {
    return LABEL.test(before) && isPurpose(before);
  }

  /** What stands in parentheses after a name may be its environment: “`shop.fr` (prod) and …”. */
  private withRemark(found: Found, index: number): Found {
    const next = this.line.spans[index + 1];
    const remark = next?.style === 'plain' ? REMARK.exec(next.text)?.[1] : undefined;
    return remark === undefined ? found : { ...found, hint: remark };
  }

  /** For an item that begins with a name: the line above the list, else the heading. */
  private introduced(index: number): Found | undefined {
    const { item, intro, section } = this.block;
    if (!item || !ENTRY.test(plain(this.line.spans.slice(index + 1, index + 2)))) return undefined;
    const parent = itemsAround(item)[1]?.title;
    // What is listed under a name are its parts, not more of what the heading says
    const above = parent !== undefined && NAMED_ITEM.test(parent) ? undefined : headings(section)[0]?.title;
    for (const title of [intro, parent, above])
      if (title !== undefined && title !== '') {
        const found = labelled(title);
        if (found) return { ...found, listed: true };
      }
    return undefined;
  }

  /** “Cluster: x”, without any mark on the name. */
  private plainValue(): void {
    const colon = this.text.search(/[:=]/);
    if (colon < 0 && this.block.item) this.plainItem();
    if (colon < 0 || colon > 80) return;
    const values = this.text
      .slice(colon + 1)
      .replace(/\s+\([^()]{0,80}\)/g, '')
      .split(/,\s|\s(?:and|et|&)\s/)
      .map((value) => value.replace(/^[\s*]+/, '').replace(/[^\p{L}\p{N}\]}>)*_-]+$/u, ''));
    // `shop-*` stands for several that are not said
    if (values.some((value) => value === '' || /\s|[-_./]\*?$/.test(value))) return;
    const found = announced(this.text.slice(0, colon + 1));
    if (!found || found.extra > 3) return;
    // “Functions: loader, image-resizer”: parts of one thing are called by words, and these are no names
    if (values.length > 1 && !values.every((value) => /[-_./]|\d/.test(value))) return;
    for (const value of values.slice(0, MOST_NAMES)) this.take(value, found, colon + 1, false);
  }

  /** An item that is a name without any mark: “- shop-orders-worker (Python)” under “Lambda functions”. */
  private plainItem(): void {
    const name = withoutRemark(this.text);
    if (!PLAIN_NAME.test(name)) return;
    const found = this.introduced(this.line.spans.length);
    if (found) this.take(name, found, 0, false);
  }

  private take(text: string, found: Found, offset: number, code: boolean, at = this.line.spans.length): void {
    const around = this.withScopes();
    const kind = meant(found.phrases, around);
    const read = kind && nameFor(text, kind, { label: found.label, code, listed: found.listed }, around);
    if (!kind || !read) return;
    const { section, item, intro } = this.block;
    const isLeft = this.isLeft(at, (other) => nameFor(other, kind, { label: found.label, code }, around));
    this.found.push({
      kind: kind.words.kind,
      name: read.name,
      nameStatus: read.status,
      line: this.line.line,
      sort: isLeft ? 'reference' : sortOf(this.sentence(offset), this.block, this.text),
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

  /** An arrow elsewhere is the way that a request takes: “ALB `a` → `b`”. */
  private isRename(between: string): boolean {
    return (
      ARROW.test(between) && headings(this.block.section).some(({ title }) => RENAMES.test(phraseOf(title)))
    );
  }

  /** “`a` not `b`” is advice, and “`a` → `b`” in a page about a change says how `a` is called now. */
  private isLeft(at: number, read: (other: string) => unknown): boolean {
    const between = this.line.spans[at + 1]?.text ?? '';
    const other = this.line.spans[at + 2];
    if (other?.style !== 'code') return false;
    return INSTEAD.test(between) || (this.isRename(between) && read(other.text) !== undefined);
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

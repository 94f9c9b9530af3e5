import { type Around, labelled, meant, nameFor, scopesOf } from './context.ts';
import type { Mention } from './mention.ts';
import { inOpenItem, inProposal, isReference } from './mood.ts';
import { type FenceBlock, headings } from './page.ts';

/** “1. name → what it is”, “name | status | endpoint”: one resource a line, as a console prints them. */
const ENTRY = /^\s*(?:\d+[.)]\s+|[-*•]\s+)?([A-Za-z0-9/][\w./-]*)(?:\s*$|\s+(?:→|->|=>|\||—|–)\s)/;
const MOST_LINES = 500;

/** The names that a block of plain text lists under a heading that says their kind. */
export function mentionsInListing(block: FenceBlock, outer: Omit<Around, 'scopes'>): Mention[] {
  if (block.language !== '' && block.language !== 'text') return [];
  const title = headings(block.section)[0]?.title ?? '';
  const found = labelled(block.intro ?? '') ?? labelled(title);
  if (!found) return [];
  const around = { ...outer, scopes: scopesOf(block.intro ?? title, block) };
  const kind = meant(found.phrases, around);
  if (!kind) return [];
  const outside =
    inProposal(block.section) ||
    inOpenItem(block.item) ||
    (block.intro !== undefined && isReference(block.intro));
  return block.text
    .split('\n')
    .slice(0, MOST_LINES)
    .flatMap((text, index) => {
      const entry = text.length < 400 ? ENTRY.exec(text)?.[1] : undefined;
      const name = entry && nameFor(entry, kind, { label: true, code: true, listed: true }, around);
      if (!name) return [];
      return [
        {
          kind: kind.words.kind,
          name: name.name,
          nameStatus: name.status,
          line: block.line + index,
          sort: outside || isReference(text) ? ('reference' as const) : ('declared' as const),
          hints: [block.intro ?? '', ...headings(block.section).map((section) => section.title)],
          together: [`line ${block.line + index}`, `fence ${block.line}`],
        },
      ];
    });
}

import type { Around } from './context.ts';
import { ABOUT_CLOUDFRONT, type Identified, identifiersIn, type Where } from './identifiers.ts';
import type { Mention } from './mention.ts';
import { inOpenItem, inProposal, isReference, sortOf } from './mood.ts';
import { type Block, headings, itemsAround, type Page, plain } from './page.ts';
import { rowIsReference } from './tables.ts';

const REGION_LABEL = /r[ée]gion(?:[^:|=\n]{0,20})[:=|*\s`]+([a-z]{2}(?:-[a-z]+)+-\d)(?![\w-])/gi;
const ACCOUNT_LABEL = /(?:account|compte)(?:[^:|=\n\d]{0,20})[:=|*\s`]+(\d{12})(?!\d)/gi;

/** The names that stand on their own (ARNs, hosts, ids), wherever they are written. */
export function mentionsOfIdentifiers(page: Page, where: Omit<Where, 'aboutCloudFront'>): Mention[] {
  return page.blocks.flatMap((block) => readBlock(block, where));
}

function readBlock(block: Block, where: Omit<Where, 'aboutCloudFront'>): Mention[] {
  const titles = headings(block.section).map((section) => section.title);
  const near = `${block.intro ?? ''} ${titles[0] ?? ''}`;
  const read = (text: string, more: string) =>
    identifiersIn(text, { ...where, aboutCloudFront: ABOUT_CLOUDFRONT.test(`${text} ${more}`) });
  const made = (
    found: Identified[],
    line: number,
    reference: boolean,
    hints: string[],
    key: string,
  ): Mention[] =>
    found.map(({ form, ...identified }) => ({
      ...identified,
      line,
      sort: reference || (form && block.type === 'fence') ? 'reference' : 'declared',
      hints: [
        ...hints,
        ...itemsAround(block.item)
          .slice(1)
          .map((item) => item.title),
        block.intro ?? '',
        ...titles,
      ],
      together: [`line ${line}`, key],
    }));
  if (block.type === 'text')
    return block.lines.flatMap(({ line, spans, text }) => {
      const links = spans.flatMap((span) => (span.href && span.href !== span.text ? [span.href] : []));
      const shown = spans.some((span) => span.struck) ? plain(spans.filter((span) => !span.struck)) : text;
      const found = [shown, ...links].flatMap((one) => read(one, near));
      return found.length ? made(found, line, sortOf(text, block) === 'reference', [], `text ${line}`) : [];
    });
  if (block.type === 'table') {
    const header = block.header.map((cell) => cell.text).join(' ');
    return block.rows.flatMap(({ line, cells }) =>
      cells.flatMap((cell, index) => {
        const found = read(cell.text, `${header} ${cells[0]?.text ?? ''} ${near}`);
        return found.length
          ? made(
              found,
              line,
              rowIsReference(block, cells, index),
              [block.header[index]?.text ?? '', cells[0]?.text ?? ''],
              `table ${block.line}`,
            )
          : [];
      }),
    );
  }
  const reference =
    inProposal(block.section) ||
    inOpenItem(block.item) ||
    (block.intro !== undefined && isReference(block.intro));
  const more = ABOUT_CLOUDFRONT.test(block.text) ? 'cloudfront' : near;
  return block.text.split('\n').flatMap((text, index) =>
    made(
      // A workflow that only a block of code names is one that somebody may write
      read(text, more).filter(
        ({ kind, name }) => kind !== 'GitHub::Actions::Workflow' || where.isWorkflow(name),
      ),
      block.line + index,
      reference,
      [],
      `fence ${block.line}`,
    ),
  );
}

/** The one region and the one account that a page gives as its own, by a label in its text. */
export function pageDefaults(text: string): { region?: string; account?: string } {
  const only = (pattern: RegExp) => {
    const values = new Set([...text.matchAll(pattern)].map((match) => match[1]));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const region = only(REGION_LABEL);
  const account = only(ACCOUNT_LABEL);
  return { ...(region && { region }), ...(account && { account }) };
}

/** Every word of a text, in lower case; made when first asked for. */
export function vocabularyOf(text: string): Around['vocabulary'] {
  let made: ReadonlySet<string> | undefined;
  return () => {
    made ??= new Set(text.toLowerCase().match(/[a-z0-9]+/g) ?? []);
    return made;
  };
}

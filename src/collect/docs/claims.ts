import { maskSecrets } from '#lib/mask.ts';
import type { Document } from '#model/artifacts.ts';
import type { Page } from './page.ts';

type Claim = Document['claims'][number];

const DONE = /[✅☑✔]/u;
const NOT_DONE = /[❌✗✘]/u;
const MARKS = /✅|☑|✔|❌|✗|✘|⚠|\uFE0F/gu;
const LONGEST = 200;

/** What a page says is done or not: ticked boxes, `✅` and `❌`. In the order of the page. */
export function claimsOf(page: Page): Claim[] {
  const claims: Claim[] = [];
  const add = (done: boolean, text: string, line: number) => {
    const shown = maskSecrets(text.replace(MARKS, '').replace(/\s+/g, ' ').trim().slice(0, LONGEST));
    if (shown !== '') claims.push({ done, text: shown, line });
  };
  const boxed = new Set<object>();
  for (const block of page.blocks) {
    if (block.type === 'text')
      for (const [index, { line, text }] of block.lines.entries()) {
        const { item } = block;
        if (index === 0 && item?.box && !boxed.has(item)) {
          boxed.add(item);
          add(item.box === 'done', text, line);
        } else if (NOT_DONE.test(text) !== DONE.test(text)) add(DONE.test(text), text, line);
      }
    if (block.type === 'table')
      for (const { cells, line } of block.rows) {
        const text = cells.map((cell) => cell.text).join(' | ');
        if (NOT_DONE.test(text) !== DONE.test(text)) add(DONE.test(text), text, line);
      }
  }
  return claims;
}

import { describe, expect, test } from 'vitest';
import { headings, itemsAround } from './page.ts';
import { parsePage } from './parse.ts';

const texts = (text: string) =>
  parsePage(text).blocks.flatMap((block) =>
    block.type === 'text' ? block.lines.map((line) => `${line.line} ${line.text}`) : [],
  );

test('each line of a paragraph keeps its line of the source', () => {
  expect(texts('# T\n\nfirst `a`\nsecond **b**\n\n- item\n  goes on\n')).toEqual([
    '3 first a',
    '4 second b',
    '6 item',
    '7 goes on',
  ]);
});

test('a block knows its headings, nearest first, and its items', () => {
  const [block] = parsePage('# Shop\n\n## Orders\n\n### Prod\n\n- outer\n  - [ ] inner\n').blocks.slice(-1);
  expect(headings(block?.section).map((section) => section.title)).toEqual(['Prod', 'Orders', 'Shop']);
  expect(itemsAround(block?.item).map((item) => [item.title, item.box])).toEqual([
    ['inner', 'open'],
    ['outer', undefined],
  ]);
});

test('the line before a list introduces it when it ends in a colon', () => {
  const page = parsePage('**Expected:**\n\n- a\n- b\n\nAfter.\n');
  expect(page.blocks.map((block) => block.intro)).toEqual([undefined, 'Expected:', 'Expected:', undefined]);
});

test('rows and blocks of code stand on their lines', () => {
  const page = parsePage('| A | B |\n| - | - |\n| x | y |\n\n```bash\naws s3 ls\n```\n');
  expect(page.blocks).toMatchObject([
    { type: 'table', rows: [{ line: 3 }] },
    { type: 'fence', language: 'bash', line: 6, text: 'aws s3 ls\n' },
  ]);
});

test('front matter is read and is no heading', () => {
  const page = parsePage('---\ntitle: "Orders"\ndate: 2026-02-01\n---\n\n# Runbook\n');
  expect([...page.frontMatter]).toEqual([
    ['title', 'Orders'],
    ['date', '2026-02-01'],
  ]);
  expect(page.sections).toMatchObject([{ title: 'Runbook', line: 6 }]);
});

test('tags give nothing, and what only looks like one stays: it is a placeholder', () => {
  expect(texts('use <b>this</b> in <cluster> <!-- not this -->')).toEqual(['1 use this in <cluster> ']);
  expect(texts('<!--\nECS cluster `hidden`\n-->\n')).toEqual([]);
});

describe('hostile text costs time in proportion to its size', () => {
  const most = 20_000;
  test.each([
    ['a line of 5 MB', 'x'.repeat(5_000_000)],
    ['a line of 5 MB of brackets', '['.repeat(5_000_000)],
    ['unclosed emphasis', '*a _b '.repeat(100_000)],
    ['nested emphasis over lines', `${'**a *b\n'.repeat(40_000)}`],
    ['brackets over lines', '[[[[a](b\n'.repeat(40_000)],
    ['backticks of growing length', Array.from({ length: 2_000 }, (_, i) => '`'.repeat(i % 90)).join(' a\n')],
    ['deep lists', Array.from({ length: 1_000 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')],
    ['deep quotes', `${'>'.repeat(3_000)} a\n`.repeat(50)],
    ['unclosed tags and comments', '<!-- <a <![CDATA[ <? '.repeat(50_000)],
    ['a table of 4,000 columns', `${'|a'.repeat(1_900)}|\n${'|-'.repeat(1_900)}|\n${'|b\n'.repeat(2_000)}`],
    ['reference definitions', '[a]: <b\n'.repeat(40_000)],
    ['entities', '&amp;&#x;&'.repeat(100_000)],
  ])('%s', (_, text) => {
    const start = performance.now();
    parsePage(text);
    expect(performance.now() - start).toBeLessThan(most);
  });
});

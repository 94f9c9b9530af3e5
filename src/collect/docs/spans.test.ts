import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { linesOf } from './spans.ts';

const markdown = new MarkdownIt({ html: true });

test.each([
  'The service `shop-api` asks `orders`; see [the page](../docs/orders.md#ports).',
  '`shop-api`',
  '[orders](orders.md)[orders](orders.md) twice, [once](once.md)[more](more.md)',
  'a`b``c`d',
  '`` a`b `` and ` padded ` and `open',
  '[empty]() [spaced]( a.md ) [titled](a.md "title") [absolute](/a.md) [web](https://shop.example/a)',
  '[label] alone, [reference][one] and ![picture](a.png)',
  '`code` before_an_underscore and 2 * 3 * 4',
  '[with `code`](a.md) and **[strong](b.md)**',
  'dépôt `é` → [page](é.md) ; `a]b` [c`d](e)`',
])('a line says the same alone, where it may need no parser, and above another: %s', (line) => {
  const [alone] = linesOf(line, 7, markdown, {});
  const [above] = linesOf(`${line}\nthe end`, 7, markdown, {});
  expect(alone).toEqual(above);
});

test('code and relative links of a line without other marks are its spans', () => {
  expect(linesOf('Run `deploy` as [told](docs/deploy.md).', 3, markdown, {})).toEqual([
    {
      line: 3,
      text: 'Run deploy as told.',
      spans: [
        { text: 'Run ', style: 'plain' },
        { text: 'deploy', style: 'code' },
        { text: ' as ', style: 'plain' },
        { text: 'told', style: 'plain', href: 'docs/deploy.md' },
        { text: '.', style: 'plain' },
      ],
    },
  ]);
});

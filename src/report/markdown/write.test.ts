import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { code } from '#model/text.ts';
import { block, codeSpan, escapeMarkdown, say, table } from './write.ts';

const html = (markdown: string) => new MarkdownIt({ html: true, linkify: true }).render(markdown);
const HOSTILE = [
  '<script>alert(1)</script>',
  '[click](javascript:alert(1))',
  '![x](http://evil.example/p.png)',
  'a | b | c',
  '`code` ``more`` `',
  '**bold** _em_ ~~s~~ # head',
  'line\nbreak\r\n# heading',
  '\u202egnp.exe\u2066',
  '<img src=x onerror=alert(1)>',
  '&lt;b&gt; &copy;',
];

test.each(HOSTILE)('%j is inert as prose', (text) => {
  const shown = html(`a ${escapeMarkdown(text)} z`);
  expect(shown).not.toMatch(/<(?!\/?p>)/);
  expect(shown.split('\n').filter(Boolean)).toHaveLength(1);
});

test.each(HOSTILE)('%j is inert as a name inside a text', (text) => {
  const shown = html(say({ fr: '', en: `before ${code(text)} after` }, 'en'));
  expect(shown).toMatch(/^<p>before <code>[^<]*<\/code> after<\/p>\n$/);
});

test.each(HOSTILE)('%j is one cell of a table', (text) => {
  const shown = html(table(['a', 'b'], [[codeSpan(text, true), 'end']]));
  expect(shown.match(/<td>/g)).toHaveLength(2);
  expect(shown).toContain('<td>end</td>');
});

test('a fence is longer than what it holds', () => {
  const shown = html(block('echo 1\n```\n<b>\n````', 'bash'));
  expect(shown.match(/<pre>/g)).toHaveLength(1);
  expect(shown).toContain('&lt;b&gt;');
});

import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { patches } from '../../../test/fixtures/sample-patches.ts';
import { sampleReport } from '../../../test/fixtures/sample-report.ts';
import { patchSection } from './patches.ts';

const report = (parts: Partial<Report> = {}): Report => ({ ...sampleReport(), patches: patches(), ...parts });
const html = (markdown: string) => new MarkdownIt({ html: true, linkify: true }).render(markdown);
const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

test('a report without patches says nothing of them', () => {
  expect(patchSection(report({ patches: [] }), 'fr')).toBe('');
  expect(patchSection(sampleReport(), 'fr')).toBe('');
});

test('a diff is shown as it is saved: tabs, backticks and markup included', () => {
  const page = html(patchSection(report(), 'en'));
  const shown = [...page.matchAll(/<pre><code class="language-diff">([\s\S]*?)<\/code><\/pre>/g)];
  expect(shown.map(([, text = '']) => unescaped(text))).toEqual(patches().map(({ diff }) => diff));
  expect(page).not.toContain('<script');
});

test('each patch says what it closes, where it is saved, what is left to do and how it is applied', () => {
  const page = patchSection(report(), 'fr');
  expect(page).toContain('- **Referme\u00a0:** `OPS-1402`');
  expect(page).toContain('- **À savoir\u00a0:** Appeler le script à la fin de `deploy.sh`.');
  expect(page).toContain('Enregistré dans `patches/smoke-test.patch`');
  expect(page).toContain('```bash\ngit apply constat-report/patches/smoke-test.patch\n```');
});

test.each([
  ['.', 'out', 'git apply out/patches/smoke-test.patch'],
  ['.', '/tmp/my reports/', "git apply '/tmp/my reports/patches/smoke-test.patch'"],
  ['apps/shop/', 'out', 'git -C apps/shop apply "$PWD"/out/patches/smoke-test.patch'],
  ["it's", '/out', "git -C 'it'\\''s' apply /out/patches/smoke-test.patch"],
])('of %s with the report in %s it is applied with %s', (path, folder, command) => {
  const found = report();
  const estate = { ...found.audit.estate, path };
  const page = patchSection({ ...found, audit: { ...found.audit, estate } }, 'en', folder);
  expect(page).toContain(`\n${command}\n`);
});

test('of a long diff the page shows the beginning, and says where the rest is', () => {
  const [patch] = patches();
  if (!patch) throw new Error('the sample has patches');
  const diff = `${patch.diff}${'+line\n'.repeat(1_000)}`;
  const page = patchSection(report({ patches: [{ ...patch, diff }] }), 'fr');
  expect(page.match(/^\+line$/gm)?.length).toBeLessThan(400);
  expect(page).toContain('609 lignes de plus, dans `patches/smoke-test.patch`.');
});

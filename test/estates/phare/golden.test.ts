import { expect, test } from 'vitest';
import { reportSchema } from '#model/report.ts';
import { renderMarkdown } from '#report/markdown.ts';
import { auditPhare, phareHost } from './host.ts';

test.each(['fr', 'en'] as const)('the report in %s is the reviewed one', async (lang) => {
  const report = reportSchema.parse(await auditPhare(phareHost(), {}, lang));
  await expect(drawn(renderMarkdown(report, lang))).toMatchFileSnapshot(`../../golden/phare.${lang}.md`);
});

/** What is another one each time that the machine is recorded: times, and addresses and names that the engine draws. */
const drawn = (page: string): string =>
  page
    .replace(/2026-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '2026-11-28T17:00:00Z')
    .replace(/fe80::[0-9a-f:]+/g, 'fe80::1')
    .replace(/fd5e:c0a8::[0-9a-f:]+/g, 'fd5e:c0a8::2');

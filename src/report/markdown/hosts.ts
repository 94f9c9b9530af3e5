import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { hostsShown } from '#web/hosts.ts';
import { hostWords as words } from '#web/words/hosts.ts';
import { sectionWords } from '#web/words/page.ts';
import { codeSpan, paragraphs, say, table } from './write.ts';

/** What was seen to run on the hosts that were read; nothing where none was. */
export function hostSection(report: Report, lang: Language): string {
  const hosts = hostsShown(report);
  if (hosts.length === 0) return '';
  return paragraphs(
    `## ${sectionWords.hosts[lang]}`,
    say(words.say, lang),
    ...hosts.flatMap(({ name, about, tables }) => [
      `### ${codeSpan(name)}`,
      say(about, lang),
      ...tables.flatMap(({ title, heads, rows, more }) => [
        `#### ${title[lang]}`,
        table(
          heads.map((head) => head[lang]),
          rows.map((row) => row.map((cell) => say(cell, lang, true))),
        ),
        more && say(more, lang),
      ]),
    ]),
  );
}

import type { Report } from '#model/report.ts';
import { code, type Language } from '#model/text.ts';
import { applyCommand, patchFile, shownDiff } from '#web/patches.ts';
import { counted, fill } from '#web/text.ts';
import { sectionWords } from '#web/words/page.ts';
import { patchWords as words } from '#web/words/patches.ts';
import { block, codeSpan, paragraphs, say } from './write.ts';

type Patch = NonNullable<Report['patches']>[number];

function patchPart(report: Report, patch: Patch, lang: Language, folder?: string): string {
  const colon = lang === 'fr' ? '\u00a0:' : ':';
  const names = (list: readonly string[]) => list.map((name) => codeSpan(name)).join(', ');
  const file = patchFile(patch);
  const { lines, left } = shownDiff(patch);
  const facts = [
    `- **${words.files[lang]}${colon}** ${names(patch.files)}`,
    patch.findings.length > 0 && `- **${words.closes[lang]}${colon}** ${names(patch.findings)}`,
    patch.note && `- **${words.note[lang]}${colon}** ${say(patch.note, lang)}`,
    `- ${say(fill(words.saved, { file: code(file) }), lang)}`,
  ].filter((line) => line !== undefined && line !== false);
  return paragraphs(
    `### ${say(patch.title, lang)}`,
    facts.join('\n'),
    block(lines.join('\n'), 'diff', true),
    left > 0 ? say(fill(counted(left, words.leftOne, words.left), { file: code(file) }), lang) : undefined,
    `${words.apply[lang]}${colon}`,
    block(applyCommand(report, patch, folder), 'bash'),
  );
}

/** Changes of the repository's files that close gaps, as diffs; nothing where there is none. */
export function patchSection(report: Report, lang: Language, folder?: string): string {
  const { patches = [] } = report;
  if (patches.length === 0) return '';
  return paragraphs(
    `## ${sectionWords.patches[lang]}`,
    say(words.say, lang),
    ...patches.map((patch) => patchPart(report, patch, lang, folder)),
  );
}

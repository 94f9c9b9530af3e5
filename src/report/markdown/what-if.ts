import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { wordOf } from '#web/text.ts';
import { type WhatIfShown, whatIfShown } from '#web/what-if.ts';
import { severityWords } from '#web/words/labels.ts';
import { sectionWords } from '#web/words/page.ts';
import { whatIfWords as words } from '#web/words/what-if.ts';
import { place } from './findings.ts';
import { block, paragraphs, say } from './write.ts';

type WhatIf = NonNullable<Report['whatIf']>[number];

function effectLine(
  { mark, word, effect }: WhatIfShown['effects'][number],
  index: number,
  lang: Language,
): string {
  const severity = wordOf(severityWords, effect.severity)[lang];
  const places = effect.evidence.map((evidence) => place(evidence)).join(', ');
  const failing = effect.fails ? `**${word[lang]}**, ` : '';
  return `${index + 1}. ${mark} ${failing}${severity}${lang === 'fr' ? '\u00a0' : ''}: ${say(effect.text, lang)} (${places})`;
}

/** One what-if, under a heading of its own. */
export function whatIfPart(whatIf: WhatIf, lang: Language, depth = 3): string {
  const shown = whatIfShown(whatIf);
  const colon = lang === 'fr' ? '\u00a0:' : ':';
  const retired = whatIf.isRetired ? ` (${words.retired[lang]})` : '';
  return paragraphs(
    `${'#'.repeat(depth)} ${say(shown.heading, lang)}${retired}`,
    shown.nothing && say(shown.nothing, lang),
    shown.effects.map((one, index) => effectLine(one, index, lang)).join('\n'),
    shown.unknown.length > 0 ? `${words.unknown[lang]}${colon}` : undefined,
    shown.unknown.map((text) => `- ${say(text, lang)}`).join('\n'),
    `${shown.commandTitle[lang]}${colon}`,
    block(shown.command, 'bash'),
  );
}

/** What starting or applying files would do on the hosts that were read; nothing where there is none. */
export function whatIfSection(report: Report, lang: Language): string {
  const { whatIf = [] } = report;
  if (whatIf.length === 0) return '';
  return paragraphs(
    `## ${sectionWords.whatIf[lang]}`,
    say(words.say, lang),
    ...whatIf.map((one) => whatIfPart(one, lang)),
  );
}

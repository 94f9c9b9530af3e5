import { styleText } from 'node:util';
import { type Language, type Text, visible } from '#model/text.ts';
import type { WhatIf } from '#model/what-if.ts';
import { whatIfOf } from '#report/json.ts';
import { whatIfPart } from '#report/markdown/what-if.ts';
import { wordOf } from '#web/text.ts';
import { type WhatIfShown, whatIfShown } from '#web/what-if.ts';
import { severityWords } from '#web/words/labels.ts';
import { sectionWords } from '#web/words/page.ts';
import { whatIfWords as words } from '#web/words/what-if.ts';

const STYLES: Record<string, Parameters<typeof styleText>[0]> = {
  critical: ['red', 'bold'],
  high: 'red',
  medium: 'yellow',
  low: 'dim',
};

/** Prose for a terminal: code marks are dropped, what audited text holds is made visible. */
const plain = (text: Text, lang: Language) => visible(text[lang].replaceAll('`', ''), 1000);

function evidenceOf({ effect }: WhatIfShown['effects'][number]): string {
  return effect.evidence
    .map((one) =>
      'file' in one ? `${one.file}:${one.line}` : `${one.operation}${one.excerpt ? ` (${one.excerpt})` : ''}`,
    )
    .map((text) => visible(text, 200))
    .join(' · ');
}

/** What would happen, for a terminal. */
export function whatIfText(told: readonly WhatIf[], lang: Language, color: boolean): string {
  const styled = (style: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const colon = lang === 'fr' ? '\u00a0:' : ':';
  const part = (whatIf: WhatIf): string[] => {
    const shown = whatIfShown(whatIfOf(whatIf));
    const retired = whatIf.isRetired ? ` (${words.retired[lang]})` : '';
    return [
      styled('bold', `${plain(shown.heading, lang)}${retired}${colon} ${plain(shown.summary, lang)}`),
      ...(shown.nothing ? [`  ${plain(shown.nothing, lang)}`] : []),
      ...shown.effects.flatMap((one, index) => {
        const { severity, fails, text } = one.effect;
        const label = `${fails ? `${plain(one.word, lang)}, ` : ''}${wordOf(severityWords, severity)[lang]}`;
        return [
          `  ${String(index + 1).padStart(2)}. ${one.mark} ${styled(STYLES[severity] ?? 'reset', label)}${colon} ${plain(text, lang)}`,
          styled('dim', `        ${evidenceOf(one)}`),
        ];
      }),
      ...(shown.unknown.length > 0 ? [`  ${words.unknown[lang]}${colon}`] : []),
      ...shown.unknown.map((text) => `    ? ${plain(text, lang)}`),
      `  ${shown.commandTitle[lang]}${colon}`,
      `    ${visible(shown.command, 2000)}`,
      '',
    ];
  };
  return [...told.flatMap(part), words.notStarted[lang], ''].join('\n');
}

/** What would happen, as one Markdown page. */
export const whatIfMarkdown = (told: readonly WhatIf[], lang: Language): string =>
  [
    `# ${sectionWords.whatIf[lang]}`,
    words.say[lang],
    ...told.map((one) => whatIfPart(whatIfOf(one), lang, 2)),
  ].join('\n\n');

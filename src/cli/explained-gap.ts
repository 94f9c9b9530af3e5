import { domains } from '#judge/maturity/domains.ts';
import { ofPartial, PRIORITY } from '#judge/maturity/priority.ts';
import { InputError } from '#lib/input-error.ts';
import type { Domain } from '#model/maturity.ts';
import type { Language } from '#model/text.ts';

/**
 * What a gap of a profile is: its question, what is lacking, what to do, and the severity and priority it has.
 * @throws InputError where neither a rule nor a gap is called so
 */
export function explained(id: string, lang: Language, known: readonly Domain[] = domains): string {
  for (const { title, target, questions } of known) {
    const question = questions.find(({ gap }) => gap.id === id);
    if (!question) continue;
    const { severity, effort, gap, text, weight } = question;
    const less = ofPartial(severity);
    const parts = [
      gap.title,
      text,
      {
        fr: `Question \`${question.id}\` du domaine «\u00a0${title.fr}\u00a0», poids ${weight}. Cible\u00a0: ${target.fr}`,
        en: `Question \`${question.id}\` of the domain “${title.en}”, weight ${weight}. Target: ${target.en}`,
      },
      {
        fr: `Priorité ${PRIORITY[severity][effort]}, ou ${PRIORITY[less][effort]} en partie.`,
        en: `Priority ${PRIORITY[severity][effort]}, or ${PRIORITY[less][effort]} where it is there in part.`,
      },
      gap.remedy,
    ];
    return `${id} (${severity})\n\n${parts.map((part) => part[lang].replaceAll('`', '')).join('\n\n')}\n`;
  }
  throw new InputError(`no rule '${id}'; \`constat rules\` lists them`);
}

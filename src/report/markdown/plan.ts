import type { Report } from '#model/report.ts';
import { type Language, type Text, visible } from '#model/text.ts';
import { proofPlaces, type Wave, wavesOf } from '#web/plan.ts';
import { fill, wordOf } from '#web/text.ts';
import { sectionWords } from '#web/words/page.ts';
import { resultWords } from '#web/words/path.ts';
import { planWords, riskMeaning, riskWords, stepStateWords } from '#web/words/plan.ts';
import { RESULT_MARKS } from '../marks.ts';
import { block, codeSpan, escapeMarkdown, paragraphs, say } from './write.ts';

type Step = Report['plan']['steps'][number];
type Proof = Report['proofs'][number];

const LONGEST_VALUE = 300;

const entry = (term: Text, value: string, lang: Language): string =>
  `- **${term[lang]}${lang === 'fr' ? '\u00a0' : ''}:** ${value}`;

function proofParts(proof: Proof, lang: Language, tick = ''): string[] {
  const result = proof.result
    ? ` (${RESULT_MARKS[proof.result]} ${say(wordOf(resultWords, proof.result), lang)})`
    : '';
  return [
    `- ${tick}${codeSpan(proof.id)} ${say(proof.title, lang)}${result}. ${planWords.expected[lang]}${lang === 'fr' ? '\u00a0' : ''}: ${say(proof.expected, lang)}`,
    block(proof.command, 'bash')
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n'),
  ];
}

/** A step to tick: why, at what risk, the command, how it is undone and how it is proven. */
export function planStep(step: Step, proofs: ReadonlyMap<string, Proof>, lang: Language): string {
  const risk = fill(planWords.riskSaid, {
    risk: wordOf(riskWords, step.risk),
    meaning: wordOf(riskMeaning, step.risk),
  });
  const codes = (ids: readonly string[]) => ids.map((id) => codeSpan(id)).join(', ');
  const before = Object.entries(step.before ?? {}).map(([name, value]) =>
    codeSpan(visible(`${name}: ${JSON.stringify(value)}`, LONGEST_VALUE)),
  );
  const facts = [
    entry(planWords.state, say(wordOf(stepStateWords, step.state), lang), lang),
    entry(planWords.reason, say(step.reason, lang), lang),
    entry(planWords.risk, say(risk, lang), lang),
    step.cost && entry(planWords.cost, say(step.cost, lang), lang),
    step.duration && entry(planWords.duration, say(step.duration, lang), lang),
    step.after.length > 0 && entry(planWords.after, codes(step.after), lang),
    step.findings.length > 0 && entry(planWords.closes, codes(step.findings), lang),
    before.length > 0 && entry(planWords.before, before.join(', '), lang),
    ...(step.needs ?? []).map((need) => entry(planWords.needs, say(need, lang), lang)),
  ].filter((line) => line !== false && line !== undefined);
  const own = step.proofs.flatMap((id) => proofs.get(id) ?? []);
  const colon = lang === 'fr' ? '\u00a0:' : ':';
  return paragraphs(
    `#### ${escapeMarkdown(step.id)} · ${say(step.title, lang)}`,
    facts.join('\n'),
    step.command === '' ? undefined : `**${planWords.command[lang]}${colon}**`,
    step.command === '' ? undefined : block(step.command, 'bash'),
    step.rollback && `**${planWords.rollback[lang]}${colon}**`,
    step.rollback && block(step.rollback.command, 'bash'),
    step.irreversible
      ? `**${planWords.noRollback[lang]}${colon}** ${say(step.irreversible, lang)}`
      : step.rollback
        ? undefined
        : `**${planWords.rollback[lang]}${colon}** ${planWords.notGiven[lang]}`,
    own.length > 0 ? `**${planWords.proofs[lang]}${colon}**` : undefined,
    ...own.flatMap((proof) => proofParts(proof, lang)),
  );
}

const wavePart = (wave: Wave, proofs: ReadonlyMap<string, Proof>, lang: Language): string =>
  paragraphs(
    `### ${say(fill(planWords.wave, { n: wave.number }), lang)}`,
    ...wave.steps.map((step) => planStep(step, proofs, lang)),
  );

/** The plan in the order in which it is applied, then what proves the whole; nothing where there is no step. */
export function planSection(report: Report, lang: Language): string {
  const { steps } = report.plan;
  if (steps.length === 0) return '';
  const { ofSteps, final } = proofPlaces(report);
  return paragraphs(
    `## ${sectionWords.plan[lang]}`,
    planWords.say[lang],
    ...wavesOf(steps).map((wave) => wavePart(wave, ofSteps, lang)),
    final.length > 0 ? `### ${planWords.final[lang]}` : undefined,
    final.length > 0 ? planWords.finalSay[lang] : undefined,
    ...final.flatMap((proof) => proofParts(proof, lang, '[ ] ')),
  );
}

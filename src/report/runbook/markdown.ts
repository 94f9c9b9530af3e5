import type { Report, ReportProof } from '#model/report.ts';
import type { Language, Text } from '#model/text.ts';
import { riskWords, stepStateWords } from '#web/words/plan.ts';
import { block, codeSpan, escapeMarkdown, paragraphs, say, table } from '../markdown/write.ts';
import { type ReportStep, stuckOf, wavesOf } from './waves.ts';
import { runbookWords as words } from './words.ts';

type Say = (text: Text) => string;

/** The plan of a report as a page that somebody follows: what, why, in which order, how it is proven and undone. */
export function runbookMarkdown(report: Report, lang: Language): string {
  const { steps } = report.plan;
  const t: Say = (text) => say(text, lang);
  const colon = lang === 'fr' ? '\u00a0:' : ':';
  const proofs = new Map(report.proofs.map((proof) => [proof.id, proof]));
  const stuck = stuckOf(steps);
  const open = steps.filter(({ id, state }) => !stuck.has(id) && state !== 'applied');
  const heading = `# ${t(words.title)}${colon} ${escapeMarkdown(report.audit.estate.name)}`;
  if (steps.length === 0) return `${paragraphs(heading, t(words.nothing))}\n`;
  const waves = wavesOf(open);
  return `${paragraphs(
    heading,
    `## ${t(words.summary)}`,
    summary(report, waves, stuck, lang),
    stepTable(steps, lang),
    ...waves.flatMap((wave, index) => [
      `## ${t(words.wave)} ${index + 1}${wave.length > 1 ? ` (${t(words.parallel)})` : ''}`,
      ...wave.map((step) => stepPage(step, proofs, lang)),
    ]),
    ...section(
      words.needs,
      steps.filter(({ id }) => stuck.has(id)),
      (step) => stuckPage(step, lang),
      t,
    ),
    ...section(
      words.done,
      steps.filter(({ state }) => state === 'applied'),
      ({ id, title }) => `- ${id} · ${t(title)}`,
      t,
    ),
    ...pathProofs(report, lang),
    `## ${t(words.checklist)}`,
    checklist(report, open, lang),
  )}\n`;
}

const section = (
  title: Text,
  steps: readonly ReportStep[],
  page: (step: ReportStep) => string,
  t: Say,
): string[] => (steps.length === 0 ? [] : [`## ${t(title)}`, ...steps.map(page)]);

function summary(
  { plan, findings }: Report,
  waves: readonly ReportStep[][],
  stuck: ReadonlySet<string>,
  lang: Language,
): string {
  const open = waves.flat();
  const mended = new Set(plan.steps.flatMap((step) => step.findings)).size;
  const all = findings.filter(({ muted }) => !muted).length;
  const costs = open.flatMap(({ cost, id }) => (cost ? [`${id} ${say(cost, lang)}`] : []));
  const risky = open
    .filter(({ risk }) => risk !== 'none')
    .map(({ id, risk }) => `${id} (${riskWords[risk]?.[lang]})`);
  const s = (count: number) => (count > 1 ? 's' : '');
  const lines =
    lang === 'fr'
      ? [
          `${open.length} étape${s(open.length)} à appliquer en ${waves.length} temps, ${stuck.size} à compléter ou en attente.`,
          `Le plan traite ${mended} écart${s(mended)} sur ${all}.`,
          risky.length > 0
            ? `Avec un effet sur le service\u00a0: ${risky.join(', ')}.`
            : 'Aucune étape ne perturbe le service.',
          costs.length > 0
            ? `Effet sur la facture\u00a0: ${costs.join('\u00a0; ')}.`
            : 'Aucun effet sur la facture.',
        ]
      : [
          `${open.length} step${s(open.length)} to apply in ${waves.length} wave${s(waves.length)}, ${stuck.size} that need${stuck.size === 1 ? 's' : ''} input or wait${stuck.size === 1 ? 's' : ''}.`,
          `The plan treats ${mended} of ${all} finding${s(all)}.`,
          risky.length > 0
            ? `With an effect on the service: ${risky.join(', ')}.`
            : 'No step disturbs the service.',
          costs.length > 0 ? `Effect on the bill: ${costs.join('; ')}.` : 'No effect on the bill.',
        ];
  return lines.map((line) => `- ${line}`).join('\n');
}

const stepTable = (steps: readonly ReportStep[], lang: Language): string =>
  table(
    [words.step, words.change, words.risk, words.after, words.state].map((head) => head[lang]),
    steps.map(({ id, title, risk, after, state }) => [
      id,
      say(title, lang, true),
      riskWords[risk]?.[lang] ?? risk,
      after.join(', '),
      stepStateWords[state]?.[lang] ?? state,
    ]),
  );

function facts(step: ReportStep, lang: Language): string {
  const colon = lang === 'fr' ? '\u00a0:' : ':';
  const line = (name: Text, value: string | undefined) => (value ? [`- ${name[lang]}${colon} ${value}`] : []);
  return [
    ...line(words.risk, riskWords[step.risk]?.[lang] ?? step.risk),
    ...line(words.cost, step.cost && say(step.cost, lang)),
    ...line(words.duration, step.duration && say(step.duration, lang)),
    ...line(words.after, step.after.join(', ')),
    ...line(words.findings, step.findings.map((gap) => codeSpan(gap)).join(', ')),
  ].join('\n');
}

function stepPage(step: ReportStep, proofs: ReadonlyMap<string, ReportProof>, lang: Language): string {
  const label = (text: Text) => `**${text[lang]}**`;
  const captured = Object.entries(step.before ?? {}).flatMap(([name, value]) => [
    codeSpan(name),
    block(JSON.stringify(value, null, 2), 'json'),
  ]);
  const own = step.proofs.flatMap((id) => proofs.get(id) ?? []);
  return paragraphs(
    `### ${step.id} · ${say(step.title, lang)}`,
    say(step.reason, lang),
    facts(step, lang),
    ...(captured.length > 0 ? [label(words.before), ...captured] : []),
    label(words.command),
    block(step.command, 'bash'),
    ...(step.rollback ? [label(words.rollback), block(step.rollback.command, 'bash')] : []),
    step.irreversible &&
      `${label(words.irreversible)}${lang === 'fr' ? '\u00a0:' : ':'} ${say(step.irreversible, lang)}`,
    ...(own.length > 0 ? [label(words.proofs), ...own.map((proof) => proofText(proof, lang))] : []),
  );
}

const proofText = (proof: ReportProof, lang: Language): string =>
  paragraphs(
    `${proof.id} · ${say(proof.title, lang)} (${words.expected[lang]}${lang === 'fr' ? '\u00a0:' : ':'} ${say(proof.expected, lang)})`,
    block(proof.command, 'bash'),
  );

function stuckPage(step: ReportStep, lang: Language): string {
  const waits = lang === 'fr' ? `Attend ${step.after.join(', ')}.` : `Waits for ${step.after.join(', ')}.`;
  return paragraphs(
    `### ${step.id} · ${say(step.title, lang)}`,
    say(step.reason, lang),
    step.needs && step.needs.length > 0 ? step.needs.map((need) => `- ${say(need, lang)}`).join('\n') : waits,
    ...(step.command === ''
      ? []
      : [
          `**${(step.state === 'needs-input' ? words.suggestion : words.command)[lang]}**`,
          block(step.command, 'bash'),
        ]),
  );
}

/** Proofs that no step has as its own, and that can be run: those of paths. */
function pathProofs({ plan, proofs }: Report, lang: Language): string[] {
  const own = new Set(plan.steps.flatMap((step) => step.proofs));
  const left = proofs.filter(({ id, check }) => check && !own.has(id));
  return left.length === 0
    ? []
    : [`## ${words.pathProofs[lang]}`, ...left.map((proof) => proofText(proof, lang))];
}

function checklist(report: Report, open: readonly ReportStep[], lang: Language): string {
  const own = new Set(report.plan.steps.flatMap((step) => step.proofs));
  const shown = new Set(open.flatMap((step) => step.proofs));
  const proofs = report.proofs.filter(({ id, check }) => shown.has(id) || (check && !own.has(id)));
  return [
    ...open.map(({ id, title }) => `- [ ] ${id} · ${say(title, lang)}`),
    ...proofs.map(({ id, title }) => `- [ ] ${id} · ${say(title, lang)}`),
  ].join('\n');
}

import type { Report } from '#model/report.ts';
import { type Text, visible } from '#model/text.ts';
import { counted, fill, joined, wordOf } from './text.ts';
import { type Domain, type Finding, PRIORITY_ORDER, type Priority, type Question } from './vocabulary.ts';
import { answerWords, maturityWords as words } from './words/maturity.ts';

/** What an answer is worth, as the score counts it; one that nobody could give is not counted. */
const WORTH = { yes: 1, partial: 0.5, no: 0 } as const;
export const ANSWER_ORDER = ['yes', 'partial', 'no', 'unknown'] as const;
export type AnswerValue = Question['answer'];

/** One domain with its gaps found, and what its answers come to. */
export interface DomainView {
  domain: Domain;
  /** The gaps that count, the most pressing first; the muted ones stand apart. */
  gaps: Finding[];
  muted: Finding[];
  /** How many questions have each answer, and what they weigh. */
  answers: Record<AnswerValue, { questions: number; weight: number }>;
  /** Points of the answered questions, of as many as they could have. */
  points: number;
  outOf: number;
}

/** The maturity of a report as its pages show it. Every gap is counted once, however many domains refer to it. */
export interface MaturityView {
  domains: DomainView[];
  /** Open gaps of the domains, each under the first domain that refers to it, the most pressing first. */
  open: { finding: Finding; domains: [Domain, ...Domain[]] }[];
  muted: Finding[];
  /** Open findings of rules that no domain refers to: they stand among the findings only. */
  elsewhere: number;
  byPriority: { priority: Priority; findings: Finding[] }[];
  /** Open gaps by the phase that they are planned for, in the report's order; those without one last. */
  phases: { phase: string | undefined; findings: Finding[] }[];
  questions: { all: number; human: number };
  /** Ids of the questions that nothing answers, as `answers:` in constat.yaml takes them. */
  unknown: string[];
}

const rank = (finding: Finding): number => PRIORITY_ORDER.indexOf(finding.priority);

function domainView(domain: Domain, known: ReadonlyMap<string, Finding>): DomainView {
  const findings = [...new Set(domain.gaps)].flatMap((gap) => known.get(gap) ?? []);
  const of = (answer: AnswerValue) => {
    const own = domain.questions.filter((question) => question.answer === answer);
    return { questions: own.length, weight: own.reduce((sum, { weight }) => sum + weight, 0) };
  };
  const answers = { yes: of('yes'), partial: of('partial'), no: of('no'), unknown: of('unknown') };
  return {
    domain,
    gaps: findings.filter(({ muted }) => !muted).sort((a, b) => rank(a) - rank(b)),
    muted: findings.filter(({ muted }) => muted),
    answers,
    points: answers.yes.weight * WORTH.yes + answers.partial.weight * WORTH.partial,
    outOf: answers.yes.weight + answers.partial.weight + answers.no.weight,
  };
}

/** The maturity of a report; undefined where no profile was asked for. */
export function maturityOf(report: Report): MaturityView | undefined {
  if (report.maturity.length === 0) return undefined;
  const known = new Map(report.findings.map((finding) => [finding.gap, finding]));
  const domains = report.maturity.map((domain) => domainView(domain, known));
  const referring = new Map<Finding, [Domain, ...Domain[]]>();
  for (const { domain, gaps } of domains)
    for (const finding of gaps) {
      const first = referring.get(finding);
      if (first) first.push(domain);
      else referring.set(finding, [domain]);
    }
  const open = [...referring]
    .map(([finding, of]) => ({ finding, domains: of }))
    .sort((a, b) => rank(a.finding) - rank(b.finding));
  const phases = Map.groupBy(open, ({ finding }) => finding.phase);
  // in the order of the configuration, also where its first phase has nothing pressing
  const order = [...(report.summary.phases ?? []).map(({ title }) => title), ...phases.keys()];
  const questions = report.maturity.flatMap((domain) => domain.questions);
  return {
    domains,
    open,
    muted: [...new Set(domains.flatMap(({ muted }) => muted))],
    elsewhere: report.findings.filter((finding) => !finding.muted && !referring.has(finding)).length,
    byPriority: PRIORITY_ORDER.map((priority) => ({
      priority,
      findings: open.flatMap(({ finding }) => (finding.priority === priority ? [finding] : [])),
    })),
    phases: [...new Set(order)]
      .sort((a, b) => Number(a === undefined) - Number(b === undefined))
      .map((phase) => ({ phase, findings: (phases.get(phase) ?? []).map(({ finding }) => finding) }))
      .filter(({ findings }) => findings.length > 0),
    questions: {
      all: questions.length,
      human: questions.filter(({ human }) => human !== undefined).length,
    },
    unknown: questions.flatMap(({ answer, id }) => (answer === 'unknown' ? [id] : [])),
  };
}

/** Open gaps by theme: the domains in the order of their most pressing gap, each gap under one of them. */
export function themes({ open }: MaturityView): { domain: Domain; entries: MaturityView['open'] }[] {
  const groups = Map.groupBy(open, ({ domains: [first] }) => first);
  return [...groups].map(([domain, entries]) => ({ domain, entries }));
}

/** What is well founded: questions answered by yes, those that weigh most first. */
export const strengthsIn = (view: MaturityView, most: number): Question[] =>
  view.domains
    .flatMap(({ domain }) => domain.questions)
    .filter(({ answer }) => answer === 'yes')
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most);

/** What is pressing: the gaps that the report calls critical, whichever rule found them. */
export function criticalOf({ summary, findings }: Report): Finding[] {
  const known = new Map(findings.map((finding) => [finding.gap, finding]));
  return (summary.critical ?? []).flatMap(({ gap }) => known.get(gap) ?? []);
}

/** A name as it stands in a text, whose backticks mark code. */
const unmarked = (name: string): string => visible(name, 80).replaceAll('`', 'ˋ');

/** A number with halves: `6,5` in French, `6.5` in English. */
export const decimal = (value: number): Text => ({
  fr: String(value).replace('.', ','),
  en: String(value),
});

/** How a domain's score comes about: “6.5 points of 9; 2 questions without an answer are not counted”. */
export function scoreSaid({ domain, points, outOf, answers }: DomainView): Text {
  const silent = counted(answers.unknown.questions, words.silent, words.silentMany);
  if (domain.score === undefined) return answers.unknown.questions > 0 ? silent : words.noScore;
  const counts = fill(counted(outOf, words.point, words.points), { points: decimal(points) });
  return answers.unknown.questions > 0 ? joined([counts, silent], ', ') : counts;
}

/** A domain's score: “72 %”, or a dash where no question was answered. */
export const scoreOf = ({ domain: { score } }: DomainView): Text =>
  score === undefined ? words.dash : fill(words.score, { n: Math.round(score) });

/** What the recap counts, and what it does not. */
export function recapSaid(view: MaturityView): Text {
  return joined(
    [
      counted(view.open.length, words.counts, words.countsMany),
      ...(view.elsewhere > 0 ? [counted(view.elsewhere, words.elsewhere, words.elsewhereMany)] : []),
      ...(view.muted.length > 0 ? [counted(view.muted.length, words.muted, words.mutedMany)] : []),
    ],
    ' ',
  );
}

/** What facts say where a person says otherwise: “facts say no: `deploy.sh` runs none”. */
export const factsSaid = ({ answer, note }: NonNullable<Question['facts']>): Text =>
  fill(words.facts, { answer: wordOf(answerWords, answer), note });

/** Where a gap is known from; undefined where no other audit had it, or the configuration does not name it. */
export const knownSaid = ({ known }: Finding): Text | undefined =>
  known && (known.from === undefined ? words.known : fill(words.knownFrom, { from: unmarked(known.from) }));

/** Who answered a question, and when. */
export const humanSaid = ({ by, on }: NonNullable<Question['human']>): Text =>
  fill(words.human, { by: unmarked(by), on });

import type { Evidence } from '#model/evidence.ts';
import {
  type Answer,
  type AnsweredQuestion,
  type AnswerValue,
  cannotTell,
  type DomainResult,
} from '#model/maturity.ts';
import { code, type Text } from '#model/text.ts';
import type { DraftFinding } from '../draft.ts';
import { fingerprint } from '../judge.ts';
import { answeredBy, type People, warningsOf } from './people.ts';
import { ofPartial, PRIORITY } from './priority.ts';
import { type AuditView, besideWhich, type Target, type TargetQuestion } from './view.ts';

/** How a profile is answered. */
export interface Answered {
  /** In the order of the target. Gaps are named by the fingerprints of their findings: {@link withGapIds}. */
  domains: DomainResult[];
  /** The gaps that no rule has found, by domain and question. */
  drafts: DraftFinding[];
  /** Gap ids (as rules) of the questions that are answered by yes. */
  closable: ReadonlySet<string>;
  /** Answers of people that are old, that facts contradict, or that belong to no question. */
  warnings: Text[];
}

const FAILED: Text = {
  fr: 'La question a échoué sur ce qui a été lu.',
  en: 'The question failed on what was read.',
};
const NOTHING_READ: Text = {
  fr: 'Aucun fichier n’a été lu\u00a0: rien ne peut être dit absent.',
  en: 'No file was read: nothing can be said to be absent.',
};

/**
 * Answers each question of a target. What is not answered by yes is a gap: the findings of the rules that the question
 * names where one of them spoke, else a finding of its own. A question that throws is unknown, and told to `onFailure`,
 * which tests use to throw.
 */
export function maturityOf(
  view: AuditView,
  target: Target,
  people?: People,
  onFailure: (question: string, error: unknown) => void = () => {},
): Answered {
  const drafts: DraftFinding[] = [];
  const closable = new Set<string>();
  const domains = target.domains.map((domain): DomainResult => {
    const questions = domain.questions.map((question): AnsweredQuestion => {
      const facts = factsOf(view, target, question, onFailure);
      const answered = answeredBy(people, question.id, facts);
      const gaps = gapsOf(view, target, question, answered);
      if (gaps.opens) drafts.push(gaps.opens);
      if (answered.answer === 'yes') closable.add(question.gap.id);
      const { id, text, weight } = question;
      return { id, text, weight, ...answered, gaps: gaps.fingerprints };
    });
    const score = scoreOf(questions);
    return {
      domain: domain.id,
      title: domain.title,
      target: domain.target,
      questions,
      gaps: [...new Set(questions.flatMap(({ gaps }) => gaps))],
      ...(score !== undefined && { score }),
    };
  });
  return { domains, drafts, closable, warnings: warningsOf(people, domains) };
}

/** What the facts say. An absence that nothing stands for was not looked at. */
function factsOf(
  view: AuditView,
  target: Target,
  question: TargetQuestion,
  onFailure: (question: string, error: unknown) => void,
): Answer {
  let answer: Answer;
  try {
    answer = question.answer(view);
  } catch (error) {
    onFailure(question.id, error);
    return cannotTell(FAILED);
  }
  const isGap = answer.answer === 'no' || answer.answer === 'partial';
  return isGap && evidenceOf(view, target, question, answer).length === 0 ? cannotTell(NOTHING_READ) : answer;
}

/** What a gap rests on: what the answer saw, else the line of the target that asks for it, else {@link besideWhich}. */
function evidenceOf(
  { estate }: AuditView,
  { file }: Target,
  { line }: TargetQuestion,
  { evidence }: Answer,
): Evidence[] {
  if (evidence.length > 0) return evidence;
  if (file !== undefined && line !== undefined) return [{ source: 'target', file, line }];
  const beside = besideWhich(estate);
  return beside ? [beside] : [];
}

/** The gaps of an answer: findings of rules, or the one that it opens. Neither yes nor unknown has any. */
function gapsOf(
  view: AuditView,
  target: Target,
  question: TargetQuestion,
  answer: Answer,
): { fingerprints: string[]; opens?: DraftFinding } {
  if (answer.answer === 'yes' || answer.answer === 'unknown') return { fingerprints: [] };
  const named = new Set([...(question.rules ?? []), question.gap.id]);
  const found = view.findings.filter(({ rule }) => named.has(rule));
  if (found.length > 0) return { fingerprints: found.map((finding) => finding.fingerprint) };
  const severity = answer.answer === 'partial' ? ofPartial(question.severity) : question.severity;
  const opens: DraftFinding = {
    fingerprint: fingerprint(question.gap.id, question.id, ''),
    rule: question.gap.id,
    severity,
    confidence: 'high',
    priority: PRIORITY[severity][question.effort],
    title: question.gap.title,
    message: answer.note,
    remedy: question.gap.remedy,
    systems: [],
    environments: [],
    resources: [],
    evidence: evidenceOf(view, target, question, answer),
  };
  return { fingerprints: [opens.fingerprint], opens };
}

const WORTH: Partial<Record<AnswerValue, number>> = { yes: 1, partial: 0.5, no: 0 };

/**
 * 0 to 100: yes is 1, partial a half, no nothing, each by its weight, of the questions that were answered. Undefined
 * where none was: what nobody could tell makes a domain neither better nor worse.
 */
export function scoreOf(
  questions: readonly Pick<AnsweredQuestion, 'answer' | 'weight'>[],
): number | undefined {
  const answered = questions.flatMap(({ answer, weight }) => {
    const worth = WORTH[answer];
    return worth === undefined ? [] : [{ worth, weight }];
  });
  const most = answered.reduce((sum, { weight }) => sum + weight, 0);
  if (most === 0) return undefined;
  return Math.round((100 * answered.reduce((sum, { worth, weight }) => sum + worth * weight, 0)) / most);
}

/** The domains as the report has them: with the ids of their gaps, once these are numbered, and the text of each place. */
export function withGapIds(
  domains: readonly DomainResult[],
  idOf: (fingerprint: string) => string,
  withExcerpt: (evidence: Evidence) => Evidence,
): DomainResult[] {
  const shown = <T extends Answer>(answer: T): T => ({
    ...answer,
    evidence: answer.evidence.map(withExcerpt),
  });
  return domains.map((domain) => ({
    ...domain,
    questions: domain.questions.map((question) => ({
      ...shown(question),
      ...(question.facts && { facts: shown(question.facts) }),
      gaps: question.gaps.map(idOf),
    })),
    gaps: domain.gaps.map(idOf),
  }));
}

const MOST_STRENGTHS = 12;
const LEAST_WEIGHT = 2;

/** What was answered by yes and weighs, the heaviest first: at most twelve, so that what matters is read. */
export function strengthsIn(domains: readonly DomainResult[]): { text: Text; evidence: Evidence[] }[] {
  return domains
    .flatMap(({ questions }) => questions)
    .filter(({ answer, weight }) => answer === 'yes' && weight >= LEAST_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_STRENGTHS)
    .map(({ note, evidence, human }) => ({ text: human ? saidBy(note, human.by) : note, evidence }));
}

const saidBy = (note: Text, by: string): Text => ({
  fr: `${note.fr} (Réponse de ${code(by)}.)`,
  en: `${note.en} (Answered by ${code(by)}.)`,
});

import type { Estate } from './estate.ts';
import type { Evidence } from './evidence.ts';
import type { Finding, Severity } from './finding.ts';
import type { Text } from './text.ts';

/** Sets of domains that an audit can ask. */
export const PROFILES = ['devops'] as const;
export type Profile = (typeof PROFILES)[number];

export const ANSWERS = ['yes', 'partial', 'no', 'unknown'] as const;
export type AnswerValue = (typeof ANSWERS)[number];

/** What it takes to close a gap: hours, days, weeks. With the severity it gives the priority. */
export const EFFORTS = ['small', 'medium', 'large'] as const;
export type Effort = (typeof EFFORTS)[number];

/** What was found for a question. `no` and `partial` say what was looked at; `unknown` says what nobody could see. */
export interface Answer {
  answer: AnswerValue;
  /** What was seen, in one sentence: the “existing” of the table. */
  note: Text;
  evidence: Evidence[];
}

/** What a question is answered from: the estate, and what the rules found. */
export interface MaturityView {
  estate: Estate;
  /** What a rule found: an answer need not find it again. */
  findingsOf(rule: string): readonly Pick<Finding, 'rule' | 'evidence' | 'title'>[];
  /** The rule was applied to something, and could answer. */
  wasJudged(rule: string): boolean;
}

/** A question of a domain, answered from facts. */
export interface Question {
  /** Kebab-case, what would be there: `rollback-procedure-written`. Stable: answers and weights refer to it. */
  id: string;
  text: Text;
  /** How much it counts in the domain's score. */
  weight: 1 | 2 | 3;
  /** Of the gap where the answer is `no`; `partial` is one lower. */
  severity: Severity;
  effort: Effort;
  /** What is lacking where it is not answered by yes: the finding's rule id, kebab-case, and its texts. */
  gap: { id: string; title: Text; remedy: Text };
  /** Rules whose findings are this gap: where one of them spoke, it is referred to and no second gap is opened. */
  rules?: readonly string[];
  answer(view: MaturityView): Answer;
}

/** A domain of a profile. One file each in `judge/maturity/`. */
export interface Domain {
  id: string;
  title: Text;
  /** What a sound estate has, in one or two sentences: the “target” of the table. */
  target: Text;
  questions: readonly Question[];
}

/** A question with its answer, as the report shows it. */
export interface AnsweredQuestion extends Answer {
  id: string;
  text: Text;
  weight: number;
  /** A person answered, in `constat.yaml`. */
  human?: HumanAnswer;
  /** What the facts say, where a person says otherwise. */
  facts?: Answer;
  /** The gap that the answer opened, or the findings of rules that are this gap. Part of the domain's `gaps`. */
  gaps: string[];
}

/** Who answered and on which day, YYYY-MM-DD. */
export interface HumanAnswer {
  by: string;
  on: string;
}

/** The findings of one phase, in the order in which they are listed. Muted ones have no phase. */
export interface PhaseResult {
  title: string;
  gaps: string[];
}

/** What an audit with a profile says of how an estate is operated. */
export interface Maturity {
  profile: Profile;
  domains: DomainResult[];
}

/** One domain of the report: existing, target, gap. */
export interface DomainResult {
  domain: string;
  title: Text;
  target: Text;
  questions: AnsweredQuestion[];
  /** Gap ids, also of findings of rules that a question refers to. */
  gaps: string[];
  /** 0 to 100: yes is 1, partial a half, by weight, of the questions that were answered; undefined where none was. */
  score?: number;
}

/** A gap that an earlier audit opened and that is there no more. */
export interface ClosedGap {
  gap: string;
  rule: string;
  /** As the audit that gave its number had it. */
  title: Text;
  /** The day of the audit that no longer found it, YYYY-MM-DD. */
  closed: string;
}

export const yes = (note: Text, evidence: Evidence[]): Answer => ({ answer: 'yes', note, evidence });
export const partial = (note: Text, evidence: Evidence[]): Answer => ({ answer: 'partial', note, evidence });
export const no = (note: Text, evidence: Evidence[] = []): Answer => ({ answer: 'no', note, evidence });
export const cannotTell = (note: Text): Answer => ({ answer: 'unknown', note, evidence: [] });

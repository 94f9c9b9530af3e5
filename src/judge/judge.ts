import { createHash } from 'node:crypto';
import type { Estate } from '#model/estate.ts';
import { compareEvidence, type Evidence } from '#model/evidence.ts';
import { PRIORITIES, type Priority, SEVERITIES, type Severity } from '#model/finding.ts';
import type { AnyRule, Gap, Rule, SubjectName, Subjects, Verdict } from '#model/rule.ts';
import type { Text } from '#model/text.ts';
import { attributed } from './attribute.ts';
import type { DraftFinding } from './draft.ts';
import { subjectsOf } from './subjects.ts';

/** Subjects for which a rule has no answer, and why. Never counted as passed. */
export interface Unanswered {
  rule: string;
  subjects: number;
  because: Text;
}

export interface Judgement {
  /** Most severe first, then by priority, rule and fingerprint. */
  drafts: DraftFinding[];
  /** By rule, then reason. */
  unknown: Unanswered[];
  /** The rules that were applied to something, and had an answer each time. */
  judged: ReadonlySet<string>;
}

const DEFAULT_PRIORITY: Record<Severity, Priority> = { critical: 'P1', high: 'P1', medium: 'P2', low: 'P3' };
const RULE_FAILED: Text = {
  fr: 'la règle a échoué sur ce qu’elle a lu',
  en: 'the rule failed on what it read',
};

/**
 * Applies each rule to each of its subjects. A rule that throws loses its subject, not the audit: it is counted
 * as unanswered, and told to `onFailure`, which tests use to throw.
 */
export function judge(
  estate: Estate,
  rules: readonly AnyRule[],
  onFailure: (rule: string, error: unknown) => void = () => {},
): Judgement {
  const drafts = new Map<string, DraftFinding>();
  const unknown = new Map<string, Unanswered>();
  const answered = new Set<string>();
  for (const rule of rules)
    judgeRule(estate, rule as Rule, {
      gap(draft) {
        const known = drafts.get(draft.fingerprint);
        drafts.set(draft.fingerprint, known ? merged(known, draft) : draft);
      },
      unanswered(because) {
        const key = `${rule.id}\n${because.en}`;
        const entry = unknown.get(key) ?? { rule: rule.id, subjects: 0, because };
        entry.subjects += 1;
        unknown.set(key, entry);
      },
      answered: () => answered.add(rule.id),
      onFailure,
    });
  for (const { rule } of unknown.values()) answered.delete(rule);
  return {
    judged: answered,
    drafts: attributed([...drafts.values()], estate).sort(compareDrafts(rules)),
    unknown: [...unknown].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
  };
}

interface Outcome {
  gap(draft: DraftFinding): void;
  unanswered(because: Text): void;
  answered(): void;
  onFailure(rule: string, error: unknown): void;
}

function judgeRule<S extends SubjectName>(estate: Estate, rule: Rule<S>, outcome: Outcome): void {
  const unread = (rule.needs ?? []).filter((source) => !estate.sources.has(source));
  for (const { key, subject, resource } of subjectsOf(estate, rule)) {
    if (unread.length) {
      const sources = unread.join(', ');
      outcome.unanswered({ fr: `source non lue : ${sources}`, en: `source not read: ${sources}` });
      continue;
    }
    let verdict: Verdict;
    try {
      verdict = rule.evaluate(subject as Subjects[S], estate);
    } catch (error) {
      outcome.onFailure(rule.id, error);
      outcome.unanswered(RULE_FAILED);
      continue;
    }
    if (verdict.is === 'ok' || verdict.is === 'gap') outcome.answered();
    if (verdict.is === 'unknown') outcome.unanswered(verdict.because);
    if (verdict.is === 'gap')
      for (const gap of verdict.gaps) outcome.gap(draftOf(rule, key, gap, { subject, resource }));
  }
}

function draftOf<S extends SubjectName>(
  rule: Rule<S>,
  subjectKey: string,
  gap: Gap,
  about: { subject: Subjects[SubjectName]; resource?: boolean | undefined },
): DraftFinding {
  const severity = gap.severity ?? rule.severity;
  const from = rule.subject === 'system' || about.resource ? placeOf(about.subject) : undefined;
  return {
    fingerprint: fingerprint(rule.id, subjectKey, gap.key ?? ''),
    rule: rule.id,
    severity,
    confidence: gap.confidence ?? rule.confidence ?? 'high',
    // A gap whose severity departs from the rule's takes that severity's priority.
    priority: gap.priority ?? (gap.severity ? undefined : rule.priority) ?? DEFAULT_PRIORITY[severity],
    title: gap.title,
    message: gap.message,
    remedy: rule.remedy,
    systems: sorted(gap.systems ?? from?.systems ?? []),
    environments: sorted(gap.environments ?? from?.environments ?? []),
    resources: sorted(gap.resources ?? from?.resources ?? []),
    evidence: distinct(gap.evidence),
    ...(gap.values && { values: gap.values }),
  };
}

function placeOf(subject: Subjects[SubjectName]) {
  if ('kind' in subject)
    return {
      systems: subject.system ? [subject.system] : [],
      environments: subject.environments,
      resources: [subject.id],
    };
  return 'id' in subject ? { systems: [subject.id], environments: [], resources: [] } : undefined;
}

/** 16 hexadecimal digits that stay the same when lines move and files are reordered. */
export function fingerprint(rule: string, subject: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, subject, key]))
    .digest('hex')
    .slice(0, 16);
}

const merged = (a: DraftFinding, b: DraftFinding): DraftFinding => ({
  ...a,
  systems: sorted([...a.systems, ...b.systems]),
  environments: sorted([...a.environments, ...b.environments]),
  resources: sorted([...a.resources, ...b.resources]),
  evidence: distinct([...a.evidence, ...b.evidence]),
});

/** What is worth reading first, at equal severity: what is exposed, then how the estate is deployed, then the rest. */
const SUBJECT_ORDER: readonly SubjectName[] = [
  'path',
  'secret',
  'terraformState',
  'workflow',
  'system',
  'estate',
  'strayWorkflow',
  'resource',
  'environmentFile',
  'worker',
  'wranglerConfig',
  'composeFile',
  'dockerfile',
  'trackedIgnored',
  'document',
];

function compareDrafts(rules: readonly AnyRule[]): (a: DraftFinding, b: DraftFinding) => number {
  const rank = new Map(rules.map((rule) => [rule.id, SUBJECT_ORDER.indexOf(rule.subject)]));
  return (a, b) =>
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) ||
    (rank.get(a.rule) ?? 0) - (rank.get(b.rule) ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.fingerprint, b.fingerprint);
}

/** Most severe first, then by priority; what is alike in both stays in the order given. */
export const bySeverity = <F extends DraftFinding>(findings: readonly F[]): F[] =>
  [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority),
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

function distinct(evidence: readonly Evidence[]): Evidence[] {
  const byPlace = new Map<string, Evidence>();
  for (const item of evidence) {
    const { excerpt: _, ...place } = item;
    const key = JSON.stringify(place);
    if (!byPlace.has(key)) byPlace.set(key, item);
  }
  return [...byPlace.values()].sort(compareEvidence);
}

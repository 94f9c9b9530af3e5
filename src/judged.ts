import type { CollectedEstate } from '#collect/collect.ts';
import { excerptsOf } from '#collect/excerpts.ts';
import type { Tree } from '#collect/readers/tree.ts';
import type { DraftFinding } from '#judge/draft.ts';
import { bySeverity, type Judgement, judge } from '#judge/judge.ts';
import { knownGapsOf } from '#judge/known-gaps.ts';
import type { Target } from '#judge/maturity/view.ts';
import { applyMutes } from '#judge/mutes.ts';
import { phased } from '#judge/phases.ts';
import { configuredRules, pathRules } from '#judge/rules/configured.ts';
import { strengthsOf } from '#judge/strengths.ts';
import type { Audit } from '#model/audit.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import type { Maturity } from '#model/maturity.ts';
import type { Text } from '#model/text.ts';
import { closedGapsOf, withClosures } from '#store/closed-gaps.ts';
import { assignGaps, type Lock } from '#store/lock.ts';
import { lookedAt } from '#store/looked.ts';
import type { AuditOptions } from './audit-options.ts';

/** What judging hangs on, beside the estate. */
export interface JudgingOptions extends Pick<AuditOptions, 'config' | 'lock' | 'path' | 'profile' | 'urls'> {
  startedAt: string;
  target: Target | undefined;
  isIgnored: (file: string) => boolean;
}

/** An audit before it is judged: whose it is and what was asked for, with the estate. */
export type Unjudged = Omit<Audit, 'findings' | 'steps' | 'proofs' | 'strengths' | 'unknown' | 'warnings'>;

/** What was found, with the gap ids that it keeps, and what people should know of the configuration. */
export type Judged = Pick<
  Audit,
  'findings' | 'maturity' | 'phases' | 'closed' | 'strengths' | 'unknown' | 'warnings'
>;

/**
 * What the rules and a profile's questions find: numbered, muted, put into phases; with the gaps of earlier audits that
 * this one could have found and did not.
 */
export async function judged(
  unjudged: Unjudged,
  tree: Tree,
  collected: Pick<CollectedEstate, 'artifacts' | 'coverage'>,
  options: JudgingOptions,
): Promise<Judged & { lock: Lock }> {
  const { estate } = unjudged;
  const { config, startedAt, urls = [] } = options;
  const rules = options.path === undefined ? pathRules(config) : configuredRules(config);
  const judgement = judge(estate, rules);
  const withExcerpt = excerptsOf(tree, collected.artifacts);
  const byRules = numbered(judgement.drafts, options, withExcerpt, options.lock);
  const assessed = await assess(unjudged, judgement, options, withExcerpt, byRules);
  const { maturity } = assessed;
  const { findings, phases, warnings } =
    maturity || config.phases
      ? phased(assessed.findings, config.phases, maturity?.domains ?? [])
      : { findings: assessed.findings, warnings: [] };
  const unanswered = new Set(judgement.unknown.map(({ rule }) => rule));
  const applied = new Set(rules.map(({ id }) => id).filter((id) => !unanswered.has(id)));
  const lock = withClosures(
    assessed.lock,
    findings,
    lookedAt({
      on: startedAt.slice(0, 10),
      coverage: collected.coverage(),
      urls,
      isIgnored: options.isIgnored,
      couldFind: (rule) => applied.has(rule) || assessed.closable.has(rule),
    }),
  );
  const closed = closedGapsOf(lock);
  return {
    lock,
    findings,
    ...(maturity && { maturity }),
    ...(phases && { phases }),
    ...(closed.length > 0 && { closed }),
    strengths: [...strengthsOf(estate, findings), ...assessed.strengths],
    unknown: judgement.unknown,
    warnings: [...assessed.warnings, ...warnings],
  };
}

interface Numbered {
  findings: Finding[];
  lock: Lock;
  ids: ReadonlyMap<string, string>;
  warnings: Text[];
}

/** Findings with the ids that they keep, those that are known elsewhere with the ids from there, and their mutes. */
function numbered(
  drafts: readonly DraftFinding[],
  { config, startedAt }: JudgingOptions,
  withExcerpt: (evidence: Evidence) => Evidence,
  before: Lock,
): Numbered {
  const { known, warnings } = knownGapsOf(drafts, config.knownGaps ?? []);
  const { ids, lock } = assignGaps(
    before,
    drafts.map((draft) => draft.fingerprint),
    {
      prefix: config.prefix ?? 'GAP',
      ...(config.firstGap !== undefined && { first: config.firstGap }),
      known: new Map([...known].map(([fingerprint, { gap }]) => [fingerprint, gap])),
      taken: new Set(config.knownGaps?.map(({ gap }) => gap)),
    },
  );
  const findings = drafts.map((draft): Finding => {
    const elsewhere = known.get(draft.fingerprint);
    return {
      ...draft,
      gap: ids.get(draft.fingerprint) ?? '',
      evidence: draft.evidence.map(withExcerpt),
      steps: [],
      ...(elsewhere && { known: elsewhere.from === undefined ? {} : { from: elsewhere.from } }),
    };
  });
  const muted = applyMutes(findings, config.mutes ?? [], startedAt.slice(0, 10));
  return { findings: muted.findings, ids, lock, warnings: [...warnings, ...muted.warnings] };
}

interface Assessed extends Numbered {
  maturity?: Maturity;
  strengths: Audit['strengths'];
  /** Gaps of questions that are answered by yes: none of them is there any more. */
  closable: ReadonlySet<string>;
}

/** What a profile adds to what the rules found; nothing where none is asked for. */
async function assess(
  unjudged: Unjudged,
  { drafts, judged, unknown }: Judgement,
  options: JudgingOptions,
  withExcerpt: (evidence: Evidence) => Evidence,
  byRules: Numbered,
): Promise<Assessed> {
  const { profile, target, config } = options;
  if (!profile || !target) return { ...byRules, strengths: [], closable: new Set() };
  const [{ maturityOf, strengthsIn, withGapIds }, { viewOf }] = await Promise.all([
    import('#judge/maturity/maturity.ts'),
    import('#judge/maturity/view.ts'),
  ]);
  // a team's own questions ask what the rules found, as the report gives it
  const before = (): Audit => ({
    ...unjudged,
    findings: byRules.findings,
    steps: [],
    proofs: [],
    strengths: strengthsOf(unjudged.estate, byRules.findings),
    unknown,
    warnings: [],
  });
  const view = viewOf(unjudged.estate, drafts, judged, () => profile.reportOf(before()));
  const answered = maturityOf(view, target, {
    answers: config.answers ?? {},
    ...profile.answers,
    today: unjudged.startedAt.slice(0, 10),
  });
  const all = numbered([...drafts, ...answered.drafts], options, withExcerpt, byRules.lock);
  const domains = withGapIds(answered.domains, (fingerprint) => all.ids.get(fingerprint) ?? '', withExcerpt);
  return {
    ...all,
    findings: bySeverity(all.findings),
    maturity: { profile: profile.name, domains },
    strengths: strengthsIn(domains),
    closable: answered.closable,
    warnings: [...all.warnings, ...answered.warnings],
  };
}

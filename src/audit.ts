import path from 'node:path';
import { type CollectedEstate, collectEstate } from '#collect/collect.ts';
import { excerptsOf } from '#collect/excerpts.ts';
import { openTree } from '#collect/readers/file-tree.ts';
import { noTree, type Tree } from '#collect/readers/tree.ts';
import type { DraftFinding } from '#judge/draft.ts';
import { bySeverity, type Judgement, judge } from '#judge/judge.ts';
import { knownGapsOf } from '#judge/known-gaps.ts';
import type { Target } from '#judge/maturity/view.ts';
import { applyMutes } from '#judge/mutes.ts';
import { phased } from '#judge/phases.ts';
import { configuredRules, pathRules } from '#judge/rules/configured.ts';
import { strengthsOf } from '#judge/strengths.ts';
import { auditId } from '#lib/audit-id.ts';
import { matcher } from '#lib/globs.ts';
import { DEFAULT_OUT, ownOutput } from '#lib/own-output.ts';
import type { Audit } from '#model/audit.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import type { Maturity } from '#model/maturity.ts';
import type { Text } from '#model/text.ts';
import { verificationsOf } from '#plan/verifications.ts';
import { withSteps } from '#plan/with-steps.ts';
import { closedGapsOf, withClosures } from '#store/closed-gaps.ts';
import { assignGaps, type Lock } from '#store/lock.ts';
import { lookedAt } from '#store/looked.ts';
import type { AuditOptions } from './audit-options.ts';
import { estateOf } from './estate.ts';

/**
 * The pipeline: read the estate, reconcile what its sources say, judge it. Gives the audit, and the lock with the ids
 * of new gaps. Nothing is written and nothing of the estate is executed.
 * @throws InputError when the folder cannot be audited at all.
 */
export async function audit(options: AuditOptions): Promise<{ audit: Audit; lock: Lock }> {
  const { config, progress = () => {} } = options;
  const startedAt = options.clock().toISOString();
  const name = config.name ?? options.name;

  const isOwn = options.path === undefined ? () => false : ownOutput(options.path, options.out);
  const isIgnored = matcher(config.ignore ?? []);
  // what cannot be asked is told before minutes are spent on reading
  const target =
    options.profile &&
    (await import('#judge/maturity/profile.ts')).targetOf(
      options.profile.name,
      options.profile.target,
      config,
    );
  progress('list');
  const tree = options.path === undefined ? noTree : await openTree(options.path);
  const collected = await collectEstate(tree, {
    name,
    clock: options.clock,
    ...(options.aws && { aws: options.aws }),
    ...(options.cloudflare && { cloudflare: options.cloudflare }),
    ...(options.path === undefined && { isOnlyPaths: true }),
    ...(options.terraformStates && { terraformStates: options.terraformStates }),
    ignored: (file) => isOwn(file) || isIgnored(file),
    progress,
  });
  try {
    return await audited({ ...options, startedAt, name, target, isIgnored }, tree, collected);
  } finally {
    collected.close();
  }
}

interface Opened extends AuditOptions {
  startedAt: string;
  name: string;
  target: Target | undefined;
  isIgnored: (file: string) => boolean;
}

/** What was read, reconciled, judged and planned for. */
async function audited(
  options: Opened,
  tree: Tree,
  collected: CollectedEstate,
): Promise<{ audit: Audit; lock: Lock }> {
  const { config, name, startedAt, progress = () => {}, urls = [] } = options;
  const isOnlyPaths = options.path === undefined;
  const today = startedAt.slice(0, 10);
  progress('reconcile');
  const estate = await estateOf(collected, {
    name,
    config,
    files: tree.paths,
    urls,
    isOnlyPaths,
    probe: options.probe === true,
  });

  progress('judge');
  const rules = isOnlyPaths ? pathRules(config) : configuredRules(config);
  const judgement = judge(estate, rules);
  const withExcerpt = excerptsOf(tree, collected.artifacts);
  const byRules = numbered(judgement.drafts, options, withExcerpt, options.lock);
  const coverage = collected.coverage();
  const before: Audit = {
    id: auditId(name, tree.commit, startedAt),
    startedAt,
    finishedAt: startedAt,
    lang: options.lang,
    version: options.version,
    path: options.shownAs,
    asked: {
      repository: !isOnlyPaths,
      urls,
      regions: collected.observations.flatMap(({ regions }) => regions),
    },
    ...(tree.commit !== undefined && { commit: tree.commit }),
    estate: { ...estate, coverage },
    findings: byRules.findings,
    steps: [],
    proofs: [],
    strengths: strengthsOf(estate, byRules.findings),
    unknown: judgement.unknown,
    warnings: [],
  };
  const assessed = await assess(before, judgement, options, withExcerpt, byRules);
  const { lock, maturity } = assessed;
  const { findings, phases, warnings } =
    maturity || config.phases
      ? phased(assessed.findings, config.phases, maturity?.domains ?? [])
      : { findings: assessed.findings, warnings: [] };

  progress('plan');
  const plan = await (await import('./planned.ts')).planned(collected, findings, estate, {
    exact: (file) => tree.exact(file),
    patchFolder: patchFolder(options),
  });
  const unanswered = new Set(judgement.unknown.map(({ rule }) => rule));
  const applied = new Set(rules.map(({ id }) => id).filter((id) => !unanswered.has(id)));
  const kept = withClosures(
    lock,
    findings,
    lookedAt({
      on: today,
      coverage: collected.coverage(),
      urls,
      isIgnored: options.isIgnored,
      couldFind: (rule) => applied.has(rule) || assessed.closable.has(rule),
    }),
  );
  const closed = closedGapsOf(kept);
  return {
    lock: kept,
    audit: {
      ...before,
      finishedAt: options.clock().toISOString(),
      estate: { ...estate, coverage: collected.coverage() },
      findings: withSteps(findings, plan.steps),
      ...(maturity && { maturity }),
      ...(phases && { phases }),
      ...(closed.length > 0 && { closed }),
      steps: plan.steps,
      ...(plan.patches.length > 0 && { patches: plan.patches }),
      proofs: [...plan.proofs, ...verificationsOf(estate.resources)],
      strengths: [...strengthsOf(estate, findings), ...assessed.strengths],
      warnings: [...assessed.warnings, ...warnings, ...plan.warnings],
    },
  };
}

/** Where the report saves patches, from the root of the repository. */
const patchFolder = ({ path: root = '', out = path.join(root, DEFAULT_OUT) }: AuditOptions): string =>
  path.relative(root, path.join(out, 'patches')).replaceAll(path.sep, '/');

interface Numbered {
  findings: Finding[];
  lock: Lock;
  ids: ReadonlyMap<string, string>;
  warnings: Text[];
}

/** Findings with the ids that they keep, those that are known elsewhere with the ids from there, and their mutes. */
function numbered(
  drafts: readonly DraftFinding[],
  { config, startedAt }: Opened,
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
  before: Audit,
  { drafts, judged }: Judgement,
  options: Opened,
  withExcerpt: (evidence: Evidence) => Evidence,
  byRules: Numbered,
): Promise<Assessed> {
  const { profile, target, config } = options;
  if (!profile || !target) return { ...byRules, strengths: [], closable: new Set() };
  const [{ maturityOf, strengthsIn, withGapIds }, { viewOf }] = await Promise.all([
    import('#judge/maturity/maturity.ts'),
    import('#judge/maturity/view.ts'),
  ]);
  const view = viewOf(before.estate, drafts, judged, () => profile.reportOf(before));
  const answered = maturityOf(view, target, {
    answers: config.answers ?? {},
    ...profile.answers,
    today: before.startedAt.slice(0, 10),
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

import { type CollectedEstate, collectEstate } from '#collect/collect.ts';
import { excerptsOf } from '#collect/excerpts.ts';
import { openTree } from '#collect/readers/file-tree.ts';
import { noTree, type Tree } from '#collect/readers/tree.ts';
import { judge } from '#judge/judge.ts';
import { applyMutes } from '#judge/mutes.ts';
import { configuredRules, pathRules } from '#judge/rules/configured.ts';
import { strengthsOf } from '#judge/strengths.ts';
import { auditId } from '#lib/audit-id.ts';
import { matcher } from '#lib/globs.ts';
import { ownOutput } from '#lib/own-output.ts';
import type { Audit } from '#model/audit.ts';
import { verificationsOf } from '#plan/verifications.ts';
import { withSteps } from '#plan/with-steps.ts';
import { assignGaps, type Lock } from '#store/lock.ts';
import type { AuditOptions } from './audit-options.ts';
import { estateOf } from './estate.ts';
import type { Planned } from './planned.ts';

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
    return await audited({ ...options, startedAt, name }, tree, collected);
  } finally {
    collected.close();
  }
}

/** What was read, reconciled, judged and planned for. */
async function audited(
  options: AuditOptions & { startedAt: string; name: string },
  tree: Tree,
  collected: CollectedEstate,
): Promise<{ audit: Audit; lock: Lock }> {
  const { config, name, startedAt, progress = () => {}, urls = [] } = options;
  const isOnlyPaths = options.path === undefined;
  progress('reconcile');
  const estate = await estateOf(collected, {
    name,
    ...(tree.commit !== undefined && { commit: tree.commit }),
    config,
    files: tree.paths,
    urls,
    isOnlyPaths,
    probe: options.probe === true,
  });

  progress('judge');
  const { drafts, unknown } = judge(estate, isOnlyPaths ? pathRules(config) : configuredRules(config));
  const { ids, lock } = assignGaps(
    options.lock,
    drafts.map((draft) => draft.fingerprint),
    config.prefix ?? 'GAP',
  );
  const withExcerpt = excerptsOf(tree, collected.artifacts);
  const numbered = drafts.map((draft) => ({
    ...draft,
    gap: ids.get(draft.fingerprint) ?? '',
    evidence: draft.evidence.map(withExcerpt),
    steps: [],
  }));
  const { findings, warnings } = applyMutes(numbered, config.mutes ?? [], startedAt.slice(0, 10));

  progress('plan');
  // what is only read in files has nothing that could be changed
  const plan: Planned = collected.observations.some(({ source }) => source === 'aws')
    ? await (await import('./planned.ts')).planned(collected, findings, estate)
    : { steps: [], proofs: [], warnings: [] };
  return {
    lock,
    audit: {
      id: auditId(name, tree.commit, startedAt),
      startedAt,
      finishedAt: options.clock().toISOString(),
      lang: options.lang,
      version: options.version,
      path: options.shownAs,
      asked: {
        repository: !isOnlyPaths,
        urls,
        regions: collected.observations.flatMap(({ regions }) => regions),
      },
      ...(tree.commit !== undefined && { commit: tree.commit }),
      estate: { ...estate, coverage: collected.coverage() },
      findings: withSteps(findings, plan.steps),
      steps: plan.steps,
      proofs: [...plan.proofs, ...verificationsOf(estate.resources)],
      strengths: strengthsOf(estate, findings),
      unknown,
      warnings: [...warnings, ...plan.warnings],
    },
  };
}

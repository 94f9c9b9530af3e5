import path from 'node:path';
import { type CollectedEstate, collectEstate } from '#collect/collect.ts';
import { openTree } from '#collect/readers/file-tree.ts';
import { noTree, type Tree } from '#collect/readers/tree.ts';
import { auditId } from '#lib/audit-id.ts';
import { matcher } from '#lib/globs.ts';
import { DEFAULT_OUT, ownOutput } from '#lib/own-output.ts';
import type { Audit } from '#model/audit.ts';
import { verificationsOf } from '#plan/verifications.ts';
import { withSteps } from '#plan/with-steps.ts';
import type { Lock } from '#store/lock.ts';
import type { AuditOptions } from './audit-options.ts';
import { estateOf } from './estate.ts';
import { type JudgingOptions, judged } from './judged.ts';

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
    ...(options.hosts?.length && { hosts: options.hosts }),
    ...(options.path === undefined && { isOnlyPaths: true }),
    ...(options.profile && { asksOperations: true }),
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

type Opened = AuditOptions & JudgingOptions;

/** What was read, reconciled, judged and planned for. */
async function audited(
  options: Opened,
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
  const unjudged = {
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
    estate: { ...estate, coverage: collected.coverage() },
  };
  const { lock, findings, warnings, ...judgement } = await judged(unjudged, tree, collected, options);

  progress('plan');
  const plan = await (await import('./planned.ts')).planned(collected, findings, estate, {
    exact: (file) => tree.exact(file),
    patchFolder: patchFolder(options),
  });
  return {
    lock,
    audit: {
      ...unjudged,
      ...judgement,
      finishedAt: options.clock().toISOString(),
      estate: { ...estate, coverage: collected.coverage() },
      findings: withSteps(findings, plan.steps),
      steps: plan.steps,
      ...(plan.patches.length > 0 && { patches: plan.patches }),
      proofs: [...plan.proofs, ...verificationsOf(estate.resources)],
      warnings: [...warnings, ...plan.warnings],
    },
  };
}

/** Where the report saves patches, from the root of the repository. */
const patchFolder = ({ path: root = '', out = path.join(root, DEFAULT_OUT) }: AuditOptions): string =>
  path.relative(root, path.join(out, 'patches')).replaceAll(path.sep, '/');

import type { CollectedEstate } from '#collect/collect.ts';
import type { Config } from '#model/config.ts';
import type { Estate } from '#model/estate.ts';
import type { Fact } from '#model/fact.ts';
import { declaredSystems } from '#reconcile/declared-systems.ts';
import { withHostFiles } from '#reconcile/host-files.ts';
import { oracleOf } from '#reconcile/predict/oracle.ts';
import { reconcile } from '#reconcile/reconcile.ts';
import { auditWhatIfs } from './what-ifs.ts';

/** What of the audit's options the estate hangs on. */
export interface EstateOptions {
  name: string;
  /** The commit that is checked out. */
  commit?: string;
  config: Config;
  /** Every path of the repository. */
  files: ReadonlySet<string>;
  urls: readonly string[];
  /** No repository is read: what stands on no path is left out. */
  isOnlyPaths: boolean;
  /** Real requests are sent to the URLs. */
  probe?: boolean;
}

/** What the facts make, with what the accounts that were read tell of it: paths, predictions, and who changed what. */
export async function estateOf(
  collected: CollectedEstate,
  { name, commit, config, files, urls, isOnlyPaths, probe = false }: EstateOptions,
): Promise<Estate> {
  const { artifacts, observations } = collected;
  const reconciledFrom = (facts: readonly Fact[]) =>
    reconcile(
      name,
      withHostFiles(facts, config, collected.hosts),
      artifacts,
      declaredSystems(config),
      config.environments,
      observations,
    );
  // loaded for those who follow a URL
  const { paths, ...reconciled } =
    urls.length > 0
      ? await (await import('./paths.ts')).withPaths(collected, { urls, isOnlyPaths, probe }, reconciledFrom)
      : { ...reconciledFrom(collected.facts), paths: [] };
  const isObserved = observations.some(({ source, refusal }) => source === 'aws' && !refusal);
  const [workflows, resources] = await Promise.all([
    isObserved ? collected.predict(oracleOf(reconciled.resources)) : artifacts.workflows,
    collected.withLastChanges(reconciled.resources),
  ]);
  const coverage = collected.coverage();
  return {
    name,
    ...(commit !== undefined && { commit }),
    ...reconciled,
    paths,
    resources,
    artifacts: { ...artifacts, workflows },
    hosts: collected.hosts,
    whatIfs: auditWhatIfs(artifacts, files, collected.hosts),
    coverage,
    sources: new Set(coverage.filter((one) => one.state !== 'skipped').map((one) => one.source)),
    files,
    day: collected.day,
  };
}

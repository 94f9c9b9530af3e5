import { environmentsOf } from '#lib/environments.ts';
import type { Mention } from './mention.ts';

/** Gives an ECS service the one cluster that stands in its line or row, else in its list or table. */
export function withClusters(mentions: readonly Mention[]): Mention[] {
  const clusters = new Map<string, Set<string>>();
  for (const { kind, name, nameStatus, together } of mentions)
    if (kind === 'AWS::ECS::Cluster' && nameStatus !== 'template')
      for (const key of together) clusters.set(key, (clusters.get(key) ?? new Set()).add(name));
  return mentions.map((mention) => {
    if (mention.kind !== 'AWS::ECS::Service' || mention.scope !== undefined) return mention;
    for (const key of mention.together) {
      const scope = onlyCluster(mention, clusters.get(key) ?? new Set());
      if (scope !== undefined)
        return {
          ...mention,
          scope,
          relations: [
            ...(mention.relations ?? []),
            { type: 'runs-in', to: { kind: 'AWS::ECS::Cluster', name: scope } },
          ],
        };
    }
    return mention;
  });
}

function onlyCluster(service: Mention, clusters: ReadonlySet<string>): string | undefined {
  const own = environmentsOf(service.name).join();
  const fitting = [...clusters].filter((cluster) => {
    const theirs = environmentsOf(cluster).join();
    return own === '' || theirs === '' || own === theirs;
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

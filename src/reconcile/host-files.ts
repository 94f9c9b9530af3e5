import { matcher } from '#lib/globs.ts';
import type { Config } from '#model/config.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import type { HostState } from '#model/host.ts';
import { isOfHost } from './hosts.ts';

/**
 * What `constat.yaml` says is for a host is of that host: its files' services, units and routes are looked for there, and
 * are missing where they are not.
 * @param hosts those that were read, by the name that their facts bear
 */
export function withHostFiles(
  facts: readonly Fact[],
  { hosts: configured = [] }: Pick<Config, 'hosts'>,
  hosts: readonly Pick<HostState, 'name' | 'address'>[],
): readonly Fact[] {
  const places = configured.flatMap(({ address, name, files = [] }) => {
    const seen = hosts.find((one) =>
      name === undefined ? one.address === withScheme(address) : one.name === name,
    );
    const account = seen?.name ?? name ?? hostIn(address);
    return files.length > 0 && account !== undefined ? [{ account, holds: matcher(files) }] : [];
  });
  if (places.length === 0) return facts;
  return facts.map((fact) => {
    if (fact.sort !== 'declared' || fact.account !== undefined || !isOfHost(fact.kind)) return fact;
    const { evidence } = fact;
    const place = isFileEvidence(evidence) ? places.find(({ holds }) => holds(evidence.file)) : undefined;
    return place ? { ...fact, account: place.account } : fact;
  });
}

const withScheme = (address: string): string =>
  address === 'local' || address.includes('://') ? address : `ssh://${address}`;

/** The host of `ssh://user@host:port`; this machine's own name is not known before it is read. */
const hostIn = (address: string): string | undefined =>
  address === 'local' ? undefined : /^(?:ssh:\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(address)?.[1];

import type { Estate } from '#model/estate.ts';
import type { CallEvidence } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import type { HostPart, HostState } from '#model/host.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import { type Gap, unknown, type Verdict } from '#model/rule.ts';
import { visible } from '#model/text.ts';

/** Whether things of a kind stand on a host, and in no account of a provider. */
export const isOnHosts = (kind: Kind): boolean => /^(?:host|docker)$/.test(kindOf(kind).provider);

/** What a command showed on a host. */
export const seenOn = (host: Pick<HostState, 'at'>, operation: string, excerpt?: string): CallEvidence => ({
  source: 'host',
  operation,
  at: host.at,
  ...(excerpt !== undefined && { excerpt: visible(excerpt, 200) }),
});

/** The verdict where one of the parts that a rule asks was not read; undefined where all were. */
export function unreadOn(host: HostState, parts: readonly HostPart[]): Verdict | undefined {
  const refusal = parts.map((part) => host.refusals[part]).find((one) => one !== undefined);
  return refusal && unknown(refusal.why);
}

/** The ids of what was seen on a host under a name. */
export const idsOn = (
  { resources }: Pick<Estate, 'resources'>,
  host: Pick<HostState, 'name'>,
  kind: Kind,
  name: string,
): string[] =>
  resources.flatMap((one) =>
    one.kind === kind && one.name === name && (one.account === undefined || one.account === host.name)
      ? [one.id]
      : [],
  );

/** A gap on a host with what its remedy has to know: which host, and what of it. */
export const onHost = (host: HostState, gap: Omit<Gap, 'values'> & { values?: Gap['values'] }): Gap => ({
  ...gap,
  values: { host: host.name, ...gap.values },
});

/** Whether files of the repository declare a unit. */
export const isDeclaredUnit = ({ artifacts }: Pick<Estate, 'artifacts'>, name: string): boolean =>
  artifacts.unitFiles.some((one) => one.name === name && one.standing === 'declared');

/** Whole days from one moment to another, both RFC 3339. */
export const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);

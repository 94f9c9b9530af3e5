import type { Estate } from '#model/estate.ts';
import type { CallEvidence } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import type { HostContainer, HostListener, HostPart, HostState } from '#model/host.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import { type Gap, unknown, type Verdict } from '#model/rule.ts';
import { visible } from '#model/text.ts';

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

/** The ids of what was seen on a host under a name. @param scope the project of a service of Compose */
export const idsOn = (
  { resources }: Pick<Estate, 'resources'>,
  host: Pick<HostState, 'name'>,
  kind: Kind,
  name: string,
  scope?: string,
): string[] =>
  resources.flatMap((one) =>
    one.kind === kind &&
    one.name === name &&
    (scope === undefined || one.scope === scope) &&
    (one.account === undefined || one.account === host.name)
      ? [one.id]
      : [],
  );

/** The ids of a container and of the service of Compose that it runs. */
export const idsOfContainer = (
  estate: Pick<Estate, 'resources'>,
  host: Pick<HostState, 'name'>,
  { name, compose }: Pick<HostContainer, 'name' | 'compose'>,
): string[] => [
  ...idsOn(estate, host, 'Docker::Container', name),
  ...(compose ? idsOn(estate, host, 'Compose::Service', compose.service, compose.project) : []),
];

/** From where a listener can be reached; where that was not told, nobody knows. */
export const reachOf = ({ reach }: HostListener): NonNullable<HostListener['reach']> =>
  reach ?? { from: 'unknown', because: 'not-read' };

/** A container that is up, or tries to be. */
export const isUp = ({ state }: Pick<HostContainer, 'state'>): boolean =>
  state === 'running' || state === 'restarting';

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

/** Kinds of what is read of hosts. */
export const isOfHost = (kind: Kind): boolean => /^(?:host|docker)$/.test(kindOf(kind).provider);

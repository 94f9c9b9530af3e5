import { type Evidence, isFileEvidence } from '#model/evidence.ts';
import type { Fact, Kind } from '#model/fact.ts';
import { identity, kindOf } from '#model/kinds/kinds.ts';
import type { Observation } from '#model/lookup.ts';
import { codes, type Text } from '#model/text.ts';

/** What is read of hosts, whichever product makes it. */
const PROVIDERS: ReadonlySet<string> = new Set(['host', 'docker']);

export const isOfHost = (kind: Kind): boolean => PROVIDERS.has(kindOf(kind).provider);

/** Environments of a developer's own machine, and of tests: nothing of them is expected on a host that is audited. */
const OF_DEVELOPERS = new Set(['dev', 'test', 'local', 'ci']);

/**
 * What ties a declaration to the host that it is for, as others of the same file or project show it: where one of them
 * runs there, the rest is to run there too.
 */
function tiesOf(fact: Fact): string[] {
  const file = fileOf(fact.evidence);
  const folder = file?.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  return [
    ...(fact.kind === 'Compose::Service' && fact.scope !== undefined ? [`project ${fact.scope}`] : []),
    ...(file === undefined ? [] : [`file ${file}`]),
    ...(file !== undefined && (fact.kind === 'Systemd::Unit' || fact.kind === 'Cron::Job')
      ? [`folder ${folder}`]
      : []),
  ];
}

const fileOf = (evidence: Evidence): string | undefined =>
  isFileEvidence(evidence) ? evidence.file : undefined;

const nameOf = (fact: Fact): string => {
  const { kind, scope, name } = identity(fact);
  return `${kind}\n${scope ?? ''}\n${name}`;
};

/** A page or a command that acts on a unit takes it for there; the unit's own file is only what could be installed. */
const isTakenForThere = ({ kind, source, verb }: Fact): boolean =>
  kind === 'Systemd::Unit' && (source === 'docs' || (verb !== undefined && verb !== 'creates'));

/** An image may be run by anything, and a network or a volume joined by anything: that it is there ties nothing to the host. */
const TIES_NOTHING: ReadonlySet<Kind> = new Set(['Docker::Image', 'Docker::Network', 'Docker::Volume']);

/** Which declarations are to be found on the hosts that were read. */
export class Expectations {
  readonly #ties: ReadonlySet<string>;

  constructor(facts: readonly Fact[]) {
    const seen = new Set(
      facts.flatMap((fact) => (fact.sort === 'observed' && isOfHost(fact.kind) ? nameOf(fact) : [])),
    );
    this.#ties = new Set(
      seen.size === 0
        ? []
        : facts.flatMap((fact) =>
            fact.sort === 'declared' &&
            isOfHost(fact.kind) &&
            !TIES_NOTHING.has(fact.kind) &&
            fact.source === 'repo' &&
            seen.has(nameOf(fact))
              ? tiesOf(fact)
              : [],
          ),
    );
  }

  /** Whether something says that these declarations of one thing are to stand on a host that was read. */
  has(declared: readonly Fact[]): boolean {
    const own = declared.filter(({ environments }) => !isOfDevelopers(environments));
    return own.some(
      (fact) =>
        fact.account !== undefined ||
        isTakenForThere(fact) ||
        tiesOf(fact).some((tie) => this.#ties.has(tie)),
    );
  }
}

const isOfDevelopers = (environments: readonly string[]): boolean =>
  environments.length > 0 && environments.every((one) => OF_DEVELOPERS.has(one));

/** Why something that is on none of the hosts that were read is not said to be missing; undefined where it is. */
export function notExpected(
  declared: readonly Fact[],
  observations: readonly Observation[],
  expectations: Expectations,
): Text | undefined {
  const hosts = codes(observations.map(({ account }) => account));
  const isMany = observations.length > 1;
  if (expectations.has(declared)) return undefined;
  return {
    fr: `n’est pas sur ${hosts.fr}, et rien ne dit qu’${isMany ? 'un de ces hôtes doit' : 'il doit'} l’exécuter`,
    en: `is not on ${hosts.en}, and nothing says that ${isMany ? 'one of these hosts' : 'it'} is to run it`,
  };
}

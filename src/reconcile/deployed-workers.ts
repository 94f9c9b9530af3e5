import { isFileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';

const SCRIPT = 'Cloudflare::Workers::Script';
const CONFIGURATION = /(?:^|\/)wrangler\.(?:toml|jsonc?)$/;

/**
 * Facts of Wrangler's configurations without a condition that is known to hold: a script that is in the account was
 * deployed, and with it all that its level of the file states. What is bound without an id is made by the deployment under
 * a name of its own, which no file holds.
 */
export function withDeployedWorkers(facts: readonly Fact[]): readonly Fact[] {
  const seen = new Set(
    facts.flatMap(({ kind, sort, name }) => (kind === SCRIPT && sort === 'observed' ? [name] : [])),
  );
  if (!facts.some(({ source }) => source === 'cloudflare')) return facts;
  const holds = new Set(
    facts.flatMap((fact) => {
      const level = levelOf(fact);
      return level !== undefined && fact.kind === SCRIPT && fact.verb === 'creates' && seen.has(fact.name)
        ? [level]
        : [];
    }),
  );
  return facts.map((fact) => {
    const level = levelOf(fact);
    if (level === undefined) return isNamedByDeployment(fact) ? { ...fact, nameStatus: 'logical' } : fact;
    const { condition: _, ...rest } = fact;
    const own = holds.has(level) ? rest : fact;
    return isNamedByDeployment(fact) ? { ...own, nameStatus: 'logical' } : own;
  });
}

const fileOf = ({ evidence }: Fact): string | undefined =>
  isFileEvidence(evidence) && CONFIGURATION.test(evidence.file) ? evidence.file : undefined;

/** The level of a configuration that a fact is of, where it is deployed under a condition. */
function levelOf(fact: Fact): string | undefined {
  const file = fileOf(fact);
  return file === undefined || fact.condition === undefined || fact.sort !== 'declared'
    ? undefined
    : `${file}\n${fact.condition}`;
}

/** Kinds that a configuration knows by their id alone. */
const BY_ID = new Set(['Cloudflare::KV::Namespace', 'Cloudflare::Hyperdrive::Config']);

const isNamedByDeployment = (fact: Fact): boolean =>
  BY_ID.has(fact.kind) &&
  fact.sort === 'declared' &&
  kindOf(fact.kind).provider === 'cloudflare' &&
  fileOf(fact) !== undefined &&
  fact.properties?.id === undefined &&
  (fact.otherNames ?? []).length === 0;

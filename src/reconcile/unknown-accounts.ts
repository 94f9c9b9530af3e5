import type { Fact } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { codes } from '#model/text.ts';

/** What is not deployed by assuming a role: it is where the credentials of the run are. */
const OWN = '';

const isOfRepo = ({ source, sort }: Fact): boolean => source === 'repo' && sort === 'declared';

/** With what a declaration goes to one account; undefined where it says which one. */
const togetherWith = ({ account, unknownAccount }: Fact): string | undefined =>
  account === undefined ? (unknownAccount ?? OWN) : undefined;

/** With what the declarations of a resource go; undefined where one of them says to which account. */
function deployedWith({ facts }: Resource): string[] | undefined {
  const together = facts.filter(isOfRepo).map(togetherWith);
  const known = together.filter((one) => one !== undefined);
  return known.length > 0 && known.length === together.length ? known : undefined;
}

/** What something that was seen proves to be there: a name that several deployments give, or that is open, none. */
function provenBy({ facts, observed }: Resource): string[] {
  const named = facts.filter(
    (fact) => isOfRepo(fact) && (fact.nameStatus === 'literal' || fact.nameStatus === 'resolved'),
  );
  const together = new Set(named.flatMap((fact) => togetherWith(fact) ?? []));
  return observed.length > 0 && together.size === 1 ? [...together] : [];
}

/**
 * Where a provider assumes a role of an account that only the run knows (`var.role_arn`), the estate is in several
 * accounts, and one of them was read. What is declared is missing there only where something that goes to the same
 * account was seen: else it may all be in another.
 */
export function withUnknownAccounts(resources: readonly Resource[]): readonly Resource[] {
  if (!resources.some(({ facts }) => facts.some((fact) => fact.unknownAccount !== undefined)))
    return resources;
  const there = new Set(resources.flatMap(provenBy));
  return resources.map((resource) => {
    const together = resource.status === 'missing' ? deployedWith(resource) : undefined;
    if (!together || together.some((one) => there.has(one))) return resource;
    return { ...resource, status: 'unverified', reason: reasonFor(together) };
  });
}

function reasonFor(together: readonly string[]) {
  const assumed = together.filter((one) => one !== OWN);
  if (assumed.length === 0)
    return {
      fr: 'peut être dans un autre compte\u00a0: rien de ce que les exécutions nomment sous leurs propres droits n’a été vu',
      en: 'may be in another account: nothing that runs name under their own credentials was seen',
    };
  const folders = codes([...new Set(assumed.map((one) => one.split('\n')[0] || '.'))]);
  return {
    fr: `déclaré pour un compte que seul le déploiement connaît, et rien de ce que ${folders.fr} y déclare n’a été vu`,
    en: `declared for an account that only the deployment knows, and nothing that ${folders.en} declares there was seen`,
  };
}

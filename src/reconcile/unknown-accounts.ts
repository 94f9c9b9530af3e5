import type { Fact } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { codes } from '#model/text.ts';

const isOfRepo = ({ source, sort }: Fact): boolean => source === 'repo' && sort === 'declared';

/** What the declarations of a resource are deployed with; undefined where one of them speaks of the account read. */
function deployedWith({ facts }: Resource): string[] | undefined {
  const together = facts.filter(isOfRepo).map(({ unknownAccount }) => unknownAccount);
  const known = together.filter((one) => one !== undefined);
  return known.length > 0 && known.length === together.length ? known : undefined;
}

/** What something that was seen proves to be there: a name that several deployments give, or that is open, none. */
function provenBy({ facts, observed }: Resource): string[] {
  const named = facts.filter(
    (fact) => isOfRepo(fact) && (fact.nameStatus === 'literal' || fact.nameStatus === 'resolved'),
  );
  const together = new Set(named.flatMap(({ unknownAccount }) => unknownAccount ?? []));
  return observed.length > 0 && together.size === 1 ? [...together] : [];
}

/**
 * What is declared for an account that only the run knows (a provider that assumes `var.role_arn`) is missing in the
 * one that was read only where something that is deployed with it is there: else it may all be in another account.
 */
export function withUnknownAccounts(resources: readonly Resource[]): Resource[] {
  const there = new Set(resources.flatMap(provenBy));
  return resources.map((resource) => {
    const together = resource.status === 'missing' ? deployedWith(resource) : undefined;
    if (!together || together.some((one) => there.has(one))) return resource;
    const folders = codes([...new Set(together.map((one) => one.split('\n')[0] || '.'))]);
    return {
      ...resource,
      status: 'unverified',
      reason: {
        fr: `déclaré pour un compte que seul le déploiement connaît, et rien de ce que ${folders.fr} y déclare n’a été vu`,
        en: `declared for an account that only the deployment knows, and nothing that ${folders.en} declares there was seen`,
      },
    };
  });
}

import type { Estate } from '#model/estate.ts';
import { pushesOf } from './calls.ts';

const GUARD = /github\.repository(?:_owner)?\s*==\s*'([\w.-]+)(?:\/[\w.-]+)?'/gi;
const PUSHED = /^ghcr\.io\/([\w.-]+)\//i;

/**
 * The organisations that the repository itself calls its own, in lower case: those of which a condition says that it
 * is their repository, and those to whose GitHub registry it pushes, which the token of a run may do only at home.
 */
export function ownOrganisations({ artifacts: { workflows } }: Estate): ReadonlySet<string> {
  const conditions = workflows.flatMap(({ jobs }) =>
    jobs.flatMap((job) => [job.condition ?? '', ...job.steps.map(({ condition }) => condition ?? '')]),
  );
  const guarded = conditions.flatMap((text) => [...text.matchAll(GUARD)].flatMap(([, owner]) => owner ?? []));
  const pushed = workflows.flatMap((workflow) =>
    pushesOf(workflow).flatMap(({ reference }) => PUSHED.exec(reference)?.[1] ?? []),
  );
  return new Set([...guarded, ...pushed].map((owner) => owner.toLowerCase()));
}

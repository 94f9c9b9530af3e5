import type { Json } from '#model/fact.ts';
import type { AwsWrite } from '#model/step.ts';
import { code } from '#model/text.ts';
import { type DraftChange, type DraftStep, read, say, write } from './draft.ts';
import type { Problem } from './problem.ts';

interface Edit {
  /** JMESPath below `DistributionConfig`. */
  query: string;
  after: Json;
  set: { path: string; value: Json }[];
  undo: { path: string; value: Json }[];
  expects?: DraftChange['expects'];
}

/**
 * A change of the configuration of a distribution. CloudFront takes it whole, with the version that was read (Amazon
 * CloudFront API Reference, UpdateDistribution): it is read, edited and sent, and undone in the same places.
 */
export function editDistribution(problem: Problem, { query, after, set, undo, expects }: Edit): DraftChange {
  const Id = problem.text('distribution');
  const get = (part: string) => read('cloudfront', 'GetDistributionConfig', undefined, { Id }, part);
  const update = (places: Edit['set']): AwsWrite =>
    write(
      'cloudfront',
      'UpdateDistribution',
      undefined,
      { Id, IfMatch: { $find: 'etag' } },
      {
        finds: { etag: get('ETag') },
        edit: { read: get('DistributionConfig'), as: 'DistributionConfig', set: places },
      },
    );
  return {
    write: update(set),
    state: get(`DistributionConfig.${query}`),
    after,
    undo: update(undo),
    ...(expects && { expects }),
  };
}

/** What every step on a distribution says: one at a time, and some minutes until all edges have it. */
export function ofDistribution(problem: Problem): Pick<DraftStep, 'risk' | 'duration' | 'alone' | 'proofs'> {
  return {
    risk: 'none',
    duration: say(
      'enregistré aussitôt, en place partout après 5 à 15 minutes',
      'kept at once, in place everywhere after 5 to 15 minutes',
    ),
    alone: `distribution ${problem.text('distribution')}`,
    proofs: [],
  };
}

export const distributionName = (problem: Problem): string => code(problem.text('distribution'));

/** A change of one property of the origin at an index; its id is looked at too, since an index says nothing of it. */
export function editOrigin(problem: Problem, property: string, pointer: string, value: Json): DraftChange {
  const index = problem.number('originIndex');
  const origin = problem.maybeText('origin');
  const path = `/Origins/Items/${index}/${pointer}`;
  return editDistribution(problem, {
    query: `Origins.Items[${index}].[Id, ${property}]`,
    after: [{ $before: '[0]' }, value],
    set: [{ path, value }],
    undo: [{ path, value: { $before: '[1]' } }],
    ...(origin !== undefined && { expects: { query: '[0]', equals: origin } }),
  });
}

/** Where a behaviour stands: the default one apart, the others in the order in which they are tried. */
export function behaviourPlace(
  problem: Problem,
  pattern: string,
): { query: string; path: string; pattern: string | null } {
  if (pattern === '*' || pattern === '')
    return { query: 'DefaultCacheBehavior', path: '/DefaultCacheBehavior', pattern: null };
  const behaviours = problem.resource?.properties.behaviours;
  const index = (Array.isArray(behaviours) ? behaviours : []).findIndex(
    (one) => typeof one === 'object' && one !== null && !Array.isArray(one) && one.path === pattern,
  );
  if (index < 0) problem.lacks('behaviour');
  return { query: `CacheBehaviors.Items[${index}]`, path: `/CacheBehaviors/Items/${index}`, pattern };
}

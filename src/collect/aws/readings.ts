import type { AwsCollector } from './aws-collector.ts';

/** One service in one place. */
export interface Reading {
  collector: AwsCollector;
  region: string;
  /** The region was not asked for; see `Place.beyond`. */
  beyond?: boolean;
}

/** Every service in every region asked for, or once in the region that serves what has none. */
export function readingsOf(
  collectors: readonly AwsCollector[],
  regions: readonly string[],
  home: string,
): Reading[] {
  return collectors.flatMap((collector): Reading[] => {
    if (collector.where === 'global') return [{ collector, region: home }];
    const asked = regions.map((region) => ({ collector, region }));
    return collector.where === 'regions' || regions.includes(home)
      ? asked
      : [...asked, { collector, region: home, beyond: true }];
  });
}

/** Every service of regions that were not read yet, when what has no region was. */
export const readingsIn = (collectors: readonly AwsCollector[], regions: readonly string[]): Reading[] =>
  collectors.flatMap((collector) =>
    collector.where === 'global' ? [] : regions.map((region) => ({ collector, region })),
  );

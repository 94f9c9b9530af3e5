import { expect, test } from 'vitest';
import type { CollectedEstate } from '#collect/collect.ts';
import { noArtifacts } from '#model/artifacts.ts';
import type { Coverage } from '#model/coverage.ts';
import type { Observation } from '#model/lookup.ts';
import type { Resource } from '#model/resource.ts';
import { denied } from '#reconcile/trace/test-estate.ts';
import { plainShop } from '#reconcile/trace/test-shop.ts';
import { estateOf } from './estate.ts';

const COVERAGE: Coverage[] = [
  { source: 'aws', scope: 'a', state: 'partial', operations: [] },
  { source: 'docs', scope: 'b', state: 'skipped', operations: [] },
];

/** An account that was read, or one that could not be opened. */
function collected(observation: Observation = plainShop().observation()) {
  const calls: string[] = [];
  const estate = {
    facts: plainShop().facts(),
    artifacts: noArtifacts(),
    observations: [observation],
    hosts: [],
    coverage: () => {
      calls.push('coverage');
      return COVERAGE;
    },
    predict: async () => {
      calls.push('predict');
      return [];
    },
    withLastChanges: async (resources: Resource[]) => {
      calls.push('changes');
      return resources.map((one) => ({ ...one, lastChange: { event: 'X', at: 'now' } }));
    },
    more: async () => {
      calls.push('more');
      return undefined;
    },
  } as unknown as CollectedEstate;
  return { estate, calls };
}
const OPTIONS = { name: 'shop', config: {}, files: new Set(['a']), urls: [], isOnlyPaths: false };

test('an estate without a URL has no paths, and asks for nothing more', async () => {
  const { estate, calls } = collected();
  const { paths, name, files, resources } = await estateOf(estate, OPTIONS);
  expect([paths, name, [...files]]).toEqual([[], 'shop', ['a']]);
  expect(calls).not.toContain('more');
  expect(resources.length).toBeGreaterThan(10);
});

test('with one it has a path; coverage is told last, of all that was asked', async () => {
  const { estate, calls } = collected();
  const { paths } = await estateOf(estate, { ...OPTIONS, urls: ['https://shop.example/'] });
  expect(paths.map(({ hops }) => hops.length)).toEqual([5]);
  expect(calls.at(-1)).toBe('coverage');
  expect(calls).toContain('more');
});

test('resources have their last change, and sources are those that were not skipped', async () => {
  const { resources, sources } = await estateOf(collected().estate, OPTIONS);
  expect(resources.every(({ lastChange }) => lastChange?.event === 'X')).toBe(true);
  expect([...sources]).toEqual(['aws']);
});

test('runs are predicted of an account that was opened alone', async () => {
  const open = collected();
  await estateOf(open.estate, OPTIONS);
  expect(open.calls).toContain('predict');
  const shut = collected({ ...plainShop().observation(), lookups: [], refusal: denied('sts:AssumeRole') });
  await estateOf(shut.estate, OPTIONS);
  expect(shut.calls).not.toContain('predict');
});

test('an account that could not be opened fails nowhere on a path', async () => {
  const shut = collected({ ...plainShop().observation(), lookups: [], refusal: denied('sts:AssumeRole') });
  shut.estate.facts.length = 0;
  const { paths } = await estateOf(shut.estate, { ...OPTIONS, urls: ['https://shop.example/'] });
  const checks = paths.flatMap(({ hops }) => hops.flatMap((hop) => hop.checks));
  expect(checks.map(({ result, refusal }) => `${result} ${refusal?.permission}`)).toEqual([
    'unknown sts:AssumeRole',
  ]);
});

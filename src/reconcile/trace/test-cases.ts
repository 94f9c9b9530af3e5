import { describe, expect, test } from 'vitest';
import type { Check, Path } from '#model/path.ts';
import { type Account, checksOf, faultsOf, idsOf, rolesOf } from './test-estate.ts';
import { URL_OF_SHOP } from './test-shop.ts';

/** One thing that is different about an estate, and what the path to it tells. */
export interface PathCase {
  name: string;
  change?: (account: Account) => unknown;
  url?: string;
  /** Ids of all checks that fail. */
  fail?: string[];
  /** Ids of all checks that nobody could establish. */
  unknown?: string[];
  /** What the texts of checks say in English. */
  says?: string | string[];
  /** What no text says. */
  hides?: string;
  /** That the hops are of these roles, in this order. */
  roles?: string;
  /** Values of the check that fails first, or of the check that is asked for. */
  values?: Check['values'];
  /** The check of which the values are. */
  of?: string;
  certainty?: 'probable' | 'established';
  /** The permission that an unknown check asks for. */
  permission?: string;
}

/** A test for each of them: nothing else fails, and nothing else is unknown. */
export function runPaths(title: string, make: () => Account, cases: readonly PathCase[]): void {
  describe(title, () => {
    test.each(cases)('$name', (one) => {
      const account = make();
      one.change?.(account);
      expectPath(account.trace(one.url ?? URL_OF_SHOP), one);
    });
  });
}

function expectPath(path: Path, one: PathCase): void {
  const {
    fail = [],
    unknown = [],
    says = [],
    hides,
    roles,
    values,
    of = fail[0],
    certainty,
    permission,
  } = one;
  expect({ fail: idsOf(path, 'fail'), unknown: idsOf(path, 'unknown') }).toEqual({
    fail: [...fail].sort(),
    unknown: [...unknown].sort(),
  });
  expect(faultsOf(path)).toEqual([]);
  const checks = checksOf(path);
  const told = checks.map(({ text }) => text.en).join('\n');
  for (const text of [says].flat()) expect(told).toContain(text);
  if (hides !== undefined) expect(told).not.toContain(hides);
  if (roles !== undefined) expect(rolesOf(path).join(' ')).toBe(roles);
  const [first] = checks.filter(({ id, result }) => id === of && (result === 'fail' || fail.length === 0));
  if (values) expect(first?.values).toMatchObject(values);
  if (certainty) expect(first?.certainty ?? 'established').toBe(certainty);
  if (permission !== undefined)
    expect(checks.flatMap(({ refusal }) => refusal?.permission ?? [])).toContain(permission);
}

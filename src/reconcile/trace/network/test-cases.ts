import { describe, expect, test } from 'vitest';
import { type Estate, failing, open } from './test-network.ts';
import { checksOf, type NetworkSide } from './verdict.ts';

export interface Case {
  name: string;
  /** Changes it and asks. */
  ask: (estate: Estate) => NetworkSide[];
  fail?: string[];
  unknown?: string[];
  /** That every failure is of that certainty. */
  certainty?: 'established' | 'probable';
  /** What some check that does not pass says in English. */
  says?: string;
}

/** A test for each of them: nothing else fails, and nothing else is unknown. */
export const runCases = (title: string, estate: () => Estate, cases: readonly Case[]): void => {
  describe(title, () => {
    test.each(cases)('$name', ({ ask, fail = [], unknown = [], certainty, says }) => {
      const sides = ask(estate());
      expect({ fail: failing(sides), unknown: open(sides) }).toEqual({
        fail: [...fail].sort(),
        unknown: [...unknown].sort(),
      });
      const failures = checksOf(sides).filter(({ result }) => result === 'fail');
      if (certainty)
        expect(new Set(failures.map((check) => check.certainty ?? 'established'))).toEqual(
          new Set([certainty]),
        );
      const told = checksOf(sides).flatMap(({ result, text }) => (result === 'pass' ? [] : text.en));
      if (says) expect(told.join('\n')).toContain(says);
    });
  });
};

import type { Fact } from '#model/fact.ts';
import type { Observation } from '#model/lookup.ts';

/** Account numbers that AWS's own documents and examples use, and that nobody has. */
const EXAMPLES: ReadonlySet<string> = new Set([
  '000000000000',
  '012345678901',
  '111111111111',
  '111122223333',
  '123456789012',
  '444455556666',
  '777788889999',
  '999999999999',
]);

/**
 * Facts of pages without the account of an example: a command that is written with one is meant for the account of
 * whoever types it. An account that was read, whatever its number, stays.
 */
export function withoutExampleAccounts(
  facts: readonly Fact[],
  observations: readonly Observation[],
): readonly Fact[] {
  const read = new Set(observations.map(({ account }) => account));
  const isExample = ({ source, account = '' }: Fact) =>
    source === 'docs' && EXAMPLES.has(account) && !read.has(account);
  if (!facts.some(isExample)) return facts;
  return facts.map((fact) => {
    if (!isExample(fact)) return fact;
    const { account: _, ...rest } = fact;
    return rest;
  });
}

import type { Operation } from './operation.ts';
import { reading } from './permissions.ts';
import { operations as access } from './products/access.ts';
import { operations as accounts } from './products/accounts.ts';
import { operations as others } from './products/others.ts';
import { operations as pages } from './products/pages.ts';
import { operations as rules } from './products/rules.ts';
import { singlesOf } from './products/single.ts';
import { operations as storage } from './products/storage.ts';
import { operations as workers } from './products/workers.ts';
import { operations as zones } from './products/zones.ts';

const PRODUCTS: readonly Operation[] = [
  ...accounts,
  ...workers,
  ...storage,
  ...pages,
  ...zones,
  ...rules,
  ...access,
  ...others,
];

/** Everything that can be asked for; what is written out in a path comes before what stands in braces. */
export const OPERATIONS: readonly Operation[] = [...PRODUCTS, ...singlesOf(PRODUCTS)];

/** What a token needs for all of it: of each operation the first permission group that opens it. */
export const PERMISSIONS: readonly string[] = [
  ...new Set(['Zone Read', ...OPERATIONS.flatMap(({ needs }) => needs.slice(0, 1))]),
];

/** Whether what a token has been given opens an operation: to write includes to read. */
export const opens = (given: readonly string[], { needs }: Operation): boolean =>
  needs.length === 0 || needs.some((need) => given.includes(need) || given.map(reading).includes(need));

const shapes = OPERATIONS.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The operation of a path, and what its braces stand for; what is written out comes before what stands in braces. */
export function operationAt(path: string): { operation: Operation; at: Record<string, string> } | undefined {
  for (const { operation, pattern } of shapes) {
    const match = pattern.exec(path);
    if (match) {
      const at = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
      return { operation, at: Object.fromEntries(at) as Record<string, string> };
    }
  }
  return;
}

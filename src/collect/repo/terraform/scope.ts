import type { Budget } from './budget.ts';
import type { Value } from './values.ts';

/** What the names in an expression stand for, at one place of one module. */
export interface Scope {
  budget: Budget;
  /** `var.x`, `local.x`, `module.x`, `path.module`, `aws_x.y`, `data.x.y`, as far as the module knows them. */
  named(root: string, name: string): Value;
  data(type: string, name: string): Value;
  /** The text of a file of the repository, by its path as the module writes it. */
  file(path: string): string | undefined;
  /** The names that `for` gives, and those of a `dynamic` block. */
  bound: ReadonlyMap<string, Value>;
  each?: { key: Value; value: Value };
  count?: Value;
  /** What `of[*]` is at. */
  element?: Value;
}

export const withNames = (scope: Scope, names: readonly (readonly [string, Value])[]): Scope => ({
  ...scope,
  bound: new Map([...scope.bound, ...names]),
});

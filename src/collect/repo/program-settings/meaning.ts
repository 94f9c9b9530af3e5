import type { ClassOfCode, Code, Expression, FunctionOfCode } from './code.ts';

/** What a name stands for. `external`: something of a module that is no file of the repository. */
export type Meaning =
  | { is: 'function'; code: Code; fn: FunctionOfCode }
  | { is: 'class'; code: Code; cls: ClassOfCode }
  | { is: 'instance'; code: Code; cls: ClassOfCode }
  | { is: 'value'; code: Code; value: Expression; fn?: number }
  | { is: 'module'; files: readonly string[] }
  | { is: 'external'; path: string };

/** Where in a file a name stands. */
export interface Spot {
  code: Code;
  fn?: number | undefined;
}

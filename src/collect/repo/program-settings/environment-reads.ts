import type { ProgramSettings, Setting } from '#model/settings.ts';
import type { Code, Expression } from './code.ts';
import type { Reader } from './reading-calls.ts';

/** One read of a variable, and under which name the rest of the program has what was read. */
export interface Read extends Omit<Setting, 'uses' | 'values'> {
  /** Undefined: it is used where it is read. */
  symbol?: { name: string; isField: boolean; file: string; line: number };
  values: string[];
}

export interface Environment {
  reads: Read[];
  blindSpots: ProgramSettings['blindSpots'];
}

/** How a read is written. */
export interface How extends Reader {
  fn: number | undefined;
  default: Expression | undefined;
}

/** A function of the program that reads what it is told to. */
export interface Wrapper extends Reader {
  code: Code;
  position: number;
  name: string;
  fallback: { position: number; name: string } | undefined;
  isCalled: boolean;
}

/** What surrounds the reads of a file. */
export interface FileContext {
  code: Code;
  /** What stands in for a read, by where the read stands: `os.getenv('X') or 'y'`. */
  otherwise: ReadonlyMap<number, Expression>;
  /** The name that what is read is given at once. */
  symbols: ReadonlyMap<number, string>;
  /** Where the environment stands that names are taken out of, or that one is looked for in. */
  destructured: ReadonlySet<number>;
  compared: ReadonlySet<number>;
}

/** An expression of a program, as far as settings can be read from it. `from`: its offset in the text. Nothing is ever run. */
export type Expression =
  | { is: 'text'; text: string; from: number }
  | { is: 'value'; value: number | boolean | null; from: number }
  /** A name with its members: `settings.EXECUTE_MODE`, `process.env.PORT`. */
  | { is: 'name'; path: string; from: number }
  /** A member of what is no plain name: `f().x`. */
  | { is: 'member'; of: Expression; name: string; from: number }
  | { is: 'index'; of: Expression; key: Expression; from: number }
  /** Lists, tuples, sets, slices. */
  | { is: 'list'; items: readonly Expression[]; from: number }
  /** `key` undefined: spread, or worked out. */
  | { is: 'object'; entries: readonly { key?: string; value: Expression }[]; from: number }
  | Call
  /** A function that is written where it is used. */
  | { is: 'function'; index: number; from: number }
  /** Operators, templates, conditions and all else: what it is made of. */
  | { is: 'mix'; sign: string; parts: readonly Expression[]; from: number };

export interface Call {
  is: 'call';
  callee: Expression;
  /** `subprocess.run`; `exec.Command().Run` for a call of what a call gives; empty where there is no name. */
  path: string;
  args: readonly Expression[];
  keywords: ReadonlyMap<string, Expression>;
  /** It is given what is not written out: `*args`, `...options`. */
  isOpen: boolean;
  from: number;
}

export interface Parameter {
  name: string;
  /** Names taken out of it where it is destructured. */
  parts?: readonly string[];
  type?: string;
  default?: Expression;
  /** Decorators of NestJS and the like: `Body`, `Query`. */
  decorators?: readonly string[];
}

export interface FunctionOfCode {
  index: number;
  /** Empty where it has none. */
  name: string;
  /** The class in whose body it stands. */
  owner?: string;
  /** The function in whose body it stands. */
  within?: number;
  parameters: readonly Parameter[];
  decorators: readonly Expression[];
  from: number;
  to: number;
}

export interface ClassOfCode {
  name: string;
  bases: readonly Expression[];
  decorators: readonly Expression[];
  /** Classes whose body it stands in, joined: `Settings.Config`. */
  path: string;
  /** What its fields are of, by their declared types: `service` of `ExecutorService`. */
  fieldTypes: Map<string, string>;
  from: number;
}

/** Where something stands: in which function and which class. */
interface Within {
  fn?: number;
  cls?: string;
}

export interface Assignment extends Within {
  /** `x`, `self.mode`, `settings.mode`. */
  target: string;
  /** Of a destructured object: which of its entries it is. */
  entry?: string;
  type?: string;
  value?: Expression;
  from: number;
}

export interface Import {
  module: string;
  /** Undefined: the module itself. */
  name?: string;
}

/** One file as read. */
export interface Code {
  path: string;
  language: 'python' | 'javascript' | 'go';
  text: string;
  /** By the name that the file gives it. */
  imports: Map<string, Import>;
  /** `from x import *`, `export * from 'x'`. */
  wildcards: string[];
  /** What it gives on: by the name that others import it under. */
  exports: Map<string, string>;
  functions: FunctionOfCode[];
  classes: ClassOfCode[];
  assignments: Assignment[];
  calls: (Within & { call: Call })[];
  returns: (Within & { value: Expression })[];
  /** `a == b`, `a in (…)`, the cases of a `switch` or `match`. */
  comparisons: (Within & { left: Expression; right: Expression; sign: string; from: number })[];
  /** `for name in over`. */
  loops: (Within & { name: string; over: Expression })[];
  /** Conditions with two branches that hold the same text. */
  alike: (Within & { test: Expression; from: number })[];
  /** Names and indexes that are read, each the longest one that is written. */
  reads: (Within & { value: Expression })[];
  /** Tags of the fields of Go's structs. */
  tags: { field: string; tag: string; struct: string; from: number }[];
  /** The first place that is no program; undefined where all of it was understood. */
  broken?: number;
}

export const emptyCode = (path: string, language: Code['language'], text: string): Code => ({
  path,
  language,
  text,
  imports: new Map(),
  wildcards: [],
  exports: new Map(),
  functions: [],
  classes: [],
  assignments: [],
  calls: [],
  returns: [],
  comparisons: [],
  loops: [],
  alike: [],
  reads: [],
  tags: [],
});

/** Expressions are followed no deeper: the depth of what others wrote is theirs to choose. */
export const DEEPEST = 40;
/** Calls, names and comparisons of one file. */
export const MOST_OF_A_SORT = 20_000;

export const mix = (sign: string, parts: readonly Expression[], from: number): Expression => ({
  is: 'mix',
  sign,
  parts,
  from,
});

/** `subprocess.run`, `exec.Command().Run`; empty where something on the way has no name. */
export function pathOf(expression: Expression): string {
  if (expression.is === 'name') return expression.path;
  const [inner, after] =
    expression.is === 'member'
      ? [expression.of, `.${expression.name}`]
      : expression.is === 'call'
        ? [expression.callee, '()']
        : expression.is === 'index'
          ? [expression.of, '[]']
          : [undefined, ''];
  const head = inner ? pathOf(inner) : '';
  return head === '' ? '' : head + after;
}

/** What an expression is made of, itself first; functions that stand in it are not entered. */
export function* partsOf(expression: Expression): Generator<Expression> {
  const open = [expression];
  for (let at = open.pop(); at; at = open.pop()) {
    yield at;
    if (at.is === 'member') open.push(at.of);
    else if (at.is === 'index') open.push(at.key, at.of);
    else if (at.is === 'list') open.push(...[...at.items].reverse());
    else if (at.is === 'object') open.push(...at.entries.map(({ value }) => value).reverse());
    else if (at.is === 'call') open.push(...at.keywords.values(), ...[...at.args].reverse(), at.callee);
    else if (at.is === 'mix') open.push(...[...at.parts].reverse());
  }
}

/** What a call is given under a name: a keyword, or an entry of an object among its arguments. */
export function option(call: Call, ...names: readonly string[]): Expression | undefined {
  for (const name of names) {
    const keyword = call.keywords.get(name);
    if (keyword) return keyword;
    for (const arg of call.args) {
      const entry = arg.is === 'object' ? arg.entries.find(({ key }) => key === name) : undefined;
      if (entry) return entry.value;
    }
  }
  return undefined;
}

/** The texts that a list holds; undefined where one of them is none. */
export function textsOf(expression: Expression | undefined): string[] | undefined {
  if (expression?.is === 'text') return [expression.text];
  if (
    expression?.is === 'call' &&
    /^(?:frozenset|set|list|tuple|new Set|Object\.freeze)$/.test(expression.path)
  )
    return textsOf(expression.args[0]);
  if (expression?.is !== 'list') return undefined;
  const texts = expression.items.map((item) => (item.is === 'text' ? item.text : undefined));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

import type { Code, Expression, FunctionOfCode } from './code.ts';
import { functionsWithin } from './commands.ts';

/** How far the request decides a value. `maybe`: it passed through code that was not followed. */
export type Taint = 0 | 1 | 2;
export const CHOSEN: Taint = 2;

/** Calls that give on what they are given. */
const THROUGH =
  /^(?:str|list|dict|tuple|bytes|repr|json\.(?:loads|dumps)|shlex\.(?:split|join)|String|Object|Array(?:\.from)?|JSON\.(?:parse|stringify)|decodeURIComponent|encodeURIComponent|Buffer\.from|fmt\.Sprintf|strings\.\w+|filepath\.Join|path\.\w+|os\.path\.\w+|cast|typing\.cast|base64\.b64decode|atob)$/;
/** Calls after which nothing is left to choose. */
const CLEANED =
  /(?:^|\.)(?:quote|shellescape|escapeshellarg|int|float|bool|len|Number|parseInt|parseFloat|isinstance|Atoi|ParseInt|uuid4|UUID|hash|sha256|md5)$/;

/** The names of one function that a request decides, by name. */
export class Taints {
  readonly #levels = new Map<string, Taint>();
  readonly #isRequest: (path: string) => boolean;

  constructor(
    code: Code,
    fn: FunctionOfCode,
    given: ReadonlyMap<string, Taint>,
    isRequest: (path: string) => boolean,
  ) {
    this.#isRequest = isRequest;
    for (const [name, level] of given) if (level > 0) this.#levels.set(name, level);
    const inside = functionsWithin(code, fn.index);
    const assignments = code.assignments.filter(
      (one) => one.fn !== undefined && inside.has(one.fn) && one.value,
    );
    const loops = code.loops.filter((one) => one.fn !== undefined && inside.has(one.fn));
    for (let round = 0, changed = true; changed && round < 6; round += 1) {
      changed = false;
      const raise = (name: string, level: Taint) => {
        if (level <= (this.#levels.get(name) ?? 0)) return;
        this.#levels.set(name, level);
        changed = true;
      };
      for (const { target, value } of assignments)
        if (value && !target.includes('.')) raise(target, this.of(value));
      for (const { name, over } of loops) raise(name, this.of(over));
    }
  }

  /** How far the request decides what an expression gives. */
  of(expression: Expression): Taint {
    switch (expression.is) {
      case 'name': {
        if (this.#isRequest(expression.path)) return CHOSEN;
        return this.#levels.get(expression.path.split('.')[0] ?? '') ?? 0;
      }
      case 'member':
        return this.of(expression.of);
      case 'index':
        return this.of(expression.of);
      case 'list':
        return this.most(expression.items);
      case 'object':
        return this.most(expression.entries.map(({ value }) => value));
      case 'mix':
        // what a comparison gives is yes or no
        return /^(?:[!=]==?|<=?|>=?|in|not in|is|is not|!|not)$/.test(expression.sign)
          ? 0
          : this.most(expression.parts);
      case 'call': {
        const all = [...expression.args, ...expression.keywords.values()];
        if (CLEANED.test(expression.path)) return 0;
        // a method of what the request gave
        const own =
          expression.callee.is === 'member'
            ? this.of(expression.callee.of)
            : expression.callee.is === 'name' && expression.callee.path.includes('.')
              ? this.of(expression.callee)
              : 0;
        if (own > 0) return own;
        const most = this.most(all);
        return THROUGH.test(expression.path) || /\.(?:format|join)$/.test(expression.path)
          ? most
          : most > 0
            ? 1
            : 0;
      }
      default:
        return 0;
    }
  }

  most(expressions: readonly Expression[]): Taint {
    return expressions.reduce<Taint>((most, one) => {
      const level = this.of(one);
      return level > most ? level : most;
    }, 0);
  }
}

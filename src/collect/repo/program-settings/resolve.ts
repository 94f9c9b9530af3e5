import { posix } from 'node:path';
import type { Assignment, ClassOfCode, Code, Expression, FunctionOfCode } from './code.ts';
import { combined } from './combined.ts';
import { requiredBy } from './javascript-nodes.ts';
import type { Meaning, Spot } from './meaning.ts';
import type { Sources } from './sources.ts';

const MOST_STEPS = 14;
const GIVES_ON =
  /^(?:str|int|float|bool|list|set|tuple|frozenset|Path|String|Number|parseInt|SecretStr|time\.Duration)$/;

/** Follows names through assignments, imports and members, as far as they are certain. */
export class Resolver {
  readonly #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What `a.b.c` stands for at a spot; undefined where it is not certain. */
  name(path: string, spot: Spot, steps = 0): Meaning | undefined {
    if (steps > MOST_STEPS || path.includes('(') || path.includes('[')) return undefined;
    const [head = '', ...members] = path.split('.');
    let meaning = this.#head(head, spot, steps + 1);
    for (const member of members) {
      if (!meaning) return undefined;
      meaning = this.#member(meaning, member, steps + 1);
    }
    return meaning;
  }

  /** What an expression stands for. */
  meaning(expression: Expression, spot: Spot, steps = 0): Meaning | undefined {
    if (steps > MOST_STEPS) return undefined;
    if (expression.is === 'name') return this.name(expression.path, spot, steps);
    if (expression.is === 'function') {
      const fn = spot.code.functions[expression.index];
      return fn && { is: 'function', code: spot.code, fn };
    }
    if (expression.is === 'member') {
      const of = this.meaning(expression.of, spot, steps + 1);
      return of && this.#member(of, expression.name, steps + 1);
    }
    if (expression.is === 'call') {
      const module = requiredBy(expression);
      if (module !== undefined) return this.#imported(spot.code, module, 'default', steps + 1);
      const called = this.meaning(expression.callee, spot, steps + 1);
      if (called?.is === 'class') return this.#asInstance(called);
      if (called?.is === 'external') {
        // what `promisify` and `partial` give is what they are given
        if (/(?:^|\.)(?:promisify|partial|wraps)$/.test(called.path) && expression.args[0])
          return this.meaning(expression.args[0], spot, steps + 1);
        return { is: 'external', path: `${called.path}()` };
      }
      if (called?.is === 'function') return this.#given(called.code, called.fn, steps + 1);
      return undefined;
    }
    return { is: 'value', code: spot.code, value: expression, ...(spot.fn !== undefined && { fn: spot.fn }) };
  }

  /** What a function gives, where it gives one thing that is certain: `def get_executor(): return executor`. */
  #given(code: Code, fn: FunctionOfCode, steps: number): Meaning | undefined {
    const own = code.returns.filter((one) => one.fn === fn.index);
    const [first] = own;
    if (own.length !== 1 || !first) return undefined;
    const meaning = this.meaning(first.value, { code, fn: fn.index }, steps + 1);
    return meaning?.is === 'value' ? undefined : meaning;
  }

  #head(name: string, spot: Spot, steps: number): Meaning | undefined {
    const { code } = spot;
    for (
      let fn = spot.fn === undefined ? undefined : code.functions[spot.fn];
      fn;
      fn = fn.within === undefined ? undefined : code.functions[fn.within]
    ) {
      const index = fn.index;
      const position = fn.parameters.findIndex((one) => one.name === name || one.parts?.includes(name));
      const parameter = fn.parameters[position];
      if (
        fn.owner !== undefined &&
        (name === 'this' || (position === 0 && (name === 'self' || code.language === 'go')))
      )
        return this.#own(code, fn.owner, 'instance');
      if (fn.owner !== undefined && position === 0 && name === 'cls')
        return this.#own(code, fn.owner, 'class');
      const assigned = code.assignments.filter((one) => one.fn === index && one.target === name);
      if (parameter && assigned.length === 0)
        return this.#parameter(parameter.type, parameter.default, { code, fn: index }, steps);
      const [first] = assigned;
      if (first)
        return assigned.length === 1 && !parameter && first.value && first.entry === undefined
          ? this.meaning(first.value, { code, fn: index }, steps)
          : undefined;
      if (code.loops.some((one) => one.fn === index && one.name === name)) return undefined;
      const inner = code.functions.find((one) => one.within === index && one.name === name);
      if (inner) return { is: 'function', code, fn: inner };
    }
    return this.top(code, name, steps);
  }

  /** Where what a name stands for is made: `app = FastAPI()`, here or in the file that it is imported from. */
  definition(path: string, spot: Spot, steps = 0): { code: Code; assignment: Assignment } | undefined {
    if (steps > MOST_STEPS || path === '') return undefined;
    const { code } = spot;
    const [head = '', ...rest] = path.split('.');
    if (rest.length > 0) {
      const field = /^(?:self|this)\.(\w+)$/.exec(path)?.[1];
      if (field !== undefined) {
        const owner = spot.fn === undefined ? undefined : ownerOf(code, spot.fn);
        const made = code.assignments.filter(
          (one) =>
            one.cls === owner && (one.target === path || (one.fn === undefined && one.target === field)),
        );
        return owner !== undefined && made.length === 1 && made[0]
          ? { code, assignment: made[0] }
          : undefined;
      }
      const meaning = this.name(path.slice(0, path.lastIndexOf('.')), spot, steps + 1);
      return meaning?.is === 'module'
        ? this.#definitionIn(meaning.files, rest.at(-1) ?? '', steps + 1)
        : undefined;
    }
    for (
      let fn = spot.fn === undefined ? undefined : code.functions[spot.fn];
      fn;
      fn = fn.within === undefined ? undefined : code.functions[fn.within]
    ) {
      const index = fn.index;
      if (fn.parameters.some(({ name }) => name === head)) return undefined;
      const assignment = code.assignments.find((one) => one.fn === index && one.target === head);
      if (assignment) return { code, assignment };
    }
    const assignment = code.assignments.find(
      (one) => one.fn === undefined && one.cls === undefined && one.target === head,
    );
    if (assignment && !code.imports.has(head)) return { code, assignment };
    const imported = code.imports.get(head);
    if (!imported) return undefined;
    const target = this.#sources.module(code, imported.module);
    if ('external' in target) return undefined;
    return this.#definitionIn(target.files, imported.name ?? 'default', steps + 1);
  }

  #definitionIn(
    files: readonly string[],
    name: string,
    steps: number,
  ): { code: Code; assignment: Assignment } | undefined {
    for (const file of files) {
      const code = this.#sources.code(file);
      const local = code?.language === 'javascript' ? (code.exports.get(name) ?? name) : name;
      if (code && local.includes('.')) {
        const assignment = code.assignments.find(({ target }) => target === local);
        return assignment && { code, assignment };
      }
      const found = code && this.definition(local, { code }, steps + 1);
      if (found) return found;
    }
    return undefined;
  }

  #own(code: Code, owner: string, is: 'class' | 'instance'): Meaning | undefined {
    const cls = code.classes.find((one) => one.path === owner);
    if (cls) return { is, code, cls };
    // methods of Go stand beside their type, in any file of the package
    return code.language === 'go' ? this.#asInstance(this.#package(code, owner)) : undefined;
  }

  #asInstance(meaning: Meaning | undefined): Meaning | undefined {
    return meaning?.is === 'class' ? { ...meaning, is: 'instance' } : meaning;
  }

  #parameter(
    type: string | undefined,
    otherwise: Expression | undefined,
    spot: Spot,
    steps: number,
  ): Meaning | undefined {
    const annotated = /Depends\(\s*([\w.]+)\s*\)/.exec(type ?? '')?.[1];
    if (annotated !== undefined) return this.#dependency(annotated, spot, steps);
    if (otherwise?.is === 'call' && otherwise.path === 'Depends' && otherwise.args[0]?.is === 'name')
      return this.#dependency(otherwise.args[0].path, spot, steps);
    const plain = /^(?:Optional\[)?["']?([A-Za-z_][\w.]*)["']?\]?$/.exec(type ?? '')?.[1];
    return plain === undefined
      ? undefined
      : this.#asInstance(this.name(plain, { code: spot.code }, steps + 1));
  }

  #dependency(path: string, spot: Spot, steps: number): Meaning | undefined {
    const meaning = this.name(path, { code: spot.code }, steps + 1);
    return meaning?.is === 'function'
      ? this.#given(meaning.code, meaning.fn, steps + 1)
      : this.#asInstance(meaning);
  }

  /** What a name stands for at the top of a file. */
  top(code: Code, name: string, steps = 0): Meaning | undefined {
    if (steps > MOST_STEPS) return undefined;
    const functions = code.functions.filter(
      (one) => one.name === name && one.owner === undefined && one.within === undefined,
    );
    const [fn] = functions;
    if (fn) return functions.length === 1 ? { is: 'function', code, fn } : undefined;
    const cls = code.classes.find((one) => one.path === name);
    if (cls) return { is: 'class', code, cls };
    const imported = code.imports.get(name);
    if (imported) return this.#imported(code, imported.module, imported.name, steps + 1);
    const assigned = code.assignments.filter(
      (one) => one.fn === undefined && one.cls === undefined && one.target === name,
    );
    const [first] = assigned;
    if (first)
      return assigned.length === 1 && first.value && first.entry === undefined
        ? this.meaning(first.value, { code }, steps + 1)
        : undefined;
    for (const module of code.wildcards) {
      const found = this.#imported(code, module, name, steps + 1);
      if (found && found.is !== 'external') return found;
    }
    return code.language === 'go' ? this.#package(code, name, steps) : undefined;
  }

  #package(code: Code, name: string, steps = 0): Meaning | undefined {
    for (const file of this.#sources.goPackage(posix.dirname(code.path))) {
      const other = file === code.path ? undefined : this.#sources.code(file);
      const found = other && this.#topOfOne(other, name, steps);
      if (found) return found;
    }
    return undefined;
  }

  /** Of one file alone, without those beside it. */
  #topOfOne(code: Code, name: string, steps: number): Meaning | undefined {
    const fn = code.functions.find(
      (one) => one.name === name && one.owner === undefined && one.within === undefined,
    );
    if (fn) return { is: 'function', code, fn };
    const cls = code.classes.find((one) => one.path === name);
    if (cls) return { is: 'class', code, cls };
    const assigned = code.assignments.filter((one) => one.fn === undefined && one.target === name);
    const [first] = assigned;
    return assigned.length === 1 && first?.value ? this.meaning(first.value, { code }, steps + 1) : undefined;
  }

  #imported(code: Code, module: string, name: string | undefined, steps: number): Meaning | undefined {
    if (steps > MOST_STEPS) return undefined;
    const target = this.#sources.module(code, module);
    if ('external' in target) {
      // `from . import routes`: a file of the package
      const file =
        name !== undefined && code.language === 'python'
          ? this.#sources.pythonModule(code.path, `${module}${module.endsWith('.') ? '' : '.'}${name}`)
          : undefined;
      if (file !== undefined) return { is: 'module', files: [file] };
      return {
        is: 'external',
        path: name === undefined || name === 'default' ? target.external : `${target.external}.${name}`,
      };
    }
    if (name === undefined) return { is: 'module', files: target.files };
    return this.#of(target.files, name, steps, { code, module });
  }

  #of(
    files: readonly string[],
    name: string,
    steps: number,
    from?: { code: Code; module: string },
  ): Meaning | undefined {
    for (const file of files) {
      const code = this.#sources.code(file);
      if (!code) continue;
      const local = code.language === 'javascript' ? (code.exports.get(name) ?? name) : name;
      const found = local.includes('.')
        ? this.#exported(code, local, steps)
        : code.language === 'go'
          ? this.#topOfOne(code, local, steps + 1)
          : this.top(code, local, steps + 1);
      if (found) return found;
    }
    if (from?.code.language !== 'python') return name === 'default' ? { is: 'module', files } : undefined;
    const file = this.#sources.pythonModule(from.code.path, `${from.module}.${name}`);
    return file === undefined ? undefined : { is: 'module', files: [file] };
  }

  /** `module.exports = new Executor()`, `exports.run = function () {…}`. */
  #exported(code: Code, target: string, steps: number): Meaning | undefined {
    const value = code.assignments.find((one) => one.target === target)?.value;
    if (value?.is === 'object') return { is: 'module', files: [code.path] };
    return value && this.meaning(value, { code }, steps + 1);
  }

  #member(meaning: Meaning, member: string, steps: number): Meaning | undefined {
    if (steps > MOST_STEPS) return undefined;
    if (meaning.is === 'external') return { is: 'external', path: `${meaning.path}.${member}` };
    if (meaning.is === 'module')
      return this.#of(meaning.files, member, steps + 1) ?? this.#submodule(meaning.files, member);
    if (meaning.is === 'class' || meaning.is === 'instance')
      return this.#ofClass(meaning.code, meaning.cls, member, steps + 1);
    if (meaning.is === 'value' && meaning.value.is === 'object') {
      const entry = meaning.value.entries.find(({ key }) => key === member);
      return entry && this.meaning(entry.value, { code: meaning.code, fn: meaning.fn }, steps + 1);
    }
    return undefined;
  }

  #submodule(files: readonly string[], member: string): Meaning | undefined {
    const [file] = files;
    if (!file?.endsWith('/__init__.py')) return undefined;
    const folder = posix.dirname(file);
    for (const one of [`${folder}/${member}.py`, `${folder}/${member}/__init__.py`])
      if (this.#sources.tree.paths.has(one)) return { is: 'module', files: [one] };
    return undefined;
  }

  /** A method or field of a class or of what it is made from. */
  #ofClass(code: Code, cls: ClassOfCode, member: string, steps: number): Meaning | undefined {
    const files = code.language === 'go' ? this.#sources.goPackage(posix.dirname(code.path)) : [code.path];
    for (const file of files) {
      const one = this.#sources.code(file);
      const fn = one?.functions.find(
        (own) => own.owner === cls.path && own.name === member && own.within === undefined,
      );
      if (one && fn) return { is: 'function', code: one, fn };
    }
    const assigned = code.assignments.filter(
      (one) =>
        one.cls === cls.path &&
        (one.fn === undefined
          ? one.target === member
          : one.target === `self.${member}` || one.target === `this.${member}`),
    );
    const [first] = assigned;
    if (first && assigned.length === 1 && first.value) {
      const found = this.meaning(first.value, { code, fn: first.fn }, steps + 1);
      if (found) return found;
    }
    const type = cls.fieldTypes.get(member);
    if (type !== undefined) return this.#asInstance(this.name(type, { code }, steps + 1));
    for (const base of cls.bases) {
      const above = this.meaning(base, { code }, steps + 1);
      const found =
        above?.is === 'class' ? this.#ofClass(above.code, above.cls, member, steps + 1) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  /** An expression without names for what is constant: texts, numbers, lists. Undefined where only the run knows. */
  constant(expression: Expression | undefined, spot: Spot, steps = 0): Expression | undefined {
    if (!expression || steps > MOST_STEPS) return undefined;
    const inner = (one: Expression) => this.constant(one, spot, steps + 1);
    switch (expression.is) {
      case 'text':
      case 'value':
        return expression;
      case 'list': {
        const items = expression.items.map(inner);
        return items.every((item) => item !== undefined) ? { ...expression, items } : undefined;
      }
      case 'name':
      case 'member': {
        const meaning = this.meaning(expression, spot, steps + 1);
        return meaning?.is === 'value' ? this.constant(meaning.value, meaning, steps + 1) : undefined;
      }
      case 'call': {
        const [given] = expression.args;
        if (given && GIVES_ON.test(expression.path)) return inner(given);
        const called = this.meaning(expression.callee, spot, steps + 1);
        if (called?.is !== 'function') return undefined;
        // a helper without parameters that gives one thing
        const own = called.code.returns.filter((one) => one.fn === called.fn.index);
        return own.length === 1 && own[0] && called.fn.parameters.length === 0
          ? this.constant(own[0].value, { code: called.code, fn: called.fn.index }, steps + 1)
          : undefined;
      }
      case 'mix': {
        if (!/^(?:[-+*/]|template)$/.test(expression.sign)) return undefined;
        const parts = expression.parts.map(inner);
        return combined(
          expression.sign,
          parts.flatMap((part) => part ?? []),
          parts.length,
          expression.from,
        );
      }
      default:
        return undefined;
    }
  }
}

/** The class in whose method a function stands. */
export function ownerOf(code: Code, fn: number): string | undefined {
  for (let at = code.functions[fn]; at; at = at.within === undefined ? undefined : code.functions[at.within])
    if (at.owner !== undefined) return at.owner;
  return undefined;
}

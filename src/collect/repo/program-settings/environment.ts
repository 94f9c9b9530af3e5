import type { ProgramSettings, Setting } from '#model/settings.ts';
import { givenValue } from '../../given-value.ts';
import { comparedIn, defaultOf, destructuredIn, mentions, otherwiseOf, symbolsOf } from './around-reads.ts';
import { type Call, type Code, type Expression, type FunctionOfCode, pathOf } from './code.ts';
import { defaultValue } from './default-value.ts';
import type { Environment, FileContext, How, Wrapper } from './environment-reads.ts';
import type { Spot } from './meaning.ts';
import { CALLS, NO_READ, type Reader } from './reading-calls.ts';
import type { Resolver } from './resolve.ts';
import { baseCalls, chainArgument, chainHas, enumOf, headOf, lastName } from './schemas.ts';
import type { Sources } from './sources.ts';

/** What a name of a variable looks like. */
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,100}$/;
const MOST_READS = 2_000;
const MOST_BLIND_SPOTS = 50;

/** What Vite and others set by themselves. */
const BUILT_IN = new Set(['MODE', 'DEV', 'PROD', 'SSR', 'BASE_URL', 'LEGACY']);
const NODE_ENVIRONMENT = /^(?:(?:globalThis\.)?process\.env|import\.meta\.env|Bun\.env)$/;
const NODE_READ = /^((?:globalThis\.)?process\.env|import\.meta\.env|Bun\.env)\.([A-Za-z_]\w*)/;

/** Every variable that the parsed files read by name. */
export class EnvironmentReader {
  readonly #sources: Sources;
  readonly #resolver: Resolver;
  readonly #found: Environment = { reads: [], blindSpots: [] };
  /** Functions of the program that read what they are given the name of. */
  readonly #wrappers = new Map<FunctionOfCode, Wrapper>();
  readonly #others = new Map<Code, ReadonlySet<string>>();

  constructor(sources: Sources, resolver: Resolver) {
    this.#sources = sources;
    this.#resolver = resolver;
  }

  read(codes: readonly Code[]): Environment {
    const contexts = codes.map((code) => ({
      code,
      otherwise: otherwiseOf(code),
      symbols: symbolsOf(code),
      destructured: destructuredIn(code),
      compared: comparedIn(code),
    }));
    for (const one of contexts) this.#direct(one);
    if (this.#wrappers.size > 0) for (const one of contexts) this.#wrapped(one);
    for (const [fn, { code, isCalled }] of this.#wrappers)
      if (!isCalled) this.#blind('dynamic-name', code, fn.from);
    return this.#found;
  }

  #blind(what: ProgramSettings['blindSpots'][number]['what'], code: Code, from: number): void {
    if (this.#found.blindSpots.length < MOST_BLIND_SPOTS)
      this.#found.blindSpots.push({ what, at: this.#sources.at(code, from) });
  }

  #direct(file: FileContext): void {
    const { code } = file;
    for (const one of code.calls) {
      const reader = this.#readerOf(code, one.call, one.fn);
      if (reader)
        this.#named(file, one.call.args[0], one.call.from, {
          ...reader,
          fn: one.fn,
          default: defaultOf(one.call),
        });
    }
    for (const { value, fn } of code.reads) this.#access(file, value, fn);
    for (const { left, right, sign, fn } of code.comparisons)
      if (/in$/.test(sign) && this.#isEnvironment(code, right, fn))
        this.#named(file, left, left.from, { by: 'os.environ', isStrict: false, fn, default: undefined });
    for (const { entry, value, target, from } of code.assignments) {
      const source = value?.is === 'mix' && value.sign === 'default' ? value.parts[0] : value;
      if (
        entry === undefined ||
        source?.is !== 'name' ||
        !NODE_ENVIRONMENT.test(source.path) ||
        BUILT_IN.has(entry)
      )
        continue;
      const otherwise = value?.is === 'mix' ? value.parts[1] : undefined;
      this.#add(
        file,
        entry,
        from,
        { by: source.path, isStrict: false, fn: undefined, default: otherwise },
        target,
      );
    }
    this.#tags(code);
  }

  #readerOf(code: Code, call: Call, fn: number | undefined): Reader | undefined {
    if (code.language === 'javascript') {
      // ConfigService of NestJS, `Deno.env`
      if (/^Deno\.env\.get$/.test(call.path)) return { by: 'Deno.env', isStrict: false };
      const [first] = call.args;
      return /(?:^|[.#])(?:config|configService|cfg|env)\.(?:get|getOrThrow)$/i.test(call.path) &&
        first?.is === 'text' &&
        /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(first.text)
        ? { by: 'ConfigService', isStrict: call.path.endsWith('Throw') }
        : undefined;
    }
    if (!/env|config|Env/.test(call.path) && !this.#namedOtherwise(code).has(call.path.split('.')[0] ?? ''))
      return this.#byMeaning(code, call, fn, /^(?:get|getenv|Getenv)$/);
    return this.#byMeaning(code, call, fn);
  }

  /** Names of a file that do not say that they read the environment: `from os import getenv as read`, `stars = Config()`. */
  #namedOtherwise(code: Code): ReadonlySet<string> {
    const known = this.#others.get(code);
    if (known) return known;
    const imported = [...code.imports].flatMap(([own, { name }]) =>
      name !== undefined && /^(?:getenv|environ|config)$/.test(name) ? [own] : [],
    );
    const made = code.assignments.flatMap(({ target, value }) =>
      value?.is === 'call' && /(?:^|\.)(?:Auto)?(?:Config|Env)$/.test(value.path) ? [target] : [],
    );
    const found = new Set([...imported, ...made]);
    this.#others.set(code, found);
    return found;
  }

  #byMeaning(code: Code, call: Call, fn: number | undefined, only?: RegExp): Reader | undefined {
    if (only && !only.test(call.path.split('.').at(-1) ?? '')) return undefined;
    const meaning = this.#resolver.meaning(call.callee, { code, fn });
    if (meaning?.is !== 'external' || NO_READ.test(meaning.path)) return undefined;
    if (/viper\.(?:AutomaticEnv)$/.test(meaning.path) || meaning.path === 'os.Environ')
      this.#blind(meaning.path === 'os.Environ' ? 'settings-passed-on' : 'dynamic-name', code, call.from);
    return CALLS.find(([pattern]) => pattern.test(meaning.path))?.[1];
  }

  #isEnvironment(code: Code, value: Expression, fn: number | undefined): boolean {
    if (value.is !== 'name' || !/environ/.test(value.path)) return false;
    const meaning = this.#resolver.meaning(value, { code, fn });
    return meaning?.is === 'external' && meaning.path === 'os.environ';
  }

  #access(file: FileContext, value: Expression, fn: number | undefined): void {
    const { code } = file;
    if (code.language === 'javascript') {
      const whole =
        value.is === 'index'
          ? pathOf(value.of)
          : value.is === 'name'
            ? value.path
            : pathOf(value).replace(/(?:\(\)|\[\]).*$/, '');
      if (value.is === 'index' && NODE_ENVIRONMENT.test(whole)) {
        this.#named(file, value.key, value.from, {
          by: whole,
          isStrict: false,
          fn,
          default: undefined,
        });
        return;
      }
      const match = NODE_READ.exec(whole);
      if (match?.[2] !== undefined) {
        if (!BUILT_IN.has(match[2]) || !whole.startsWith('import'))
          this.#add(file, match[2], value.from, {
            by: match[1] ?? '',
            isStrict: false,
            fn,
            default: undefined,
          });
      } else if (
        value.is === 'name' &&
        NODE_ENVIRONMENT.test(value.path) &&
        !file.destructured.has(value.from)
      )
        this.#passedOn(file, value);
      return;
    }
    if (code.language !== 'python') return;
    const path = value.is === 'index' ? pathOf(value.of) : value.is === 'name' ? value.path : '';
    if (!/environ/.test(path)) return;
    const meaning = this.#resolver.name(path, { code, fn });
    if (meaning?.is !== 'external') return;
    if (value.is === 'index' && meaning.path === 'os.environ')
      this.#named(file, value.key, value.from, { by: 'os.environ', isStrict: true, fn, default: undefined });
    else if (
      /^os\.environ(?:\.(?:copy|items|keys|values|update))?$/.test(meaning.path) &&
      !file.compared.has(value.from) &&
      !/update$/.test(path)
    )
      this.#blind('settings-passed-on', code, value.from);
  }

  /** The whole environment is given to a schema that is written out, or to what is not read. */
  #passedOn(file: FileContext, value: Expression): void {
    const call = file.code.calls.find(({ call }) =>
      call.args.some(
        (arg) =>
          arg.from === value.from ||
          (arg.is === 'object' && arg.entries.some((entry) => entry.value.from === value.from)),
      ),
    );
    const entries = call && this.#schema(file.code, call.call, call.fn);
    if (!entries) {
      this.#blind('settings-passed-on', file.code, value.from);
      return;
    }
    for (const { name, rule } of entries)
      this.#add(
        file,
        name,
        rule.from,
        {
          by: 'schema',
          isStrict: !chainHas(rule, 'optional'),
          fn: undefined,
          default: chainArgument(rule, 'default'),
        },
        undefined,
        enumOf(rule),
      );
  }

  #schema(code: Code, call: Call, fn: number | undefined): { name: string; rule: Expression }[] | undefined {
    // `schema.parse(process.env)`, `cleanEnv(process.env, {…})`, `createEnv({ server: {…}, runtimeEnv: process.env })`
    const candidates: Expression[] = [];
    const last = lastName(call);
    if (/^(?:parse|safeParse|validate|parseAsync|validateSync|cast|attempt)$/.test(last)) {
      const written = [call, ...call.args].flatMap((one) => (one.is === 'call' ? baseCalls(one) : []));
      const heads = [call.callee, ...call.args].flatMap((one) => headOf(one) ?? []);
      for (const head of heads) {
        const made = this.#valueOf(head, { code, fn })?.value;
        if (made?.is === 'call') written.push(...baseCalls(made));
      }
      for (const one of written)
        if (/^(?:object|keys|strictObject|extend|shape|interface)$/.test(lastName(one)))
          candidates.push(...one.args.filter(({ is }) => is === 'object'));
    } else if (/^(?:cleanEnv|customCleanEnv)$/.test(last)) candidates.push(...call.args);
    else if (last === 'createEnv')
      for (const arg of call.args)
        if (arg.is === 'object')
          for (const { key, value } of arg.entries)
            if (/^(?:server|client|shared)$/.test(key ?? '')) candidates.push(value);
    const entries = candidates.flatMap((one) => (one.is === 'object' ? one.entries : []));
    if (entries.length === 0 || entries.some(({ key }) => key === undefined)) return undefined;
    return entries.map(({ key = '', value }) => ({ name: key, rule: value }));
  }

  #valueOf(expression: Expression, spot: Spot): { value: Expression } | undefined {
    if (expression.is !== 'name' || expression.path.includes('.')) return undefined;
    const assigned = spot.code.assignments.filter((one) => one.target === expression.path);
    return assigned.length === 1 && assigned[0]?.value ? { value: assigned[0].value } : undefined;
  }

  #named(file: FileContext, name: Expression | undefined, from: number, how: How): void {
    const { code } = file;
    const spot = { code, fn: how.fn };
    const constant = this.#resolver.constant(name, spot);
    if (constant?.is === 'text') {
      this.#add(file, constant.text, from, how);
      return;
    }
    if (name?.is === 'name') {
      const fn = how.fn === undefined ? undefined : code.functions[how.fn];
      const position = fn?.parameters.findIndex((one) => one.name === name.path) ?? -1;
      if (fn && position >= 0) {
        this.#wrap(code, fn, position, how);
        return;
      }
      const loop = code.loops.find((one) => one.fn === how.fn && one.name === name.path);
      const over = loop && this.#resolver.constant(loop.over, spot);
      if (over?.is === 'list' && over.items.every(({ is }) => is === 'text')) {
        for (const item of over.items) if (item.is === 'text') this.#add(file, item.text, from, how);
        return;
      }
    }
    this.#blind('dynamic-name', code, from);
  }

  #wrap(code: Code, fn: FunctionOfCode, position: number, how: How): void {
    const fallback = fn.parameters.findIndex(
      (one, at) =>
        at > position &&
        code.returns.some(({ value, fn: of }) => of === fn.index && mentions(value, one.name)),
    );
    const ownDefault =
      how.default?.is === 'name'
        ? fn.parameters.findIndex(({ name }) => how.default?.is === 'name' && name === how.default.path)
        : -1;
    const skipped = fn.owner !== undefined && /^(?:self|cls)$/.test(fn.parameters[0]?.name ?? '') ? 1 : 0;
    const at = ownDefault >= 0 ? ownDefault : fallback;
    this.#wrappers.set(fn, {
      code,
      by: how.by,
      isStrict: how.isStrict,
      position: position - skipped,
      name: fn.parameters[position]?.name ?? '',
      fallback: at < 0 ? undefined : { position: at - skipped, name: fn.parameters[at]?.name ?? '' },
      isCalled: false,
    });
  }

  #wrapped(file: FileContext): void {
    const names = new Set([...this.#wrappers.keys()].map(({ name }) => name));
    for (const { call, fn } of file.code.calls) {
      const last = call.path.split('.').at(-1) ?? '';
      if (!names.has(last) && !file.code.imports.has(call.path)) continue;
      const meaning = this.#resolver.meaning(call.callee, { code: file.code, fn });
      const wrapper = meaning?.is === 'function' ? this.#wrappers.get(meaning.fn) : undefined;
      if (!wrapper) continue;
      const name = call.keywords.get(wrapper.name) ?? call.args[wrapper.position];
      const constant = this.#resolver.constant(name, { code: file.code, fn });
      wrapper.isCalled = true;
      if (constant?.is !== 'text') {
        this.#blind('dynamic-name', file.code, call.from);
        continue;
      }
      const fallback =
        wrapper.fallback &&
        (call.keywords.get(wrapper.fallback.name) ?? call.args[wrapper.fallback.position]);
      this.#add(file, constant.text, call.from, {
        by: wrapper.by,
        isStrict: wrapper.isStrict,
        fn,
        default: fallback,
      });
    }
  }

  #add(
    file: FileContext,
    name: string,
    from: number,
    how: How,
    target?: string,
    values: readonly string[] = [],
  ): void {
    if (!NAME.test(name) || this.#found.reads.length >= MOST_READS) return;
    const { code } = file;
    const given = how.default ?? file.otherwise.get(from);
    const at = this.#sources.at(code, from);
    const symbol = target ?? file.symbols.get(from);
    const own = this.#default(name, given, { code, fn: how.fn });
    if (
      this.#found.reads.some((one) => one.name === name && one.at.file === at.file && one.at.line === at.line)
    )
      return;
    this.#found.reads.push({
      name,
      by: how.by,
      at,
      isRequired: how.isStrict && !given,
      ...(own && { default: own }),
      ...(symbol !== undefined && {
        symbol: { name: symbol, isField: false, file: code.path, line: at.line },
      }),
      values: [...values],
    });
  }

  #default(name: string, given: Expression | undefined, spot: Spot): Setting['default'] | undefined {
    return defaultValue(this.#resolver, name, given, spot);
  }

  #tags(code: Code): void {
    for (const { field, tag, from } of code.tags) {
      const name = /(?:^|\s)(?:env|envconfig):"([A-Za-z_]\w{0,100})(?:,[^"]*)?"/.exec(tag)?.[1];
      if (name === undefined) continue;
      const given = /(?:^|\s)(?:envDefault|env-default|default):"([^"]*)"/.exec(tag)?.[1];
      const at = this.#sources.at(code, from);
      const { secret, class: valueClass, digest, shown } = givenValue(name, given ?? '');
      this.#found.reads.push({
        name,
        by: 'struct tag',
        field,
        at,
        isRequired: given === undefined && /required/.test(tag),
        ...(given !== undefined && {
          default: { secret, class: valueClass, digest, ...(shown !== undefined && { shown }) },
        }),
        symbol: { name: field, isField: true, file: code.path, line: at.line },
        values: [],
      });
    }
  }
}

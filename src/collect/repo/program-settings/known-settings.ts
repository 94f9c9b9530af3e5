import { type Code, type Expression, partsOf, pathOf } from './code.ts';
import type { Read } from './environment-reads.ts';
import type { Spot } from './meaning.ts';
import type { Resolver } from './resolve.ts';
import type { Sources } from './sources.ts';

/** The variables that a program reads, found again where they are used. */
export class KnownSettings {
  readonly #fields = new Map<string, Read>();
  readonly #symbols = new Map<string, Read>();
  readonly #places = new Map<string, Read>();
  readonly #sources: Sources;
  readonly #resolver: Resolver;

  constructor(reads: readonly Read[], sources: Sources, resolver: Resolver) {
    this.#sources = sources;
    this.#resolver = resolver;
    for (const read of reads) {
      if (read.symbol?.isField) this.#fields.set(read.symbol.name, read);
      else if (read.symbol) this.#symbols.set(read.symbol.name, read);
      this.#places.set(`${read.at.file}:${read.at.line}`, read);
    }
  }

  /** The variable that an expression is made from: read there, or by the name that keeps it. */
  of(expression: Expression, { code }: Spot): Read | undefined {
    for (const part of partsOf(expression)) {
      if (part.is === 'name' || part.is === 'member') {
        const path = pathOf(part);
        const last = path.slice(path.lastIndexOf('.') + 1);
        const found = path.includes('.')
          ? (this.#fields.get(last) ?? this.#symbols.get(last))
          : this.#symbols.get(last);
        if (found) return found;
      }
      if (part.is !== 'name' && part.is !== 'call' && part.is !== 'index') continue;
      const at = this.#sources.at(code, part.from);
      const here = this.#places.get(`${at.file}:${at.line}`);
      if (
        here &&
        code.text.startsWith(here.name, code.text.indexOf(here.name, part.from)) &&
        code.text.indexOf(here.name, part.from) - part.from < 80
      )
        return here;
    }
    return undefined;
  }

  /** What an expression is where nothing is set: constants, and the defaults of variables. */
  otherwise(expression: Expression | undefined, spot: Spot): Expression | undefined {
    if (!expression) return undefined;
    const constant = this.#resolver.constant(expression, spot);
    if (constant) return constant;
    if (expression.is === 'mix' && /^(?:or|\|\||\?\?)$/.test(expression.sign))
      return this.otherwise(expression.parts[1], spot);
    if (expression.is === 'mix' && /^[-+*/]$/.test(expression.sign)) {
      const parts = expression.parts.map((part) => this.otherwise(part, spot));
      return parts.every((part) => part !== undefined)
        ? this.#resolver.constant({ ...expression, parts }, spot)
        : undefined;
    }
    if (expression.is === 'call') {
      if (/^(?:int|str|Number|parseInt|String|os\.path\.expanduser)$/.test(expression.path))
        return this.otherwise(expression.args[0], spot);
      if (/(?:^|\.)(?:getenv|get|Getenv|config|env|Field)$|env(?:\.\w+)?$/i.test(expression.path))
        return this.otherwise(
          expression.keywords.get('default') ??
            expression.args[1] ??
            (/Field$/.test(expression.path) ? expression.args[0] : undefined),
          spot,
        );
    }
    if (expression.is === 'name' || expression.is === 'member') {
      const meaning = this.#resolver.meaning(expression, spot);
      if (meaning?.is === 'value' && meaning.value !== expression)
        return this.otherwise(meaning.value, meaning);
      const made = expression.is === 'name' ? this.#resolver.definition(expression.path, spot) : undefined;
      if (
        made?.assignment.value &&
        made.assignment.value !== expression &&
        made.assignment.entry === undefined &&
        made.assignment.value.is !== 'name'
      )
        return this.otherwise(made.assignment.value, { code: made.code, fn: made.assignment.fn });
    }
    return undefined;
  }

  /** A number, also where it is written as text. */
  number(expression: Expression | undefined, spot: Spot): number | undefined {
    const value = this.otherwise(expression, spot);
    if (value?.is === 'value' && typeof value.value === 'number') return value.value;
    return value?.is === 'text' && /^\d{1,9}$/.test(value.text) ? Number(value.text) : undefined;
  }
}

/** Every expression of a file that stands by itself, with what it is given to. */
export function* labelled(
  code: Code,
): Generator<{ value: Expression; label: string; fn?: number | undefined; cls?: string | undefined }> {
  for (const { target, value, fn, cls } of code.assignments)
    if (value) yield { value, label: target, fn, cls };
  for (const { value, fn, cls } of code.returns) yield { value, label: '', fn, cls };
  for (const { call, fn, cls } of code.calls) {
    for (const value of call.args) yield { value, label: call.path, fn, cls };
    for (const [label, value] of call.keywords) yield { value, label, fn, cls };
  }
}

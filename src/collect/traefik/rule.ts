import type { RouteMatch } from '#model/proxy.ts';
import { isSecretName } from '../repo/value-class.ts';

/** What was made of a rule. `isUnderstood` is false where its syntax is none that is known. */
export interface ReadRule {
  match: RouteMatch;
  isUnderstood: boolean;
  /** As written, with what a header or a query parameter must hold left out where it may be a secret. */
  shown: string;
}

const LONGEST = 20_000;
const DEEPEST = 40;

type Expression =
  | { is: 'matcher'; name: string; values: string[]; from: number; to: number }
  | { is: 'not'; inner: Expression; from: number; to: number }
  | { is: 'and' | 'or'; parts: Expression[]; from: number; to: number };

class Unreadable extends Error {}

/**
 * A rule of Traefik 2 or 3 (`Host(`…`) && (PathPrefix(`/a`) || …)`) as hosts, paths and what cannot be put so. Both lists
 * are “any of these”; what is no product of the two stands in `other` too, as written. Traefik, “Rules & Priority”.
 */
export function readRule(rule: string): ReadRule {
  const written = rule.trim();
  const unread = (): ReadRule => {
    const shown = withoutSecrets(written.slice(0, LONGEST), undefined);
    return { match: { hosts: [], paths: [], other: [shown] }, isUnderstood: false, shown };
  };
  if (written === '' || written.length > LONGEST || written.includes('{{')) return unread();
  try {
    const parser = new Parser(written);
    const expression = parser.whole();
    const shown = withoutSecrets(written, parser.secrets);
    return { match: matchOf(expression, (one) => textOf(one, written)), isUnderstood: true, shown };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return unread();
    throw thrown;
  }
}

class Parser {
  /** Places of values that may be secrets. */
  readonly secrets: [from: number, to: number][] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Expression {
    const expression = this.#any(0);
    this.#blank();
    if (this.#at < this.#text.length) throw new Unreadable();
    return expression;
  }

  #any(depth: number): Expression {
    return this.#list('or', '||', (inner) => this.#all(inner), depth);
  }

  #all(depth: number): Expression {
    return this.#list('and', '&&', (inner) => this.#one(inner), depth);
  }

  #list(is: 'and' | 'or', mark: string, next: (depth: number) => Expression, depth: number): Expression {
    const first = next(depth);
    const parts = [first];
    for (this.#blank(); this.#text.startsWith(mark, this.#at); this.#blank()) {
      this.#at += 2;
      parts.push(next(depth));
    }
    return parts.length === 1 ? first : { is, parts, from: first.from, to: parts.at(-1)?.to ?? first.to };
  }

  #one(depth: number): Expression {
    if (depth > DEEPEST) throw new Unreadable();
    this.#blank();
    const from = this.#at;
    const mark = this.#text[from];
    if (mark === '!') {
      this.#at += 1;
      const inner = this.#one(depth + 1);
      return { is: 'not', inner, from, to: this.#at };
    }
    if (mark === '(') {
      this.#at += 1;
      const inner = this.#any(depth + 1);
      this.#expect(')');
      return { ...inner, from, to: this.#at };
    }
    return this.#matcher(from);
  }

  #matcher(from: number): Expression {
    const name = /[A-Za-z]{2,40}/y;
    name.lastIndex = from;
    const called = name.exec(this.#text)?.[0].toLowerCase();
    if (called === undefined || !MATCHERS.has(called)) throw new Unreadable();
    this.#at += called.length;
    this.#expect('(');
    const values: string[] = [];
    for (this.#blank(); this.#text[this.#at] !== ')'; this.#blank()) {
      if (values.length > 0) this.#expect(',');
      this.#blank();
      if (this.#text[this.#at] === ')') break;
      const start = this.#at + 1;
      const value = this.#string();
      if (mayBeSecret(called, values, value)) this.secrets.push([start, this.#at - 1]);
      values.push(value);
    }
    this.#at += 1;
    return { is: 'matcher', name: called, values, from, to: this.#at };
  }

  #string(): string {
    const quote = this.#text[this.#at];
    if (quote !== '`' && quote !== '"') throw new Unreadable();
    const start = this.#at + 1;
    let end = start;
    while (end < this.#text.length && this.#text[end] !== quote)
      end += quote === '"' && this.#text[end] === '\\' ? 2 : 1;
    if (end >= this.#text.length) throw new Unreadable();
    this.#at = end + 1;
    const raw = this.#text.slice(start, end);
    return quote === '"' ? raw.replace(/\\(["\\])/g, '$1') : raw;
  }

  #expect(mark: string): void {
    this.#blank();
    if (this.#text[this.#at] !== mark) throw new Unreadable();
    this.#at += 1;
  }

  #blank(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }
}

const HOSTS = new Set(['host', 'hostheader', 'hostsni']);
const HOST_PATTERNS = new Set(['hostregexp', 'hostsniregexp']);
const OTHERS = `header headers headerregexp headersregexp query queryregexp method clientip alpn`.split(' ');
const MATCHERS = new Set([...HOSTS, ...HOST_PATTERNS, 'path', 'pathprefix', 'pathregexp', ...OTHERS]);

const SAYS_SECRET = /authori[sz]ation|cookie|token|secret|key|passw|signature|auth/i;

/** What a header or a parameter must hold may be what lets in. Version 2 writes a parameter as one text: `token=…`. */
function mayBeSecret(matcher: string, before: readonly string[], value: string): boolean {
  if (!/^(?:header|query)/.test(matcher)) return false;
  const name =
    before[0] ?? (matcher === 'query' && value.includes('=') ? (value.split('=', 1)[0] ?? '') : '');
  return name !== '' && (isSecretName(name) || SAYS_SECRET.test(name));
}

function withoutSecrets(rule: string, places: readonly [number, number][] | undefined): string {
  // of a rule that was not understood nobody knows what stands where
  if (places === undefined)
    return /header|query/i.test(rule) ? `${rule.split(/header|query/i, 1)[0]}…` : rule;
  let shown = '';
  let at = 0;
  for (const [from, to] of places) {
    shown += `${rule.slice(at, from)}…`;
    at = to;
  }
  return shown + rule.slice(at);
}

/** A host in lower case, as far as it is one: the name of a variable is the same in one case only. */
export const hostOf = (written: string): string =>
  written.includes('$') || written.includes('{') ? written.trim() : written.trim().toLowerCase();

type TextOf = (expression: Expression) => string;

/** What an expression says, secrets left out: a list of values is cut from the whole text where none is hidden. */
function textOf(expression: Expression, rule: string): string {
  if (expression.is !== 'matcher') {
    const inner = expression.is === 'not' ? [expression.inner] : expression.parts;
    let text = '';
    let at = expression.from;
    for (const part of inner) {
      text += rule.slice(at, part.from) + textOf(part, rule);
      at = part.to;
    }
    return text + rule.slice(at, expression.to);
  }
  const { name, values } = expression;
  if (!values.some((value, index) => mayBeSecret(name, values.slice(0, index), value)))
    return rule.slice(expression.from, expression.to);
  const shown = values.map((value, index) =>
    mayBeSecret(name, values.slice(0, index), value) ? '`…`' : `\`${value}\``,
  );
  return `${rule.slice(expression.from, rule.indexOf('(', expression.from))}(${shown.join(', ')})`;
}

function matchOf(expression: Expression, shown: TextOf): RouteMatch {
  if (expression.is === 'matcher') return matcherOf(expression.name, expression.values, shown(expression));
  if (expression.is === 'not') return { hosts: [], paths: [], other: [shown(expression)] };
  const parts = expression.parts.map((part) => ({ ...matchOf(part, shown), text: shown(part) }));
  return expression.is === 'and' ? all(parts) : any(parts, shown(expression));
}

function matcherOf(name: string, values: readonly string[], text: string): RouteMatch {
  if (HOSTS.has(name)) {
    // `HostSNI(`*`)` is any host: https://doc.traefik.io/traefik/reference/routing-configuration/tcp/router/rules-and-priority/
    const hosts = values.includes('*') ? [] : values.map(hostOf);
    return { hosts, paths: [], other: [] };
  }
  if (HOST_PATTERNS.has(name)) return { hosts: values.map((value) => `~${value}`), paths: [], other: [] };
  if (name === 'pathprefix' || name === 'path') {
    const how = name === 'path' ? ('exact' as const) : ('prefix' as const);
    // version 2 lets a path hold patterns in braces
    const paths = values.map((value) => ({
      how: /[{]/.test(value.replace(/\$\{/g, '')) ? ('regex' as const) : how,
      value,
    }));
    return { hosts: [], paths, other: [] };
  }
  if (name === 'pathregexp')
    return { hosts: [], paths: values.map((value) => ({ how: 'regex', value })), other: [] };
  return { hosts: [], paths: [], other: [text] };
}

type Part = RouteMatch & { text: string };

/** Every condition stays a condition: of two on hosts the first one is the list, the others are said as written. */
function all(parts: readonly Part[]): RouteMatch {
  const whole: RouteMatch = { hosts: [], paths: [], other: [] };
  for (const { hosts, paths, other, text } of parts) {
    const isSecond =
      (hosts.length > 0 && whole.hosts.length > 0 && same(hosts, whole.hosts) === false) ||
      (paths.length > 0 && whole.paths.length > 0 && same(paths, whole.paths) === false);
    if (whole.hosts.length === 0) whole.hosts = hosts;
    if (whole.paths.length === 0) whole.paths = paths;
    whole.other.push(...(isSecond ? [text] : other));
  }
  whole.other = [...new Set(whole.other)];
  return whole;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Alternatives are lists as long as they differ in hosts alone or in paths alone. */
function any(parts: readonly Part[], text: string): RouteMatch {
  const [first] = parts;
  if (!first) return { hosts: [], paths: [], other: [] };
  const isAlike = (of: 'hosts' | 'paths' | 'other') => parts.every((part) => same(part[of], first[of]));
  const union = (of: 'hosts' | 'paths') => {
    const lists = parts.map((part): readonly unknown[] => part[of]);
    if (lists.some((list) => list.length === 0)) return [];
    return [...new Map(lists.flat().map((one) => [JSON.stringify(one), one])).values()];
  };
  const whole = { hosts: union('hosts') as string[], paths: union('paths') as RouteMatch['paths'] };
  const isProduct = isAlike('other') && (isAlike('hosts') || isAlike('paths'));
  return { ...whole, other: isProduct ? first.other : [text] };
}

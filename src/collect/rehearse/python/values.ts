import path from 'node:path';
import { parser } from '@lezer/python';

export type Node = NonNullable<ReturnType<ReturnType<typeof parser.parse>['topNode']['getChild']>>;

/** What an expression may be: a text, in which `⟨…⟩` stands for what is not known, or a list of texts. */
export type Value = string | string[];
/** What the parameters of a function are called with. */
export type Bindings = ReadonlyMap<string, readonly Value[]>;

export const NO_BINDINGS: Bindings = new Map();
const DEEPEST = 14;
const MOST_VALUES = 8;
/** Calls that give a path, or what they are given, as a text. */
const SAME =
  /^(?:str|Path|PurePath|PosixPath|pathlib\.Path|os\.path\.(?:abspath|realpath|normpath|expanduser)|os\.fspath|shlex\.quote|list|tuple)$/;
const SAME_METHOD = /^(?:resolve|absolute|expanduser|as_posix|strip|rstrip|lstrip)$/;

/** A Python text, parsed once: what its variables hold at a place, as far as the text alone says. */
export class PythonText {
  readonly top: Node;
  private readonly text: string;
  private readonly file: string;
  private readonly assigned = new Map<string, Node[]>();
  private starts: number[] | undefined;

  /** @param file its absolute path on the simulated machine, which `__file__` is. */
  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
    this.top = parser.parse(text).topNode;
    for (const node of this.all('AssignStatement', 'UpdateStatement', 'CallExpression')) {
      const name = this.changes(node);
      if (name !== undefined) this.assigned.set(name, [...(this.assigned.get(name) ?? []), node]);
    }
  }

  /** Every node of these names, in the order of the text. */
  all(...names: string[]): Node[] {
    const wanted = new Set(names);
    const found: Node[] = [];
    const pending: Node[] = [this.top];
    for (let node = pending.pop(); node; node = pending.pop()) {
      if (wanted.has(node.name)) found.push(node);
      for (let child = node.lastChild; child; child = child.prevSibling) pending.push(child);
    }
    return found;
  }

  slice(node: Node): string {
    return this.text.slice(node.from, node.to);
  }

  /** From 1. */
  lineAt(offset: number): number {
    this.starts ??= [0, ...[...this.text.matchAll(/\n/g)].map((match) => match.index + 1)];
    return this.starts.findLastIndex((start) => start <= offset) + 1;
  }

  /** The function around a node; undefined at the top of the module. */
  functionAround(node: Node): Node | undefined {
    let at = node.parent;
    while (at && at.name !== 'FunctionDefinition' && at.name !== 'LambdaExpression') at = at.parent;
    return at ?? undefined;
  }

  /** The variable that a statement gives a value, or adds to. */
  private changes(node: Node): string | undefined {
    if (node.name !== 'CallExpression') {
      const target = node.firstChild;
      return target && /^(?:VariableName|MemberExpression)$/.test(target.name)
        ? this.slice(target)
        : undefined;
    }
    const callee = node.firstChild;
    const method = callee?.getChild('PropertyName');
    if (callee?.name !== 'MemberExpression' || !callee.firstChild || !method) return undefined;
    return /^(?:append|extend)$/.test(this.slice(method)) ? this.slice(callee.firstChild) : undefined;
  }

  /** The values that an expression may have where it stands. */
  values(node: Node, bindings: Bindings, depth = 0): Value[] {
    if (depth > DEEPEST) return [symbol(this.slice(node))];
    const inner = (one: Node) => this.values(one, bindings, depth + 1);
    switch (node.name) {
      case 'String':
        return [this.literal(node) ?? symbol(this.slice(node))];
      case 'ContinuedString':
        return this.joined(children(node).map(inner));
      case 'FormatString':
        return this.formatted(node, inner);
      case 'Number':
        return [this.slice(node)];
      case 'ParenthesizedExpression': {
        const within = children(node)[0];
        return within ? inner(within) : [];
      }
      case 'ArrayExpression':
      case 'TupleExpression':
        return this.listed(node, inner);
      case 'BinaryExpression':
        return this.combined(node, inner);
      case 'ConditionalExpression': {
        const [first, last] = [node.firstChild, node.lastChild];
        return [...(first ? inner(first) : []), ...(last ? inner(last) : [])].slice(0, MOST_VALUES);
      }
      case 'CallExpression':
        return this.called(node, inner);
      case 'MemberExpression':
        return this.member(node, bindings, inner);
      case 'VariableName':
        return this.variable(this.slice(node), node, bindings, depth);
      default:
        return [symbol(this.slice(node))];
    }
  }

  private literal(node: Node): string | undefined {
    const match = /^[rRuU]?("""|'''|"|')([\s\S]*)\1$/.exec(this.slice(node));
    const written = match?.[2];
    return written === undefined ? undefined : written.replace(/\\\n/g, '').replace(/\\(["'\\])/g, '$1');
  }

  private formatted(node: Node, inner: (node: Node) => Value[]): Value[] {
    const open = /^[fFrR]{1,2}("""|'''|"|')/.exec(this.slice(node));
    if (!open) return [symbol(this.slice(node))];
    const parts: Value[][] = [];
    let at = node.from + open[0].length;
    for (const child of children(node)) {
      if (child.name !== 'FormatReplacement') continue;
      parts.push([this.text.slice(at, child.from)]);
      const [expression] = children(child);
      parts.push(expression ? inner(expression) : ['']);
      at = child.to;
    }
    parts.push([this.text.slice(at, node.to - (open[1]?.length ?? 1))]);
    return this.joined(parts);
  }

  /** Every combination of the parts, up to a limit. */
  private joined(parts: readonly (readonly Value[])[]): Value[] {
    let all: string[] = [''];
    for (const part of parts)
      all = all
        .flatMap((left) => part.map((right) => left + (typeof right === 'string' ? right : right.join(' '))))
        .slice(0, MOST_VALUES);
    return all;
  }

  private listed(node: Node, inner: (node: Node) => Value[]): Value[] {
    let lists: string[][] = [[]];
    let isSpread = false;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === '*') isSpread = true;
      if (/^(?:[[\](),*]|Comment)$/.test(child.name)) continue;
      const options = inner(child);
      const spread = isSpread;
      lists = lists
        .flatMap((left) =>
          options.map((right) => [...left, ...(typeof right !== 'string' ? right : spread ? [] : [right])]),
        )
        .slice(0, MOST_VALUES);
      isSpread = false;
    }
    return lists;
  }

  /** `a + b`, `folder / "name"`, `given or default`. */
  private combined(node: Node, inner: (node: Node) => Value[]): Value[] {
    const [left, right] = [node.firstChild, node.lastChild];
    const operator = left?.nextSibling;
    if (!left || !right || !operator) return [symbol(this.slice(node))];
    const sign = this.slice(operator);
    if (sign === 'or') {
      const known = inner(left).filter((one) => typeof one !== 'string' || !one.startsWith('⟨'));
      return known.length > 0 ? known : inner(right);
    }
    if (sign !== '+' && sign !== '/') return [symbol(this.slice(node))];
    return inner(left)
      .flatMap((a) =>
        inner(right).map((b): Value => {
          if (sign === '/') return path.posix.join(String(a), String(b));
          if (typeof a === 'string' && typeof b === 'string') return a + b;
          return [...(typeof a === 'string' ? [] : a), ...(typeof b === 'string' ? [] : b)];
        }),
      )
      .slice(0, MOST_VALUES);
  }

  private called(node: Node, inner: (node: Node) => Value[]): Value[] {
    const callee = node.firstChild;
    const given = argumentsOf(this, node).plain;
    const [first] = given;
    if (!callee) return [symbol(this.slice(node))];
    const name = this.slice(callee);
    if (SAME.test(name) && first) return inner(first);
    if (name === 'os.path.dirname' && first)
      return inner(first).map((one) => path.posix.dirname(String(one)));
    if (name === 'os.path.join' || /^(?:pathlib\.)?Path$/.test(name))
      return this.joined(given.map((one, index) => inner(one).map((v) => (index ? `/${String(v)}` : v)))).map(
        (v) => path.posix.normalize(String(v)),
      );
    if (name === 'shlex.split' && first)
      return inner(first).map((one) => (typeof one === 'string' ? one.split(/\s+/).filter(Boolean) : one));
    const [object, method] = [callee.firstChild, callee.getChild('PropertyName')];
    if (callee.name === 'MemberExpression' && object && method) {
      const called = this.slice(method);
      if (SAME_METHOD.test(called)) return inner(object);
      if (called === 'split' && !first)
        return inner(object).map((one) => (typeof one === 'string' ? one.split(/\s+/).filter(Boolean) : one));
      if (called === 'joinpath' && first)
        return inner(object).flatMap((a) => inner(first).map((b) => path.posix.join(String(a), String(b))));
    }
    return [symbol(name)];
  }

  private member(node: Node, bindings: Bindings, inner: (node: Node) => Value[]): Value[] {
    const [object, property] = [node.firstChild, node.getChild('PropertyName')];
    if (object && property && this.slice(property) === 'parent')
      return inner(object).map((one) => path.posix.dirname(String(one)));
    const parents = /^(.*)\.parents\[(\d)\]$/s.exec(this.slice(node));
    if (parents && object?.firstChild) {
      const up = Number(parents[2]) + 1;
      return inner(object.firstChild).map((one) =>
        path.posix.join(String(one), '../'.repeat(up)).replace(/\/$/, ''),
      );
    }
    // `self.database`
    return this.variable(this.slice(node), node, bindings, DEEPEST - 3);
  }

  /** What a name holds where it is read: what the function around gave it, was called with, or the module gave it. */
  private variable(name: string, node: Node, bindings: Bindings, depth: number): Value[] {
    if (name === '__file__') return [this.file];
    const around = this.functionAround(node);
    const changes = this.assigned.get(name) ?? [];
    const local = changes.filter(
      (one) => this.functionAround(one)?.from === around?.from && one.from < node.from,
    );
    if (local.length > 0 && around) return this.after(local, name, node, bindings, depth, bindings.get(name));
    const bound = bindings.get(name);
    if (bound) return [...bound];
    const ofModule = changes.filter((one) => !this.functionAround(one));
    if (!around) return local.length > 0 ? this.after(local, name, node, bindings, depth) : [symbol(name)];
    if (name.includes('.') && ofModule.length === 0 && changes.length === 1 && changes[0])
      return this.after(changes, name, node, NO_BINDINGS, depth);
    return ofModule.length > 0 && ofModule.length <= MOST_VALUES
      ? this.after(ofModule, name, node, NO_BINDINGS, depth)
      : [symbol(name)];
  }

  /** The values after these changes, in order; one in a branch may not have been made. */
  private after(
    changes: readonly Node[],
    name: string,
    reader: Node,
    bindings: Bindings,
    depth: number,
    first?: readonly Value[],
  ): Value[] {
    let all: Value[] = [...(first ?? [])];
    for (const change of changes) {
      const taken = this.isTaken(change, reader, bindings);
      if (taken === 'no') continue;
      const next = this.changed(change, all, bindings, depth);
      if (next) all = (taken === 'maybe' ? [...all, ...next] : next).slice(0, MOST_VALUES);
    }
    return all.length > 0 ? all : [symbol(name)];
  }

  private changed(change: Node, all: Value[], bindings: Bindings, depth: number): Value[] | undefined {
    const inner = (one: Node) => this.values(one, bindings, depth + 1);
    const added = (more: readonly Value[], isItem: boolean) =>
      all.flatMap((left) =>
        more.map((right): Value => {
          if (typeof left === 'string') return typeof right === 'string' ? left + right : right;
          return [...left, ...(typeof right !== 'string' ? right : isItem ? [right] : [])];
        }),
      );
    if (change.name === 'CallExpression') {
      const [argument] = argumentsOf(this, change).plain;
      const method = change.firstChild?.getChild('PropertyName');
      return argument && method ? added(inner(argument), this.slice(method) === 'append') : undefined;
    }
    const value = change.lastChild;
    if (!value || value === change.firstChild) return undefined;
    return change.name === 'UpdateStatement' ? added(inner(value), false) : inner(value);
  }

  /** Whether a statement was run before its reader: one in a branch or a loop that the reader is not in may not have been. */
  private isTaken(statement: Node, reader: Node, bindings: Bindings): 'yes' | 'no' | 'maybe' {
    let taken: 'yes' | 'maybe' = 'yes';
    for (let at = statement.parent; at && at.name !== 'FunctionDefinition'; at = at.parent) {
      if (!/^(?:If|For|While|Try)Statement$/.test(at.name)) continue;
      // `if x: … else: …` holds both, and each runs alone
      const isAround = at.from <= reader.from && reader.to <= at.to;
      if (isAround && bodyOf(at, statement)?.from === bodyOf(at, reader)?.from) continue;
      const known = at.name === 'IfStatement' ? this.holds(at, statement, bindings) : undefined;
      if (known === false) return 'no';
      if (known === undefined) taken = 'maybe';
    }
    return taken;
  }

  /** Whether the branch of an `if NAME:` is taken, where what NAME was called with says so. */
  private holds(condition: Node, inner: Node, bindings: Bindings): boolean | undefined {
    const bodies = condition.getChildren('Body');
    const test = condition.firstChild?.nextSibling;
    const values = test?.name === 'VariableName' ? bindings.get(this.slice(test)) : undefined;
    const [value] = values ?? [];
    if (values?.length !== 1 || value === undefined || bodies.length > 2) return undefined;
    const isFalse = value.length === 0 || value === '⟨None⟩' || value === '⟨False⟩';
    if (!isFalse && typeof value === 'string' && value.startsWith('⟨') && value !== '⟨True⟩')
      return undefined;
    return (bodyOf(condition, inner)?.from === bodies[0]?.from) !== isFalse;
  }
}

const bodyOf = (statement: Node, inner: Node): Node | undefined =>
  statement.getChildren('Body').find((body) => body.from <= inner.from && inner.to <= body.to);

/** Children without punctuation and comments. */
const children = (node: Node): Node[] => {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (/^[A-Z]/.test(child.name) && !/^(?:Comment|FormatSpec|FormatConversion)$/.test(child.name))
      found.push(child);
  return found;
};

/** What a call is given: in order, and by name. */
export function argumentsOf(
  text: PythonText,
  call: Node,
): { plain: Node[]; named: Map<string, Node>; spread: Node | undefined } {
  const plain: Node[] = [];
  const named = new Map<string, Node>();
  let spread: Node | undefined;
  const list = call.getChild('ArgList');
  for (let child = list?.firstChild; child; child = child.nextSibling) {
    if (child.name === '*' && child.nextSibling) {
      child = child.nextSibling;
      spread = child;
      continue;
    }
    if (child.name === '**' && child.nextSibling) {
      child = child.nextSibling;
      continue;
    }
    if (!/^[A-Z]/.test(child.name) || child.name === 'Comment') continue;
    const equals = child.nextSibling;
    if (child.name === 'VariableName' && equals?.name === 'AssignOp' && equals.nextSibling) {
      named.set(text.slice(child), equals.nextSibling);
      child = equals.nextSibling;
    } else plain.push(child);
  }
  return { plain, named, spread };
}

const symbol = (text: string): string => `⟨${text.replace(/\s+/g, ' ').replace(/[⟨⟩]/g, '').slice(0, 60)}⟩`;

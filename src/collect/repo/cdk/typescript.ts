import { parser as javascript } from '@lezer/javascript';
import {
  type ClassOfSource,
  DEEPEST,
  type Expression,
  MOST_CONSTRUCTIONS,
  type ObjectExpression,
  type Source,
  SourceBuilder,
  UNKNOWN,
} from './source.ts';

const parser = javascript.configure({ dialect: 'ts' });
type Node = NonNullable<ReturnType<ReturnType<typeof parser.parse>['topNode']['getChild']>>;

const childrenOf = (node: Node): Node[] => {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};
const PUNCTUATION = new Set(['(', ')', ',', '[', ']', '{', '}', 'LineComment', 'BlockComment', '⚠']);
const operands = (node: Node): Node[] => childrenOf(node).filter(({ name }) => !PUNCTUATION.has(name));

const parametersOf = (node: Node): Node[] =>
  childrenOf(node.getChild('ParamList') ?? node).filter(
    ({ name }) => name === 'VariableDefinition' || name === 'ObjectPattern' || name === 'ArrayPattern',
  );

/** What a TypeScript or JavaScript file says that makes constructs. */
export function readTypescript(path: string, text: string): Source {
  return new Reader(path, text).read();
}

class Reader {
  readonly #text: string;
  readonly #source: SourceBuilder;

  constructor(path: string, text: string) {
    this.#text = text;
    this.#source = new SourceBuilder(path);
  }

  read(): Source {
    const pending: { node: Node; owner?: string; conditional: boolean }[] = [
      { node: parser.parse(this.#text).topNode, conditional: false },
    ];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { node } = next;
      const owner = this.#owner(node, next.owner) ?? next.owner;
      const conditional =
        next.conditional || node.name === 'IfStatement' || node.name === 'ConditionalExpression';
      this.#statement(node, owner, next.conditional);
      for (let child = node.lastChild; child; child = child.prevSibling)
        pending.push({ node: child, ...(owner !== undefined && { owner }), conditional });
    }
    return this.#source;
  }

  #statement(node: Node, owner: string | undefined, conditional: boolean): void {
    if (node.name === 'ImportDeclaration') this.#import(node);
    else if (node.name === 'VariableDeclaration') this.#declaration(node, owner);
    else if (node.name === 'AssignmentExpression') {
      const [target, , value] = childrenOf(node);
      if (target && value) this.#source.assign(owner, this.#slice(target), this.#expression(value, 0));
    } else if (node.name === 'ParamList' || node.name === 'ForOfSpec' || node.name === 'ForInSpec') {
      for (const name of node.getChildren('VariableDefinition')) {
        this.#source.assign(owner, this.#slice(name), UNKNOWN);
        this.#source.assign(owner, this.#slice(name), undefined);
      }
    } else if (
      (node.name === 'NewExpression' || node.name === 'CallExpression') &&
      this.#source.constructions.length < MOST_CONSTRUCTIONS
    ) {
      const made = this.#expression(node, 0);
      if (made.is === 'made')
        this.#source.constructions.push({ made, ...(owner !== undefined && { owner }), conditional });
    }
  }

  #slice({ from, to }: Node): string {
    return this.#text.slice(from, Math.min(to, from + 2_000));
  }

  #string(node: Node): string {
    return this.#slice(node).slice(1, -1).replace(/\\(.)/g, '$1');
  }

  #import(node: Node): void {
    const from = node.getChild('String');
    const module = from ? SourceBuilder.moduleOf(this.#string(from)) : undefined;
    if (module === undefined) return;
    const whole = node.getChild('VariableDefinition');
    if (whole) this.#source.imports.set(this.#slice(whole), module);
    let before: Node | undefined;
    for (const child of childrenOf(node.getChild('ImportGroup') ?? node)) {
      if (child.name === 'VariableName') before = child;
      if (child.name !== 'VariableDefinition' || child === whole) continue;
      if (node.getChild('ImportGroup'))
        this.#source.importName(module, this.#slice(before ?? child), this.#slice(child));
      before = undefined;
    }
  }

  #declaration(node: Node, owner: string | undefined): void {
    let target: Node | undefined;
    let isValue = false;
    for (const child of childrenOf(node)) {
      if (child.name === 'VariableDefinition' || child.name === 'ObjectPattern') target = child;
      else if (child.name === 'Equals') isValue = true;
      else if (isValue && target) {
        isValue = false;
        const value = this.#expression(child, 0);
        const required =
          value.is === 'made' && value.callee === 'require' && value.args[0]?.is === 'text'
            ? SourceBuilder.moduleOf(value.args[0].text)
            : undefined;
        if (target.name === 'VariableDefinition') {
          if (required !== undefined) this.#source.imports.set(this.#slice(target), required);
          else this.#source.assign(owner, this.#slice(target), value);
        } else this.#pattern(target, value, required, owner);
      }
    }
  }

  /** `const { stage, name: n } = props`. */
  #pattern(target: Node, value: Expression, required: string | undefined, owner: string | undefined): void {
    for (const property of target.getChildren('PatternProperty')) {
      const alias = property.getChild('VariableDefinition');
      const key = property.getChild('PropertyName') ?? alias;
      if (!alias || !key) continue;
      if (required !== undefined) this.#source.importName(required, this.#slice(key), this.#slice(alias));
      else {
        const path = value.is === 'name' ? `${value.path}.${this.#slice(key)}` : undefined;
        const isPlain = property.getChild('Equals') === null && path !== undefined;
        this.#source.assign(owner, this.#slice(alias), isPlain ? { is: 'name', path } : UNKNOWN);
      }
    }
  }

  /** The class or function that begins here; a function within another, or within a class, belongs to it. */
  #owner(node: Node, around: string | undefined): string | undefined {
    if (node.name === 'ClassDeclaration') return this.#class(node);
    return node.name === 'FunctionDeclaration' && around === undefined ? this.#function(node) : undefined;
  }

  #function(node: Node): string | undefined {
    const name = node.getChild('VariableDefinition');
    const last = parametersOf(node).at(-1);
    if (!name || !last) return undefined;
    const known = { name: this.#slice(name), base: '', ...this.#properties(last) };
    this.#source.classes.set(known.name, known);
    return known.name;
  }

  /** A parameter that takes properties: its name, or the names that it takes them apart into. */
  #properties(parameter: Node | undefined): Pick<ClassOfSource, 'props' | 'keywords'> {
    const parts = parameter?.name === 'ObjectPattern' ? parameter.getChildren('PatternProperty') : [];
    const plain = parts.filter((part) => part.getChild('Equals') === null);
    const names = plain.flatMap((part) => part.getChild('PropertyName') ?? []);
    return {
      ...(parameter?.name === 'VariableDefinition' && { props: this.#slice(parameter) }),
      keywords: new Set(names.map((one) => this.#slice(one))),
    };
  }

  #class(node: Node): string | undefined {
    const name = node.getChild('VariableDefinition');
    const base = node.getChild('MemberExpression') ?? node.getChild('VariableName');
    if (!name || !base) return undefined;
    const methods = node.getChild('ClassBody')?.getChildren('MethodDeclaration') ?? [];
    const maker = methods.find((method) => {
      const own = method.getChild('PropertyDefinition');
      return own !== null && this.#slice(own) === 'constructor';
    });
    const [, second, third] = maker ? parametersOf(maker) : [];
    const id = second?.name === 'VariableDefinition' ? this.#slice(second) : undefined;
    // a parameter of another method may be called the same
    const isAlone = methods.every(
      (method) => method === maker || parametersOf(method).every((one) => this.#slice(one) !== id),
    );
    const known: ClassOfSource = {
      name: this.#slice(name),
      base: this.#slice(base),
      ...(id !== undefined && isAlone && { id }),
      ...this.#properties(third),
    };
    this.#source.classes.set(known.name, known);
    return known.name;
  }

  #expression(node: Node, depth: number): Expression {
    if (depth > DEEPEST) return UNKNOWN;
    const inner = (one: Node | null | undefined) => (one ? this.#expression(one, depth + 1) : UNKNOWN);
    switch (node.name) {
      case 'String':
        return { is: 'text', text: this.#string(node) };
      case 'TemplateString':
        return this.#template(node, depth);
      case 'Number':
        return { is: 'value', value: Number(this.#slice(node)) };
      case 'BooleanLiteral':
        return { is: 'value', value: this.#slice(node) === 'true' };
      case 'VariableName':
      case 'this':
        return { is: 'name', path: this.#slice(node) };
      case 'MemberExpression': {
        const path = this.#slice(node).replaceAll(/\s|[?!](?=\.)/g, '');
        return /^[\w$.]+$/.test(path) ? { is: 'name', path } : UNKNOWN;
      }
      case 'ParenthesizedExpression':
      case 'PostfixExpression':
      case 'AwaitExpression':
        return inner(operands(node).find(({ name }) => name !== 'LogicOp' && name !== 'await'));
      case 'BinaryExpression':
        return this.#binary(node, depth);
      case 'ObjectExpression':
        return this.#object(node, depth);
      case 'NewExpression':
      case 'CallExpression': {
        const list = node.getChild('ArgList');
        const callee = childrenOf(node).find(({ name }) => name !== 'new');
        const args = list ? operands(list).map((one) => inner(one)) : [];
        // the scope's kind may come after the properties: `new Waf(this, 'Waf', {…}, 'REGIONAL')`
        const last = args.findLast(({ is }) => is === 'object');
        return {
          is: 'made',
          callee: callee ? this.#slice(callee).replaceAll(/\s/g, '').slice(0, 200) : '',
          args,
          ...(last?.is === 'object' && { options: last }),
          offset: node.from,
        };
      }
      default:
        return UNKNOWN;
    }
  }

  #template(node: Node, depth: number): Expression {
    const parts: Expression[] = [];
    let at = node.from + 1;
    for (const part of node.getChildren('Interpolation')) {
      parts.push({ is: 'text', text: this.#text.slice(at, part.from) });
      const value = operands(part).find(({ name }) => !name.startsWith('Interpolation'));
      parts.push(value ? this.#expression(value, depth + 1) : UNKNOWN);
      at = part.to;
    }
    parts.push({ is: 'text', text: this.#text.slice(at, node.to - 1) });
    return parts.length === 1 ? (parts[0] ?? UNKNOWN) : { is: 'parts', parts };
  }

  #binary(node: Node, depth: number): Expression {
    const [left, operator, right] = operands(node);
    if (!left || !operator) return UNKNOWN;
    const value = (one: Node | undefined) => (one ? this.#expression(one, depth + 1) : UNKNOWN);
    const sign = this.#slice(operator);
    if (sign === 'as' || sign === 'satisfies') return value(left);
    if (sign === '??' || sign === '||') return { is: 'either', left: value(left), right: value(right) };
    return sign === '+' ? { is: 'parts', parts: [value(left), value(right)] } : UNKNOWN;
  }

  #object(node: Node, depth: number): ObjectExpression {
    const entries = new Map<string, { value: Expression; offset: number }>();
    const spreads: { value: Expression; offset: number }[] = [];
    let open = false;
    for (const property of node.getChildren('Property')) {
      const [key, ...rest] = operands(property);
      if (!key) continue;
      if (key.name !== 'PropertyDefinition' && key.name !== 'String') {
        open = true;
        const [spread] = key.name === 'Spread' ? rest : [];
        const value = spread ? this.#expression(spread, depth + 1) : UNKNOWN;
        spreads.push({ value, offset: property.from });
        continue;
      }
      const name = key.name === 'String' ? this.#string(key) : this.#slice(key);
      const value = rest.find((one) => one.name !== ':');
      entries.set(name, {
        value: value ? this.#expression(value, depth + 1) : { is: 'name', path: name },
        offset: property.from,
      });
    }
    return { is: 'object', entries, open, ...(spreads.length > 0 && { spreads }) };
  }
}

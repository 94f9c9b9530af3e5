import type { Analysed, Analysis } from './analysis.ts';
import { isPlace } from './follow.ts';
import { Reach } from './reach.ts';
import {
  argumentsOf,
  awaited,
  type Call,
  dotted,
  type FunctionNode,
  isCall,
  isFunction,
  isMember,
  type Node,
  propertyOf,
} from './syntax.ts';
import type { Values } from './values.ts';

const HEADER =
  /^(?:authorization|cookie|cf-access-jwt-assertion|x-(?:access-|auth-|id-)?(?:token|jwt)|token)$/i;
const DEEPEST = 5;

interface Caller {
  module: Analysed;
  call: Call;
}

/** Tells whether a value comes from a request, back through variables and through the functions that are called with it. */
export class Origins {
  readonly #analysis: Analysis & { values: Values };
  readonly #callers = new Map<Node, Caller[]>();
  readonly #reach: Reach;
  #hasMiddleware: boolean | undefined;

  constructor(analysis: Analysis & { values: Values }) {
    this.#analysis = analysis;
    this.#reach = new Reach(analysis);
    for (const module of analysis.modules)
      for (const type of ['CallExpression', 'OptionalCallExpression'] as const)
        for (const call of module.syntax.of(type)) {
          const callee = analysis.values.follower.callee(module, call);
          if (isPlace(callee) && isFunction(callee.node))
            this.#callers.set(callee.node, [...(this.#callers.get(callee.node) ?? []), { module, call }]);
        }
  }

  /** The value is read from a header or a cookie of a request. */
  isOfRequest(module: Analysed, given: Node | undefined, depth = 0): boolean {
    if (!given || depth > DEEPEST) return false;
    const node = awaited(given);
    if (node.type === 'LogicalExpression')
      return (
        this.isOfRequest(module, node.left, depth + 1) || this.isOfRequest(module, node.right, depth + 1)
      );
    if (node.type === 'ConditionalExpression')
      return (
        this.isOfRequest(module, node.consequent, depth + 1) ||
        this.isOfRequest(module, node.alternate, depth + 1)
      );
    if (isCall(node)) return this.#isReadBy(module, node, depth);
    if (isMember(node)) {
      const name = propertyOf(node);
      return (
        (name !== undefined && HEADER.test(name) && /header/i.test(dotted(node.object) ?? '')) ||
        this.isOfRequest(module, node.object, depth)
      );
    }
    return node.type === 'Identifier' && this.#isNamed(module, node, depth);
  }

  /** `request.headers.get('Authorization')?.slice(7)`, `getCookie(c, 'token')`, a function that gives such a value. */
  #isReadBy(module: Analysed, call: Call, depth: number): boolean {
    const callee = call.callee as Node;
    const [first, second] = argumentsOf(call);
    const { values } = this.#analysis;
    if (isMember(callee) && /^(?:get|header)$/.test(propertyOf(callee) ?? '')) {
      const name = first && values.text({ module, node: first });
      const of = dotted(callee.object) ?? '';
      if (name !== undefined && HEADER.test(name)) return !/^(?:res|response)\b/i.test(of);
      if (/cookie/i.test(of)) return true;
    }
    if (callee.type === 'Identifier' && callee.name === 'getCookie' && second) return true;
    const followed = values.follower.callee(module, call);
    if (isPlace(followed) && isFunction(followed.node))
      return values
        .returnsOf(followed.module, followed.node)
        .slice(0, 6)
        .some((node) => this.isOfRequest(followed.module, node, depth + 1));
    // a method of a text: what it was made of
    return isMember(callee) && this.isOfRequest(module, callee.object, depth);
  }

  #isNamed(module: Analysed, node: Extract<Node, { type: 'Identifier' }>, depth: number): boolean {
    const binding = module.scopes.resolve(node.name, node);
    if (binding?.is === 'variable') {
      if (binding.init && this.isOfRequest(module, binding.init, depth + 1)) return true;
      if (binding.isConstant) return false;
      const around = module.scopes.functionAround(binding.node);
      return (around ? module.syntax.within(around) : []).some(
        (one) =>
          one.type === 'AssignmentExpression' &&
          dotted(one.left) === node.name &&
          this.isOfRequest(module, one.right, depth + 1),
      );
    }
    if (binding?.is !== 'parameter' || binding.path) return false;
    return (this.#callers.get(binding.of) ?? [])
      .slice(0, 20)
      .some(({ module: from, call }) => this.isOfRequest(from, argumentsOf(call)[binding.index], depth + 1));
  }

  /** Some way to the code passes one of these calls; `unknown`: it may, by a middleware that nobody can place. */
  runsWith(
    module: Analysed,
    code: Node,
    calls: readonly { module: Analysed; call: Node }[],
  ): 'yes' | 'no' | 'unknown' {
    const isPassed = this.#above(module, code).some((around) => {
      const { places } = this.#reach.from([around]);
      return calls.some(({ module: of, call }) =>
        places.some(
          (one) =>
            one.module === of &&
            (one.node.start ?? 0) <= (call.start ?? 0) &&
            (call.end ?? 0) <= (one.node.end ?? 0),
        ),
      );
    });
    if (isPassed) return 'yes';
    this.#hasMiddleware ??= this.#analysis.modules.some(
      ({ file, syntax }) =>
        /(?:^|\/)_middleware\.[cm]?[jt]sx?$/.test(file) ||
        syntax
          .of('CallExpression')
          .some((one) => isMember(one.callee as Node) && propertyOf(one.callee as never) === 'use'),
    );
    return this.#hasMiddleware ? 'unknown' : 'no';
  }

  /** The function around some code, and those that call it, the nearest first. */
  #above(module: Analysed, code: Node): { module: Analysed; node: FunctionNode }[] {
    const found: { module: Analysed; node: FunctionNode }[] = [];
    const known = new Set<Node>();
    const open: Caller[] = [{ module, call: code as Call }];
    for (let next = open.shift(); next && found.length < 40; next = open.shift()) {
      let around = next.module.scopes.functionAround(next.call);
      for (; around; around = next.module.scopes.functionAround(around)) {
        if (known.has(around)) break;
        known.add(around);
        found.push({ module: next.module, node: around });
        open.push(...(this.#callers.get(around) ?? []).slice(0, 20));
      }
    }
    return found;
  }
}

import type { Analysed, Analysis } from './analysis.ts';
import { type Binding, WHOLE } from './scopes.ts';
import {
  awaited,
  type Call,
  type FunctionNode,
  isCall,
  isFunction,
  isMember,
  keyOf,
  type Node,
  propertyOf,
} from './syntax.ts';

/** An expression, function or class of a module. */
export interface Place {
  module: Analysed;
  node: Node;
}

/** Something of a package that was not read: `verify` of `hono/jwt`, `default.sign` of `jsonwebtoken`. */
export interface External {
  package: string;
  name: string;
}

export type Followed = Place | External | undefined;

const DEEPEST = 24;

export const isExternal = (followed: Followed): followed is External =>
  followed !== undefined && 'package' in followed;
export const isPlace = (followed: Followed): followed is Place =>
  followed !== undefined && 'node' in followed;

/** Finds what expressions stand for, over the modules of one graph. */
export class Follower {
  readonly #analysis: Analysis;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** What a name or a member of an object was given when it was declared; the expression itself where it is neither. */
  follow({ module, node }: Place, depth = 0): Followed {
    const at = awaited(node);
    if (depth > DEEPEST) return undefined;
    if (at.type === 'Identifier') {
      const binding = module.scopes.resolve(at.name, at);
      return binding && this.#binding(module, binding, depth + 1);
    }
    if (isMember(at)) {
      const name = propertyOf(at);
      return name === undefined
        ? undefined
        : this.#member(this.follow({ module, node: at.object }, depth + 1), name, depth + 1);
    }
    if (at.type === 'CallExpression') {
      const [name] = at.arguments;
      const isLoaded =
        at.callee.type === 'Import' || (at.callee.type === 'Identifier' && at.callee.name === 'require');
      if (isLoaded && name?.type === 'StringLiteral')
        return this.#imported(module, name.value, WHOLE, depth + 1) ?? { module, node: at };
    }
    return { module, node: at };
  }

  /** The function that is called, where it is one of these modules; what it is of a package, otherwise. */
  callee(module: Analysed, call: Call): Followed {
    return this.follow({ module, node: call.callee as Node });
  }

  /** The function that an expression stands for. */
  functionOf(place: Place): { module: Analysed; node: FunctionNode } | undefined {
    const found = this.follow(place);
    return isPlace(found) && isFunction(found.node) ? { module: found.module, node: found.node } : undefined;
  }

  /** What a module exports under a name. */
  exported(module: Analysed, name: string, depth = 0): Followed {
    if (depth > DEEPEST) return undefined;
    const own = module.exports.get(name);
    if (own)
      return 'node' in own
        ? this.follow({ module, node: own.node }, depth + 1)
        : this.#imported(module, own.from, own.name, depth + 1);
    for (const from of module.passesOn) {
      const found = this.#imported(module, from, name, depth + 1);
      if (isPlace(found)) return found;
    }
    return undefined;
  }

  #binding(module: Analysed, binding: Binding, depth: number): Followed {
    if (binding.is === 'function' || binding.is === 'class') return { module, node: binding.node };
    if (binding.is === 'import') return this.#imported(module, binding.from, binding.name, depth);
    if (binding.is !== 'variable' || !binding.init) return undefined;
    let found = this.follow({ module, node: binding.init }, depth);
    for (const name of binding.path ?? []) found = this.#member(found, name, depth);
    return found;
  }

  #imported(module: Analysed, from: string, name: string, depth: number): Followed {
    const file = module.imports.get(from);
    if (file === undefined)
      return module.packages.some((one) => one.name === from) ? { package: from, name } : undefined;
    const other = this.#analysis.byFile.get(file);
    if (!other) return undefined;
    if (name === WHOLE) return { module: other, node: other.syntax.program };
    return this.exported(other, name, depth);
  }

  #member(of: Followed, name: string, depth: number): Followed {
    if (of === undefined || depth > DEEPEST) return undefined;
    if (isExternal(of)) return { package: of.package, name: of.name === WHOLE ? name : `${of.name}.${name}` };
    const { module, node } = of;
    if (node.type === 'Program') return this.exported(module, name, depth + 1);
    if (node.type === 'ObjectExpression') {
      const found = node.properties.findLast((one) => one.type !== 'SpreadElement' && keyOf(one) === name);
      if (found?.type === 'ObjectMethod') return { module, node: found };
      if (found?.type === 'ObjectProperty')
        return this.follow({ module, node: found.value as Node }, depth + 1);
      return undefined;
    }
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
      const found = node.body.body.find(
        (one) => 'static' in one && one.static === true && keyOf(one) === name,
      );
      if (found && isFunction(found)) return { module, node: found };
      if (found?.type === 'ClassProperty' && found.value)
        return this.follow({ module, node: found.value }, depth + 1);
      return undefined;
    }
    if (isCall(node)) {
      const made = this.follow({ module, node: node.callee as Node }, depth + 1);
      // `jose.createX().y`, `new Webhook(secret).verify`: what it makes is of the package too
      if (isExternal(made)) return { package: made.package, name: `${made.name}().${name}` };
      if (isPlace(made) && (made.node.type === 'ClassDeclaration' || made.node.type === 'ClassExpression')) {
        const method = made.node.body.body.find((one) => keyOf(one) === name && isFunction(one));
        return method ? { module: made.module, node: method } : undefined;
      }
    }
    return undefined;
  }
}

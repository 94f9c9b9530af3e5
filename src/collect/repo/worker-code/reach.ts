import type { Analysed, Analysis } from './analysis.ts';
import { isPlace, type Place } from './follow.ts';
import {
  argumentsOf,
  isCall,
  isClass,
  isFunction,
  isMember,
  keyOf,
  type Node,
  propertyOf,
} from './syntax.ts';
import type { Values } from './values.ts';

const MOST_PLACES = 400;
/** Nodes that are looked at for one Worker, however many ways lead through them. */
const MOST_NODES = 4_000_000;
/** Methods of one name that a call may mean, where the object is not known. */
const MOST_METHODS = 4;

/** A call that leads to no code of these modules. */
export interface Lost {
  module: Analysed;
  call: Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' | 'NewExpression' }>;
}

/** What runs when some code runs: that code, and every function of these modules that it calls or hands on. */
export class Reach {
  readonly #values: Values;
  readonly #methods = new Map<string, Place[]>();
  #left = MOST_NODES;

  constructor({ modules, values }: Analysis & { values: Values }) {
    this.#values = values;
    for (const module of modules)
      for (const node of [...module.syntax.of('ClassMethod'), ...module.syntax.of('ObjectMethod')]) {
        const name = keyOf(node);
        if (name !== undefined)
          this.#methods.set(name, [...(this.#methods.get(name) ?? []), { module, node }]);
      }
  }

  /** `isWhole` is false where not all of it was followed. */
  from(starts: readonly Place[]): { places: Place[]; lost: Lost[]; isWhole: boolean } {
    const places: Place[] = [];
    const lost: Lost[] = [];
    const known = new Set<Node>();
    const open = [...starts];
    for (let next = open.shift(); next; next = open.shift()) {
      if (known.has(next.node)) continue;
      if (places.length >= MOST_PLACES || this.#left <= 0) return { places, lost, isWhole: false };
      known.add(next.node);
      places.push(next);
      const { module } = next;
      const inside = module.syntax.within(next.node);
      this.#left -= inside.length;
      for (const node of inside) {
        if (!isCall(node)) continue;
        const called = this.#called(module, node);
        if (called.length === 0) lost.push({ module, call: node });
        open.push(...called, ...this.#handed(module, node));
      }
    }
    return { places, lost, isWhole: true };
  }

  #called(module: Analysed, call: Lost['call']): Place[] {
    const callee = this.#values.follower.callee(module, call);
    if (isPlace(callee) && (isFunction(callee.node) || isClass(callee.node))) return [callee];
    const written = call.callee as Node;
    const name = callee === undefined && isMember(written) ? propertyOf(written) : undefined;
    const methods = name === undefined ? [] : (this.#methods.get(name) ?? []);
    return methods.length <= MOST_METHODS ? methods : [];
  }

  /** Functions that are handed on by their names: a middleware, a callback. */
  #handed(module: Analysed, call: Lost['call']): Place[] {
    return argumentsOf(call).flatMap((one) => {
      if (one.type !== 'Identifier' && !isMember(one)) return [];
      const found = this.#values.follower.functionOf({ module, node: one });
      return found ? [found] : [];
    });
  }
}

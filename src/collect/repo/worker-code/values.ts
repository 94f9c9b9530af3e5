import type { Analysed } from './analysis.ts';
import { type Follower, isPlace, type Place } from './follow.ts';
import {
  argumentsOf,
  awaited,
  dotted,
  isCall,
  isFunction,
  isMember,
  keyOf,
  type Node,
  propertyOf,
} from './syntax.ts';

const DEEPEST = 12;
/** Steps that one question may take: objects that are made of each other could be followed for ever. */
const MOST_STEPS = 2_000;

/** What expressions are worth, where the text says it. Nothing is run. */
export class Values {
  readonly follower: Follower;
  readonly #returns = new Map<Analysed, Map<Node, Node[]>>();
  #left = 0;

  constructor(follower: Follower) {
    this.follower = follower;
  }

  #mayGoOn(depth: number): boolean {
    if (depth === 0) this.#left = MOST_STEPS;
    this.#left -= 1;
    return depth <= DEEPEST && this.#left > 0;
  }

  /** What a function of a module gives back, in each of its returns. */
  returnsOf(module: Analysed, node: Node): readonly Node[] {
    if (isFunction(node) && node.body.type !== 'BlockStatement') return [node.body];
    let known = this.#returns.get(module);
    if (!known) {
      known = new Map();
      for (const one of module.syntax.of('ReturnStatement')) {
        const around = one.argument ? module.scopes.functionAround(one) : undefined;
        if (around && one.argument) known.set(around, [...(known.get(around) ?? []), one.argument]);
      }
      this.#returns.set(module, known);
    }
    return known.get(node) ?? [];
  }

  /** A text: a literal, a constant, or several joined. */
  text(place: Place, depth = 0): string | undefined {
    const node = awaited(place.node);
    if (!this.#mayGoOn(depth)) return undefined;
    if (node.type === 'StringLiteral') return node.value;
    if (node.type === 'TemplateLiteral') {
      const parts = node.quasis.map((quasi, index) => {
        const inner = node.expressions[index];
        const value = inner ? this.text({ ...place, node: inner as Node }, depth + 1) : '';
        return value === undefined ? undefined : (quasi.value.cooked ?? '') + value;
      });
      return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
    }
    if (node.type === 'BinaryExpression' && node.operator === '+') {
      const left = this.text({ ...place, node: node.left as Node }, depth + 1);
      const right = left === undefined ? undefined : this.text({ ...place, node: node.right }, depth + 1);
      return right === undefined ? undefined : `${left}${right}`;
    }
    if (node.type !== 'Identifier' && !isMember(node)) {
      if (isCall(node) && isMember(node.callee as Node)) return this.#joined({ ...place, node }, depth);
      return undefined;
    }
    const found = this.follower.follow({ ...place, node });
    return isPlace(found) && found.node !== node ? this.text(found, depth + 1) : undefined;
  }

  /** `[…].join('; ')` */
  #joined(place: Place, depth: number): string | undefined {
    const { node } = place;
    if (!isCall(node) || !isMember(node.callee as Node)) return undefined;
    const callee = node.callee as Node;
    if (!isMember(callee) || propertyOf(callee) !== 'join') return undefined;
    const items = this.texts({ ...place, node: callee.object }, depth + 1);
    const [by] = argumentsOf(node);
    const between = by ? this.text({ ...place, node: by }, depth + 1) : ',';
    return items?.isWhole ? items.values.join(between ?? ',') : undefined;
  }

  /** A number: a literal, a constant, or a product, sum or difference of such. */
  number(place: Place, depth = 0): number | undefined {
    const node = awaited(place.node);
    if (!this.#mayGoOn(depth)) return undefined;
    if (node.type === 'NumericLiteral') return node.value;
    if (node.type === 'BinaryExpression') {
      const left = this.number({ ...place, node: node.left as Node }, depth + 1);
      const right = this.number({ ...place, node: node.right }, depth + 1);
      if (left === undefined || right === undefined) return undefined;
      if (node.operator === '*') return left * right;
      if (node.operator === '+') return left + right;
      if (node.operator === '-') return left - right;
      return node.operator === '/' ? left / right : undefined;
    }
    if (node.type !== 'Identifier' && !isMember(node)) return undefined;
    const found = this.follower.follow({ ...place, node });
    return isPlace(found) && found.node !== node ? this.number(found, depth + 1) : undefined;
  }

  /** The texts of a list (an array, a set, a conditional of both). `isWhole`: all of its elements are known. */
  texts(place: Place, depth = 0): { values: string[]; isWhole: boolean; at: Place } | undefined {
    const node = awaited(place.node);
    if (!this.#mayGoOn(depth)) return undefined;
    if (node.type === 'ArrayExpression') {
      const values: string[] = [];
      let isWhole = true;
      for (const element of node.elements) {
        if (element?.type === 'SpreadElement') {
          const inner = this.texts({ ...place, node: element.argument }, depth + 1);
          values.push(...(inner?.values ?? []));
          isWhole &&= inner?.isWhole === true;
          continue;
        }
        const text = element ? this.text({ ...place, node: element }, depth + 1) : undefined;
        if (text === undefined) isWhole = false;
        else values.push(text);
      }
      return { values, isWhole, at: { ...place, node } };
    }
    if (node.type === 'NewExpression' && dotted(node.callee as Node) === 'Set') {
      const [first] = argumentsOf(node);
      return first && this.texts({ ...place, node: first }, depth + 1);
    }
    if (node.type !== 'Identifier' && !isMember(node)) return undefined;
    const found = this.follower.follow({ ...place, node });
    return isPlace(found) && found.node !== node ? this.texts(found, depth + 1) : undefined;
  }

  /**
   * The properties of an object: written out, spread from others that are known, given by a function of these modules.
   * `isWhole` is false where some of them are not known.
   */
  object(place: Place, depth = 0): Properties | undefined {
    const node = awaited(place.node);
    if (!this.#mayGoOn(depth)) return undefined;
    if (node.type === 'ObjectExpression') return this.#written({ ...place, node }, depth);
    if (node.type === 'ConditionalExpression' || node.type === 'LogicalExpression') {
      const sides =
        node.type === 'ConditionalExpression' ? [node.consequent, node.alternate] : [node.left, node.right];
      return this.#either(sides.map((side) => this.object({ ...place, node: side as Node }, depth + 1)));
    }
    if (isCall(node)) return this.#given({ ...place, node }, depth);
    const found = this.follower.follow({ ...place, node });
    return isPlace(found) && found.node !== node ? this.object(found, depth + 1) : undefined;
  }

  #written(place: Place, depth: number): Properties {
    const properties: Property[] = [];
    let isWhole = true;
    if (place.node.type !== 'ObjectExpression') return { properties, isWhole };
    for (const one of place.node.properties) {
      if (one.type === 'SpreadElement') {
        const inner = this.object({ ...place, node: one.argument }, depth + 1);
        properties.push(...(inner?.properties ?? []));
        isWhole &&= inner?.isWhole === true;
        continue;
      }
      const computed = one.computed ? this.text({ ...place, node: one.key as Node }, depth + 1) : undefined;
      const name = keyOf(one) ?? computed;
      if (name === undefined) isWhole = false;
      else
        properties.push({
          name,
          key: { ...place, node: one },
          value: { ...place, node: one.type === 'ObjectMethod' ? one : (one.value as Node) },
        });
    }
    return { properties, isWhole };
  }

  #either(sides: (Properties | undefined)[]): Properties {
    return {
      properties: sides.flatMap((side) => side?.properties ?? []),
      isWhole: sides.every((side) => side?.isWhole === true),
    };
  }

  /** What the function that is called returns. */
  #given(place: Place, depth: number): Properties | undefined {
    if (!isCall(place.node)) return undefined;
    const callee = this.follower.callee(place.module, place.node);
    if (!isPlace(callee) || !isFunction(callee.node)) return undefined;
    const returned = this.returnsOf(callee.module, callee.node);
    return returned.length === 0 || returned.length > 8
      ? undefined
      : this.#either(returned.map((node) => this.object({ module: callee.module, node }, depth + 1)));
  }

  /** The value of one property of an object that is known. */
  property(place: Place, name: string): Place | undefined {
    return this.object(place)?.properties.findLast((one) => one.name === name)?.value;
  }
}

export interface Property {
  name: string;
  /** The property as it is written. */
  key: Place;
  value: Place;
}

export interface Properties {
  properties: Property[];
  isWhole: boolean;
}

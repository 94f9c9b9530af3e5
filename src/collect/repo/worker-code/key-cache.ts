import type { TokenCheck } from '#model/worker.ts';
import type { Analysed, Analysis } from './analysis.ts';
import { isExternal } from './follow.ts';
import { argumentsOf, awaited, dotted, isCall, isMember, type Node, propertyOf } from './syntax.ts';
import type { Values } from './values.ts';

type Kept = Pick<TokenCheck, 'keyCache' | 'cacheSeconds'>;

const KEYS = /jwks?|certs\b|openid|public-?keys?|\/keys\b/i;
const LONGEST = 100_000;

/** Whether the keys of tokens are kept between requests, as far as the code says. */
export function keysKept(analysis: Analysis & { values: Values }, isFound: boolean): Kept {
  const { modules, values } = analysis;
  const kept: Kept[] = [];
  let isFetched = false;
  for (const module of modules) {
    for (const call of module.syntax.of('CallExpression')) {
      const callee = values.follower.callee(module, call);
      if (isExternal(callee) && /(?:^|\.)createRemoteJWKSet$/.test(callee.name)) {
        isFetched = true;
        kept.push({ keyCache: isKeptSet(module, call) ? 'yes' : 'no' });
      }
    }
    for (const call of fetchesOfKeys(module, values)) {
      isFetched = true;
      kept.push(keptByHand(module, call, values));
    }
  }
  const yes = kept.find(({ keyCache, cacheSeconds }) => keyCache === 'yes' && cacheSeconds !== undefined);
  if (yes) return yes;
  if (kept.some(({ keyCache }) => keyCache === 'yes')) return { keyCache: 'yes' };
  return { keyCache: isFetched && isFound ? 'no' : 'unknown' };
}

/**
 * `createRemoteJWKSet` keeps its keys itself, ten minutes by default: it does so between requests only where the set is made
 * once. jose documentation, “createRemoteJWKSet”.
 */
function isKeptSet(module: Analysed, call: Node): boolean {
  if (!module.scopes.functionAround(call)) return true;
  for (let at: Node | undefined = call; at; at = module.syntax.parentOf(at)) {
    const parent: Node | undefined = module.syntax.parentOf(at);
    if (parent?.type === 'AssignmentExpression' && parent.right === at)
      return isOfModule(module, parent.left);
    if (
      isCall(parent) &&
      isMember(parent.callee as Node) &&
      /^set$/.test(propertyOf(parent.callee as never) ?? '')
    )
      return true;
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
      const { name } = parent.id;
      const around = module.scopes.functionAround(call);
      // made, then put away
      return (
        around !== undefined &&
        module.syntax.within(around).some((one) => {
          if (one.type === 'AssignmentExpression')
            return dotted(one.right) === name && isOfModule(module, one.left);
          return (
            isCall(one) &&
            isMember(one.callee as Node) &&
            propertyOf(one.callee as never) === 'set' &&
            argumentsOf(one).some((argument) => dotted(argument) === name)
          );
        })
      );
    }
    if (parent && /Statement$/.test(parent.type)) return false;
  }
  return false;
}

/** The variable, or the object of which it is a field, is of the module: it outlives the request. */
function isOfModule(module: Analysed, target: Node): boolean {
  let at = target;
  while (isMember(at)) at = at.object;
  if (at.type === 'ThisExpression') return true;
  if (at.type !== 'Identifier') return false;
  const binding = module.scopes.resolve(at.name, at);
  return binding === undefined || module.scopes.top.get(at.name) === binding;
}

/** Calls that get keys over the network. */
function fetchesOfKeys(module: Analysed, values: Values): Node[] {
  return module.syntax.of('CallExpression').filter((call) => {
    if (!/(?:^|\.)fetch$/.test(dotted(call.callee) ?? '')) return false;
    const [url] = argumentsOf(call);
    if (!url) return false;
    const text = values.text({ module, node: url }) ?? written(module, url) ?? '';
    return KEYS.test(text);
  });
}

/** An address as it is written, with that of the constant that it is. */
function written(module: Analysed, node: Node): string | undefined {
  const at = awaited(node);
  const own = module.text.slice(at.start ?? 0, Math.min(at.end ?? 0, (at.start ?? 0) + 300));
  if (at.type !== 'Identifier') return own;
  const binding = module.scopes.resolve(at.name, at);
  const init = binding?.is === 'variable' ? binding.init : undefined;
  return `${own} ${init ? module.text.slice(init.start ?? 0, Math.min(init.end ?? 0, (init.start ?? 0) + 300)) : ''}`;
}

function keptByHand(module: Analysed, call: Node, values: Values): Kept {
  const around = module.scopes.functionAround(call);
  const inside = around ? module.syntax.within(around) : module.syntax.nodes;
  if (inside.length > LONGEST) return { keyCache: 'unknown' };
  const seconds = secondsIn(module, values);
  const isKept = inside.some((one) => {
    if (one.type === 'AssignmentExpression') return isOfModule(module, one.left);
    if (!isCall(one)) return false;
    const name = isMember(one.callee as Node) ? propertyOf(one.callee as never) : undefined;
    return name === 'put' || (name === 'set' && argumentsOf(one).length >= 2);
  });
  const edge = inside.find((one) => one.type === 'ObjectProperty' && keyIs(one, 'cacheTtl'));
  if (edge?.type === 'ObjectProperty') {
    const ttl = values.number({ module, node: edge.value as Node });
    return { keyCache: 'yes', ...(ttl !== undefined && { cacheSeconds: ttl }) };
  }
  if (inside.some((one) => one.type === 'ObjectProperty' && keyIs(one, 'cacheEverything')))
    return { keyCache: 'yes' };
  if (!around) return { keyCache: 'yes' };
  if (isKept) return { keyCache: 'yes', ...(seconds !== undefined && { cacheSeconds: seconds }) };
  // what it gives may be kept by whoever asked
  return {
    keyCache: keepsResult(module, around) ? 'yes' : 'no',
    ...(keepsResult(module, around) && seconds !== undefined && { cacheSeconds: seconds }),
  };
}

const keyIs = (node: Node, name: string): boolean =>
  node.type === 'ObjectProperty' && node.key.type === 'Identifier' && node.key.name === name;

/** Somebody of this module puts what the function gives into a variable of the module. */
function keepsResult(module: Analysed, around: Node): boolean {
  const name =
    'id' in around && around.id && typeof around.id === 'object' && 'name' in around.id
      ? String(around.id.name)
      : undefined;
  const parent = module.syntax.parentOf(around);
  const own =
    name ??
    (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined);
  if (own === undefined) return false;
  return module.syntax.of('AssignmentExpression').some((one) => {
    const right = awaited(one.right);
    return isCall(right) && dotted(right.callee as Node) === own && isOfModule(module, one.left);
  });
}

/** For how long: what the clock is compared with, or what a store is told. In seconds. */
function secondsIn(module: Analysed, values: Values): number | undefined {
  for (const one of module.syntax.of('ObjectProperty'))
    if (keyIs(one, 'expirationTtl')) return values.number({ module, node: one.value as Node });
  for (const one of module.syntax.of('BinaryExpression')) {
    if (!/^(?:[<>]=?|\+)$/.test(one.operator)) continue;
    const text = module.text.slice(one.start ?? 0, Math.min(one.end ?? 0, (one.start ?? 0) + 300));
    if (!/Date\.now\(\)|\bnow\b/.test(text)) continue;
    const amount = [one.left as Node, one.right]
      .map((side) => values.number({ module, node: side }))
      .find((value) => value !== undefined && value > 0);
    if (amount === undefined) continue;
    const isSeconds =
      /Date\.now\(\)\s*\/\s*1_?000/.test(text) || (amount < 10_000 && !/Date\.now\(\)/.test(text));
    return isSeconds ? amount : amount / 1000;
  }
  return undefined;
}

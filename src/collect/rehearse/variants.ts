import type { Json } from '#model/fact.ts';
import { LIMITS } from './limits.ts';
import type { Symbols } from './symbols.ts';
import { eventsOf, isObject, type JsonObject, textsOf } from './workflow-document.ts';

/** One way of starting a workflow: an event, its inputs, and what of the reference is known. */
export interface Variant {
  event: string;
  inputs: JsonObject;
  /** Whether the event has inputs: on a push `inputs.x` is empty, not unknown. */
  asked: boolean;
  /** Values of `github.ref`, `inputs.x`… by their full name. */
  bindings: ReadonlyMap<string, string>;
}

const NO_BINDINGS: ReadonlyMap<string, string> = new Map();
const MOST_BRANCHES = 4;

/** Every way in which a workflow starts. `called`: a workflow of the repository calls it, and its runs show there. */
export function variantsOf(on: Json | undefined, called: boolean, symbols: Symbols): Variant[] {
  const variants: Variant[] = [];
  for (const [event, given] of eventsOf(on)) {
    const inputs = isObject(given.inputs) ? given.inputs : {};
    if (event === 'workflow_call') {
      if (!called)
        variants.push({ event, inputs: defaultInputs(inputs, symbols), asked: true, bindings: NO_BINDINGS });
    } else if (event === 'workflow_dispatch') {
      for (const chosen of choices(inputs, symbols))
        variants.push({ event, inputs: chosen, asked: true, bindings: NO_BINDINGS });
    } else {
      for (const bindings of references(event, given, symbols))
        variants.push({ event, inputs: {}, asked: false, bindings });
    }
  }
  return variants.slice(0, LIMITS.variants);
}

/** What the inputs of a workflow hold when nobody chooses. */
export function defaultInputs(inputs: JsonObject, symbols: Symbols): JsonObject {
  const value = (name: string, given: Json): Json => {
    if (!isObject(given)) return symbols.of(`inputs.${name}`);
    if (given.default !== undefined && given.default !== null) return given.default;
    if (given.type === 'boolean') return false;
    return given.required === true ||
      given.type === undefined ||
      given.type === 'environment' ||
      given.type === 'choice'
      ? symbols.of(`inputs.${name}`)
      : '';
  };
  return Object.fromEntries(Object.entries(inputs).map(([name, given]) => [name, value(name, given)]));
}

/** What is given to inputs, as the callee reads it: `true` given to one of `type: string` is the text `true`. */
export const asDeclared = (inputs: JsonObject, given: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const input = inputs[name];
      const isText = isObject(input) && input.type === 'string';
      return [
        name,
        isText && (typeof value === 'boolean' || typeof value === 'number') ? String(value) : value,
      ];
    }),
  );

/** The full product of choices while it is small: names often need two of them at once. */
function choices(inputs: JsonObject, symbols: Symbols): JsonObject[] {
  const base = defaultInputs(inputs, symbols);
  const lists = Object.entries(inputs).flatMap(([name, given]): [string, Json[]][] => {
    if (!isObject(given)) return [];
    if (given.type === 'choice' && Array.isArray(given.options) && given.options.length)
      return [[name, given.options]];
    return given.type === 'boolean' ? [[name, [base[name] ?? false, base[name] !== true]]] : [];
  });
  const product = lists.reduce((count, [, options]) => count * options.length, 1);
  if (product > LIMITS.choiceProduct)
    return [
      base,
      ...lists.flatMap(([name, options]) => options.map((option) => ({ ...base, [name]: option }))),
    ].slice(0, LIMITS.variants);
  let all = [base];
  for (const [name, options] of lists)
    all = all.flatMap((one) => options.map((option) => ({ ...one, [name]: option })));
  return all;
}

/** What an event says of `github.ref` and its like: one set of bindings for each branch that is written out. */
function references(event: string, given: JsonObject, symbols: Symbols): ReadonlyMap<string, string>[] {
  const branches = textsOf(given.branches).filter((branch) => !branch.startsWith('!'));
  const named = branches.filter((branch) => !/[*?[\]+]/.test(branch)).slice(0, MOST_BRANCHES);
  const patterns = patterned(branches, symbols);
  const open = branches.length === 0 || branches.length > named.length + patterns.length;
  if (event === 'pull_request' || event === 'pull_request_target') {
    const own: [string, string][] =
      event === 'pull_request'
        ? [['github.ref', `refs/pull/${symbols.of('github.event.number')}/merge`]]
        : [];
    return [
      ...named.map((branch) => [['github.base_ref', branch] as [string, string]]),
      ...(open ? [[]] : []),
    ].map((base) => new Map([...own, ...base]));
  }
  if (event === 'release' || (event === 'push' && given.tags !== undefined && given.branches === undefined))
    return [
      new Map([
        ['github.ref', `refs/tags/${symbols.of('github.ref_name')}`],
        ['github.ref_type', 'tag'],
      ]),
    ];
  if (event !== 'push') return [NO_BINDINGS];
  const bound = [...named, ...patterns].map((branch) => branchBindings(branch));
  return open
    ? [...bound, given.tags === undefined ? new Map([['github.ref_type', 'branch']]) : NO_BINDINGS]
    : bound;
}

/** A pattern with one star, `*_dev` or `release/**`, is a branch of which an end is known. */
const patterned = (branches: readonly string[], symbols: Symbols): string[] =>
  branches
    .filter((branch) => /^[\w./-]*\*{1,2}[\w./-]*$/.test(branch) && /\w/.test(branch))
    .slice(0, MOST_BRANCHES)
    .map((branch) => branch.replace(/\*{1,2}/, symbols.of('github.ref_name')));

/** What a guard asks for (`[ "$ENVIRONMENT" == false ]`) is no value that names would be made of. */
export const isGuardValue = (value: string): boolean =>
  /^(?:true|false|null|none|undefined|nil|n\/a|yes|no|y|n|[01]|)$/i.test(value);

/** `github.ref` and its like on a branch. */
export const branchBindings = (branch: string): ReadonlyMap<string, string> =>
  new Map([
    ['github.ref', `refs/heads/${branch}`],
    ['github.ref_name', branch],
    ['github.ref_type', 'branch'],
  ]);

import { parseSync } from 'rolldown/utils';
import { expect, test } from 'vitest';
import { rules } from '#judge/rules/all.generated.ts';
import { sources } from './sources.ts';

/** The checks of a path that may fail, as the trace writes their ids. */
interface Failing {
  /** `file: id` of each id that is given to a failure, or that a failure takes from somewhere. */
  ids: Set<string>;
  /** Failures whose id is neither written out nor called `id`: nobody could tell which it is. */
  unreadable: string[];
}

type Node = { type: string; [key: string]: unknown };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one);
  if (!isNode(value)) return;
  yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

const named = (node: unknown, ...names: string[]): boolean =>
  isNode(node) && node.type === 'Identifier' && names.includes(String(node.name));

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)+$/;
const literal = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' && KEBAB.test(node.value)
    ? node.value
    : undefined;

/** The ids of `fail('…')` and `held('…')`, and those that are called `id` on their way there. */
function failingIn(file: string, text: string): Failing {
  const found: Failing = { ids: new Set(), unreadable: [] };
  const keep = (id: string | undefined) => id !== undefined && found.ids.add(id);
  for (const node of nodesOf(parseSync(file, text).program)) {
    if (node.type === 'Property' && named(node.key, 'id')) keep(literal(node.value));
    if (node.type === 'VariableDeclarator' && named(node.id, 'id')) keep(literal(node.init));
    if (node.type !== 'CallExpression' || !named(node.callee, 'fail', 'held')) continue;
    const [first] = node.arguments as Node[];
    const id = literal(first);
    keep(id);
    if (id === undefined && !named(first, 'id')) found.unreadable.push(`${file}: ${first?.type}`);
  }
  return found;
}

const traced = sources(['src/reconcile/trace']).map(({ file, text }) => failingIn(file, text));
const ids = new Set(traced.flatMap((one) => [...one.ids]));

test('what a failure is called can be read where it is written', () => {
  expect(traced.flatMap(({ unreadable }) => unreadable)).toEqual([]);
  // one that is written out, one of a table, one that passes or fails
  expect([...ids]).toEqual(
    expect.arrayContaining(['origin-loop', 'image-pull-failing', 'certificate-not-covering']),
  );
});

test('every check of a path that may fail has a rule of its id', () => {
  const known = new Set(rules.map(({ id }) => id));
  expect([...ids].filter((id) => !known.has(id)).sort()).toEqual([]);
});

/** What an account is told of without a path too: the rule on the resource says what explains it on one. */
const OF_RESOURCES = ['service-short-of-tasks', 'targets-unhealthy'];

test('a failure is told once: by the rule on paths of its id, or by the one on the resource', () => {
  const others = rules.filter(({ id, subject }) => ids.has(id) && subject !== 'path');
  expect(others.map(({ id }) => id)).toEqual(OF_RESOURCES);
  expect(others.every(({ subject }) => subject === 'resource')).toBe(true);
});

import type { Json } from '#model/fact.ts';
import { LIMITS } from './limits.ts';
import { isObject, type JsonObject } from './workflow-document.ts';

/** The cell of a matrix that only the run will know. */
export const UNKNOWN_CELL = '*';

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a cell has all the values of a pattern. */
const fits = (cell: JsonObject, pattern: JsonObject): boolean =>
  Object.entries(pattern).every(([key, value]) => same(cell[key], value));

/**
 * The cells of an interpolated `matrix:`. GitHub documentation, “Expanding or adding matrix configurations”: an
 * `include` joins every cell of whose axes it changes none, else it is a cell of its own.
 */
export function matrixCells(matrix: Json | undefined): JsonObject[] {
  if (matrix === undefined || matrix === null) return [{}];
  if (!isObject(matrix)) return [{ [UNKNOWN_CELL]: matrix }];
  const { include, exclude, ...axes } = matrix;
  let cells: JsonObject[] = Object.keys(axes).length ? [{}] : [];
  for (const [axis, values] of Object.entries(axes)) {
    const list = Array.isArray(values) ? values : [values];
    cells = cells.flatMap((cell) => list.map((value) => ({ ...cell, [axis]: value ?? null }))).slice(0, 256);
  }
  const excluded = Array.isArray(exclude) ? exclude.filter(isObject) : [];
  cells = cells.filter((cell) => !excluded.some((pattern) => fits(cell, pattern)));
  const own: JsonObject[] = [];
  const original = cells.map((cell) => ({ ...cell }));
  for (const added of Array.isArray(include) ? include.filter(isObject) : []) {
    const shared = Object.fromEntries(Object.entries(added).filter(([key]) => key in axes));
    const joins = cells.map((_, i) => fits(original[i] ?? {}, shared));
    if (joins.includes(true)) cells = cells.map((cell, i) => (joins[i] ? { ...cell, ...added } : cell));
    else own.push({ ...added });
  }
  if (typeof include === 'string') own.push({ [UNKNOWN_CELL]: include });
  const all = [...cells, ...own];
  return all.length ? all.slice(0, LIMITS.matrixCells) : [{}];
}

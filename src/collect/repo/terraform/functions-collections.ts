import type { TerraformFunction } from './functions.ts';
import { isList, isMap, isOpen, knownText, MOST_ITEMS, Open, textOf, type Value } from './values.ts';

const listOf = (value: Value | undefined): readonly Value[] | undefined =>
  value !== undefined && isList(value) ? value : undefined;

function flattened(value: Value, into: Value[], depth = 0): boolean {
  if (value instanceof Open || depth > 20 || into.length > MOST_ITEMS) return false;
  if (!isList(value)) {
    into.push(value);
    return true;
  }
  return value.every((item) => flattened(item, into, depth + 1));
}

/** Each once, in order where all are texts; undefined where two may be the same. */
function distinct(items: readonly Value[], sorted: boolean): Value[] | undefined {
  const byText = new Map<string, Value>();
  for (const item of items) {
    const text = textOf(item);
    if (text === undefined) return undefined;
    byText.set(text, item);
  }
  const found = [...byText];
  if (sorted) found.sort(([a], [b]) => (a < b ? -1 : 1));
  return found.map(([, item]) => item);
}

const first =
  (isNone: (value: Value) => boolean): TerraformFunction =>
  (values) => {
    const found = values.find((value) => !isNone(value));
    return found instanceof Open ? undefined : found;
  };

export const collections: Record<string, TerraformFunction> = {
  tolist: ([value]) => listOf(value),
  tomap: ([value]) => value,
  toset: ([value]) => {
    const items = listOf(value);
    return items && distinct(items, true);
  },
  distinct: ([value]) => {
    const items = listOf(value);
    return items && distinct(items, false);
  },
  sort: ([value]) => {
    const items = listOf(value)?.map(knownText);
    return items?.every((item) => item !== undefined) ? items.sort() : undefined;
  },
  concat: (values) => {
    const lists = values.map(listOf);
    return lists.every((list) => list !== undefined) ? lists.flat().slice(0, MOST_ITEMS) : undefined;
  },
  merge: (values) => {
    const maps = values.filter((value) => value !== null);
    if (!maps.every(isMap)) return undefined;
    const entries = maps.flatMap((map) => [...map]);
    return entries.length > MOST_ITEMS ? undefined : new Map(entries);
  },
  length: ([value = null]) => {
    if (isList(value)) return value.length;
    if (isMap(value)) return value.size;
    return typeof value === 'string' ? [...value].length : undefined;
  },
  keys: ([value = null]) => (isMap(value) ? [...value.keys()].sort() : undefined),
  values: ([value = null]) =>
    isMap(value) ? [...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, inner]) => inner) : undefined,
  lookup: ([map = null, key = null, otherwise]) => {
    const name = knownText(key);
    if (!isMap(map) || name === undefined) return undefined;
    return map.get(name) ?? otherwise;
  },
  element: ([list = null, index = null]) => {
    const at = Number(knownText(index) ?? Number.NaN);
    return isList(list) && list.length > 0 && Number.isInteger(at) && at >= 0
      ? list[at % list.length]
      : undefined;
  },
  one: ([list = null]) => {
    if (!isList(list)) return undefined;
    return list.length === 0 ? null : list.length === 1 ? list[0] : undefined;
  },
  contains: ([list = null, value = null]) => {
    const searched = knownText(value);
    const texts = isList(list) ? list.map(knownText) : undefined;
    if (searched === undefined || !texts) return undefined;
    return texts.includes(searched) ? true : texts.includes(undefined) ? undefined : false;
  },
  coalesce: first((value) => value === null || value === ''),
  coalescelist: first((value) => isList(value) && value.length === 0),
  compact: ([list = null]) =>
    isList(list) && !list.some(isOpen) ? list.filter((item) => item !== null && item !== '') : undefined,
  flatten: ([value = null]) => {
    const items: Value[] = [];
    return isList(value) && flattened(value, items) ? items : undefined;
  },
  reverse: ([value]) => listOf(value)?.toReversed(),
  slice: ([list = null, from = null, to = null]) =>
    isList(list) && typeof from === 'number' && typeof to === 'number' ? list.slice(from, to) : undefined,
  zipmap: ([keys = null, values = null]) => {
    if (!isList(keys) || !isList(values)) return undefined;
    const names = keys.map(knownText);
    return names.every((name) => name !== undefined)
      ? new Map(names.map((name, index) => [name, values[index] ?? null]))
      : undefined;
  },
  range: (values) => {
    const numbers = values.map((value) => (typeof value === 'number' ? value : Number.NaN));
    const [start, end, step] =
      numbers.length === 1 ? [0, numbers[0] ?? 0, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
    const size = Math.ceil((end - start) / step);
    return size >= 0 && size <= MOST_ITEMS
      ? Array.from({ length: size }, (_, index) => start + index * step)
      : undefined;
  },
  setproduct: (values) => {
    const lists = values.map(listOf);
    if (!lists.every((list) => list !== undefined)) return undefined;
    if (lists.reduce((size, list) => size * list.length, 1) > MOST_ITEMS) return undefined;
    return lists.reduce<Value[][]>(
      (all, list) => all.flatMap((one) => list.map((item) => [...one, item])),
      [[]],
    );
  },
  setunion: (values) => {
    const lists = values.map(listOf);
    return lists.every((list) => list !== undefined) ? distinct(lists.flat(), true) : undefined;
  },
  max: (values) => extreme(values, Math.max),
  min: (values) => extreme(values, Math.min),
};

function extreme(values: readonly Value[], of: (...numbers: number[]) => number): Value | undefined {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === values.length && numbers.length > 0 ? of(...numbers) : undefined;
}

import { evaluate } from './evaluate.ts';
import type { Body } from './hcl/nodes.ts';
import { attributeOf } from './module-config.ts';
import type { Scope } from './scope.ts';
import { isList, isMap, knownText, Open, textOf, type Value } from './values.ts';

/** One of the things that `count` and `for_each` make of a block. */
export interface Instance {
  /** `[0]`, `["a"]`; empty for a block without either. */
  suffix: string;
  key?: string | number;
  each?: { key: Value; value: Value };
  count?: Value;
  /** How many there will be is not known: this one stands for all. */
  isOneForAll: boolean;
}

/** Of one block; a larger number is shown as one that stands for all. */
const MOST_INSTANCES = 200;
const ONE: Instance = { suffix: '', isOneForAll: false };

/** Terraform documentation, “The count Meta-Argument”, “The for_each Meta-Argument”. */
export function instancesOf(body: Body, scope: Scope): Instance[] {
  const count = attributeOf(body, 'count')?.value;
  const forEach = attributeOf(body, 'for_each')?.value;
  if (count) return counted(evaluate(count, scope));
  return forEach ? eachOf(evaluate(forEach, scope)) : [ONE];
}

function counted(value: Value): Instance[] {
  const number = Number(knownText(value) ?? Number.NaN);
  if (!Number.isInteger(number) || number < 0 || number > MOST_INSTANCES)
    return [{ suffix: '', count: new Open('⟨count.index⟩'), isOneForAll: true }];
  return Array.from({ length: number }, (_, index) => ({
    suffix: `[${index}]`,
    key: index,
    count: index,
    isOneForAll: false,
  }));
}

function eachOf(value: Value): Instance[] {
  const entries = isMap(value)
    ? [...value]
    : isList(value)
      ? value.flatMap((item): [string, Value][] => {
          const text = textOf(item);
          return text === undefined ? [] : [[text, item]];
        })
      : undefined;
  const isWhole = entries !== undefined && (!isList(value) || entries.length === value.length);
  if (!entries || !isWhole || entries.length > MOST_INSTANCES) {
    const each = { key: new Open('⟨each.key⟩'), value: new Open('⟨each.value⟩') };
    return [{ suffix: '', each, isOneForAll: true }];
  }
  return entries.map(([key, inner]) => ({
    suffix: `["${key}"]`,
    key,
    each: { key: knownText(key) ?? new Open(key), value: inner },
    isOneForAll: false,
  }));
}

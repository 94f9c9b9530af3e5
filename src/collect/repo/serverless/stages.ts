import { environmentOf } from '#lib/environments.ts';
import { mapping, scalar } from '../untyped.ts';
import type { GivenStages } from './given-stages.ts';

const MOST_STAGES = 12;
const STAGE = /^[A-Za-z0-9][\w-]{0,63}$/;

/** A way in which a service is deployed. */
export interface Stage {
  name: string;
  /** Canonical; empty where the same file may be deployed to others as well. */
  environments: string[];
}

/**
 * The stages of a service: the one that its file names; where the command chooses, the default that the file gives and
 * those for which `params` or a map of `custom` holds values. What calls give goes before the file's own: with
 * `--stage prod` nothing is deployed to its default. None where nothing tells any, or where a call gives what only its
 * run knows: the framework's own default, and that of a file which every call overrides, are what hardly anybody
 * deploys to.
 */
export function stagesOf(self: unknown, given: GivenStages): Stage[] {
  const told = toldBy(self);
  const isOverridden = (given.isOpen || given.written.length > 0) && !given.isLeftOut;
  const own = isOverridden ? told.filter(({ isDefault }) => !isDefault) : told;
  if (given.written.length > 0) {
    const names = new Set([...own.map(({ name }) => name), ...given.written]);
    return [...names].slice(0, MOST_STAGES).map(stageOf);
  }
  return own.map(({ name, environments }) => ({ name, environments }));
}

/** What the file itself tells. */
function toldBy(self: unknown): (Stage & { isDefault: boolean })[] {
  const top = mapping(self);
  const written = scalar(mapping(top.get('provider')).get('stage'));
  if (written !== undefined && STAGE.test(written)) return [{ ...stageOf(written), isDefault: true }];
  const fallback = fallbackOf(written ?? '', top);
  const custom = mapping(top.get('custom'));
  const found = [...environmentsAmong(mapping(top.get('params'))), ...environmentsAmong(custom)];
  for (const value of custom.values()) {
    const keys = [...mapping(value).keys()].filter((key) => key !== 'default');
    if (keys.length > 1 && keys.every((key) => environmentOf(key) !== undefined)) found.push(...keys);
  }
  const names = [...new Set(fallback === undefined ? found : [fallback, ...found])].filter((one) =>
    STAGE.test(one),
  );
  if (names.length === 1 && names[0] === fallback)
    return names.map((name) => ({ name, environments: [], isDefault: true }));
  return names.slice(0, MOST_STAGES).map((name) => ({ ...stageOf(name), isDefault: name === fallback }));
}

function stageOf(name: string): Stage {
  const environment = environmentOf(name);
  return { name, environments: environment === undefined ? [] : [environment] };
}

/** The last alternative of a variable: a word, or what one key of the file holds. */
function fallbackOf(written: string, top: ReadonlyMap<string, unknown>): string | undefined {
  const word = /,\s{0,8}["']?([A-Za-z0-9][\w-]{0,63})["']?\s{0,8}\}$/.exec(written)?.[1];
  if (word !== undefined) return word;
  const [, section = '', key = ''] =
    /,\s{0,8}\$?\{?self:(\w{1,60})\.(\w{1,60})\}?\s{0,8}\}$/.exec(written) ?? [];
  const value = scalar(mapping(top.get(section)).get(key));
  return value !== undefined && STAGE.test(value) ? value : undefined;
}

/** Keys that hold values and are called after environments. */
const environmentsAmong = (values: ReadonlyMap<string, unknown>): string[] =>
  [...values]
    .filter(([key, value]) => environmentOf(key) !== undefined && typeof value === 'object' && value !== null)
    .map(([key]) => key);

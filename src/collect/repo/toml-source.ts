import { parse, TomlError } from 'smol-toml';
import { mapping } from './untyped.ts';

const LONGEST_TEXT = 1_000_000;

/** A TOML text with the lines of the names in it. */
export interface TomlSource {
  top: ReadonlyMap<string, unknown>;
  /**
   * The line on which a package is named inside the table or key of this path (`project.dependencies`), else of its
   * first mention: the parser gives no places.
   */
  lineOf(path: string, name: string): number;
}

/** Reads TOML. The error's message repeats nothing of the text. */
export function readToml(text: string): TomlSource | { error: { line: number; message: string } } {
  if (text.length > LONGEST_TEXT) return { error: { line: 1, message: 'over 1 MB of TOML' } };
  try {
    const top = mapping(parse(text));
    let places: Map<string, number> | undefined;
    return {
      top,
      lineOf(path, name) {
        places ??= placesIn(text);
        return places.get(`${path} ${name}`) ?? places.get(name) ?? 1;
      },
    };
  } catch (thrown) {
    if (thrown instanceof TomlError) return { error: { line: thrown.line, message: 'not valid TOML' } };
    if (thrown instanceof RangeError) return { error: { line: 1, message: 'nested too deeply' } };
    throw thrown;
  }
}

const TABLE = /^\s*\[{1,2}\s*([^\]]{1,200}?)\s*\]/;
const KEY = /^\s*["']?([A-Za-z0-9][\w.-]{0,127})["']?\s*=/;
const QUOTED_NAME = /["']([A-Za-z0-9][\w.-]{0,127})/g;

/** Where names stand, first mention first: keys of tables, and the starts of quoted texts. */
function placesIn(text: string): Map<string, number> {
  const places = new Map<string, number>();
  let table = '';
  let key = '';
  const note = (path: string, name: string, line: number) => {
    for (const place of [`${path} ${name}`, name]) if (!places.has(place)) places.set(place, line);
  };
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.slice(0, 2_000);
    const header = TABLE.exec(line)?.[1];
    if (header !== undefined && !line.includes('=')) {
      table = header.replace(/["'\s]/g, '');
      key = '';
      const cut = table.lastIndexOf('.');
      if (cut > 0) note(table.slice(0, cut), table.slice(cut + 1), index + 1);
      continue;
    }
    if (/^\s*#/.test(line)) continue;
    const start = KEY.exec(line);
    if (start?.[1]) {
      key = start[1];
      note(table, key, index + 1);
    }
    for (const match of line.matchAll(QUOTED_NAME)) {
      if (match[1]) note([table, key].filter(Boolean).join('.'), match[1], index + 1);
    }
  }
  return places;
}

import { aroundSymbols, hasSymbol, knownPart } from '#lib/symbolic.ts';
import type { TerraformFunction } from './functions.ts';
import {
  Encoded,
  isList,
  knownText,
  LONGEST_TEXT,
  Open,
  textOf,
  textValue,
  type Value,
  valueOfJson,
} from './values.ts';

const FORMAT = /%(%|[-+ 0]?(\d{0,3})(?:\[\d\])?(?:\.\d{1,2})?([a-z]))/g;

/** A function of one text that holds for what is known of it, symbols left as they are. */
const mapped =
  (change: (text: string) => string): TerraformFunction =>
  ([value = null]) => {
    const text = textOf(value);
    return text === undefined ? undefined : textValue(aroundSymbols(text, change));
  };

/** A function of texts that are all known. */
const known =
  (result: (...texts: string[]) => Value | undefined): TerraformFunction =>
  (values) => {
    const found = values.map(knownText);
    return found.every((text) => text !== undefined) ? result(...found) : undefined;
  };

const lastPart = (path: string) => path.replace(/\/+$/, '').split('/').at(-1) ?? '';

export const texts: Record<string, TerraformFunction> = {
  lower: mapped((text) => text.toLowerCase()),
  upper: mapped((text) => text.toUpperCase()),
  title: mapped((text) =>
    text.replace(/(^|\s)(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
  ),
  trimspace: mapped((text) => text.trim()),
  chomp: mapped((text) => text.replace(/\n+$/, '')),
  nonsensitive: ([value]) => value,
  tostring: ([value = null]) => (typeof value === 'object' ? value : String(value)),
  tonumber: ([value = null]) => {
    const number = Number(knownText(value) ?? Number.NaN);
    return Number.isFinite(number) ? number : undefined;
  },
  tobool: ([value]) =>
    value === 'true' ? true : value === 'false' ? false : typeof value === 'boolean' ? value : undefined,
  format: ([pattern = null, ...values]) => formatted(pattern, values),
  join: ([by = null, items = null]) => {
    const separator = knownText(by);
    if (separator === undefined || !isList(items)) return undefined;
    const parts = items.map(textOf);
    return parts.every((part) => part !== undefined)
      ? textValue(parts.join(separator).slice(0, LONGEST_TEXT + 1))
      : undefined;
  },
  split: ([by = null, value = null]) => {
    const separator = knownText(by);
    const text = textOf(value);
    if (separator === undefined || text === undefined) return undefined;
    if (!hasSymbol(text)) return (separator === '' ? [...text] : text.split(separator)).slice(0, 2_000);
    return undefined;
  },
  replace: ([value = null, from = null, to = null]) => {
    const [text, searched, by] = [textOf(value), knownText(from), knownText(to)];
    if (text === undefined || searched === undefined || by === undefined) return undefined;
    // A pattern of somebody else's is not run
    if (/^\/.+\/$/s.test(searched)) return simplePattern(text, searched.slice(1, -1), by);
    return searched === ''
      ? undefined
      : textValue(aroundSymbols(text, (inner) => inner.replaceAll(searched, () => by)));
  },
  substr: ([value = null, offset = null, length = null]) => {
    const [text, from, count] = [textOf(value), Number(knownText(offset)), Number(knownText(length))];
    if (text === undefined || Number.isNaN(from) || Number.isNaN(count)) return undefined;
    if (hasSymbol(text)) {
      // The whole of it, as long as it may be: of what is longer the end is not known
      const isWhole = from === 0 && (count < 0 || knownPart(text).length <= count);
      return isWhole ? textValue(text) : undefined;
    }
    const start = from < 0 ? Math.max(0, text.length + from) : from;
    return count < 0 ? text.slice(start) : text.slice(start, start + count);
  },
  trimprefix: known((text, prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: known((text, suffix = '') =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  trim: known((text, characters = '') => trimmed(text, characters)),
  startswith: known((text, prefix = '') => text.startsWith(prefix)),
  endswith: known((text, suffix = '') => text.endsWith(suffix)),
  strcontains: known((text, part = '') => text.includes(part)),
  basename: known(lastPart),
  dirname: known((path) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.')),
  abspath: ([path]) => path,
  pathexpand: ([path]) => path,
  jsonencode: ([value = null]) => new Encoded(value),
  jsondecode: ([value = null]) => decoded(value),
};

/** `[^a-z0-9-]` and the like: one class of characters, which cannot run away. */
function simplePattern(text: string, pattern: string, by: string): Value | undefined {
  if (!/^\[\^?(?:[\w .:/-]|\\[-._/wds])+\]\+?$/.test(pattern) || /[$\\]/.test(by) || hasSymbol(text))
    return undefined;
  try {
    return text.replace(new RegExp(pattern, 'g'), by);
  } catch {
    return undefined;
  }
}

function trimmed(text: string, characters: string): string {
  let [start, end] = [0, text.length];
  while (start < end && characters.includes(text[start] ?? '')) start += 1;
  while (end > start && characters.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

function formatted(pattern: Value, values: readonly Value[]): Value | undefined {
  const form = textOf(pattern);
  if (form === undefined) return undefined;
  let next = 0;
  let isKnown = true;
  const text = form.replace(FORMAT, (whole, verb: string, width: string, letter: string) => {
    if (verb === '%') return '%';
    const value = values[next] ?? null;
    next += 1;
    const part = textOf(value);
    if (part === undefined || whole.includes('[') || !/[sdvq]/.test(letter)) isKnown = false;
    if (letter === 'q') return JSON.stringify(part ?? '');
    return /^%0\d/.test(whole) ? (part ?? '').padStart(Number(width), '0') : (part ?? '');
  });
  return isKnown ? textValue(text) : undefined;
}

/** JSON read from a text that was made or read. */
export function decoded(value: Value): Value | undefined {
  if (value instanceof Encoded) return value.value;
  const text = typeof value === 'string' || value instanceof Open ? textOfJson(value) : undefined;
  if (text === undefined) return undefined;
  try {
    return valueOfJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What is unknown and stands outside quotes is no JSON: `null` takes its place. */
const textOfJson = (value: string | Open): string =>
  (typeof value === 'string' ? value : value.text).replace(/([:[,]\s{0,40})⟨[^⟨⟩]*⟩/g, '$1null');

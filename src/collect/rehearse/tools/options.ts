import type { ParsedCall } from './tool.ts';

/** How a command reads its options. Names stand without dashes. */
export interface Grammar {
  /** Options that take a value. */
  valued: ReadonlySet<string>;
  /** Options that take none; told apart from the valued ones only where unknown options take a value. */
  switches?: ReadonlySet<string>;
  /** Whether an option in neither table takes the word after it. Default false. */
  unknownTakesValue?: boolean;
  /** Long options may have one dash (`-var-file=x`), as in Go's own flags; no letters are grouped then. */
  singleDash?: boolean;
  /** Once there are this many words, everything after is a word too: `ssh HOST COMMAND…`. */
  mostWords?: number;
}

export type Options = ParsedCall['options'];

/** A set of names written in one text, for tables that are read as a manual page is. */
export const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Adds a value to an option, which becomes a list when it is given again. */
export function addOption(options: Options, key: string, value: string | true): void {
  const known = Object.hasOwn(options, key) ? options[key] : undefined;
  if (value === true) options[key] = known ?? true;
  else if (known === undefined || known === true) options[key] = value;
  else options[key] = [...(Array.isArray(known) ? known : [known]), value];
}

/** A dictionary whose keys come from audited text. */
export const noOptions = (): Options => Object.create(null) as Options;

/** Options and words of a command line as POSIX and GNU tools read it. */
export function parseOptions(
  args: readonly string[],
  grammar: Grammar,
): { options: Options; words: string[] } {
  const options = noOptions();
  const words: string[] = [];
  const takesValue = (key: string) =>
    grammar.valued.has(key) || (grammar.unknownTakesValue === true && !grammar.switches?.has(key));
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (words.length >= (grammar.mostWords ?? Number.POSITIVE_INFINITY)) {
      words.push(...args.slice(i));
      break;
    }
    if (arg === '--') {
      words.push(...args.slice(i + 1));
      break;
    }
    if (arg === '-' || !arg.startsWith('-')) {
      words.push(arg);
      continue;
    }
    const next = args[i + 1];
    const isLong = arg.startsWith('--') || grammar.singleDash === true;
    if (isLong) {
      const text = arg.replace(/^--?/, '');
      const equals = text.indexOf('=');
      if (equals > 0) addOption(options, text.slice(0, equals), text.slice(equals + 1));
      else if (
        takesValue(text) &&
        next !== undefined &&
        (grammar.valued.has(text) || !/^--?[a-z]/i.test(next))
      ) {
        addOption(options, text, next);
        i++;
      } else addOption(options, text, true);
      continue;
    }
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at] ?? '';
      if (!grammar.valued.has(letter)) {
        addOption(options, letter, true);
        continue;
      }
      const attached = arg.slice(at + 1).replace(/^=/, '');
      if (attached) addOption(options, letter, attached);
      else if (next !== undefined) {
        addOption(options, letter, next);
        i++;
      } else addOption(options, letter, true);
      break;
    }
  }
  return { options, words };
}

/** All values of the first of these options that is there; commas and line ends are kept. */
export function valuesOf(call: ParsedCall, ...keys: string[]): string[] {
  return keys.flatMap((key) => {
    const value = Object.hasOwn(call.options, key) ? call.options[key] : undefined;
    return value === undefined || value === true ? [] : Array.isArray(value) ? value : [value];
  });
}

/** The last value of an option, under any of its names. */
export const lastValue = (call: ParsedCall, ...keys: string[]): string | undefined =>
  valuesOf(call, ...keys)
    .filter((value) => value !== '')
    .at(-1);

/** Whether an option is given and not switched off. */
export const isOn = (call: ParsedCall, ...keys: string[]): boolean =>
  keys.some((key) => {
    const value = Object.hasOwn(call.options, key) ? call.options[key] : undefined;
    return value !== undefined && value !== 'false' && value !== '';
  });

/** Values written one a line or between commas, as inputs of actions are. */
export const listed = (values: readonly string[]): string[] =>
  values
    .flatMap((value) => value.split(/[\n,]/))
    .map((value) => value.trim())
    .filter(Boolean);

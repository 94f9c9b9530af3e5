import type { NameStatus } from '#model/fact.ts';

/** A text with the variables that are known put in; what is not known stays as it was written. */
export interface Interpolated {
  text: string;
  status: Extract<NameStatus, 'literal' | 'resolved' | 'template'>;
}

/** The value of a variable; undefined when nothing in the repository gives one. */
export type Lookup = (name: string) => string | undefined;

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const MOST_NESTED = 8;
const LONGEST = 4_096;

/**
 * Puts values into `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}` and
 * `${NAME:+replacement}`, as Compose and Dockerfiles do; `$$` is a dollar. A text over 4,096 characters
 * is left as it is.
 */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  if (!text.includes('$')) return { text, status: 'literal' };
  if (text.length > LONGEST) return { text, status: 'template' };
  const state: State = { text, at: 0, known: false, unknown: false, lookup };
  const result = until(state, undefined, 0);
  return { text: result, status: state.unknown ? 'template' : state.known ? 'resolved' : 'literal' };
}

interface State {
  readonly text: string;
  readonly lookup: Lookup;
  at: number;
  known: boolean;
  unknown: boolean;
}

/** Reads up to `end` (not consumed) or to the end of the text. */
function until(state: State, end: '}' | undefined, depth: number): string {
  const { text } = state;
  const parts: string[] = [];
  while (state.at < text.length && text[state.at] !== end) {
    const dollar = text.indexOf('$', state.at);
    const close = end ? text.indexOf(end, state.at) : -1;
    const stop = Math.min(...[dollar, close, text.length].filter((index) => index >= 0));
    parts.push(text.slice(state.at, stop));
    state.at = stop;
    if (stop === dollar) parts.push(variable(state, depth));
  }
  return parts.join('');
}

function variable(state: State, depth: number): string {
  const { text } = state;
  const start = state.at;
  const next = text[start + 1];
  if (next === '$') {
    state.at = start + 2;
    return '$';
  }
  const braced = next === '{';
  NAME.lastIndex = start + (braced ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  if (name === undefined || depth >= MOST_NESTED) {
    state.at = start + 1;
    if (braced) state.unknown = true;
    return '$';
  }
  state.at = start + (braced ? 2 : 1) + name.length;
  if (!braced) return known(state, state.lookup(name)) ?? `$${name}`;
  const operator = /[:]?[-?+]/y;
  operator.lastIndex = state.at;
  const sign = operator.exec(text)?.[0] ?? '';
  state.at += sign.length;
  const before = { known: state.known, unknown: state.unknown };
  const argument = until(state, '}', depth + 1);
  const closed = text[state.at] === '}';
  if (closed) state.at += 1;
  const value = state.lookup(name);
  const isSet = value !== undefined && (value !== '' || !sign.startsWith(':'));
  if (closed && sign.endsWith(isSet ? '+' : '-')) {
    state.known = true;
    return argument;
  }
  Object.assign(state, before);
  if (!closed || (sign === '' && argument !== '')) return unknown(state, text.slice(start, state.at));
  if (sign.endsWith('+') && value !== undefined) return known(state, '') ?? '';
  if (isSet) return known(state, value) ?? '';
  // The message of `:?` is no part of a name.
  return unknown(state, sign.endsWith('?') ? `\${${name}}` : text.slice(start, state.at));
}

function known(state: State, value: string | undefined): string | undefined {
  if (value === undefined) state.unknown = true;
  else state.known = true;
  return value;
}

function unknown(state: State, written: string): string {
  state.unknown = true;
  return written;
}

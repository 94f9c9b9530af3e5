import type { ProgramSettings } from '#model/settings.ts';
import { type Call, type Code, type Expression, partsOf } from './code.ts';
import { type KnownSettings, labelled } from './known-settings.ts';
import type { Spot } from './meaning.ts';
import type { Sources } from './sources.ts';

type Lifetime = ProgramSettings['tokenLifetimes'][number];

const UNITS: Readonly<Record<string, number>> = {
  weeks: 604_800,
  days: 86_400,
  hours: 3_600,
  minutes: 60,
  seconds: 1,
};
const GO_UNITS: Readonly<Record<string, number>> = {
  'time.Hour': 3_600,
  'time.Minute': 60,
  'time.Second': 1,
};
/** The words that `ms` reads. https://github.com/vercel/ms */
const WORDS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3_600,
  hr: 3_600,
  hrs: 3_600,
  hour: 3_600,
  hours: 3_600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
  y: 31_557_600,
  yr: 31_557_600,
  year: 31_557_600,
  years: 31_557_600,
};
/** Tokens that are made to last, or to be used once. */
const OTHER =
  /sliding|refresh|remember|reset|verif|invit|e?mail|confirm|activat|session|cookie|unsubscribe|share|download|api_?key|webhook|csrf|otp|signature|magic|qr_?code|preview/i;
const EXPIRY = /exp(?:ir|$|_|s$|[A-Z])|^exp$|lifetime|ttl/i;
const MOST = 30;
/** A token is taken back by an end that is over at once. */
const SHORTEST = 10;

/** How long tokens that a program signs are good for: what code says, or the default of the setting that decides it. */
export function lifetimesOf(codes: readonly Code[], sources: Sources, settings: KnownSettings): Lifetime[] {
  const found: Lifetime[] = [];
  for (const code of codes) {
    if (!/jwt|jsonwebtoken|JwtModule|\bjose\b|access_token_expire/i.test(code.text)) continue;
    const add = (seconds: number | undefined, from: number, expression: Expression, spot: Spot) => {
      if (seconds === undefined || !Number.isFinite(seconds) || seconds < SHORTEST || found.length >= MOST)
        return;
      const setting = settings.of(expression, spot);
      if (setting && OTHER.test(setting.name)) return;
      const at = sources.at(code, from);
      if (!found.some((one) => one.at.file === at.file && one.at.line === at.line))
        found.push({ seconds, ...(setting && { setting: setting.name }), at });
    };
    if (code.language === 'javascript') ofJavaScript(code, settings, add);
    else ofOthers(code, settings, add);
  }
  return found;
}

type Add = (seconds: number | undefined, from: number, expression: Expression, spot: Spot) => void;

function ofOthers(code: Code, settings: KnownSettings, add: Add): void {
  for (const { value, label, fn } of labelled(code)) {
    const name = fn === undefined ? '' : (code.functions[fn]?.name ?? '');
    const spot: Spot = { code, fn };
    const visit = (expression: Expression, called: string): void => {
      if (OTHER.test(called) || OTHER.test(name) || !EXPIRY.test(called)) return;
      if (code.language === 'go' && !isSigned(code, fn)) return;
      // `until = now + timedelta(…)`, then `{"exp": until}`
      const made =
        expression.is === 'name'
          ? code.assignments.filter((one) => one.fn === fn && one.target === expression.path && one.value)
          : [];
      const own = made.length === 1 && made[0]?.value ? made[0].value : expression;
      for (const part of partsOf(own)) {
        if (part.is !== 'call') continue;
        if (/(?:^|\.)timedelta$/.test(part.path))
          add(ofTimedelta(part, spot, settings), part.from, part, spot);
        else if (part.path === 'time.Now().Add' && part.args[0])
          add(ofGo(part.args[0], spot, settings), part.from, part.args[0], spot);
      }
    };
    visit(value, label);
    // `jwt.MapClaims{"exp": …}`
    if (code.language === 'go')
      for (const part of partsOf(value))
        if (part.is === 'call') for (const [key, inner] of part.keywords) visit(inner, key);
    for (const part of partsOf(value))
      if (part.is === 'object') for (const { key, value: inner } of part.entries) visit(inner, key ?? '');
  }
}

/** Whether a function of Go, or its file, signs tokens: an expiry may be that of a cache. */
const isSigned = (code: Code, fn: number | undefined): boolean =>
  fn !== undefined && code.calls.some((one) => one.fn === fn && /jwt\.New|SignedString/.test(one.call.path));

function ofTimedelta(call: Call, spot: Spot, settings: KnownSettings): number | undefined {
  let seconds = 0;
  const given = [...call.keywords, ...(call.args[0] ? [['days', call.args[0]] as const] : [])];
  for (const [unit, value] of given) {
    const number = settings.number(value, spot);
    const factor = UNITS[unit];
    if (number === undefined || factor === undefined) return undefined;
    seconds += number * factor;
  }
  return seconds;
}

function ofGo(expression: Expression, spot: Spot, settings: KnownSettings): number | undefined {
  if (expression.is === 'name' && Object.hasOwn(GO_UNITS, expression.path)) return GO_UNITS[expression.path];
  if (expression.is === 'mix' && expression.sign === '*') {
    const parts = expression.parts.map((part) => ofGo(part, spot, settings));
    return parts.every((part) => part !== undefined)
      ? parts.reduce((product, one) => product * one, 1)
      : undefined;
  }
  if (expression.is === 'call' && expression.path === 'time.Duration' && expression.args[0])
    return ofGo(expression.args[0], spot, settings);
  return settings.number(expression, spot);
}

function ofJavaScript(code: Code, settings: KnownSettings, add: Add): void {
  for (const { call, fn } of code.calls) {
    const spot: Spot = { code, fn };
    const name = fn === undefined ? '' : (code.functions[fn]?.name ?? '');
    if (OTHER.test(name)) continue;
    if (
      /\.setExpirationTime$/.test(call.path) ||
      (call.callee.is === 'member' && call.callee.name === 'setExpirationTime')
    ) {
      const [value] = call.args;
      if (value) add(ofWords(value, spot, settings, 1), call.from, value, spot);
      continue;
    }
    if (!/(?:^|\.)(?:sign|signAsync|register|forRoot)$/.test(call.path)) continue;
    const whole = code.text.slice(call.from, call.from + 400);
    for (const part of partsOf(call)) {
      if (part.is !== 'object') continue;
      for (const { key, value } of part.entries)
        if (key === 'expiresIn' && !OTHER.test(whole))
          add(ofWords(value, spot, settings, 1), value.from, value, spot);
    }
  }
}

/** `7d`, `2 hours`; a number counts in seconds, a text of digits in thousandths. */
function ofWords(
  expression: Expression,
  spot: Spot,
  settings: KnownSettings,
  unit: number,
): number | undefined {
  const value = settings.otherwise(expression, spot);
  if (value?.is === 'value' && typeof value.value === 'number') return value.value * unit;
  if (value?.is !== 'text') return undefined;
  const [, number = '', word = ''] =
    /^(\d{1,9}(?:\.\d{1,6})?)\s?([a-z]{1,8})?$/i.exec(value.text.trim()) ?? [];
  if (number === '') return undefined;
  if (word === '') return Number(number) / 1_000;
  const factor = Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : undefined;
  return factor === undefined ? undefined : Number(number) * factor;
}

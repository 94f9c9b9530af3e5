import type { ProgramSettings } from '#model/settings.ts';
import {
  type Assignment,
  type Call,
  type ClassOfCode,
  type Code,
  type Expression,
  option,
  pathOf,
} from './code.ts';
import { defaultValue } from './default-value.ts';
import type { Environment, Read } from './environment-reads.ts';
import type { Resolver } from './resolve.ts';
import type { Sources } from './sources.ts';

const DEEPEST_NESTING = 3;

interface Configuration {
  prefix: string;
  isCaseSensitive: boolean;
  delimiter?: string;
  /** The prefix is worked out when the program runs. */
  isOpen: boolean;
}

/**
 * Fields of classes made from `BaseSettings`, as pydantic-settings reads them: prefix, case, aliases, nested models.
 * https://docs.pydantic.dev/latest/concepts/pydantic_settings/
 */
export function pydanticSettings(codes: readonly Code[], sources: Sources, resolver: Resolver): Environment {
  const reads: Read[] = [];
  const blindSpots: ProgramSettings['blindSpots'] = [];
  for (const code of codes) {
    if (code.language !== 'python') continue;
    for (const cls of code.classes) {
      const line = lineage(code, cls, resolver);
      if (!line?.isSettings) continue;
      const configuration = configurationOf(line.classes, resolver);
      if (configuration.isOpen) blindSpots.push({ what: 'dynamic-name', at: sources.at(code, cls.from) });
      const seen = new Set<string>();
      // a field that is given anew stands for the one above it
      for (const one of line.classes)
        for (const field of fieldsOf(one.code, one.cls)) {
          if (seen.has(field.target)) continue;
          seen.add(field.target);
          reads.push(...readsOf(one.code, field, configuration, sources, resolver));
        }
    }
  }
  return { reads: unique(reads), blindSpots };
}

interface ClassAt {
  code: Code;
  cls: ClassOfCode;
}

/** A class and those it is made from, the nearest first; undefined where it has none. */
function lineage(
  code: Code,
  cls: ClassOfCode,
  resolver: Resolver,
): { classes: ClassAt[]; isSettings: boolean } | undefined {
  const classes: ClassAt[] = [{ code, cls }];
  let isSettings = false;
  for (let at = 0; at < classes.length && at < 30; at += 1) {
    const one = classes[at];
    if (!one) break;
    for (const base of one.cls.bases) {
      const meaning = resolver.meaning(base, { code: one.code });
      if (meaning?.is === 'external')
        isSettings ||= /(?:^|\.)BaseSettings$/.test(meaning.path) && /^pydantic/.test(meaning.path);
      else if (meaning?.is === 'class' && !classes.some((other) => other.cls === meaning.cls))
        classes.push(meaning);
    }
  }
  return classes.length > 1 || isSettings ? { classes, isSettings } : undefined;
}

function configurationOf(classes: readonly ClassAt[], resolver: Resolver): Configuration {
  const found: Configuration = { prefix: '', isCaseSensitive: false, isOpen: false };
  // what stands nearer comes last
  for (const { code, cls } of [...classes].reverse()) {
    const given = code.assignments.find(
      (one) => one.cls === cls.path && one.fn === undefined && one.target === 'model_config',
    )?.value;
    const optionOf = (name: string): Expression | undefined =>
      (given?.is === 'call'
        ? option(given, name)
        : given?.is === 'object'
          ? given.entries.find(({ key }) => key === name)?.value
          : undefined) ??
      code.assignments.find((one) => one.cls === `${cls.path}.Config` && one.target === name)?.value;
    const prefix = optionOf('env_prefix');
    if (prefix) {
      const text = resolver.constant(prefix, { code });
      if (text?.is === 'text') found.prefix = text.text;
      else found.isOpen = true;
    }
    const sensitive = optionOf('case_sensitive');
    if (sensitive?.is === 'value') found.isCaseSensitive = sensitive.value === true;
    const delimiter = optionOf('env_nested_delimiter');
    if (delimiter?.is === 'text') found.delimiter = delimiter.text;
  }
  return found;
}

const fieldsOf = (code: Code, cls: ClassOfCode): Assignment[] =>
  code.assignments.filter(
    ({ cls: own, fn, target, type }) =>
      own === cls.path &&
      fn === undefined &&
      /^[A-Za-z]\w*$/.test(target) &&
      target !== 'model_config' &&
      type !== undefined &&
      !/^(?:typing\.)?ClassVar\b/.test(type),
  );

function readsOf(
  code: Code,
  field: Assignment,
  configuration: Configuration,
  sources: Sources,
  resolver: Resolver,
): Read[] {
  const maker = fieldCall(field);
  const named = maker && namesOf(maker);
  const cased = (name: string) => (configuration.isCaseSensitive ? name : name.toUpperCase());
  const at = sources.at(code, field.from);
  const factory = maker && option(maker, 'default_factory');
  const first = maker?.args[0];
  const given = maker
    ? (option(maker, 'default') ?? factory ?? (first && !isEllipsis(first) ? first : undefined))
    : field.value && !isEllipsis(field.value)
      ? field.value
      : undefined;
  const names = named ?? [configuration.prefix + field.target];
  const own = names.map((name): Read => {
    const value = defaultValue(resolver, cased(name), given, { code });
    return {
      name: cased(name),
      by: 'pydantic-settings',
      field: field.target,
      at,
      isRequired: !given && !/^(?:Optional\[)|\|\s*None$/.test(field.type ?? ''),
      ...(value && { default: value }),
      symbol: { name: field.target, isField: true, file: code.path, line: at.line },
      values: literalsOf(field.type ?? ''),
    };
  });
  if (configuration.delimiter === undefined) return own;
  return [
    ...own,
    ...nested(code, field, configuration.prefix + field.target, configuration.delimiter, resolver, 0).map(
      (name): Read => ({
        name: cased(name),
        by: 'pydantic-settings',
        field: field.target,
        at,
        isRequired: false,
        values: [],
      }),
    ),
  ];
}

/** `DATABASE__HOST` of a field `database` whose model has a field `host`. */
function nested(
  code: Code,
  field: Assignment,
  name: string,
  delimiter: string,
  resolver: Resolver,
  depth: number,
): string[] {
  const type = /^(?:Optional\[)?["']?([A-Z]\w*)/.exec(field.type ?? '')?.[1];
  const meaning = type === undefined || depth > DEEPEST_NESTING ? undefined : resolver.name(type, { code });
  if (meaning?.is !== 'class') return [];
  return fieldsOf(meaning.code, meaning.cls).flatMap((inner) => [
    name + delimiter + inner.target,
    ...nested(meaning.code, inner, name + delimiter + inner.target, delimiter, resolver, depth + 1),
  ]);
}

const isEllipsis = (value: Expression): boolean => value.is === 'mix' && value.sign === 'Ellipsis';

function fieldCall({ value }: Assignment): Call | undefined {
  return value?.is === 'call' && /(?:^|\.)Field$/.test(value.path) ? value : undefined;
}

/** The names that a field says itself: `env`, `alias`, `validation_alias`. */
function namesOf(maker: Call): string[] | undefined {
  for (const key of ['env', 'validation_alias', 'alias']) {
    const given = maker.keywords.get(key);
    if (given?.is === 'text') return [given.text];
    const items =
      given?.is === 'list'
        ? given.items
        : given?.is === 'call' && /AliasChoices$/.test(pathOf(given.callee))
          ? given.args
          : [];
    const texts = items.flatMap((item) => (item.is === 'text' ? [item.text] : []));
    if (texts.length > 0) return texts;
  }
  return undefined;
}

/** `Literal["direct", "sandbox"]`. */
const literalsOf = (type: string): string[] =>
  /\bLiteral\[/.test(type)
    ? [...type.matchAll(/["']([\w.-]{1,60})["']/g)].map(([, text = '']) => text).slice(0, 50)
    : [];

function unique(reads: readonly Read[]): Read[] {
  const seen = new Set<string>();
  return reads.filter(({ name, at }) => {
    const key = `${name}\n${at.file}\n${at.line}`;
    return !seen.has(key) && seen.add(key);
  });
}

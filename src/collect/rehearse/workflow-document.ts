import { readYaml, type YamlPath } from '#lib/yaml-source.ts';
import type { Json } from '#model/fact.ts';

export type JsonObject = { [key: string]: Json };

/** A workflow or an action's description, read but not yet interpreted. */
export interface WorkflowDocument {
  file: string;
  json: JsonObject;
  /** What `on:` holds; YAML 1.1 tools write the key as `true`. */
  on: Json | undefined;
  /** The name of the key under which it stands. */
  onKey: string;
  /** Faults of the YAML itself that do not keep it from being understood. */
  errors: { line: number; message: string }[];
  lineOf(keys: YamlPath): number;
  textLineOf(keys: YamlPath): number;
}

export type DocumentReading =
  | WorkflowDocument
  | { fault: 'syntax' | 'empty' | 'not-a-mapping'; line: number; message: string };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a list: a lone value is a list of one. */
export const listOf = (value: Json | undefined): Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** The texts of a list; what is no text or number is left out. */
export const textsOf = (value: Json | undefined): string[] =>
  listOf(value)
    .filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    .map(String);

/** Reads the YAML of a workflow or action. Never throws. */
export function readDocument(file: string, text: string): DocumentReading {
  const yaml = readYaml(text, { merge: true });
  if ('error' in yaml) return { fault: 'syntax', ...yaml.error };
  const json = yaml.value as Json | undefined;
  if (json === undefined || json === null) return { fault: 'empty', line: 1, message: '' };
  if (!isObject(json)) return { fault: 'not-a-mapping', line: 1, message: '' };
  const onKey = Object.hasOwn(json, 'on') ? 'on' : 'true';
  return {
    file,
    json,
    on: Object.hasOwn(json, onKey) ? json[onKey] : undefined,
    onKey,
    errors: yaml.errors,
    lineOf: yaml.lineOf,
    textLineOf: yaml.textLineOf,
  };
}

/** The events of `on:`, which may be a word, a list or a mapping, with what each is given. */
export function eventsOf(on: Json | undefined): Map<string, JsonObject> {
  if (isObject(on))
    return new Map(Object.entries(on).map(([event, given]) => [event, isObject(given) ? given : {}]));
  return new Map(textsOf(on).map((event) => [event, {}]));
}

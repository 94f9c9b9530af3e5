import { data } from '@actions/expressions';
import type { Json } from '#model/fact.ts';
import type { Symbols } from './symbols.ts';

export type Data = data.ExpressionData;

export const text = (value: string) => new data.StringData(value);

/** A value as GitHub's evaluator takes it. */
export function toData(value: Json | Data | undefined): Data {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (Array.isArray(value)) {
    const list = new data.Array();
    for (const item of value) list.add(toData(item));
    return list;
  }
  if (isData(value)) return value;
  const dictionary = new data.Dictionary();
  for (const [key, item] of Object.entries(value)) dictionary.add(key, toData(item));
  return dictionary;
}

const isData = (value: object): value is Data =>
  'coerceString' in value && typeof value.coerceString === 'function';

/** The plain value of what an expression gave. */
export function fromData(value: Data): Json {
  switch (value.kind) {
    case data.Kind.Array:
      return value.values().map(fromData);
    case data.Kind.Dictionary:
      return Object.fromEntries(value.pairs().map(({ key, value: item }) => [key, fromData(item)]));
    case data.Kind.Null:
      return null;
    case data.Kind.Number:
    case data.Kind.Boolean:
      return value.value;
    default:
      return value.coerceString();
  }
}

/** A context whose unknown members are symbols: `secrets`, `vars`, outputs of unknown actions. */
export class Open extends data.Dictionary {
  private readonly label: string;
  private readonly symbols: Symbols;
  private readonly read: (key: string, name: string) => Json | Data | undefined;

  /** `read` is told every member that is asked for, and may answer for it. */
  constructor(
    symbols: Symbols,
    label: string,
    known: Record<string, Json | Data> = {},
    read: (key: string, name: string) => Json | Data | undefined = () => undefined,
  ) {
    super(...Object.entries(known).map(([key, value]) => ({ key, value: toData(value) })));
    this.symbols = symbols;
    this.label = label;
    this.read = read;
  }

  override get(key: string): Data {
    const name = `${this.label}.${key}`;
    const answer = this.read(key, name);
    return answer !== undefined ? toData(answer) : (super.get(key) ?? text(this.symbols.of(name)));
  }
}

/** The `env` context: what the job's environment holds at the time it is asked. */
export class Live extends data.Dictionary {
  private readonly current: () => ReadonlyMap<string, string>;

  constructor(current: () => ReadonlyMap<string, string>) {
    super();
    this.current = current;
  }
  override get(key: string): Data | undefined {
    const value = this.current().get(key);
    return value === undefined ? undefined : text(value);
  }
  override pairs() {
    return [...this.current()].map(([key, value]) => ({ key, value: text(value) }));
  }
  override values() {
    return [...this.current().values()].map(text);
  }
}

/** A value as GitHub writes it into a text. */
export function asText(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

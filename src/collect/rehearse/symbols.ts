/**
 * A value that only the run will know is a *symbol*: seven ASCII characters `qz???zq`, which survive quoting, JSON,
 * `sed`, `tr -cd '[:alnum:]'`, changes of case and `${SHA:0:7}`. It is shown as `⟨name⟩`, and only when printed.
 * Every other kind of marker tried (private-use characters) is lost by one of those and leaves a false literal.
 */
const DIGITS = '0123456789abcdefghijklmnoprstuvwxy';
const BASE = DIGITS.length;
const MOST = BASE ** 3;
const WHOLE = /qz([0-9a-pr-y]{3})zq/gi;
const SOLE = /^qz([0-9a-pr-y]{3})zq$/i;
/** What a cut below seven characters leaves of a symbol. */
const CUT = /qz([0-9a-pr-y]{1,3})z?(?![0-9a-z])|(?<![0-9a-z])[0-9a-pr-y]{0,3}zq(?![0-9a-z])/gi;
export const CUT_SYMBOL = '⟨part of a symbol⟩';

/** Whether a text holds a symbol. */
export const isSymbolic = (text: unknown): text is string =>
  typeof text === 'string' && text.search(WHOLE) >= 0;

/** The symbols of one rehearsal; each name is one symbol. */
export class Symbols {
  private readonly names: string[] = [];
  private readonly ids = new Map<string, number>();

  /** The symbol of a name; a name that itself holds symbols is rendered first. */
  of(label: string): string {
    const name = this.render(label).replace(/[⟨⟩]/g, '');
    let id = this.ids.get(name);
    if (id === undefined) {
      id = Math.min(this.names.length, MOST - 1);
      this.names[id] = id === MOST - 1 ? '…' : name;
      this.ids.set(name, id);
    }
    const digit = (n: number) => DIGITS[n % BASE];
    return `qz${digit(Math.floor(id / BASE / BASE))}${digit(Math.floor(id / BASE))}${digit(id)}zq`;
  }

  /** The name when the whole text is one symbol. */
  sole(text: string): string | undefined {
    const digits = SOLE.exec(text)?.[1];
    return digits === undefined ? undefined : this.name(digits);
  }

  /** The names of the symbols that a text holds. */
  namesIn(text: string): string[] {
    return [...text.matchAll(WHOLE)].map(([, digits = '']) => this.name(digits));
  }

  /** The text as a person reads it: `img:⟨github.sha⟩`. */
  render(text: string): string {
    return text.replace(WHOLE, (_, digits: string) => `⟨${this.name(digits)}⟩`).replace(CUT, CUT_SYMBOL);
  }

  /** {@link render} on every string of a JSON value, keys included. */
  renderDeep<T>(value: T): T {
    if (typeof value === 'string') return this.render(value) as T;
    if (Array.isArray(value)) return value.map((v) => this.renderDeep(v)) as T;
    if (value && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([k, v]) => [this.render(k), this.renderDeep(v)]),
      ) as T;
    return value;
  }

  private name(digits: string): string {
    const id = [...digits.toLowerCase()].reduce((n, d) => n * BASE + DIGITS.indexOf(d), 0);
    return this.names[id] ?? '…';
  }
}

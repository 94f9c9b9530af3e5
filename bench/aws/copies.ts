/**
 * Names in the synthetic account: what tells its blocks of 100 resources apart, and ids that AWS makes up. Of a copy of
 * the account both differ, in the same way wherever they stand, so that its parts lead to each other as the first's do.
 */
const NAMES = new RegExp(
  [
    // account.py: brand, environment, number of the block
    String.raw`\b(?<block>[a-z]{3}-(?:dev|staging|prod)-)(?<number>\d{4})\b`,
    // vpc-0a1b…, the ends of ARNs and UUIDs; not the number of the account
    String.raw`\b(?!123456789012\b)[0-9a-f]{12,17}\b`,
    // hosted zones, distributions, roles
    String.raw`\b[A-Z0-9]{13,22}\b`,
    String.raw`\b[a-z0-9]{10,16}(?=\.cloudfront\.net)`,
  ].join('|'),
  'g',
);

/** How many digits at the end of an id tell its copy. */
const DIGITS = 4;

/** A text of one copy, and which. */
export interface Original {
  text: string;
  copy: number;
}

/** The names of an account of so many blocks, and of its copies. */
export class Copies {
  readonly #blocks: number;
  /** Ids by what all their copies begin with. */
  readonly #ids = new Map<string, string>();

  /** @param keys of the requests that the account is known to answer */
  constructor(keys: Iterable<string>) {
    let last = 0;
    for (const key of keys)
      for (const { 0: name, groups } of key.matchAll(NAMES))
        if (groups?.number) last = Math.max(last, Number(groups.number));
        else this.#ids.set(name.slice(0, -DIGITS), name);
    this.#blocks = last + 1;
  }

  /** What a text of the account says in one of its copies. */
  rename(text: string, copy: number): string {
    return text.replaceAll(NAMES, (name, block?: string, number?: string) =>
      block
        ? block + String(Number(number) + copy * this.#blocks).padStart(4, '0')
        : name.slice(0, -DIGITS) + String(copy).padStart(DIGITS, '0'),
    );
  }

  /** What a text of a copy says in the account itself; undefined where it names nothing that is copied. */
  original(text: string): Original | undefined {
    let copy: number | undefined;
    const renamed = text.replaceAll(NAMES, (name, block?: string, number?: string) => {
      if (block) {
        copy = Math.floor(Number(number) / this.#blocks);
        return block + String(Number(number) % this.#blocks).padStart(4, '0');
      }
      const id = this.#ids.get(name.slice(0, -DIGITS));
      if (id === undefined) return name;
      copy = Number(name.slice(-DIGITS));
      return id;
    });
    return copy === undefined ? undefined : { text: renamed, copy };
  }

  /** Whether a text names something of the account's own, that copies would have too. */
  names(text: string): boolean {
    return [...text.matchAll(NAMES)].some(({ groups }) => groups?.block);
  }
}

import { type CaddyBroken, type CaddyLine, parseCaddyfile } from './tokens.ts';

/** Where the files of a Caddyfile are. */
export interface CaddyFiles {
  text(file: string): string | undefined;
  /** The files that `import pattern` of `from` reads; undefined where nobody can tell. */
  imported(pattern: string, from: string): readonly string[] | undefined;
}

/** A Caddyfile with its imports put in. */
export interface LoadedCaddy {
  /** The global options, where it has any. */
  options: CaddyLine[];
  sites: { addresses: string[]; at: CaddyLine; body: CaddyLine[] }[];
  /** `&(name)`: routes that `invoke` names. */
  routes: ReadonlyMap<string, readonly CaddyLine[]>;
  files: string[];
  blind: { what: string; at: CaddyLine }[];
  broken: (CaddyBroken & { file: string })[];
}

const DEEPEST = 12;
const MOST_LINES = 20_000;
const MOST_FILES = 300;

/** Reads a Caddyfile and what it imports. Caddy documentation, “Caddyfile Concepts” and `import`. */
export function loadCaddy(main: string, files: CaddyFiles): LoadedCaddy {
  return new Loader(files).load(main);
}

class Loader {
  readonly #files: CaddyFiles;
  readonly #snippets = new Map<string, readonly CaddyLine[]>();
  readonly #routes = new Map<string, readonly CaddyLine[]>();
  readonly #out: LoadedCaddy = {
    options: [],
    sites: [],
    routes: this.#routes,
    files: [],
    blind: [],
    broken: [],
  };
  #left = MOST_LINES;

  constructor(files: CaddyFiles) {
    this.#files = files;
  }

  load(main: string): LoadedCaddy {
    this.#top(this.#read(main) ?? [], [main]);
    return this.#out;
  }

  #read(file: string): CaddyLine[] | undefined {
    const text = this.#out.files.length < MOST_FILES ? this.#files.text(file) : undefined;
    if (text === undefined) return undefined;
    if (!this.#out.files.includes(file)) this.#out.files.push(file);
    const { lines, broken } = parseCaddyfile(text, file);
    if (!broken) return lines;
    if (!this.#out.broken.some((one) => one.file === file)) this.#out.broken.push({ ...broken, file });
    return [];
  }

  #top(lines: readonly CaddyLine[], open: readonly string[]): void {
    const isImport = ({ name }: CaddyLine) => name === 'import';
    // the name of a site may go on over several lines, each but the last with a comma at its end
    let pending: CaddyLine[] = [];
    for (const [index, line] of lines.entries()) {
      const snippet = /^(&)?\(([^()\s]{1,200})\)$/.exec(line.name);
      if (line.block && line.name === '') {
        if (pending.length > 0) this.#site([...pending, line], line.block, open);
        else this.#out.options.push(...this.#expand(line.block, open));
        pending = [];
      } else if (line.block && snippet && line.args.length === 0) {
        (snippet[1] ? this.#routes : this.#snippets).set(snippet[2] as string, line.block);
      } else if (isImport(line)) {
        this.#importTop(line, open);
      } else if (line.block) {
        this.#site([...pending, line], line.block, open);
        pending = [];
      } else if ([line.name, ...line.args].at(-1)?.endsWith(',')) {
        pending.push(line);
      } else {
        // one site without braces has the whole of the file
        this.#site([...pending, line], lines.slice(index + 1), open);
        return;
      }
    }
  }

  #importTop(line: CaddyLine, open: readonly string[]): void {
    const [name = ''] = line.args;
    const snippet = this.#snippets.get(name);
    if (snippet) {
      this.#top(given(snippet, line), open);
      return;
    }
    for (const file of this.#filesOf(line, open))
      this.#top(given(this.#read(file) ?? [], line), [...open, file]);
  }

  #site(heads: readonly CaddyLine[], body: readonly CaddyLine[], open: readonly string[]): void {
    const [at] = heads;
    if (!at) return;
    const addresses = heads
      .flatMap(({ name, args }) => [name, ...args])
      .flatMap((word) => word.split(','))
      .filter((word) => word !== '');
    this.#out.sites.push({ addresses, at, body: this.#expand(body, open) });
  }

  #expand(lines: readonly CaddyLine[], open: readonly string[]): CaddyLine[] {
    return lines.flatMap((line): CaddyLine[] => {
      this.#left -= 1;
      if (this.#left < 0) {
        if (this.#left === -1) this.#out.blind.push({ what: 'import', at: line });
        return [];
      }
      if (line.name !== 'import') {
        return [line.block ? { ...line, block: this.#expand(line.block, open) } : line];
      }
      const [name = ''] = line.args;
      const snippet = this.#snippets.get(name);
      if (open.length > DEEPEST) {
        this.#out.blind.push({ what: `import ${name}`, at: line });
        return [];
      }
      if (snippet) return this.#expand(given(snippet, line), [...open, `(${name})`]);
      return this.#filesOf(line, open).flatMap((file) =>
        this.#expand(given(this.#read(file) ?? [], line), [...open, file]),
      );
    });
  }

  #filesOf(line: CaddyLine, open: readonly string[]): readonly string[] {
    const [pattern = ''] = line.args;
    const found = this.#files.imported(pattern, line.file);
    if (found && open.length <= DEEPEST) return found.filter((file) => !open.includes(file));
    this.#out.blind.push({ what: `import ${pattern}`, at: line });
    return [];
  }
}

/** What is imported, with the arguments of the import put in: `{args[0]}`, `{args.0}`, `{args[:]}`, `{block}`. */
function given(lines: readonly CaddyLine[], by: CaddyLine): CaddyLine[] {
  const args = by.args.slice(1);
  const put = (text: string): string =>
    text.includes('{args')
      ? text.replace(/\{args(?:\[(\d{1,3})\]|\.(\d{1,3}))\}/g, (whole, first?: string, second?: string) => {
          return args[Number(first ?? second)] ?? whole;
        })
      : text;
  const all = (text: string): string[] => {
    const range = /^\{args\[(\d{0,3}):(\d{0,3})\]\}$/.exec(text);
    if (!range) return [put(text)];
    return args.slice(Number(range[1] || 0), range[2] ? Number(range[2]) : undefined);
  };
  return lines.flatMap((line): CaddyLine[] => {
    if (line.name === '{block}') return by.block ?? [];
    return [
      {
        ...line,
        name: put(line.name),
        args: line.args.flatMap(all),
        ...(line.block && { block: given(line.block, by) }),
      },
    ];
  });
}

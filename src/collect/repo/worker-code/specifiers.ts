import { posix } from 'node:path';
import type { Tree } from '../../readers/tree.ts';
import { type JsonValue, readJson } from '../json-source.ts';

/**
 * Where an import leads. `asset`: text or data that a bundler inlines. `platform`: what the runtime provides. `external` that
 * no manifest above lists may as well be a path that only a bundler knows.
 */
export type Target =
  | { is: 'file'; file: string }
  | { is: 'external'; package: string; isListed: boolean }
  | { is: 'asset' }
  | { is: 'platform' }
  | { is: 'missing' };

const CODE = ['.ts', '.tsx', '.mts', '.js', '.mjs', '.jsx', '.cjs', '.cts'];
const ASSET =
  /\.(?:json5?|jsonc|html?|css|scss|txt|md|mdx|wasm|bin|svg|png|jpe?g|gif|webp|avif|ico|ttf|otf|woff2?|sql|graphql|gql|ya?ml|toml|xml|csv|pem|map|ejs|hbs|mustache|wgsl)(?:\?\w+(?:=\w+)?)?$/i;
const WRITTEN_AS_JS = /\.([cm]?)js(x?)$/;
const NODE_MODULES =
  /^(?:assert|async_hooks|buffer|child_process|console|crypto|dns|events|fs|http|https|module|net|os|path|perf_hooks|process|punycode|querystring|stream|string_decoder|timers|tls|tty|url|util|vm|worker_threads|zlib)(?:\/|$)/;
/** Names that no package of the registry can have. */
const NO_PACKAGE = /^(?:[~$#]|@\/|virtual:|\0|[A-Z])|^__/;
const MOST_MANIFESTS = 500;

/** Resolves what modules import, by the files of the tree alone. */
export class Specifiers {
  readonly #tree: Tree;
  #packages: Map<string, string> | undefined;
  readonly #json = new Map<string, JsonValue | undefined>();
  readonly #aliases = new Map<string, readonly Alias[]>();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  resolve(specifier: string, from: string): Target {
    const folder = posix.dirname(from);
    if (/^(?:node|cloudflare|workerd|bun|deno):/.test(specifier) || NODE_MODULES.test(specifier))
      return { is: 'platform' };
    if (/^\.{1,2}(?:\/|$)/.test(specifier) || specifier.startsWith('/'))
      return this.#relative(
        specifier.startsWith('/') ? specifier.slice(1) : posix.join(folder, specifier),
        specifier,
      );
    const aliased = this.#aliased(specifier, folder);
    if (aliased) return { is: 'file', file: aliased };
    if (/^https?:/.test(specifier)) return { is: 'external', package: specifier, isListed: true };
    if (specifier.startsWith('npm:') || specifier.startsWith('jsr:'))
      return { is: 'external', package: specifier.slice(4).replace(/(?<=.)@[^/]*/, ''), isListed: true };
    if (NO_PACKAGE.test(specifier)) {
      const file = this.#usual(specifier, folder);
      if (file) return { is: 'file', file };
      return ASSET.test(specifier) ? { is: 'asset' } : { is: 'missing' };
    }
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    const own = this.#ownPackage(name, specifier.slice(name.length + 1));
    if (own) return own;
    const listed = this.#isListed(name, folder);
    if (listed === true) return { is: 'external', package: specifier, isListed: true };
    // A path from the root that a bundler knows: `src/lib/x`
    for (const root of parents(folder)) {
      const file = this.#file(posix.join(root, specifier));
      if (file) return { is: 'file', file };
    }
    return ASSET.test(specifier)
      ? { is: 'asset' }
      : { is: 'external', package: specifier, isListed: listed === undefined };
  }

  #relative(path: string, specifier: string): Target {
    const file = this.#file(path);
    if (file) return file.endsWith('.d.ts') ? { is: 'asset' } : { is: 'file', file };
    if (ASSET.test(specifier)) return { is: 'asset' };
    return this.#tree.paths.has(`${path}.d.ts`) ? { is: 'asset' } : { is: 'missing' };
  }

  /** The file that a path without or with its ending names. */
  #file(path: string): string | undefined {
    const { paths } = this.#tree;
    const isCode = (one: string) => CODE.some((end) => one.endsWith(end));
    if (paths.has(path) && isCode(path)) return path;
    const written = WRITTEN_AS_JS.exec(path);
    const source = written && path.replace(WRITTEN_AS_JS, `.${written[1]}ts${written[2]}`);
    if (source && paths.has(source)) return source;
    if (source && paths.has(source.replace(/ts$/, 'tsx'))) return source.replace(/ts$/, 'tsx');
    const base = path.replace(/\/$/, '');
    const index = base === '.' ? 'index' : `${base}/index`;
    return [...CODE.map((end) => `${base}${end}`), ...CODE.map((end) => `${index}${end}`)].find((one) =>
      paths.has(one),
    );
  }

  #read(file: string): JsonValue | undefined {
    if (!this.#json.has(file)) {
      const text = this.#tree.paths.has(file) ? this.#tree.read(file) : undefined;
      const read = text === undefined ? undefined : readJson(text, { tolerant: true });
      this.#json.set(file, read && 'value' in read ? read.value : undefined);
    }
    return this.#json.get(file);
  }

  /** `paths` of the nearest `tsconfig.json`, and `imports` of the nearest `package.json`. */
  #aliased(specifier: string, folder: string): string | undefined {
    for (const { before, after, targets } of this.#aliasesOf(folder)) {
      if (!specifier.startsWith(before) || !specifier.endsWith(after)) continue;
      if (specifier.length < before.length + after.length) continue;
      const middle = specifier.slice(before.length, specifier.length - after.length);
      for (const target of targets) {
        const file = this.#file(posix.normalize(target.replace('*', middle)));
        if (file) return file;
      }
    }
    return undefined;
  }

  #aliasesOf(folder: string): readonly Alias[] {
    const known = this.#aliases.get(folder);
    if (known) return known;
    const found: Alias[] = [];
    for (const parent of parents(folder)) {
      const at = (name: string) => posix.join(parent, name);
      const config = ['tsconfig.json', 'jsconfig.json', 'tsconfig.app.json', 'tsconfig.worker.json']
        .map(at)
        .flatMap((file) => this.#configAliases(file, 4));
      found.push(...config);
      for (const [key, value] of this.#read(at('package.json'))?.get('imports').entries ?? []) {
        const target = value.text ?? value.get('default').text;
        if (target) found.push(alias(key, [posix.join(parent, target)]));
      }
      if (found.length > 0) break;
    }
    this.#aliases.set(folder, found);
    return found;
  }

  #configAliases(file: string, most: number): Alias[] {
    const config = this.#read(file);
    if (!config || most === 0) return [];
    const options = config.get('compilerOptions');
    const folder = posix.dirname(file);
    const base = posix.join(folder, options.get('baseUrl').text ?? '.');
    const own = options.get('paths').entries.map(([key, value]) =>
      alias(
        key,
        value.items.flatMap(({ text }) => (text ? [posix.join(base, text)] : [])),
      ),
    );
    const parent = config.get('extends').text;
    const inherited =
      own.length === 0 && parent?.startsWith('.')
        ? this.#configAliases(
            posix.join(folder, parent.endsWith('.json') ? parent : `${parent}.json`),
            most - 1,
          )
        : [];
    const references = config.get('references').items.flatMap((one) => {
      const path = one.get('path').text;
      return path
        ? this.#configAliases(
            posix.join(folder, path.endsWith('.json') ? path : `${path}/tsconfig.json`),
            most - 1,
          )
        : [];
    });
    return [...own, ...inherited, ...references];
  }

  /** A package of this repository, by the name in its manifest. */
  #ownPackage(name: string, sub: string): Target | undefined {
    this.#packages ??= new Map(
      this.#tree.files
        .filter(({ path }) => /(?:^|\/)package\.json$/.test(path) && !/(?:^|\/)node_modules\//.test(path))
        .slice(0, MOST_MANIFESTS)
        .flatMap(({ path }): [string, string][] => {
          const own = this.#read(path)?.get('name').text;
          return own ? [[own, posix.dirname(path)]] : [];
        }),
    );
    const folder = this.#packages.get(name);
    if (folder === undefined) return undefined;
    const manifest = this.#read(posix.join(folder, 'package.json'));
    const exported = manifest?.get('exports').get(sub ? `./${sub}` : '.');
    const stated = [
      exported?.text,
      ...['workerd', 'worker', 'import', 'default', 'require'].flatMap((key) => {
        const value = exported?.get(key);
        return [value?.text, value?.get('default').text];
      }),
      ...(sub
        ? [sub, `src/${sub}`]
        : [manifest?.get('exports').text, manifest?.get('module').text, manifest?.get('main').text]),
      ...(sub ? [] : ['src/index', 'index', 'src/main', 'lib/index']),
    ];
    for (const one of stated) {
      const file = one === undefined ? undefined : this.#file(posix.join(folder, one));
      if (file && !file.endsWith('.d.ts')) return { is: 'file', file };
    }
    return { is: 'missing' };
  }

  /** Some manifest above lists the package; undefined where there is none above. */
  #isListed(name: string, folder: string): boolean | undefined {
    const manifests = parents(folder).flatMap(
      (parent) => this.#read(posix.join(parent, 'package.json')) ?? [],
    );
    if (manifests.length === 0) return undefined;
    return manifests.some((manifest) =>
      ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].some(
        (key) => manifest.get(key).get(name).exists,
      ),
    );
  }

  /** `@/lib/x` and `~/lib/x` where no configuration says: most lead them to `src`. */
  #usual(specifier: string, folder: string): string | undefined {
    const rest = specifier.replace(/^[@~#$]\/?/, '');
    for (const parent of parents(folder))
      for (const below of ['src', '', 'app']) {
        const file = this.#file(posix.join(parent, below, rest));
        if (file) return file;
      }
    return undefined;
  }
}

interface Alias {
  before: string;
  after: string;
  targets: readonly string[];
}

function alias(key: string, targets: readonly string[]): Alias {
  const star = key.indexOf('*');
  return star < 0
    ? { before: key, after: '', targets: targets.filter((one) => !one.includes('*')) }
    : { before: key.slice(0, star), after: key.slice(star + 1), targets };
}

/** The folder and those above it, nearest first; the root is the empty text. */
function parents(folder: string): string[] {
  const found: string[] = [];
  let at = folder === '.' ? '' : folder;
  while (at !== '') {
    found.push(at);
    const cut = at.lastIndexOf('/');
    at = cut < 0 ? '' : at.slice(0, cut);
  }
  return [...found, ''];
}

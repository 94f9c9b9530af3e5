import type { Manifest } from '#model/artifacts.ts';
import type { Tree } from '../../readers/tree.ts';
import { type Provider, providerOfModule } from './providers.ts';

type Ecosystem = Manifest['ecosystem'];

/** A line of code that imports a provider's package. */
export interface Import {
  file: string;
  line: number;
  provider: Provider;
  /** In a test, not in what runs. */
  test: boolean;
}

const MOST_FILES = 10_000;
const MOST_BYTES = 64_000_000;
const LARGEST_FILE = 400_000;
const GENERATED =
  /(?:^|\/)(?:node_modules|dist|build|out|vendor|third_party|\.next|site-packages|target)\/|\.min\.js$/;
const TEST =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|spec|cypress)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]*\.py$|_test\.go$/;

interface Language {
  files: RegExp;
  /** The imported module stands in group 1 (and, in Python, one of its members in group 2). */
  pattern: RegExp;
}
const LANGUAGES: Readonly<Record<Ecosystem, Language>> = {
  npm: {
    files: /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
    pattern: /(?:\bfrom|\brequire\s?\(|\bimport\s?\(|\bimport)\s{0,4}["']([@a-zA-Z][^"'\n]{1,120})["']/g,
  },
  python: {
    files: /\.pyi?$/,
    pattern:
      /^[ \t]{0,40}(?:from|import)[ \t]{1,4}([A-Za-z_][\w.]{0,120})(?:[ \t]{1,4}import[ \t]{1,4}\(?([A-Za-z_]\w{0,60}))?/gm,
  },
  go: {
    files: /\.go$/,
    pattern: /^[ \t]{0,8}(?:import[ \t]{1,4})?(?:[\w.]{1,40}[ \t]{1,4})?"([a-z0-9][\w./~-]{3,200})"/gm,
  },
  rust: {
    files: /\.rs$/,
    pattern: /^[ \t]{0,40}(?:pub )?(?:use|extern crate)[ \t]{1,4}([a-z_][a-z0-9_]{1,60})/gm,
  },
  java: {
    files: /\.(?:java|kt|scala|groovy)$/,
    pattern: /^import[ \t]{1,4}(?:static[ \t]{1,4})?([a-z][\w.]{3,160})/gm,
  },
  // Bundler requires most gems by itself: an import is seldom written
  ruby: { files: /\.rb$/, pattern: /^[ \t]{0,40}require[ \t(]{1,4}["']([\w/-]{2,120})["']/gm },
};

const kept = new WeakMap<Tree, Map<Ecosystem, Import[]>>();

/**
 * Where the source files of an ecosystem import a provider's package, by path and line. Each file is looked at once
 * per tree; past 10,000 files or 64 MB the rest is left out.
 */
export function importsIn(tree: Tree, ecosystem: Ecosystem): readonly Import[] {
  let byEcosystem = kept.get(tree);
  if (!byEcosystem) {
    byEcosystem = new Map();
    kept.set(tree, byEcosystem);
  }
  let found = byEcosystem.get(ecosystem);
  if (!found) {
    found = search(tree, ecosystem);
    byEcosystem.set(ecosystem, found);
  }
  return found;
}

function search(tree: Tree, ecosystem: Ecosystem): Import[] {
  const { files, pattern } = LANGUAGES[ecosystem];
  const found: Import[] = [];
  let left = MOST_FILES;
  let bytesLeft = MOST_BYTES;
  for (const { path } of tree.files) {
    if (!files.test(path) || GENERATED.test(path)) continue;
    left -= 1;
    if (left < 0 || bytesLeft < 0) break;
    const bytes = tree.bytes(path);
    if (!bytes || bytes.length > LARGEST_FILE) continue;
    bytesLeft -= bytes.length;
    // Imports are ASCII, and Latin-1 is the cheapest text there is.
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    found.push(...importsOf(text, ecosystem, pattern, path));
  }
  return found;
}

function importsOf(text: string, ecosystem: Ecosystem, pattern: RegExp, file: string): Import[] {
  const found: Import[] = [];
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, module = '', member] = match;
    const provider =
      (member === undefined ? undefined : providerOfModule(ecosystem, `${module}.${member}`)) ??
      providerOfModule(ecosystem, module);
    if (!provider) continue;
    const at = match.index + whole.indexOf(module);
    for (let next = text.indexOf('\n', counted); next >= 0 && next < at; next = text.indexOf('\n', counted)) {
      line += 1;
      counted = next + 1;
    }
    const lineStart = text.lastIndexOf('\n', at) + 1;
    if (/^\s*(?:\/\/|\*|#|\/\*)/.test(text.slice(lineStart, Math.min(at, lineStart + 200)))) continue;
    found.push({ file, line, provider, test: TEST.test(file) });
  }
  return found;
}

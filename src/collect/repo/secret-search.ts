import type { Unread } from '#model/coverage.ts';
import type { Tree } from '../readers/tree.ts';

const BINARY = new Set(
  (
    'png jpg jpeg gif webp avif bmp ico icns tif tiff psd ai sketch fig xcf heic mp3 mp4 m4a m4v mov avi mkv webm wav ' +
    'ogg flac aac woff woff2 ttf otf eot zip gz tgz bz2 xz zst 7z rar tar jar war ear apk aab ipa dmg iso deb rpm exe ' +
    'dll so dylib a o obj lib class pyc pyo whl wasm bin dat db sqlite sqlite3 mdb pdf doc docx xls xlsx ppt pptx odt ' +
    'ods parquet avro orc feather npy npz pkl pickle h5 hdf5 pt pth onnx pb tflite gguf safetensors glb fbx blend ' +
    'rdb dump mo swf node pack idx keystore jks p12 pfx'
  ).split(' '),
);
/** Where programs are written: the place of a secret more rarely than configuration, and most of what a tree holds. */
const SOURCE = new Set(
  (
    'ts tsx mts cts js jsx mjs cjs py pyi go rs java kt kts scala groovy rb php c h cc cpp cxx hpp hh cs fs vb swift m ' +
    'mm dart ex exs erl hrl hs clj cljs lua pl pm r jl vue svelte astro html htm css scss sass less sql graphql gql ' +
    'proto thrift ipynb svg map csv tsv snap po pot xsd wsdl lock sum adoc rst tex bib txt log patch diff'
  ).split(' '),
);
const TELLING =
  /config|setting|secret|credential|constant|environ|(?:^|[._-])env|deploy|aws|docker|infra|token|auth|keys?[._-]/;
const GENERATED =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|composer\.lock|yarn\.lock|pnpm-lock\.yaml)$|\.min\.(?:js|css)$/;
const VENDORED =
  /(?:^|\/)(?:node_modules|bower_components|vendor|third[_-]party|site-packages|Pods|\.yarn|\.venv|venv)\//;
const MOST_SOURCES = 2_000;
const MOST_BINARIES_NAMED = 100;

/** Which files are searched for secrets, and what is told of the rest. */
export interface SearchPlan {
  paths: string[];
  unread: Unread[];
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

type Both = readonly [fr: { one: string; more: string }, en: { one: string; more: string }];
const BINARIES: Both = [
  { one: 'fichier binaire', more: 'fichiers binaires' },
  { one: 'binary file', more: 'binary files' },
];
const NOT_SEARCHED: Both = [
  {
    one: 'fichier de code où aucun secret n’a été cherché',
    more: 'fichiers de code où aucun secret n’a été cherché',
  },
  { one: 'source file not searched for secrets', more: 'source files not searched for secrets' },
];
const NOT_OURS: Both = [
  {
    one: 'fichier généré ou tiers où aucun secret n’a été cherché',
    more: 'fichiers générés ou tiers où aucun secret n’a été cherché',
  },
  {
    one: 'generated or third-party file not searched for secrets',
    more: 'generated or third-party files not searched for secrets',
  },
];

const together = (file: string, count: number, [fr, en]: Both): Unread => ({
  file,
  why: {
    fr: `${count} ${count > 1 ? fr.more : fr.one}`,
    en: `${count} ${count > 1 ? en.more : en.one}`,
  },
  asked: false,
});

/** A plan is asked for twice: before the files are read, and when they are searched. */
const plans = new WeakMap<Tree, SearchPlan>();

function append(lists: Map<string, string[]>, name: string, item: string): void {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
}

/**
 * Every file that is neither binary by its name, nor generated, nor somebody else's code. Where a tree holds more
 * than 2,000 files of program text, of these only the ones whose name speaks of configuration or deployment: the rest
 * would cost more than the whole audit.
 */
export function planSearch(tree: Tree): SearchPlan {
  const known = plans.get(tree);
  if (known) return known;
  const paths: string[] = [];
  const sources: string[] = [];
  const binaries = new Map<string, string[]>();
  let foreign = 0;
  for (const { path } of tree.files) {
    const name = nameOf(path);
    const ending = name.slice(name.lastIndexOf('.') + 1);
    if (BINARY.has(ending)) append(binaries, ending, path);
    else if (VENDORED.test(path) || GENERATED.test(path)) foreign += 1;
    else if (SOURCE.has(ending)) sources.push(path);
    else paths.push(path);
  }
  const searched =
    sources.length <= MOST_SOURCES ? sources : sources.filter((path) => TELLING.test(nameOf(path)));
  const plan: SearchPlan = { paths: [...paths, ...searched].sort(), unread: binariesOf(binaries) };
  const left = sources.length - searched.length;
  if (left > 0) plan.unread.push(together('.', left, NOT_SEARCHED));
  if (foreign > 0) plan.unread.push(together('.', foreign, NOT_OURS));
  plans.set(tree, plan);
  return plan;
}

/** By file while they are few, else by ending. */
function binariesOf(byEnding: ReadonlyMap<string, string[]>): Unread[] {
  const lists = [...byEnding].sort(([a], [b]) => (a < b ? -1 : 1));
  const all = lists.reduce((sum, [, list]) => sum + list.length, 0);
  return lists.flatMap(([ending, list]) =>
    all > MOST_BINARIES_NAMED && list.length > 1
      ? [together(`*.${ending}`, list.length, BINARIES)]
      : list.map((file) => ({ file, why: { fr: 'fichier binaire', en: 'binary file' }, asked: false })),
  );
}

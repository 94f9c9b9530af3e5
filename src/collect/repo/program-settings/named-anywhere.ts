import { LineIndex } from '#lib/line-index.ts';
import type { Tree } from '../../readers/tree.ts';
import { withoutRetiredMark } from '../retired.ts';

/** More is not searched: what a rule says of names that stand nowhere is then not said. */
const MOST_FILES = 6_000;
const MOST_CHARACTERS = 60_000_000;
const LARGEST = 2_000_000;
/** Prose, pictures, data, lock files: what names a variable there does not read it. */
const NO_CODE =
  /\.(?:mdx?|rst|txt|adoc|png|jpe?g|gif|svg|ico|webp|avif|bmp|pdf|woff2?|ttf|otf|eot|mp[34]|wav|ogg|webm|mov|zip|gz|tgz|bz2|xz|7z|jar|whl|so|dylib|dll|exe|bin|wasm|map|lock|sum|csv|tsv|parquet|ipynb|po|pot|mo|snap|pyc|db|sqlite3?|pkl|onnx|pt|css|scss|less|html?|jsonl)$|(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|npm-shrinkwrap\.json|LICENSE|CHANGELOG|\.gitignore|\.dockerignore)$/i;
const DOTENV =
  /(?:^|\/)(?:\.env(?:[._-][^/]*)?|[^/]*\.env(?:[._-][\w.-]+)?|(?:dot|_)?_?env[._-](?:example|sample|template|dist|tpl)|\.flaskenv|\.dev\.vars[^/]*)$/i;
/** Folders of copies. One that is called after what it archives holds code that runs, and may read a variable. */
const COPIES = /(?:^|\/)(?:backups?|bak|old|obsolete|retired|changesets?|\.trash)\//i;
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|\.?venv|site-packages|bower_components|\.git)\//;
const WORD = /[A-Za-z_]\w*/g;

export interface Named {
  file: string;
  line: number;
}

/**
 * Where files of the whole tree name something, case aside: code of any language, scripts, Dockerfiles, compose files,
 * workflows, tests. Prose and dotenv files read nothing. Undefined where there are too many files to tell.
 */
export function namedAnywhere(tree: Tree, names: ReadonlySet<string>): Map<string, Named[]> | undefined {
  const wanted = new Set([...names].map((name) => name.toLowerCase()));
  const found = new Map<string, Named[]>();
  const paths = tree.files.filter(
    ({ path }) =>
      !NO_CODE.test(path) &&
      !DOTENV.test(path) &&
      !FOREIGN.test(path) &&
      withoutRetiredMark(path) === path &&
      !COPIES.test(path),
  );
  if (paths.length > MOST_FILES) return undefined;
  let characters = 0;
  for (const { path } of paths) {
    const text = tree.read(path);
    if (text === undefined) continue;
    characters += text.length;
    if (text.length > LARGEST || characters > MOST_CHARACTERS) return undefined;
    let lines: LineIndex | undefined;
    for (const match of text.matchAll(WORD)) {
      const name = match[0].toLowerCase();
      if (!wanted.has(name)) continue;
      const list = found.get(name) ?? [];
      found.set(name, list);
      if (list.length >= 6) continue;
      lines ??= new LineIndex(text);
      list.push({ file: path, line: lines.of(match.index) });
    }
  }
  return found;
}

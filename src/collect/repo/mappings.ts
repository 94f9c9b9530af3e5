import path from 'node:path';
import { defineCollector } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { isRetired } from './retired.ts';

/** What such a file is called in French and English, and what it maps: a source map or a sitemap is none. */
const NAME =
  /(?:^|[-_. ])(?:map|maps|mapping|mappings|index|inventory|registry|matrix|catalog|catalogue|correspondances?|cartographie|inventaire|table|tables|tableau)(?:[-_. ]|$)/i;
const OF =
  /(?:^|[-_. ])(?:directives?|consignes?|instructions?|scripts?|docs?|documents?|runbooks?|guides?|proc[eé]dures?|skills?|commands?|commandes?|workflows?|agents?)(?:[-_. ]|$)/i;
const ENDING = /\.(?:md|json|ya?ml)$/i;
const LEFT_OUT = /(?:^|\/)(?:node_modules|vendor|dist|site-packages|fixtures|testdata)\//;
/** A name of a file of the sort that is mapped, with or without its folders. */
const TOKEN =
  /(?<![\w./@{}<*-])(?:[\w.@-]{1,80}\/){0,10}[\w@-][\w.@-]{0,100}\.(?:sh|bash|py|md|[cm]?[jt]s|rb|ps1|sql)(?![\w/*-])/g;
const LONGEST = 300_000;
const FEWEST = 3;

/** Tables and lists that say which directive goes with which script: what they name, and whether it is there. */
export const mappings = defineCollector({
  id: 'mappings',
  source: 'docs',
  title: { fr: 'Tables de correspondance', en: 'Mapping files' },
  isSecondLook: true,
  reads({ path: file }) {
    const stem = file.slice(file.lastIndexOf('/') + 1).replace(ENDING, '');
    return ENDING.test(file) && NAME.test(stem) && OF.test(stem) && !LEFT_OUT.test(file) && !isRetired(file);
  },
  collect(reading, sink, tree) {
    const entries = new Map<string, { path: string; line: number; exists: boolean }>();
    const text = reading.text.slice(0, LONGEST);
    for (const [index, line] of text.split('\n').entries())
      for (const [token] of line.matchAll(TOKEN)) {
        if (/https?:\/\//.test(line) && line.includes(`/${token}`)) continue;
        // `E7x_SUMMARY.md` stands for several
        if (/\dx[x_.-]|XX|YYYY/.test(token)) continue;
        const there = found(token, reading.path, tree);
        const key = there ?? token;
        if (key !== reading.path && !entries.has(key))
          entries.set(key, { path: key, line: index + 1, exists: there !== undefined });
      }
    // a page that names one file in passing maps nothing
    if (entries.size >= FEWEST)
      sink.artifact('mappings', { file: reading.path, entries: [...entries.values()] });
  },
});

const byName = new WeakMap<Tree, Map<string, string[]>>();

/** The path of the tree that a name means: from the root, from the page's folder, else the first that ends with it. */
function found(token: string, page: string, tree: Tree): string | undefined {
  const bare = token.replace(/^(?:\.\/)+/, '');
  const near = path.posix.join(path.posix.dirname(page), token);
  const direct = [bare, near].find((one) => tree.paths.has(one));
  if (direct !== undefined) return direct;
  const names = byName.get(tree) ?? Map.groupBy(tree.paths, (one) => one.slice(one.lastIndexOf('/') + 1));
  byName.set(tree, names);
  const tail = bare.replace(/^(?:\.\.\/)+/, '');
  return names
    .get(tail.slice(tail.lastIndexOf('/') + 1))
    ?.find((one) => one.endsWith(`/${tail}`) || one === tail);
}

import path from 'node:path';
import { defineCollector, type Reading } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { isRetired } from './retired.ts';
import { isWorkflowPath } from './workflow-files.ts';

const NAMES_SCRIPTS =
  /\.(md|mdx|sh|bash|zsh|mk)$|(^|\/)(package\.json|(GNU)?[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Procfile)$/;
/** A path, or a file name that ends as scripts do. A token without either names no script. */
const TOKEN = /(?:\.{1,2}\/)?(?:[\w@.-]{1,100}\/){0,12}[\w@.-]{1,100}/g;
const SCRIPT_NAME = /\.(sh|bash|py)$/;

/** The path of the tree that a token names: from the file's own folder, else from the root. */
function resolved(token: string, from: string, tree: Tree): string | undefined {
  if (!token.includes('/') && !SCRIPT_NAME.test(token)) return undefined;
  for (const base of [path.posix.dirname(from), '.']) {
    const candidate = path.posix.normalize(path.posix.join(base, token));
    if (tree.paths.has(candidate)) return candidate;
  }
  return undefined;
}

const isScript = (file: string) => SCRIPT_NAME.test(file) || !path.posix.basename(file).includes('.');

function* references(reading: Reading, tree: Tree): Generator<{ script: string; line: number }> {
  const seen = new Set<string>();
  for (const [index, line] of reading.lines.entries()) {
    if (!/\.(sh|bash|py)\b|\//.test(line)) continue;
    for (const [token] of line.slice(0, 2000).matchAll(TOKEN)) {
      const script = resolved(token, reading.path, tree);
      if (script === undefined || script === reading.path || seen.has(script) || !isScript(script)) continue;
      seen.add(script);
      yield { script, line: index + 1 };
    }
  }
}

/** Which files name which scripts: a script that nobody names is parsed, not rehearsed. */
export const scriptReferences = defineCollector({
  id: 'script-references',
  source: 'repo',
  title: { fr: 'Renvois vers des scripts', en: 'References to scripts' },
  reads: (file) => (NAMES_SCRIPTS.test(file) || isWorkflowPath(file)) && !isRetired(file),
  collect(reading, sink, tree) {
    for (const { script, line } of references(reading, tree))
      sink.artifact('scriptReferences', { script, from: reading.path, line });
  },
});

import path from 'node:path';
import { isOperationProgram } from '#lib/operation-programs.ts';
import { defineCollector } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { isRetired } from './retired.ts';
import { isWorkflowPath } from './workflow-files.ts';

const NAMES_SCRIPTS =
  /\.(md|mdx|sh|bash|zsh|mk)$|(^|\/)(package\.json|(GNU)?[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Procfile)$/;
/** A path that ends as scripts do, or stands in a folder of scripts. */
const TOKEN =
  /(?:[\w@.-]{1,100}\/){0,12}[\w@-][\w@.-]{0,100}\.(?:sh|bash|py)\b|(?:\.{1,2}\/)?(?:[\w@.-]{1,100}\/){0,8}(?:bin|scripts?|tools?|ci|deploy|ops|hack)\/[\w@-]{1,100}(?![\w@.-]*[./])/g;
/** What every such path contains: most lines of a document have none, and are looked at no further. */
const MARK = /\.(?:sh|bash|py)\b|(?:bin|scripts?|tools?|ci|deploy|ops|hack)\//g;
const LONGEST = 500_000;

/** The paths of scripts that a text names, with their offsets. A path does not go over the end of a line. */
function* tokensIn(text: string): Generator<{ token: string; offset: number }> {
  MARK.lastIndex = 0;
  for (let mark = MARK.exec(text); mark; mark = MARK.exec(text)) {
    const start = text.lastIndexOf('\n', mark.index) + 1;
    const stop = text.indexOf('\n', mark.index);
    const end = stop < 0 ? text.length : stop;
    for (const match of text.slice(start, end).matchAll(TOKEN))
      yield { token: match[0], offset: start + match.index };
    MARK.lastIndex = end;
  }
}

/** The path of the tree that a token names: from the file's own folder, else from the root. */
function resolved(token: string, folder: string, tree: Tree): string | undefined {
  const plain = token.replace(/^(?:\.\/)+/, '');
  if (tree.paths.has(plain)) return plain;
  const candidate = path.posix.join(folder, token);
  return tree.paths.has(candidate) ? candidate : undefined;
}

/** Which files name which scripts: a script that nobody names is parsed, not rehearsed. */
export const scriptReferences = defineCollector({
  id: 'script-references',
  source: 'repo',
  title: { fr: 'Renvois vers des scripts', en: 'References to scripts' },
  reads: ({ path: file }) =>
    (NAMES_SCRIPTS.test(file) ||
      isWorkflowPath(file) ||
      (file.endsWith('.py') && isOperationProgram(file.toLowerCase()))) &&
    !isRetired(file),
  collect(reading, sink, tree) {
    const folder = path.posix.dirname(reading.path);
    const seen = new Set<string>();
    for (const { token, offset } of tokensIn(reading.text.slice(0, LONGEST))) {
      if (seen.has(token)) continue;
      seen.add(token);
      const script = resolved(token, folder, tree);
      if (script === undefined || script === reading.path) continue;
      sink.artifact('scriptReferences', { script, from: reading.path, line: reading.lineOf(offset) });
    }
  },
});

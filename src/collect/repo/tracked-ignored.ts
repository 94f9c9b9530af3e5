import type { TrackedIgnored } from '#model/artifacts.ts';
import { type IgnoreFile, ignoringRule, readIgnoreRules } from '../readers/ignore-rules.ts';
import type { Tree } from '../readers/tree.ts';

type IgnoredBy = TrackedIgnored['ignoredBy'];

/**
 * Files that git tracks although one of the tree's `.gitignore` files names them, or a folder that holds them: most
 * often a file that was added by force, or before the rule was written. Empty where git does not say what it tracks.
 */
export function trackedIgnored(tree: Tree): TrackedIgnored[] {
  const tracked = tree.files.filter((file) => file.tracked);
  const own = new Map<string, IgnoreFile>();
  for (const { path } of tracked) {
    if (path !== '.gitignore' && !path.endsWith('/.gitignore')) continue;
    const rules = readIgnoreRules(tree.read(path) ?? '');
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (rules) own.set(folder, { file: path, folder, rules });
  }
  if (own.size === 0) return [];

  const folders = new Map<string, { above: readonly IgnoreFile[]; by?: IgnoredBy }>();
  /** A folder ends with a slash; the root is empty. */
  const look = (folder: string): { above: readonly IgnoreFile[]; by?: IgnoredBy } => {
    const known = folders.get(folder);
    if (known) return known;
    const mine = own.get(folder);
    if (folder === '') {
      const root = { above: mine ? [mine] : [] };
      folders.set(folder, root);
      return root;
    }
    const parent = look(folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1));
    const by = parent.by ?? ignoringRule(folder, parent.above);
    const found = { above: mine ? [...parent.above, mine] : parent.above, ...(by && { by }) };
    folders.set(folder, found);
    return found;
  };

  return tracked.flatMap(({ path }) => {
    const folder = look(path.slice(0, path.lastIndexOf('/') + 1));
    const by = folder.by ?? ignoringRule(path, folder.above);
    return by ? [{ file: path, ignoredBy: { file: by.file, line: by.line, pattern: by.pattern } }] : [];
  });
}

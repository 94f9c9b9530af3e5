import type { Kind } from '#model/fact.ts';
import type { Tree } from '../../readers/tree.ts';

const known = new WeakMap<Tree, Map<string, string>>();

/**
 * The name of a resource of which only the logical id is known. Two templates may call different things alike
 * (`Bucket`): the first, in the order in which files are read, has the id alone, every other one its file before it.
 */
export function logicalName(kind: Kind, id: string, file: string, tree: Tree): string {
  const files = known.get(tree) ?? new Map<string, string>();
  known.set(tree, files);
  const key = `${kind}\n${id}`;
  const first = files.get(key);
  if (first === undefined) files.set(key, file);
  return first === undefined || first === file ? id : `${file}/${id}`;
}

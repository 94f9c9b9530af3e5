import { posix } from 'node:path';
import type { Tree } from '../../readers/tree.ts';
import { isRetired } from '../retired.ts';

const SERVICE = /(?:^|\/)serverless(?:[.-][\w-]{1,40})?\.(?:ya?ml|json)$/;
/** A file that is taken in as a whole, or for its resources alone. */
const TAKEN = /\$\{file\(([^(){}]{1,300})\)(?::[Rr]esources[\w.]{0,100})?\s{0,8}(?:,[^{}]{0,100})?\}/g;
const MOST_PARTS = 400;
const LONGEST = 500_000;

const found = new WeakMap<Tree, ReadonlySet<string>>();

/**
 * The files that services of the Serverless Framework take in, and those that these take in: parts of a service, and no
 * templates of their own. Serverless Framework documentation, “Reference Properties In Other Files”.
 */
export function partsOfServices(tree: Tree): ReadonlySet<string> {
  const known = found.get(tree);
  if (known) return known;
  const parts = new Set<string>();
  found.set(tree, parts);
  const waiting = [...tree.paths].filter((path) => SERVICE.test(path) && !isRetired(path));
  // the folder of the service is what paths of its parts start from, at whatever depth
  const from = new Map(waiting.map((path) => [path, posix.dirname(path)]));
  for (let path = waiting.shift(); path !== undefined && parts.size < MOST_PARTS; path = waiting.shift()) {
    const folder = from.get(path) ?? '.';
    for (const [, written = ''] of (tree.read(path) ?? '').slice(0, LONGEST).matchAll(TAKEN)) {
      const part = posix.join(folder, written.trim());
      if (!tree.paths.has(part) || parts.has(part) || from.has(part)) continue;
      parts.add(part);
      from.set(part, folder);
      waiting.push(part);
    }
  }
  return parts;
}

import { joined } from '../compose/layers.ts';
import type { Container } from './containers.ts';

/** How much of two paths is the same, in folders. */
function nearness(a: string, b: string): number {
  const [one, two] = [a.split('/'), b.split('/')];
  let same = 0;
  while (same < one.length && one[same] === two[same]) same += 1;
  return same;
}

/** The only one that is nearest; undefined where several are. */
function nearest(paths: readonly string[], near: string): string | undefined {
  const best = Math.max(...paths.map((path) => nearness(path, near)));
  const [first, ...others] = paths.filter((path) => nearness(path, near) === best);
  return others.length === 0 ? first : undefined;
}

const ending = (path: string, tail: string): boolean => path === tail || path.endsWith(`/${tail}`);

/** Ends of a path, the longest first: `a/b/c`, `b/c`, `c`. */
function tailsOf(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.map((_, index) => parts.slice(index).join('/'));
}

/** The file of the tree for a path of which the end is known, the nearest to `near` where several end so. */
function fileEnding(path: string, files: readonly string[], near: string): string | undefined {
  for (const tail of tailsOf(path)) {
    const hits = files.filter((file) => ending(file, tail));
    if (hits.length > 0) return nearest(hits, near);
  }
  return undefined;
}

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

/** Every folder in which one of these files lies. */
function foldersOf(files: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const file of files)
    for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) folders.add(folder);
  return [...folders];
}

/** A place in the tree that a running program sees under another path. */
export interface Seen {
  /** As the program sees it. */
  path: string;
  mounts: Container['mounts'];
  /** The file that says so. */
  near: string;
}

/** The mount that holds a path, with what comes after it. */
function mountOf({ path, mounts }: Seen) {
  const [mount] = mounts
    .filter(({ target }) => path === target || path.startsWith(`${target}/`))
    .sort((a, b) => b.target.length - a.target.length);
  return mount && { ...mount, source: `${mount.source}${path.slice(mount.target.length)}` };
}

/** The file of the tree that is seen so; undefined where none is, or where several may be. */
export function fileSeen(seen: Seen, files: readonly string[]): string | undefined {
  const mount = mountOf(seen);
  if (mount && !mount.isTail) return files.find((file) => file === mount.source);
  if (!mount && seen.mounts.length > 0) return undefined;
  return fileEnding(mount?.source ?? seen.path, files, seen.near);
}

/** The files of the tree in a folder that is seen so, those of folders in it too. */
export function filesSeen(seen: Seen, files: readonly string[]): string[] {
  const mount = mountOf(seen);
  const within = (folder: string) => files.filter((file) => folder === '' || file.startsWith(`${folder}/`));
  if (mount && !mount.isTail) return within(mount.source.replace(/\/+$/, ''));
  if (!mount && seen.mounts.length > 0) return [];
  const path = mount?.source ?? seen.path;
  const own = path.startsWith('/') ? undefined : joined(folderOf(seen.near), path);
  if (own !== undefined && within(own).length > 0 && own !== '') return within(own);
  const folders = foldersOf(files);
  for (const tail of tailsOf(path)) {
    const hits = folders.filter((folder) => ending(folder, tail));
    const folder = hits.length > 0 ? nearest(hits, seen.near) : undefined;
    if (folder !== undefined) return within(folder);
    if (hits.length > 0) return [];
  }
  return [];
}

import type { LastChange } from '#model/evidence.ts';
import { GIT, gitFiles, type Repository, repositoryOf } from './git-files.ts';
import { GitObjects } from './git-objects.ts';

/** How far a history is followed: objects of git that are read. Counted, so that the same tree gives the same bytes. */
const MOST_OBJECTS = 8_000;

interface Commit {
  id: string;
  tree: string;
  parents: string[];
  /** When it was committed, seconds since 1970. */
  time: number;
}

/** Commits and trees of one repository, each read once. */
class History {
  private readonly objects: GitObjects;
  private readonly trees = new Map<string, ReadonlyMap<string, string>>();
  private left = MOST_OBJECTS;

  constructor(folder: string) {
    this.objects = new GitObjects(folder);
  }

  close(): void {
    this.objects.close();
  }

  commit(id: string): Commit {
    const text = this.read(id).toString('utf8');
    const end = text.indexOf('\n\n');
    const head = end < 0 ? text : text.slice(0, end);
    const tree = /^tree ([0-9a-f]{40})$/m.exec(head)?.[1];
    const time = Number(/^committer .*> (\d{1,12}) [+-]\d{4}$/m.exec(head)?.[1]);
    if (tree === undefined || !Number.isFinite(time)) throw new Error('not a commit');
    return {
      id,
      tree,
      time,
      parents: [...head.matchAll(/^parent ([0-9a-f]{40})$/gm)].map(([, one = '']) => one),
    };
  }

  /** The ids that a tree gives to some paths; a path that it does not hold has none. */
  idsOf(tree: string, paths: Iterable<string>): Map<string, string> {
    const found = new Map<string, string>();
    for (const path of paths) {
      let id: string | undefined = tree;
      for (const name of path.split('/')) id = id === undefined ? undefined : this.entries(id).get(name);
      if (id !== undefined) found.set(path, id);
    }
    return found;
  }

  /** Entries of a tree: `mode name`, a zero byte, an id of twenty bytes. A file's id is empty for a reader of folders. */
  private entries(id: string): ReadonlyMap<string, string> {
    const known = this.trees.get(id);
    if (known) return known;
    const bytes = this.read(id);
    const entries = new Map<string, string>();
    for (let at = 0; at < bytes.length; ) {
      const zero = bytes.indexOf(0, at);
      if (zero < 0 || zero + 21 > bytes.length) throw new Error('not a tree');
      const space = bytes.indexOf(0x20, at);
      entries.set(bytes.toString('utf8', space + 1, zero), bytes.toString('hex', zero + 1, zero + 21));
      at = zero + 21;
    }
    this.trees.set(id, entries);
    return entries;
  }

  private read(id: string): Buffer {
    this.left -= 1;
    if (this.left < 0) throw new Error('followed far enough');
    return this.objects.read(id);
  }
}

const dayOf = ({ time }: Commit): string => new Date(time * 1000).toISOString().slice(0, 10);

/** A commit to look at, with the files, by path and id, whose last change lies there or before. */
interface Waiting {
  commit: Commit;
  paths: Map<string, string>;
}

/**
 * The last change of each of these files (paths relative to `root`), from the history of the repository that holds
 * them. Follows, as `git log -- file` does, the parent in which a file is the same. Files of which nothing is known
 * are left out: those that git does not track, and all where the latest commit is not there.
 */
export async function lastChanges(root: string, files: readonly string[]): Promise<Map<string, LastChange>> {
  const repository = files.length > 0 ? repositoryOf(root) : undefined;
  if (!repository) return new Map();
  const { resolveRef } = await import('isomorphic-git');
  const fs = gitFiles(repository.folder);
  const head = await resolveRef({ fs, gitdir: GIT, ref: 'HEAD' }).catch(() => undefined);
  if (head === undefined) return new Map();
  const history = new History(repository.shared);
  try {
    return follow(history, head, files, repository);
  } finally {
    history.close();
  }
}

function follow(
  history: History,
  head: string,
  files: readonly string[],
  { below, shallow }: Repository,
): Map<string, LastChange> {
  const changes = new Map<string, LastChange>();
  const names = new Map(files.map((path) => [below === '' ? path : `${below}/${path}`, path]));
  const settle = (paths: Iterable<string>, change: LastChange) => {
    for (const path of paths) changes.set(names.get(path) ?? path, change);
  };
  const waiting = new Map<string, Waiting>();
  try {
    const commit = history.commit(head);
    waiting.set(head, { commit, paths: history.idsOf(commit.tree, names.keys()) });
    while (waiting.size > 0) {
      const next = latest(waiting.values());
      waiting.delete(next.commit.id);
      const date = dayOf(next.commit);
      // Beyond the edge of a shallow clone there is history that nobody brought here.
      const isEdge = shallow.has(next.commit.id);
      const left = new Map(next.paths);
      try {
        if (!isEdge) passOn(history, next.commit, left, waiting);
      } catch (thrown) {
        settle(left.keys(), { date, orBefore: true });
        throw thrown;
      }
      settle(left.keys(), isEdge ? { date, orBefore: true } : { date });
    }
  } catch {
    // An object is not there, or enough were read: what waits changed where it waits, or before.
  }
  for (const { commit, paths } of waiting.values())
    settle(paths.keys(), { date: dayOf(commit), orBefore: true });
  return changes;
}

/** Hands files on to the first parent that holds them as they are; what stays in `left` was changed by the commit. */
function passOn(
  history: History,
  commit: Commit,
  left: Map<string, string>,
  waiting: Map<string, Waiting>,
): void {
  for (const id of commit.parents) {
    if (left.size === 0) return;
    const known = waiting.get(id);
    const parent = known?.commit ?? history.commit(id);
    const ids = history.idsOf(parent.tree, left.keys());
    const same = [...left].filter(([path, own]) => ids.get(path) === own);
    if (same.length === 0) continue;
    waiting.set(id, { commit: parent, paths: new Map([...(known?.paths ?? []), ...same]) });
    for (const [path] of same) left.delete(path);
  }
}

/** The commit of the latest date: those of two lines then meet where the lines part. */
function latest(all: Iterable<Waiting>): Waiting {
  let found: Waiting | undefined;
  for (const one of all) if (!found || one.commit.time > found.commit.time) found = one;
  return found as Waiting;
}

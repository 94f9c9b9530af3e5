import type { Tree } from './tree.ts';

/** A tree that stands in memory, for tests and for texts that are no files: path to content. */
export function memoryTree(files: Record<string, string>): Tree {
  const contents = new Map(Object.entries(files));
  const paths = [...contents.keys()].sort();
  return {
    root: '/memory',
    files: paths.map((path) => ({
      path,
      tracked: true,
      executable: contents.get(path)?.startsWith('#!') ?? false,
    })),
    paths: new Set(paths),
    submodules: [],
    unread: [],
    read: (path) =>
      contents
        .get(path)
        ?.replace(/^\ufeff/, '')
        .replaceAll('\r\n', '\n'),
    bytes: (path) => {
      const text = contents.get(path);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    exact: (path) => {
      const text = contents.get(path);
      return text === undefined || /^\ufeff|\r/.test(text) ? undefined : text;
    },
  };
}

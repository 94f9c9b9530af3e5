import { fitsPattern, folderOf, isPackaged, isPattern, plainPath } from './include-path.ts';

/** Where nginx keeps its configuration, by distribution and image. */
export const NGINX_FOLDERS =
  /^\/(?:etc\/(?:nginx|angie|openresty)|usr\/local\/(?:openresty\/nginx\/conf|nginx\/conf|etc\/nginx)|opt\/bitnami\/(?:nginx|openresty)\/conf|opt\/homebrew\/etc\/nginx|config\/nginx)(?=\/|$)/;
/** Folders of whose files nginx's own main file takes every one. */
const LOADED = /^(?:conf\.d|http\.d|sites-enabled|server_blocks|vhosts?(?:\.d)?|proxy-confs|site-confs)$/;
const BESIDE =
  /^(?:conf\.d|http\.d|sites-(?:available|enabled)|server_blocks|vhosts?(?:\.d)?|snippets|templates|includes?|default\.d|proxy-confs|site-confs|locations?)$/;

/** Where one configuration finds its files, by the paths that its includes write. */
export type Finder = (pattern: string) => readonly string[] | 'packaged' | 'unknown';

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether the file is one of a folder that nginx loads whole. */
export const isLoadedFolder = (folder: string): boolean => LOADED.test(base(folder));

/** `templates/x.conf.template` is `conf.d/x.conf` in the container. nginx's image on Docker Hub, “Using environment variables”. */
export const rendered = (path: string): string =>
  path.replace(/\/templates\/(.{1,400})\.template$/, '/conf.d/$1');

/** In a container whose files are known: path there → path in the repository. */
export function placedFinder(files: ReadonlyMap<string, string>, main: string): Finder {
  const own = new Map([...files].map(([target, source]) => [rendered(target), source]));
  const prefix = NGINX_FOLDERS.exec(main)?.[0] ?? folderOf(main);
  return (pattern) => {
    const path = plainPath(pattern.startsWith('/') ? pattern : `${prefix}/${pattern}`);
    const found = isPattern(path)
      ? [...own.keys()].filter((one) => fitsPattern(path, one)).sort()
      : [path].filter((one) => own.has(one));
    if (found.length > 0) return found.map((one) => own.get(one) as string);
    return isPackaged(pattern) ? 'packaged' : 'unknown';
  };
}

/**
 * Where nothing says where the files go: the main file's folder is taken for nginx's own, and so is what stands around
 * `conf.d` and its like.
 */
export function guessedFinder(paths: ReadonlySet<string>, main: string): Finder {
  const folder = folderOf(main);
  const root = /^(.*(?:^|\/)etc\/nginx)(?:\/|$)/.exec(folder)?.[1];
  const prefix = root ?? (BESIDE.test(base(folder)) ? folderOf(folder) : folder);
  const under = (at: string, path: string) => (at === '' ? path : `${at}/${path}`);
  return (pattern) => {
    const known = NGINX_FOLDERS.exec(pattern)?.[0];
    const inside = known === undefined ? pattern : pattern.slice(known.length + 1);
    if (inside.startsWith('/')) {
      const image = /^(.*?)(?:^|\/)etc\/nginx$/.exec(root ?? '')?.[1];
      const path =
        image === undefined ? undefined : under(image.replace(/\/$/, ''), plainPath(pattern).slice(1));
      if (path !== undefined && paths.has(path)) return [path];
      return isPackaged(pattern) ? 'packaged' : 'unknown';
    }
    const above = folderOf(prefix);
    // a file that is kept apart writes its includes as from nginx's own folder
    for (const at of new Set([prefix, folder, above, folderOf(above)])) {
      if (isPattern(inside) && at !== prefix && at !== folder) continue;
      const path = plainPath(under(at, inside));
      if (path === '' || path.startsWith('..')) continue;
      const found = isPattern(path)
        ? matching(paths, path)
        : [path, `${path}.template`].filter((one) => paths.has(one));
      if (found.length > 0) return found.slice(0, 200);
    }
    return isPackaged(pattern) ? 'packaged' : 'unknown';
  };
}

function matching(paths: ReadonlySet<string>, pattern: string): string[] {
  const fixed = pattern.slice(0, pattern.search(/[*?[]/));
  const found: string[] = [];
  for (const path of paths) if (path.startsWith(fixed) && fitsPattern(pattern, path)) found.push(path);
  return found.sort();
}

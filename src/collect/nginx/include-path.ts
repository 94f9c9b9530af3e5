/**
 * Files that come with nginx, its packages and certbot, and say nothing of where requests go: names and types, parameters
 * of FastCGI, modules, settings of TLS.
 */
const PACKAGED =
  /(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy)_params|fastcgi\.conf|fastcgi-php\.conf|koi-(?:utf|win)|win-utf|snakeoil\.conf|options-ssl-nginx\.conf|modules-enabled\/\*\.conf|modules\/\*\.conf|mod-[\w-]{1,60}\.conf|naxsi_core\.rules)$|^\/usr\/share\/nginx\/modules\//;

export const isPackaged = (pattern: string): boolean => PACKAGED.test(pattern);

/** A path without `.`, `..` and doubled slashes. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Whether a pattern of `include` holds wildcards: then it may lead to no file at all. */
export const isPattern = (path: string): boolean => /[*?[]/.test(path);

/** glob(7), part by part: `*` and `?` take no slash, and no dot at the start. In linear steps, whatever the pattern. */
export function fitsPattern(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const parts = path.split('/');
  return (
    wanted.length === parts.length && wanted.every((part, index) => fitsPart(part, parts[index] as string))
  );
}

function fitsPart(pattern: string, text: string): boolean {
  if (text.startsWith('.') && /^[*?[]/.test(pattern)) return false;
  let at = 0;
  let from = 0;
  let star = -1;
  let kept = 0;
  while (from < text.length) {
    const char = pattern[at];
    const set = char === '[' ? /^\[(!|\^)?([^\]]{1,60})\]/.exec(pattern.slice(at, at + 64)) : undefined;
    if (char === '*') {
      star = at;
      kept = from;
      at += 1;
    } else if (set && isIn(set[2] as string, text[from] as string) !== (set[1] !== undefined)) {
      at += set[0].length;
      from += 1;
    } else if (!set && char !== undefined && (char === '?' || char === text[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      kept += 1;
      from = kept;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

function isIn(set: string, char: string): boolean {
  for (let index = 0; index < set.length; index += 1) {
    const to = set[index + 1] === '-' ? set[index + 2] : undefined;
    if (to !== undefined) {
      if (char >= (set[index] as string) && char <= to) return true;
      index += 2;
    } else if (set[index] === char) return true;
  }
  return false;
}

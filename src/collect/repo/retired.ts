const ENDINGS =
  /[._-](?:obsolete|bak|bkp|backup|old|orig|original|disabled|deprecated|retired|unused|archived?|save|saved|swp|rej)\d{0,3}$|~$/;
/** What every path out of use holds: nearly all paths have none of it, and are looked at no further. */
const MAY_BE_RETIRED =
  /(?:^|[/._ -])(?:obsolete|ba(?:k|ckup)|bkp|old|orig|disabled|deprecated|retired|unused|archive|save|swp|rej|trash|copy|copie)|(?:^|\/)\._|~$/i;
const FOLDERS = new Set([
  'archive',
  'archived',
  'archives',
  'backup',
  'backups',
  'bak',
  'deprecated',
  'disabled',
  'obsolete',
  'old',
  'retired',
  '.trash',
]);
const FOLDER_WORD =
  /(?:^|[._-])(?:old|obsolete|deprecated|archived?|bak|disabled|retired)$|^_old[_-]?|^[._].*[._-]backups?$/;
const COPY = /^(?:copy of |copie de )|(?: copy| - copie| - copy)(?: \d+| \(\d+\))?(?:\.[\w.]+)?$/;
/** `deploy.yml.bak.20240102`, `compose.old.yml`: the mark stands before a date or the real ending. */
const INSIDE =
  /[._-](?:obsolete|bak|orig|disabled|deprecated|retired)[._-](?:\d[\d_-]*|ya?ml|json|toml|env|sh|conf|txt)$|[._-]backup[._-](?:\d[\d_-]*|ya?ml|json|toml|env|conf|txt)$|\.old\.[a-z]{2,5}$|[._-]old[._-]\d[\d_-]*$/;
/** Under these a folder of this name holds what makes backups. */
const MAKES_BACKUPS =
  /^(?:scripts?|infra|infrastructure|docker|deploy|deployment|ops|tools?|bin|services|images|k8s|jobs|cron)$/;

const isRetiredName = (base: string): boolean =>
  base.startsWith('._') || ENDINGS.test(base) || INSIDE.test(base) || COPY.test(base);

/**
 * Whether a path says that its file is out of use: renamed (`*.OBSOLETE`, `.bak`, `.old`, `.disabled`, “copy of”,
 * `._*`), or kept in a folder of old things (`archive/`, `backup/`, `old/`, `disabled/`, `deprecated/`). What such a
 * file names is kept as a fact of sort `retired` and declares nothing.
 */
export function isRetired(path: string): boolean {
  if (!MAY_BE_RETIRED.test(path)) return false;
  const folders = path.toLowerCase().split('/');
  const base = folders.pop() ?? '';
  return (
    isRetiredName(base) ||
    folders.some(
      (folder, index) =>
        (FOLDERS.has(folder) || FOLDER_WORD.test(folder)) &&
        !(/^backups?$/.test(folder) && MAKES_BACKUPS.test(folders[index - 1] ?? '')),
    )
  );
}

/**
 * The path without the marks that take a file out of use: `docker-compose.yml` for `docker-compose.yml.OBSOLETE`.
 * Gives the path itself when its name bears none.
 */
export function withoutRetiredMark(path: string): string {
  const cut = path.lastIndexOf('/') + 1;
  const name = path.slice(cut);
  if (!MAY_BE_RETIRED.test(name)) return path;
  let base = name.replace(/^\._/, '').replace(/^(?:copy of|copie de) /i, '');
  for (let marks = 0; marks < 3; marks += 1) {
    const dated = base.replace(/([._-][a-z]+)[._-]\d[\d_-]*$/i, (whole, mark: string) =>
      ENDINGS.test(mark.toLowerCase()) ? mark : whole,
    );
    const shorter = dated.replace(/[._-][a-z]+\d{0,3}$|~$/i, (mark) =>
      ENDINGS.test(mark.toLowerCase()) ? '' : mark,
    );
    if (shorter === base || shorter === '') break;
    base = shorter;
  }
  return path.slice(0, cut) + base;
}

import type { ProgramSettings } from '#model/settings.ts';
import { type Code, partsOf, pathOf, textsOf } from './code.ts';
import type { Read } from './environment-reads.ts';
import type { Sources } from './sources.ts';

type Without = NonNullable<ProgramSettings['withoutEffect']>[number];

/** Something that stands in code and that no line was seen to use. */
export interface Idle extends Without {
  /** What other lines would call it. */
  names: readonly string[];
}

const MODE = /(?:^|_)(?:MODE|STRATEGY|POLICY)$/i;
const LIST =
  /(?:allow|block|deny|black|white)_?list(?:ed)?(?:_|$)|(?:^|_)(?:allowed|blocked|denied|forbidden|banned|permitted|prohibited|dangerous|restricted|whitelisted|blacklisted)_[a-z]|_(?:allowlist|blocklist|whitelist|blacklist)$/i;
/** Frameworks read these by their names. */
const BY_NAME =
  /^(?:ALLOWED_HOSTS|ALLOWED_INCLUDE_ROOTS|ALLOWED_PATHS|CORS_\w+|CSRF_\w+|SESSION_\w+|SECURE_\w+|JWT_\w+|BLACKLIST_\w+|DISALLOWED_USER_AGENTS|\w*_ALLOWED_ORIGINS|BLOCKED_HOSTS)$/;

/** Modes and lists that may have no effect: nothing in their program was seen to use them. */
export function idleOf(
  codes: readonly Code[],
  reads: readonly Read[],
  isUsed: (read: Read) => boolean,
  sources: Sources,
): Idle[] {
  const found: Idle[] = [];
  for (const read of reads) {
    const name = read.field ?? read.symbol?.name;
    if (!read.symbol || name === undefined || isUsed(read)) continue;
    const what = MODE.test(read.name) ? 'mode' : LIST.test(read.name) ? 'list' : undefined;
    if (what && !BY_NAME.test(read.name))
      found.push({ name, what, why: 'never-used', at: read.at, names: [name, read.name, read.symbol.name] });
  }
  for (const code of codes) {
    if (isReadByFramework(code)) continue;
    for (const { target, value, fn, cls, from } of code.assignments) {
      if (
        fn !== undefined ||
        !value ||
        !LIST.test(snake(target)) ||
        BY_NAME.test(target) ||
        !/^[A-Za-z_]\w*$/.test(target)
      )
        continue;
      const isField =
        cls !== undefined && reads.some(({ at, field }) => at.file === code.path && field === target);
      const texts = textsOf(value);
      // a class that a framework is configured from is read by the names in it
      if (cls !== undefined && target === target.toUpperCase()) continue;
      if (isField || !texts || texts.length === 0 || (code.language !== 'python' && cls !== undefined))
        continue;
      found.push({
        name: target,
        what: 'list',
        why: 'never-used',
        at: sources.at(code, from),
        names: [target],
      });
    }
    for (const { test, from } of code.alike) {
      const named = [...partsOf(test)].find(
        (part) =>
          (part.is === 'name' || part.is === 'member') &&
          MODE.test(snake(pathOf(part).split('.').at(-1) ?? '')),
      );
      const name = named && pathOf(named).split('.').at(-1);
      if (name !== undefined)
        found.push({ name, what: 'mode', why: 'alike', at: sources.at(code, from), names: [] });
    }
  }
  return found;
}

/** Modules of settings of which packages read what they know by its name: those of Django. */
const isReadByFramework = ({ language, path, text }: Code): boolean =>
  language === 'python' &&
  /(?:^|\/)(?:settings|conf|config)(?:\/[^/]+)?\.py$/.test(path) &&
  /^(?:INSTALLED_APPS|MIDDLEWARE|ROOT_URLCONF|TEMPLATES|DATABASES|from \.\w* import \*|from \.?\w*(?:settings|base|common)\w* import \*)/m.test(
    text,
  );

const snake = (name: string): string => name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_');

/**
 * The language of a person: the first of `CONSTAT_LANG`, `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides,
 * as gettext does; anything but French is English.
 */
export function languageOf(environment: Record<string, string | undefined>): 'fr' | 'en' {
  const first = ['CONSTAT_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG']
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== '');
  return first !== undefined && /^fr\b|^fr[_.-]/i.test(first) ? 'fr' : 'en';
}

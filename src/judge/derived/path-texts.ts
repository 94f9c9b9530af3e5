import type { Estate } from '#model/estate.ts';
import { code, type Text } from '#model/text.ts';
import type { Standing } from './path-failures.ts';

/** Links of a chain that are written out. */
const MOST_LINKS = 6;
const MOST_URLS = 3;

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The few words of a check as a sentence. */
export const sentence = ({ fr, en }: Text): Text => ({ fr: `${upper(fr)}.`, en: `${upper(en)}.` });

/** The title of a rule within a sentence: its first letter is small, except that of an acronym or of a name. */
export function inSentence({ fr, en }: Text): Text {
  const lower = (text: string) =>
    /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
  return { fr: lower(fr), en: lower(en) };
}

/** Sentences one after the other. */
export const joined = (sentences: readonly Text[]): Text => ({
  fr: sentences.map(({ fr }) => fr).join(' '),
  en: sentences.map(({ en }) => en).join(' '),
});

/** The name of what a check stands on: that of the resource, else what its id says of one that is not there. */
export function placeName(estate: Estate, place: string): string {
  const known = estate.resources.find(({ id }) => id === place)?.name;
  if (known !== undefined) return known;
  const own = /^constat:\w+(?:::[\w ]+){0,2}:[^:]*:(.+)$/.exec(place)?.[1];
  return own ?? place.slice(place.lastIndexOf('/') + 1);
}

/** What follows from a failure and what it follows from, as sentences; none where it stands alone. */
export function standingTexts({ follows, explainedBy }: Standing, estate: Estate): Text[] {
  const effects = listed(follows);
  const certain = explainedBy.filter(({ isProbable }) => !isProbable);
  const roots = (certain.length > 0 ? certain : explainedBy).map(({ root, place }) => {
    const name = code(placeName(estate, place));
    return root.en.includes(name) ? root : { fr: `${root.fr} (${name})`, en: `${root.en} (${name})` };
  });
  const why = listed(roots);
  const isProbable = certain.length === 0;
  return [
    ...(follows.length > 0
      ? [{ fr: `Il en découle\u00a0: ${effects.fr}.`, en: `What follows: ${effects.en}.` }]
      : []),
    ...(roots.length > 0
      ? [
          isProbable
            ? { fr: `Sans doute expliqué par\u00a0: ${why.fr}.`, en: `Probably explained by: ${why.en}.` }
            : { fr: `Expliqué par\u00a0: ${why.fr}.`, en: `Explained by: ${why.en}.` },
        ]
      : []),
  ];
}

/** Clauses one after the other; past a few only their number is given. */
function listed(texts: readonly Text[]): Text {
  const shown = texts.slice(0, MOST_LINKS);
  const left = texts.length - shown.length;
  const fr = shown.map((text) => text.fr).join('\u00a0; ');
  const en = shown.map((text) => text.en).join('; ');
  return left > 0
    ? { fr: `${fr}\u00a0; et ${left} ${left > 1 ? 'autres' : 'autre'}`, en: `${en}; and ${left} more` }
    : { fr, en };
}

/** On which of the URLs that were followed: told only where there are several. */
export function urlsText(failing: readonly string[], all: readonly string[]): Text[] {
  if (new Set(all).size < 2) return [];
  const urls = [...new Set(failing)].map(shownUrl);
  const shown = urls.slice(0, MOST_URLS).map(code).join(', ');
  const left = urls.length - MOST_URLS;
  const more =
    left > 0 ? { fr: ` et ${left} ${left > 1 ? 'autres' : 'autre'}`, en: ` and ${left} more` } : undefined;
  return [
    {
      fr: `Sur le chemin de ${shown}${more?.fr ?? ''}.`,
      en: `On the path of ${shown}${more?.en ?? ''}.`,
    },
  ];
}

/** A URL without its user, query and fragment, which may hold secrets. */
function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

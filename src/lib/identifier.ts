/** The words of an identifier: `web-api_v2.Service` gives `web`, `api`, `v2`, `service`. */
export const wordsOf = (identifier: string): string[] =>
  identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** A kebab-case id of a text: accents removed, everything else a hyphen. */
export const slug = (text: string): string => wordsOf(text.normalize('NFD').replace(/\p{M}/gu, '')).join('-');

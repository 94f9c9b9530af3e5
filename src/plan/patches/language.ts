import type { Document } from '#model/artifacts.ts';
import type { Language } from '#model/text.ts';

/** Words that are frequent in one of the languages and are none of the other. */
const FRENCH =
  /\b(?:le|la|les|des|du|une|est|et|pour|avec|dans|sur|vers|aux|ce|cette|déploiement|mise|sauvegarde)\b/giu;
const ENGLISH = /\b(?:the|of|and|to|is|are|for|with|in|from|this|that|how|deployment|run|backup)\b/gi;

/** The language in which most headings of the documents are written; English where nothing tells. */
export function languageOf(documents: readonly Document[]): Language {
  const text = documents
    .flatMap(({ title, headings, claims }) => [
      title,
      ...headings.map((one) => one.text),
      ...claims.map((one) => one.text),
    ])
    .join('\n');
  const count = (words: RegExp) => text.match(words)?.length ?? 0;
  return count(FRENCH) + (text.match(/[éèàùçêôî]/gi)?.length ?? 0) > count(ENGLISH) ? 'fr' : 'en';
}

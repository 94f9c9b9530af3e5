import type { Document } from '#model/artifacts.ts';
import type { Language } from '#model/text.ts';

/** Words that are frequent in one of the languages and are none of the other. */
const FRENCH =
  /\b(?:le|la|les|des|du|une|est|et|pour|avec|dans|sur|vers|aux|ce|cette|déploiement|mise|sauvegarde)\b/giu;
const ENGLISH = /\b(?:the|of|and|to|is|are|for|with|in|from|this|that|how|deployment|run|backup)\b/gi;

/**
 * The language in which most headings of the documents are written; English where nothing tells. The page that people
 * begin with says that it is not French: a contributing guide in both languages is often the only page with French in it.
 */
export function languageOf(documents: readonly Document[]): Language {
  const counts = documents.map(({ file, title, headings, claims }) => {
    const lines = [title, ...headings.map((one) => one.text), ...claims.map((one) => one.text)];
    const text = lines.join('\n');
    const count = (words: RegExp) => text.match(words)?.length ?? 0;
    return {
      isEntry: /^readme(?:\.\w+)?$/i.test(file) && headings.length > 2,
      french: count(FRENCH) + count(/[éèàùçêôî]/gi),
      english: count(ENGLISH),
    };
  });
  if (counts.some(({ isEntry, french }) => isEntry && french === 0)) return 'en';
  const sum = (of: 'french' | 'english') => counts.reduce((total, one) => total + one[of], 0);
  return sum('french') > sum('english') ? 'fr' : 'en';
}

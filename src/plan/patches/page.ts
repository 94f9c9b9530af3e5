import type { Language } from '#model/text.ts';

/** A page that a patch adds, in one language. */
export interface Page {
  title: string;
  /** Shown under the title. */
  lead: string;
  sections: readonly Section[];
}

export interface Section {
  title: string;
  text?: string;
  /** Shell commands, shown as a block. */
  commands?: readonly string[];
}

/** A page in Markdown. */
export const pageText = ({ title, lead, sections }: Page): string =>
  `${[
    `# ${title}`,
    lead,
    ...sections.flatMap((section) => [
      `## ${section.title}`,
      ...(section.text === undefined ? [] : [section.text]),
      ...(section.commands && section.commands.length > 0
        ? [`\`\`\`bash\n${section.commands.join('\n')}\n\`\`\``]
        : []),
    ]),
  ].join('\n\n')}\n`;

/** One of two texts. */
export const inLanguage =
  (language: Language) =>
  (fr: string, en: string): string =>
    language === 'fr' ? fr : en;

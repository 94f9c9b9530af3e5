import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyRule } from '#model/rule.ts';
import { LANGUAGES, type Language } from '#model/text.ts';

/**
 * What is derived from the rules of `src/judge/rules/<theme>/<id>.ts`: the list that the audit imports, a page for
 * each rule and their index. Paths are relative to the root of the project.
 */
export async function generateRules(root: string): Promise<Map<string, string>> {
  const files = globSync('src/judge/rules/*/*.ts', { cwd: root })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => ({ file, id: path.basename(file, '.ts'), theme: file.split('/')[3] ?? '' }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const rules: { theme: string; rule: AnyRule }[] = [];
  for (const { file, id, theme } of files) {
    const module = (await import(pathToFileURL(path.join(root, file)).href)) as Record<string, AnyRule>;
    const rule = module[exportName(id)];
    if (rule?.id !== id) throw new Error(`${file}: must export ${exportName(id)}, a rule whose id is ${id}`);
    rules.push({ theme, rule });
  }
  const pages = new Map<string, string>();
  pages.set('src/judge/rules/all.generated.ts', list(files));
  pages.set('docs/rules/README.md', index(rules));
  for (const { rule } of rules) pages.set(`docs/rules/${rule.id}.md`, page(rule));
  return pages;
}

/** `image-tag-mutable` gives `imageTagMutable`. */
export const exportName = (id: string) =>
  id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const list = (files: readonly { id: string; theme: string }[]) =>
  [
    '// Made by tools/generate-rules.ts: npm run generate.',
    "import type { AnyRule } from '#model/rule.ts';",
    ...files.map(({ id, theme }) => `import { ${exportName(id)} } from './${theme}/${id}.ts';`),
    '',
    '/** Every rule, by id. */',
    'export const rules: readonly AnyRule[] = [',
    ...files.map(({ id }) => `  ${exportName(id)},`),
    '];',
    '',
  ].join('\n');

const WORDS: Record<Language, { language: string; risk: string; remedy: string }> = {
  en: { language: 'English', risk: 'Risk', remedy: 'Remedy' },
  fr: { language: 'Français', risk: 'Risque', remedy: 'Remède' },
};
const ENGLISH_FIRST = [...LANGUAGES].sort();

function page(rule: AnyRule): string {
  const facts = [
    `severity: **${rule.severity}**`,
    `confidence: ${rule.confidence ?? 'high'}`,
    `judges: ${rule.kinds?.map((kind) => `\`${kind}\``).join(', ') ?? rule.subject}`,
    ...(rule.needs ? [`needs: ${rule.needs.join(', ')}`] : []),
  ];
  const texts = ENGLISH_FIRST.flatMap((language) => [
    `## ${WORDS[language].language}`,
    `**${rule.title[language]}**`,
    `${WORDS[language].risk}${language === 'fr' ? '\u00a0' : ''}: ${rule.risk[language]}`,
    `${WORDS[language].remedy}${language === 'fr' ? '\u00a0' : ''}: ${rule.remedy[language]}`,
  ]);
  const references = rule.references?.length
    ? ['## References', rule.references.map((url) => `- <${url}>`).join('\n')]
    : [];
  return `${[`# ${rule.id}`, `${facts.join(' · ')}`, ...texts, ...references].join('\n\n')}\n`;
}

function index(rules: readonly { theme: string; rule: AnyRule }[]): string {
  const themes = [...new Set(rules.map(({ theme }) => theme))].sort();
  const sections = themes.flatMap((theme) => [
    `## ${theme}`,
    [
      '| rule | severity | what it finds | ce qu’elle trouve |',
      '| --- | --- | --- | --- |',
      ...rules
        .filter((one) => one.theme === theme)
        .map(
          ({ rule }) =>
            `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.title.en} | ${rule.title.fr} |`,
        ),
    ].join('\n'),
  ]);
  const opening = `${rules.length} rules. The severity is the usual one: a finding may say another, with its reason.`;
  return `${['# Rules', opening, ...sections].join('\n\n')}\n`;
}

/** Writes what {@link generateRules} gives, and removes the pages of rules that are gone. */
export async function writeRules(root: string): Promise<void> {
  const pages = await generateRules(root);
  mkdirSync(path.join(root, 'docs/rules'), { recursive: true });
  for (const name of readdirSync(path.join(root, 'docs/rules')))
    if (name.endsWith('.md') && !pages.has(`docs/rules/${name}`)) rmSync(path.join(root, 'docs/rules', name));
  for (const [file, text] of pages) {
    const target = path.join(root, file);
    if (readOrNothing(target) !== text) writeFileSync(target, text);
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.main) await writeRules(path.dirname(import.meta.dirname));

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '#lib/input-error.ts';
import type { Domain, Profile } from '#model/maturity.ts';
import type { Language } from '#model/text.ts';
import { shown } from './configuration.ts';

const SCHEMAS = 'https://unpkg.com/constat/schema';

/** A text on a line of its own behind a hash: nothing in it ends the comment. */
const comment = (text: string, indent = ''): string => `${indent}# ${text.replace(/\s+/g, ' ')}`;

/** Plain where YAML takes it for a text, else as JSON, which is YAML. */
const scalar = (text: string): string =>
  /^[A-Za-z][\w.-]*$/.test(text) && !/^(true|false|null)$/i.test(text) ? text : JSON.stringify(text);

const CONFIGURATION: Record<Language, readonly string[]> = {
  fr: [
    '# Tout est facultatif\u00a0: voir docs/configuration.md.',
    '{name}',
    '{profile}',
    '# prefix: GAP',
    '# ignore: ["archives/**"]',
    '',
    '# Ce qu’aucun fichier ne dit, par question (docs/maturity.md les nomme)\u00a0:',
    '# answers:',
    '#   restore-tested:',
    '#     answer: partial',
    '#     by: Équipe plateforme',
    '#     on: 2026-01-31',
    '#     note: un essai par an, sans compte rendu',
    '',
    '# Quand les écarts sont traités\u00a0; sans phases, par priorité\u00a0:',
    '# phases:',
    '#   - title: Phase 1',
    '#     priorities: [P1]',
    '#   - title: Ensuite',
    '',
    '# Écarts acceptés pour un temps\u00a0:',
    '# mutes:',
    '#   - rule: action-unpinned',
    '#     owner: Équipe plateforme',
    '#     reason: actions internes',
    '#     until: 2026-12-31',
  ],
  en: [
    '# Everything is optional: see docs/configuration.md.',
    '{name}',
    '{profile}',
    '# prefix: GAP',
    '# ignore: ["archive/**"]',
    '',
    '# What no file tells, by question (docs/maturity.md names them):',
    '# answers:',
    '#   restore-tested:',
    '#     answer: partial',
    '#     by: Platform team',
    '#     on: 2026-01-31',
    '#     note: tried once a year, without a report',
    '',
    '# When gaps are mended; without phases, by priority:',
    '# phases:',
    '#   - title: Phase 1',
    '#     priorities: [P1]',
    '#   - title: Later',
    '',
    '# Gaps that are accepted for a while:',
    '# mutes:',
    '#   - rule: action-unpinned',
    '#     owner: Platform team',
    '#     reason: internal actions',
    '#     until: 2026-12-31',
  ],
};

/** A `constat.yaml` to begin with: the estate's name, the profile, and the rest as comments. */
export function configurationText(name: string, profile: Profile | undefined, lang: Language): string {
  const lines = CONFIGURATION[lang].flatMap((line) => {
    if (line === '{name}') return name === '' ? [] : [`name: ${scalar(name)}`];
    if (line === '{profile}') return [`${profile ? '' : '# '}profile: ${profile ?? 'devops'}`];
    return [line];
  });
  return `# yaml-language-server: $schema=${SCHEMAS}/config.schema.json\n${lines.join('\n')}\n`;
}

const TARGET: Record<Language, readonly string[]> = {
  fr: [
    'Ce que l’équipe veut de son exploitation. Une question ou un domaine que l’on enlève n’est plus posé.',
    'Poids (weight, 1 à 3), gravité (severity) et effort se changent\u00a0; text, gap.title et gap.remedy remplacent les textes.',
    'Une question de l’équipe répond par files, rules, query ou documents\u00a0: voir docs/maturity.md.',
  ],
  en: [
    'What the team wants of its operations. A question or a domain that is taken out is no longer asked.',
    'Weights (1 to 3), severities and efforts can be changed; text, gap.title and gap.remedy replace the texts.',
    'A question of the team’s own is answered by files, rules, query or documents: see docs/maturity.md.',
  ],
};
const AIM: Record<Language, string> = { fr: 'Cible\u00a0:', en: 'Target:' };

/** The target that comes with Constat as a file to edit; texts stand as comments, so that they stay those of both languages. */
export function targetText(domains: readonly Domain[], lang: Language): string {
  const lines = [
    `# yaml-language-server: $schema=${SCHEMAS}/target.schema.json`,
    ...TARGET[lang].map((text) => comment(text)),
    domains.length > 0 ? 'domains:' : 'domains: {}',
  ];
  for (const [index, { id, title, target, questions }] of domains.entries()) {
    lines.push(
      ...(index > 0 ? [''] : []),
      comment(title[lang], '  '),
      comment(`${AIM[lang]} ${target[lang]}`, '  '),
      `  ${id}:`,
      '    questions:',
    );
    for (const { id: question, text, weight, severity, effort } of questions)
      lines.push(
        comment(text[lang], '      '),
        `      ${question}:`,
        `        weight: ${weight}`,
        `        severity: ${severity}`,
        `        effort: ${effort}`,
      );
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Writes a file that is not there yet.
 * @throws InputError where one is, or where the folder cannot be written
 */
export function writeNew(root: string, name: string, text: string): void {
  const file = path.join(root, name);
  try {
    // a link in its place is not followed
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'EEXIST'
        ? `${shown(file)}: is there already and is not overwritten; move it away to have a new one`
        : `${shown(file)}: cannot be written (${code}); give a folder that can be`,
    );
  }
}

import type { Document, Topic } from '#model/artifacts.ts';
import { operationStatements } from './operation-statements.ts';
import type { Page, Section } from './page.ts';
import { headings } from './page.ts';
import { phraseOf } from './words.ts';

type Treated = Document['topics'][number];

const HEADINGS: readonly (readonly [Topic, RegExp])[] = [
  [
    'rollback',
    / (?:rollbacks?|roll back|rolling back|retour arriere|retour en arriere|revenir en arriere|version precedente|previous version|revert(?:ing)? a (?:deployment|release)|undo a (?:deployment|release)) /,
  ],
  [
    'restore',
    / (?:restore|restoring|restoration|restauration|restaurer|disaster recovery|reprise (?:d activite|apres sinistre)|point in time recovery) /,
  ],
  ['backup', / (?:backups?|back up|backing up|sauvegardes?|sauvegarder|snapshots?) /],
  [
    'deployment',
    / (?:deploy|deploying|deployments?|deploiements?|deployer|mise en production|mise en prod|releasing|release process|livraison) /,
  ],
  [
    'security',
    / (?:security|securite|securing|securiser|hardening|durcissement|vulnerability disclosure|reporting a vulnerability) /,
  ],
  [
    'monitoring',
    / (?:monitoring|supervision|surveillance|observability|observabilite|alerting|alertes|alarms?|alarmes) /,
  ],
];
const ROTATION = / (?:rotat(?:e|es|ing|ion)|rotations|renouvel(?:er|lement)) /;
const SECRET =
  / (?:secrets?|keys?|cles?|tokens?|jetons?|credentials?|identifiants|passwords?|mots? de passe|api key) /;
/** A heading that says the opposite, or asks. */
const DENIED =
  / (?:no|not|without|missing|lack of|pas de|pas d|aucun|aucune|sans|absence de|manque|manquant|manquante|a faire|todo) /;
const COMMANDS: readonly (readonly [Topic, RegExp])[] = [
  [
    'rollback',
    /\bwrangler rollback\b|\brollout undo\b|\bhelm rollback\b|\bheroku (?:releases:)?rollback\b|\bvercel rollback\b|\bgit revert\b/,
  ],
  [
    'restore',
    /\bpg_restore\b|\btime-travel restore\b|\brestore-db-(?:instance|cluster)\b|\brestore-table\b|\bmongorestore\b|\brestic restore\b/,
  ],
  [
    'backup',
    /\bpg_dump(?:all)?\b|\bmysqldump\b|\bmongodump\b|\bcreate-db-(?:cluster-)?snapshot\b|\bwrangler d1 export\b|\brestic backup\b|\bstart-backup-job\b/,
  ],
  ['secret-rotation', /\bsecretsmanager rotate-secret\b|\biam update-access-key\b/],
];

const anyOf = (patterns: readonly RegExp[]) => new RegExp(patterns.map(({ source }) => source).join('|'));
/** One test tells that a heading, or a block of code, treats none of them: most do not. */
const ANY_HEADING = anyOf([...HEADINGS.map(([, pattern]) => pattern), ROTATION]);
const ANY_COMMAND = anyOf(COMMANDS.map(([, pattern]) => pattern));

/** The subjects of operation that a page treats, by its headings and by the commands it shows. */
export function topicsOf(page: Page): Treated[] {
  const found = new Map<string, Treated>();
  const add = (topic: Topic, line: number) => found.set(`${topic} ${line}`, { topic, line });
  for (const section of page.sections) {
    const phrase = phraseOf(section.title);
    if (
      !ANY_HEADING.test(phrase) ||
      DENIED.test(phrase) ||
      section.title.includes('❌') ||
      section.title.trimEnd().endsWith('?')
    )
      continue;
    for (const [topic, pattern] of HEADINGS) if (pattern.test(phrase)) add(topic, section.line);
    if (ROTATION.test(phrase) && SECRET.test(above(section))) add('secret-rotation', section.line);
  }
  for (const block of page.blocks)
    if (block.type === 'fence' && ANY_COMMAND.test(block.text))
      for (const [topic, pattern] of COMMANDS) {
        const match = pattern.exec(block.text);
        if (match) add(topic, block.line + (block.text.slice(0, match.index).match(/\n/g)?.length ?? 0));
      }
  for (const { topic, line } of operationStatements(page)) add(topic, line);
  return [...found.values()].sort((a, b) => a.line - b.line || (a.topic < b.topic ? -1 : 1));
}

const above = (section: Section) =>
  phraseOf(
    headings(section)
      .map((one) => one.title)
      .join(' '),
  );

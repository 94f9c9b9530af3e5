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
  [
    'scaling',
    / (?:scaling|scalability|scalabilite|bottlenecks?|goulots? (?:d etranglement|de bouteille)|capacity planning|montee en charge|passage a l echelle|mise a l echelle|load tests?|load testing|tests? de charge|sharding|partitionnement) /,
  ],
  [
    'cost',
    / (?:costs?|couts?|pricing|budgets?|cost estimat(?:e|es|ion)|estimation des couts|facturation|tarification) /,
  ],
  [
    'limits',
    / (?:rate limits?|quotas?|service limits?|api limits?|usage limits?|limites? (?:d api|de debit|de requetes|d appels|de taux|d usage|des api)) /,
  ],
  [
    'feedback',
    / (?:feedback|retours? utilisateurs?|report(?:ing)? (?:a )?(?:bugs?|issues?|problems?)|bug reports?|signaler (?:un )?(?:bug|probleme|anomalie)|retours? d experience|getting help|get help|support channels?) /,
  ],
  [
    'beta',
    / (?:beta testers?|beta testing|beta testeurs?|beta test|beta program(?:me)?|early adopters?|early access|pilotes?|utilisateurs pilotes) /,
  ],
  [
    'incident',
    // the runbook of a test, of a move or of an installation is for a day that is chosen
    / (?:incidents?|incident response|(?<! (?:smoke|tests?|smoketests?|migration|split|deploy|deployment|release|setup|installation|onboarding|upgrade|rotation|optimization|extraction|import|backfill) )runbooks?|on call|astreintes?|post ?mortems?|escalation|gestion des incidents|en cas de panne) /,
  ],
  ['on-call', / (?:on call|oncall|astreintes?|escalation(?: path| policy)?|pager ?duty|opsgenie|escalade) /],
  [
    'continuous-integration',
    / (?:ci|cd|ci cd|continuous integration|continuous (?:delivery|deployment)|integration continue|deploiement continu|livraison continue|pipelines?|github actions|branching|git ?flow|workflow git|pull requests?) /,
  ],
  [
    'local-development',
    / (?:local development|developpement local|local setup|getting started|quick ?start|demarrage rapide|installation locale|development setup|lancer en local|run(?:ning)? locally|developpement en local|local environment|environnement local|setup local) /,
  ],
];
/** What is of use only with what it is about. */
const TOLD = new Set<Topic>(['limits', 'cost', 'scaling']);
/** In prose a number with it: a page that says “rate limit” alone tells none. */
const LIMIT =
  /\d[^.]{0,40}(?:requests?|requetes|calls|appels|tokens|emails?|messages?|minutes?|go|gb|mb) (?:per|par|a|every|each) |(?:rate limits?|quota|limites?|limited to|limite a|plafond)[^.]{0,60}\d/;
const MOST_OF_PROSE = 40;
const ROTATION = / (?:rotat(?:e|es|ing|ion)|rotations|renouvel(?:er|lement)) /;
const SECRET =
  / (?:secrets?|keys?|cles?|tokens?|jetons?|credentials?|identifiants|passwords?|mots? de passe|api key) /;
/** What a program brings back or keeps by itself, while it runs, is no restoration of data. */
const OF_PROGRAMS =
  / (?:(?:scroll|scrolling|focus|selection|session|state|window|tab|cache|caches|purchases?) (?:restore|restoring|restoration)|(?:restore|restoring|restoration of|restaurer|restauration de) (?:the |la |le )?(?:scroll|scrolling|focus|selection|session|state|window|tabs?|caches?|purchases?|defilement)|snapshot (?:tests?|testing)|snapshots? (?:per|of state)|(?:state|heap|visual|dom|memory|jest|ui) snapshots?) /;
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
    /\bpg_restore\b|\btime-travel restore\b|\brestore-db-(?:instance|cluster)\b|\brestore-table\b|\bmongorestore\b|\brestic restore\b|\bbench (?:[^\n]{0,60} )?restore\b|\brestore[\w-]*\.sh\b|\bmake [\w-]*restore\b|\bmanage\.py dbrestore\b|\b(?:psql|mysql|mariadb)\b[^\n|#]{0,200}<\s*\S*(?:dump|backup)/,
  ],
  [
    'backup',
    /\bpg_dump(?:all)?\b|\bmysqldump\b|\bmongodump\b|\bcreate-db-(?:cluster-)?snapshot\b|\bwrangler d1 export\b|\brestic backup\b|\bstart-backup-job\b|\bbench (?:[^\n]{0,60} )?backup\b|\bbackup[\w-]*\.sh\b|\bmake [\w-]*backup\b|\bmanage\.py dbbackup\b/,
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
  const add = (topic: Topic, line: number, text?: string) =>
    found.set(`${topic} ${line}`, {
      topic,
      line,
      ...(text !== undefined && { text: text.trim().slice(0, 300) }),
    });
  for (const section of page.sections) {
    const phrase = phraseOf(section.title);
    if (
      !ANY_HEADING.test(phrase) ||
      DENIED.test(phrase) ||
      section.title.includes('❌') ||
      section.title.trimEnd().endsWith('?')
    )
      continue;
    for (const [topic, pattern] of HEADINGS)
      if (pattern.test(phrase) && !((topic === 'restore' || topic === 'backup') && OF_PROGRAMS.test(phrase)))
        add(topic, section.line, TOLD.has(topic) ? phrase : undefined);
    if (ROTATION.test(phrase) && SECRET.test(above(section))) add('secret-rotation', section.line);
  }
  for (const block of page.blocks)
    if (block.type === 'fence' && ANY_COMMAND.test(block.text))
      for (const [topic, pattern] of COMMANDS) {
        const match = pattern.exec(block.text);
        if (match) add(topic, block.line + (block.text.slice(0, match.index).match(/\n/g)?.length ?? 0));
      }
  for (const { topic, line } of operationStatements(page)) add(topic, line);
  let left = MOST_OF_PROSE;
  for (const { text, line, section } of linesOf(page)) {
    if (left === 0 || !MAY_LIMIT.test(text)) continue;
    const phrase = phraseOf(text);
    if (!LIMIT.test(phrase)) continue;
    left -= 1;
    // what the limit is of stands on its line, or in the headings above it
    add('limits', line, `${phrase}${section ? above(section) : ''}`);
  }
  return [...found.values()].sort((a, b) => a.line - b.line || (a.topic < b.topic ? -1 : 1));
}

const MAY_LIMIT =
  /limit|quota|plafond|per (?:second|minute|hour|day|month)|par (?:seconde|minute|heure|jour|mois)/i;

/** The lines of prose and of tables, with their sections. */
function* linesOf(page: Page): Generator<{ text: string; line: number; section?: Section }> {
  for (const block of page.blocks) {
    const place = block.section ? { section: block.section } : {};
    if (block.type === 'text') for (const { text, line } of block.lines) yield { text, line, ...place };
    if (block.type === 'table')
      for (const { line, cells } of block.rows)
        yield { text: cells.map((cell) => cell.text).join(' '), line, ...place };
  }
}

const above = (section: Section) =>
  phraseOf(
    headings(section)
      .map((one) => one.title)
      .join(' '),
  );

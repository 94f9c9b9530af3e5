import type { Document, Topic } from '#model/artifacts.ts';
import type { Page, Section } from './page.ts';
import { headings } from './page.ts';
import { phraseOf } from './words.ts';

type Stated = Document['topics'][number];

/** One test on the raw line tells that most lines state none of them. */
const MAY_STATE = /restor|restaur|recovery|reten|rétention|conserv|kept|keep|gard|rotat|renouvel|renew/i;

const RESTORES = / (?:restor\w*|restaur\w*|disaster recovery|recovery) /;
const TESTED =
  / (?:tested|verified|rehearsed|exercised|drill\w*|restore tests?|recovery tests?|last test|testee?s?|verifiee?s?|eprouvee?s?|exercices?|tests? de (?:restauration|reprise)|dernier test) /;
const NOT_TESTED =
  / (?:not|never|untested|un tested|jamais|pas|non|aucun|aucune|sans|no|without|to be|a faire|todo|should|must|doit|devrait|planned|prevue?|every|each|chaque|tous les|toutes les|next|prochaine?|monthly|quarterly|weekly) /;
/** A day that has a year: a test without one may be of any time. */
const DATE =
  /\b20\d\d-\d\d(?:-\d\d)?\b|\b\d{1,2}[/.]\d{1,2}[/.]20\d\d\b|\b(?:jan|f[eé]v|feb|mar|avr|apr|mai|may|jui?n|jui?l|ao[uû]|aug|sep|oct|nov|d[eé]c)[a-zéû]{0,7}\.? (?:\d{1,2},? )?20\d\d\b/i;

const BACKS_UP = / (?:backups?|back up|snapshots?|dumps?|sauvegardes?|time travel|point in time) /;
const KEEPS = / (?:retention|retained|retain|kept|keep|keeps|keeping|conserve\w*|conservation|garde\w*) /;
const DURATION =
  / \d{1,4} ?(?:days?|jours?|j|weeks?|semaines?|months?|mois|years?|ans?|dumps|backups|sauvegardes|snapshots) /;

const ROTATES = / (?:rotat(?:e|es|ed|ing|ion)|rotations|renouvel\w*|renew\w*) /;
const OF_SECRETS =
  / (?:secrets?|keys?|cles?|tokens?|jetons?|credentials?|identifiants|passwords?|mots? de passe) /;
const RHYTHM =
  / (?:(?:every|tous les|toutes les|chaque|each) (?:\d{1,3} )?(?:days?|jours?|weeks?|semaines?|months?|mois|quarters?|trimestres?|years?|ans?|annees?)|annually|yearly|quarterly|monthly|once a year|per year|par an|annuel(?:le|lement)?s?|trimestriel(?:le|lement)?s?|mensuel(?:le|lement)?s?|\d{1,3} (?:days?|jours?|months?|mois)) /;

/** What the lines of a page state of operations: a test of a restoration with its day, how long backups are kept, how often secrets change. */
export function operationStatements(page: Page): Stated[] {
  const found: Stated[] = [];
  const titles = new Map<Section | undefined, string>();
  const above = (section: Section | undefined): string => {
    const known = titles.get(section);
    if (known !== undefined) return known;
    const title = headings(section)
      .map((one) => one.title)
      .join(' ');
    const phrase = MAY_STATE.test(title) || BACKS_UP.test(phraseOf(title)) ? phraseOf(title) : '';
    titles.set(section, phrase);
    return phrase;
  };
  const look = (raw: string, line: number, section: Section | undefined, isOpen = false) => {
    if (isOpen || (above(section) === '' && !MAY_STATE.test(raw))) return;
    const phrase = phraseOf(raw);
    const around = phrase + above(section);
    const add = (topic: Topic) => found.push({ topic, line });
    if (RESTORES.test(around) && TESTED.test(phrase) && DATE.test(raw) && !NOT_TESTED.test(phrase))
      add('restore-test');
    if (KEEPS.test(phrase) && DURATION.test(phrase) && BACKS_UP.test(around)) add('backup-retention');
    if (ROTATES.test(around) && OF_SECRETS.test(around) && RHYTHM.test(phrase)) add('rotation-frequency');
  };
  for (const section of page.sections) look(section.title, section.line, section);
  for (const block of page.blocks) {
    if (block.type === 'text')
      for (const { text, line } of block.lines) look(text, line, block.section, block.item?.box === 'open');
    if (block.type === 'table')
      for (const { line, cells } of block.rows)
        look(cells.map(({ text }) => text).join(' : '), line, block.section);
  }
  return found;
}

import type { Page } from './page.ts';
import { phraseOf } from './words.ts';

export interface Description {
  title: string;
  /** YYYY-MM-DD. */
  date?: string;
  /** A past audit or report. */
  report: boolean;
}

const MONTHS = [
  ['jan', 'january', 'janvier', 'janv'],
  ['feb', 'february', 'fevrier', 'fevr', 'fev'],
  ['mar', 'march', 'mars'],
  ['apr', 'april', 'avril', 'avr'],
  ['may', 'mai'],
  ['jun', 'june', 'juin'],
  ['jul', 'july', 'juillet', 'juil'],
  ['aug', 'august', 'aout'],
  ['sep', 'september', 'septembre', 'sept'],
  ['oct', 'october', 'octobre'],
  ['nov', 'november', 'novembre'],
  ['dec', 'december', 'decembre'],
];
const MONTH = new Map(MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));
/** A line that gives the page's own date, the last change before the first writing. */
const CHANGED =
  / (?:last updated|last update|updated|last modified|last verified|derniere mise a jour|mise a jour|maj) (?:on |le |the )?/;
const WRITTEN =
  /^ (?:date|audit date|date de l audit|date du rapport|report date|audit realise le|generated|generated on|genere le|redige le) /;
const AUDIT =
  / (?:audits?|diagnostics?|diagnostique|postmortems?|post mortems?|etat des lieux|compte rendu|findings|assessment|incident report|rapport d incident|security review|retrospective|rapport) | report $|^ (?:status|test|verification|audit|migration|deployment) report /;
/** Pages of a date: what was done or found on that day. */
const OUTCOME =
  / (?:summary|resume|recap|recapitulatif|results?|resultats?|success|succes|reussi|completed|complete|termine|status|verification|fix|debug|validation|bilan|session|progress|avancement) /;
const STANDING =
  / (?:audit logs?|audit logging|audit trails?|journal d audit|journaux d audit|how to|guide|runbook|playbook|procedure|template|modele|policy|politique|bug report|plan d audit|audit api) /;

/** What a document is, from its front matter, its headings, the lines at its ends and its path. */
export function describe(page: Page, path: string, source: string): Description {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const top = page.sections.find((section) => section.depth === 1) ?? page.sections[0];
  const title = page.frontMatter.get('title') ?? top?.title ?? base;
  const stated = YEAR.test(source) ? statedDate(page) : undefined;
  const date = stated ?? dateIn(title) ?? dateIn(base);
  const phrase = `${phraseOf(title)}|${phraseOf(base.replace(/\.\w+$/, '').replace(/[_-]/g, ' '))}`;
  const isReport =
    phrase.split('|').some((part) => AUDIT.test(part)) || (date !== undefined && OUTCOME.test(phrase));
  return { title, report: isReport && !STANDING.test(phrase), ...(date && { date }) };
}

function statedDate(page: Page): string | undefined {
  for (const key of ['last_updated', 'updated', 'lastmod', 'last updated', 'date']) {
    const date = dateIn(page.frontMatter.get(key) ?? '');
    if (date) return date;
  }
  const texts = page.blocks.flatMap((block) =>
    block.type === 'text' ? block.lines.map((line) => line.text) : [],
  );
  const ends = texts.length > 24 ? [...texts.slice(0, 12), ...texts.slice(-12)] : texts;
  const dated = ends.filter((text) => text.length <= 200 && YEAR.test(text));
  for (const pattern of [CHANGED, WRITTEN])
    for (const text of dated) {
      const match = pattern.exec(phraseOf(text));
      const date = match && dateIn(text);
      if (date) return date;
    }
  return undefined;
}

/** In every date: texts without one are looked at no further. */
const YEAR = /20\d\d/;

/** The first date in a text, written in figures or in words, French or English, as YYYY-MM-DD. */
export function dateIn(text: string): string | undefined {
  const short = text.slice(0, 300);
  if (!YEAR.test(short)) return undefined;
  const iso = /(?<!\d)(20\d\d)[-/._]?(0[1-9]|1[0-2])[-/._]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(short);
  if (iso) return `${iso[1]}-${iso[2]}-${iso[3]}`;
  const european = /(?<!\d)(0?[1-9]|[12]\d|3[01])[/.](0?[1-9]|1[0-2])[/.](20\d\d)(?!\d)/.exec(short);
  if (european) return day(european[3], Number(european[2]), european[1]);
  const words = phraseOf(short);
  const dayFirst = / (\d{1,2})(?:er|st|nd|rd|th)? ([a-z]{3,9}) (20\d\d) /.exec(words);
  if (dayFirst) return day(dayFirst[3], MONTH.get(dayFirst[2] ?? ''), dayFirst[1]);
  const monthFirst = / ([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)? (20\d\d) /.exec(words);
  return monthFirst ? day(monthFirst[3], MONTH.get(monthFirst[1] ?? ''), monthFirst[2]) : undefined;
}

function day(year = '', month: number | undefined, date = ''): string | undefined {
  if (month === undefined || Number(date) < 1 || Number(date) > 31) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`;
}

import { environmentOf, environmentsOf } from '#lib/environments.ts';
import {
  type Around,
  announced,
  type Found,
  labelled,
  meant,
  nameFor,
  SEPARATOR,
  scopesOf,
} from './context.ts';
import type { Mention } from './mention.ts';
import { deniesExistence, inOpenItem, inProposal, isInstruction, isReference } from './mood.ts';
import { type Cell, headings, type Span, type TableBlock } from './page.ts';
import { phraseOf, wordsOf } from './words.ts';

const MOST_ROWS = 2_000;
const MARKS_AROUND = /^[^\p{L}\p{N}/<${[]+|[^\p{L}\p{N}\]}>)]+$/gu;
/** “| DNS | Route 53 → load balancer | `www.shop.fr` |”. */
const DNS = / (?:dns|domain|domaine|route53|route 53) /;
const STATUS = / (?:status|statut|etat|state|exists|existe|present|presente|verifie|verified|disponible) /;
const EXAMPLE_COLUMN = / (?:example|examples|exemple|exemples|sample|ejemplo) /;
const NAME_COLUMN = /^ (?:nom|name|id|identifiant|identifier|nom configuration|resource|ressource) $/;
/** Columns whose text without marks is a name. */
const GIVING_COLUMN =
  / (?:name|nom|nombre|nome|names|noms|resource|ressource|recurso|value|valeur|valor|identifier|identifiant|id|ids|detail|details|configuration|config|arn) /;
/** Columns that tell of the thing in their row, and not its name. */
const MEASURE_COLUMN =
  / (?:run|runid|request|requete|duration|duree|time|temps|latency|latence|cost|cout|price|prix|port|size|taille|type|version|region|limit|limite|count|nombre|owner|rto|rpo|ttl|sla|quota|runtime|memory|memoire|cpu) /;
const PARTS =
  / (?:port|ports|dockerfile|folder|dossier|path|chemin|language|langage|stack|framework|technology|technologie) /;
const RUNS_THEM =
  / (?:cluster|task|tasks|tache|taches|desired|target|cible|environment|environnement|env|status|statut) /;
const MAPS_TO =
  /^ (?:aws|amazon|azure|gcp|cloud|managed) services? $|^ services? (?:aws|azure|gcp|cloud|gere|geres) $/;
const ENVIRONMENT_COLUMN = / (?:env|environment|environnement|stage) /;

/** The names in a table whose kind is said by the row's first cell, or by the column's header. */
export function mentionsInTable(table: TableBlock, outer: Omit<Around, 'scopes'>): Mention[] {
  const reader = new TableReader(table, outer);
  return table.rows.slice(0, MOST_ROWS).flatMap((row) => reader.row(row));
}

class TableReader {
  private readonly table: TableBlock;
  private readonly outer: Omit<Around, 'scopes'>;
  private readonly scopes: readonly string[];
  private around: Around;
  private columns: (Found | undefined)[];
  /** The second column is said to hold names, or nothing is said of it. */
  private readonly givesNames: boolean;
  private readonly measures: ReadonlySet<number>;
  private readonly environmentColumn: number;
  /** Columns that each give one environment's names: “| | Staging | Production |”. */
  private readonly environments: ReadonlySet<number>;

  constructor(table: TableBlock, outer: Omit<Around, 'scopes'>) {
    this.table = table;
    const texts = table.header.map((cell) => cell.text);
    const labels = table.rows.slice(0, 40).map((row) => row.cells[0]?.text ?? '');
    this.outer = outer;
    this.scopes = scopesOf(`${texts.join(' ')} ${labels.join(' ')}`, table);
    this.around = { ...outer, scopes: this.scopes };
    const title = headings(table.section)[0]?.title;
    this.columns = texts.map((text) =>
      NAME_COLUMN.test(phraseOf(text)) ? (title === undefined ? undefined : labelled(title)) : labelled(text),
    );
    const phrases = texts.map(phraseOf);
    // services with their ports are parts of an application, unless the table speaks of what runs them
    if (phrases.some((phrase) => PARTS.test(phrase)) && !phrases.some((phrase) => RUNS_THEM.test(phrase)))
      this.columns = this.columns.map((found, index) =>
        / services? /.test(phrases[index] ?? '') && !/ ecs /.test(phrases[index] ?? '') ? undefined : found,
      );
    // “local service | AWS service | why”: what stands for what, and not what it is called
    if (phrases.some((phrase) => MAPS_TO.test(phrase)) && texts.length > 1)
      this.columns = this.columns.map((found, index) =>
        / services? /.test(phrases[index] ?? '') ? undefined : found,
      );
    const each = texts.flatMap((text, index) => (index > 0 && isEnvironment(text) ? [index] : []));
    this.environments = new Set(each.length > 1 ? each : []);
    const second = texts[1]?.trim() ?? '';
    this.givesNames =
      second === '' ||
      GIVING_COLUMN.test(phrases[1] ?? '') ||
      environmentsOf(second, { weak: true }).length > 0;
    this.measures = new Set(phrases.flatMap((phrase, index) => (MEASURE_COLUMN.test(phrase) ? [index] : [])));
    this.environmentColumn = phrases.findIndex((phrase) => ENVIRONMENT_COLUMN.test(phrase));
  }

  row(row: TableBlock['rows'][number]): Mention[] {
    const found: Mention[] = [];
    const text = row.cells.map((cell) => cell.text).join(' ');
    this.around = { ...this.outer, scopes: [phraseOf(text), ...this.scopes] };
    const label = row.cells[0];
    const byRow = label && !label.lines.some((line) => line.spans.some((span) => span.style === 'code'));
    const kindOfRow = byRow ? labelled(label.text) : undefined;
    let rowNamed = false;
    const isDns = DNS.test(phraseOf(label?.text ?? '')) && / route ?53 /.test(phraseOf(text));
    for (const [index, cell] of row.cells.entries()) {
      const column = this.columns[index];
      const header = this.table.header[index]?.text ?? '';
      const isOfEnvironment = this.environments.has(index);
      const isNamed = index > 0 && (!rowNamed || isOfEnvironment) && !this.measures.has(index);
      const kind = kindOfRow && isNamed ? kindOfRow : isDns && isNamed ? labelled('Route 53 record') : column;
      const names = kind
        ? this.names(cell, kind, isOfEnvironment || kind === column || (index === 1 && this.givesNames))
        : [];
      if (kind === kindOfRow && names.length > 0) rowNamed = true;
      const named = names.length > 0 ? names : this.announcedIn(cell);
      for (const { kind: read, name } of named)
        found.push({
          kind: read,
          name: name.name,
          nameStatus: name.status,
          line: row.line,
          sort: rowIsReference(this.table, row.cells, index) ? 'reference' : 'declared',
          hints: this.hints(row.cells, header),
          together: [`row ${row.line}`, `table ${this.table.line}`],
        });
    }
    return found;
  }

  private names(cell: Cell, found: Found, plainToo: boolean) {
    const kind = meant(found.phrases, this.around);
    if (!kind) return [];
    const spans = cell.lines.flatMap((line) => line.spans).filter((span) => !span.struck);
    const code = cell.lines.flatMap((line) => listed(line.spans));
    const strong = spans.filter((span) => span.style === 'strong');
    const texts =
      code.length > 0
        ? code
        : plainToo
          ? [cell.text.replace(MARKS_AROUND, '')]
          : strong.map((span) => span.text);
    return texts.flatMap((text) => {
      const name = nameFor(text, kind, { label: true, code: code.length > 0 }, this.around);
      return name ? [{ kind: kind.words.kind, name }] : [];
    });
  }

  /** A cell that says the kind itself: “Container: `api`, Target group: `x`”. */
  private announcedIn(cell: Cell) {
    return cell.lines.flatMap((line) => {
      let current: Found | undefined;
      return line.spans.flatMap((span, index) => {
        if (span.style !== 'code' || span.struck) return [];
        const before = line.spans[index - 1];
        const between = before && before.style !== 'code' ? before.text : '';
        current = index > 1 && SEPARATOR.test(between) ? current : announced(between);
        const kind = current && meant(current.phrases, this.around);
        const name =
          kind && nameFor(span.text, kind, { label: current?.label ?? false, code: true }, this.around);
        return kind && name ? [{ kind: kind.words.kind, name }] : [];
      });
    });
  }

  private hints(cells: readonly Cell[], header: string): string[] {
    const { item, intro, section } = this.table;
    return [
      cells[this.environmentColumn]?.text ?? '',
      header,
      cells[0]?.text ?? '',
      item?.title ?? '',
      intro ?? '',
      ...headings(section).map((one) => one.title),
    ];
  }
}

/** The names in code of one line of a cell: the first, and those in a list with it; others are said of it. */
function listed(spans: readonly Span[]): string[] {
  const names: string[] = [];
  let between = '';
  for (const { style, text, struck } of spans) {
    if (style !== 'code') between += text;
    else if (struck) between += ',';
    else if (names.length > 0 && !SEPARATOR.test(between)) break;
    else {
      names.push(text);
      between = '';
    }
  }
  return names;
}

/** Whether a header is no more than the name of an environment: `Production`, `DEV environment`, `Prod (eu)`. */
function isEnvironment(header: string): boolean {
  const words = wordsOf(header.replace(/\([^()]{0,40}\)/, '')).filter(
    (word) => !/^(?:env|environment|environnement|value|valeur|name|nom)$/.test(word),
  );
  return words.length === 1 && environmentOf(words[0] ?? '') !== undefined;
}

/** Whether a row says of the name in one of its cells that it is not there, is to come, or is an example. */
export function rowIsReference(table: TableBlock, cells: readonly Cell[], index: number): boolean {
  if (inProposal(table.section) || inOpenItem(table.item)) return true;
  if (table.intro !== undefined && (isReference(table.intro) || isInstruction(table.intro))) return true;
  const label = cells[0]?.text ?? '';
  if (EXAMPLE_COLUMN.test(phraseOf(table.header[index]?.text ?? ''))) return true;
  if (isReference(cells[index]?.text ?? '') || (index > 0 && (isReference(label) || isInstruction(label))))
    return true;
  const isStatus = (column: number) => STATUS.test(phraseOf(table.header[column]?.text ?? ''));
  return cells.some(
    (cell, column) => deniesExistence(cell.text) || (isStatus(column) && isReference(cell.text)),
  );
}

import { environmentOf } from '#lib/environments.ts';
import type { Mention } from './mention.ts';
import { isExampleAccount, placeholdersIn } from './names.ts';
import type { Block, Page, TableBlock } from './page.ts';
import { phraseOf } from './words.ts';

/** What a placeholder of a page stands for; `undefined` where the page says it in two ways. */
type Legend = ReadonlyMap<string, readonly string[] | undefined>;

/** The one account and the one region that the page gives as its own. */
interface Place {
  account?: string;
  region?: string;
}

const MOST_NAMES = 24;
const LONGEST = 4_000;
const BRACKETS = /^[${<[⟨%_]+|[}>\]⟩%_]+$/g;
/** `{A,B}`, `<dev|prod>`: the placeholder is its own list. */
const OWN_LIST = /^[\w.-]+(?:[,|][\w.-]+)+$/;
const ACCOUNT_KEYS = ['account', 'account-id', 'account_id', 'accountid', 'aws-account-id', 'aws_account_id'];
const REGION_KEYS = ['region', 'aws-region', 'aws_region'];
/** “by environment (`dev`, `prod`)”, “Environments: dev, prod”. */
const ENVIRONMENTS = /\b(?:environments?|environnements?|entornos?|stages)`?\s{0,2}[:(]\s{0,2}/i;
const ENVIRONMENT_KEYS = ['env', 'environment', 'environnement', 'entorno', 'stage'];
/** “Replace `{env}` with”, “where `<env>` is one of”, “`$STAGE` = ”: what stands between a placeholder and its list. */
const LINK =
  /^`?["')]?\s*(?:is|are|=|:|∈|can be|may be|must be|stands for|means|with|by|est|vaut|peut être|peut valoir|par|avec|con|por|es|→|—|–|-|\()\s*/iu;
const FILLER =
  /^(?:(?:one of|any of|either|both|soit|l['’]une? des?|un parmi|parmi|au choix|the following|each of)\b\s*:?\s*|(?:(?:the|your|a|an|l['’]|le|votre|un) ?)?(?:[a-zé]{1,12} )?(?:environment|environnement|env|stage)(?: name)?\s*[:(]\s*)/iu;
const BEFORE = /(?:^|[^\w./-])`?["'(]?$/;
const VALUE = /[`"'“”*]{0,3}([A-Za-z][\w-]{0,40})[`"'“”*]{0,3}/y;
const BETWEEN = /\s{0,3}(?:[,/|;]\s{0,3}(?:(?:or|and|ou|et|o|y)\s{1,3})?|(?:or|and|ou|et|o|y)\s{1,3})/iy;
/** “dev or prod, depending on the branch”. */
const BY_WHAT = /^[`\s]{0,3},? (?:by|depending|based|according|as|per|selon|suivant|en fonction)\b/;
const GOES_ON = /^[`\s)]{0,4},?\s?(?:…|\.\.\.|etc)/;

/**
 * Puts in what a page says that its placeholders stand for: `app-{env}` is `app-dev` and `app-prod` where it says
 * “replace `{env}` with `dev` or `prod`”, and `shop/{KEY,URL}` is two names. What it does not say stays open.
 */
export function withMeanings(
  mentions: readonly Mention[],
  page: Page,
  place: () => Place = () => ({}),
): readonly Mention[] {
  // Most pages have no open name, and are not read again
  const open = mentions.filter(({ nameStatus }) => nameStatus === 'template');
  if (open.length === 0) return mentions;
  const legend = legendOf(page, place());
  const spelled = spellings(open);
  return mentions.flatMap((mention) =>
    mention.nameStatus === 'template' ? meanings(mention, legend, spelled) : [mention],
  );
}

/** A command has `⟨env⟩` where the text beside it has `<env>`: they are one name, as it is written. */
function spellings(open: readonly Mention[]): ReadonlyMap<string, string> {
  const spelled = new Map<string, string>();
  for (const { name } of open) {
    const shape = shapeOf(name);
    if (!spelled.has(shape) || !name.includes('⟨')) spelled.set(shape, name);
  }
  return spelled;
}

const shapeOf = (name: string): string =>
  placeholdersIn(name).reduce(
    (shape, placeholder) => shape.replace(placeholder, () => `⟨${keyOf(placeholder)}⟩`),
    name,
  );

function meanings(mention: Mention, legend: Legend, spelled: ReadonlyMap<string, string>): Mention[] {
  let names: { name: string; values: string[] }[] = [{ name: mention.name, values: [] }];
  for (const placeholder of new Set(placeholdersIn(mention.name))) {
    const values = valuesOf(placeholder, legend);
    if (!values || names.length * values.length > MOST_NAMES)
      return [
        { ...mention, name: spelled.get(shapeOf(mention.name)) ?? mention.name, written: mention.name },
      ];
    names = names.flatMap(({ name, values: before }) =>
      values.map((value) => ({
        name: name.replaceAll(placeholder, () => value),
        values: [...before, value],
      })),
    );
  }
  return names.map(({ name, values }) => ({
    ...mention,
    name,
    nameStatus: 'resolved',
    written: mention.name,
    hints: [...values.filter((value) => environmentOf(value) !== undefined), ...mention.hints],
  }));
}

const keyOf = (placeholder: string): string => placeholder.replace(BRACKETS, '').trim().toLowerCase();

function valuesOf(placeholder: string, legend: Legend): readonly string[] | undefined {
  const inside = placeholder.replace(BRACKETS, '');
  return OWN_LIST.test(inside) ? inside.split(/[,|]/) : legend.get(keyOf(placeholder));
}

function legendOf(page: Page, { account, region }: Place): Legend {
  const said = new Map<string, readonly string[] | undefined>();
  if (account !== undefined && !isExampleAccount(account))
    for (const key of ACCOUNT_KEYS) said.set(key, [account]);
  if (region !== undefined) for (const key of REGION_KEYS) said.set(key, [region]);
  const add = (key: string, values: readonly string[]) => {
    const known = said.get(key);
    const isAnother = said.has(key) && [...(known ?? [])].sort().join() !== [...values].sort().join();
    said.set(key, isAnother ? undefined : values);
  };
  const listed: (readonly string[])[] = [];
  const columns: (readonly string[])[] = [];
  for (const block of page.blocks) {
    for (const text of textsOf(block)) {
      readText(text, add);
      const list = ENVIRONMENTS.exec(text);
      const values = list && listAt(text.slice(list.index + list[0].length, list.index + 300));
      if (values) listed.push(values.filter((value) => environmentOf(value) !== 'local'));
    }
    if (block.type === 'table') {
      readRows(block, add);
      columns.push(environmentColumns(block) ?? []);
    }
  }
  // “Environments: dev, prod”, or tables with a column for each, say which there are where nothing else does
  const only = onlyList(listed) ?? onlyList(columns);
  if (!only) return said;
  const readable = new Map(said);
  for (const key of ENVIRONMENT_KEYS) if (!readable.has(key)) readable.set(key, only);
  return readable;
}

function onlyList(lists: readonly (readonly string[])[]): readonly string[] | undefined {
  const distinct = new Map(
    lists.filter((list) => list.length > 1).map((list) => [[...list].sort().join(), list] as const),
  );
  const [only, ...others] = distinct.values();
  return others.length === 0 ? only : undefined;
}

function textsOf(block: Block): string[] {
  if (block.type !== 'text') return [];
  const text = block.lines
    .map(({ spans }) =>
      spans.map((span) => (span.style === 'code' ? `\`${span.text}\`` : span.text)).join(''),
    )
    .join(' ');
  return [text.slice(0, LONGEST)];
}

function readText(text: string, add: (key: string, values: readonly string[]) => void): void {
  let from = 0;
  for (const placeholder of placeholdersIn(text)) {
    const at = text.indexOf(placeholder, from);
    from = at + placeholder.length;
    if (!BEFORE.test(text.slice(Math.max(0, at - 4), at))) continue;
    const values = listAfter(text.slice(from, from + 300));
    if (values) add(keyOf(placeholder), values);
  }
}

/** The values that a text gives after a placeholder: environments, or anything in code. */
function listAfter(text: string): readonly string[] | undefined {
  const link = LINK.exec(text);
  if (!link) return undefined;
  let rest = text.slice(link[0].length);
  for (let count = 0; count < 2; count += 1) rest = rest.replace(FILLER, '');
  return listAt(rest);
}

function listAt(text: string): readonly string[] | undefined {
  const values: string[] = [];
  let at = 0;
  for (;;) {
    VALUE.lastIndex = at;
    const value = VALUE.exec(text);
    if (!value?.[1] || (!value[0].startsWith('`') && !environmentOf(value[1]))) return undefined;
    values.push(value[1]);
    at = VALUE.lastIndex;
    BETWEEN.lastIndex = at;
    if (BY_WHAT.test(text.slice(at, at + 20)) || !BETWEEN.test(text)) break;
    at = BETWEEN.lastIndex;
  }
  const isOpen = GOES_ON.test(text.slice(at)) || /^[\w.]/.test(text.slice(at).replace(/^\.(?:\s|$)/, ''));
  return values.length > 1 && !isOpen ? values : undefined;
}

/** A table that explains placeholders: “| `{env}` | dev, staging, prod |”. */
function readRows(table: TableBlock, add: (key: string, values: readonly string[]) => void): void {
  for (const { cells } of table.rows.slice(0, 200)) {
    const label = cells[0]?.text ?? '';
    const [placeholder] = label.length < 60 ? placeholdersIn(label) : [];
    if (placeholder === undefined || placeholder !== label) continue;
    const lists = cells.slice(1).flatMap(({ text }) => [listAt(text.slice(0, 300).trim()) ?? []]);
    const values = lists.find((list) => list.length > 1);
    if (values) add(keyOf(placeholder), values);
  }
}

/**
 * The environments that have a column each, as the names in their columns spell them: `Production` heads a column of
 * `shop-prod`. Nothing where a column spells its environment in two ways.
 */
function environmentColumns(table: TableBlock): readonly string[] | undefined {
  const spelled: string[] = [];
  for (const [index, { text }] of table.header.entries()) {
    const environment = environmentOf(text);
    if (environment === undefined || environment === 'local') continue;
    const spellings = new Set<string>();
    for (const { cells } of table.rows.slice(0, 50))
      for (const word of phraseOf(cells[index]?.text ?? '').split(' '))
        if (word !== '' && environmentOf(word) === environment) spellings.add(word);
    const [one, ...more] = spellings;
    if (more.length > 0) return undefined;
    const spelling = one ?? (/^[a-z]+$/.test(text) ? text : undefined);
    if (spelling === undefined) return undefined;
    spelled.push(spelling);
  }
  return spelled.length > 1 ? spelled : undefined;
}

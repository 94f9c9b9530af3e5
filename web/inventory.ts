import { visible } from '#model/text.ts';
import { place } from './components/where.tsx';
import type { View } from './view.ts';
import { DOMAIN_ORDER, STATUS_ORDER, type Status } from './vocabulary.ts';

/** One resource as the inventory shows it. Numbers point into the lists beside the rows. */
export type Row = [
  name: string,
  kind: number,
  status: number,
  system: number,
  environments: string,
  nameStatus: string,
  evidence: string,
  /** Searched, not shown: account, region, scope. */
  also: string,
];

/** The inventory as the page carries it: short enough for tens of thousands of rows. */
export interface Inventory {
  kinds: { kind: string; domain: string }[];
  systems: { id: string; title: string }[];
  rows: Row[];
}

/** What of the inventory is looked at. */
export interface Look {
  query: string;
  domain: string;
  status: string;
  system: string;
  sort?: { column: SortColumn; descending: boolean };
}
export type SortColumn = 'name' | 'status' | 'kind' | 'domain' | 'system' | 'environments' | 'evidence';

export const wholeInventory: Look = { query: '', domain: '', status: '', system: '' };

const LONGEST = 200;

/** The rows of a report, in its own order. */
export function inventoryOf(view: View): Inventory {
  const kinds = new Map<string, number>();
  const systems = new Map<string, number>();
  const number = (map: Map<string, number>, key: string) => {
    const known = map.get(key) ?? map.size;
    map.set(key, known);
    return known;
  };
  const rows = view.report.resources.map((resource): Row => {
    const evidence = resource.declared[0] ?? resource.observed[0];
    return [
      visible(resource.name, LONGEST),
      number(kinds, resource.kind),
      STATUS_ORDER.indexOf(resource.status),
      resource.system === undefined ? -1 : number(systems, resource.system),
      visible(resource.environments.join(' ')),
      resource.nameStatus === 'literal' ? '' : (resource.nameStatus ?? ''),
      evidence ? visible(place(evidence, true), LONGEST) : '',
      [resource.account, resource.region, resource.scope].filter((text) => text !== undefined).join(' '),
    ];
  });
  return {
    kinds: [...kinds.keys()].map((kind) => ({ kind, domain: view.kindOf(kind).domain })),
    systems: [...systems.keys()].map((id) => ({ id, title: view.systems.get(id)?.title ?? id })),
    rows,
  };
}

export const statusOf = (row: Row): Status => STATUS_ORDER[row[2]] ?? 'unverified';
export const kindIn = (inventory: Inventory, row: Row) => inventory.kinds[row[1]] ?? { kind: '', domain: '' };
export const systemIn = (inventory: Inventory, row: Row) => inventory.systems[row[3]];

/** Domains of an inventory, in the report's order. */
export function domainsOf({ kinds }: Inventory): string[] {
  const found = new Set(kinds.map(({ domain }) => domain));
  return [...DOMAIN_ORDER, ...[...found].sort()].filter(
    (domain, index, all) => found.has(domain) && all.indexOf(domain) === index,
  );
}

/** A text as it is searched: no case, no accents. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** The worst first. */
const URGENCY: readonly Status[] = ['missing', 'drifted', 'unverified', 'undocumented', 'verified'];
const COLUMNS: Record<SortColumn, (inventory: Inventory, row: Row) => string | number> = {
  name: (_, row) => row[0],
  status: (_, row) => URGENCY.indexOf(statusOf(row)),
  kind: (inventory, row) => kindIn(inventory, row).kind,
  domain: (inventory, row) => DOMAIN_ORDER.indexOf(kindIn(inventory, row).domain),
  system: (inventory, row) => systemIn(inventory, row)?.title ?? '',
  environments: (_, row) => row[4],
  evidence: (_, row) => row[6],
};

/** Finds and sorts rows; what is searched is folded once, when it is made. */
export function searcher(inventory: Inventory): (look: Look) => Row[] {
  const searched = inventory.rows.map((row) =>
    folded(
      `${row[0]} ${kindIn(inventory, row).kind} ${systemIn(inventory, row)?.title ?? ''} ${row[4]} ${row[6]} ${row[7]}`,
    ),
  );
  const { compare } = new Intl.Collator('en', { numeric: true });
  return ({ query, domain, status, system, sort }) => {
    const words = folded(query).split(/\s+/).filter(Boolean);
    const rows = inventory.rows.filter(
      (row, index) =>
        (!domain || kindIn(inventory, row).domain === domain) &&
        (!status || statusOf(row) === status) &&
        (!system || systemIn(inventory, row)?.id === system) &&
        words.every((word) => searched[index]?.includes(word)),
    );
    if (!sort) return rows;
    const key = COLUMNS[sort.column];
    const sign = sort.descending ? -1 : 1;
    return rows
      .map((row) => ({ row, key: key(inventory, row) }))
      .sort((a, b) =>
        typeof a.key === 'number' && typeof b.key === 'number'
          ? (a.key - b.key) * sign
          : compare(String(a.key), String(b.key)) * sign,
      )
      .map(({ row }) => row);
  };
}

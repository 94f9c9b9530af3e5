import { type Answered, numberOf, objectOf, objectsOf, textOf } from '../../fields.ts';
import { Refused, refusalOf } from './refusal.ts';
import { type CloudflareSession, type Envelope, operationOf, type Read } from './session.ts';

/**
 * How a list is given: all of it at once, by numbered pages, or by a cursor that the page before gave; `size` is the most
 * that the API's documentation lets a page hold. `within` is the member of the result that holds the list.
 */
export type Paging =
  | { by: 'once'; within?: string }
  | { by: 'page'; size: number; within?: string }
  | { by: 'cursor'; size: number; within?: string; limit?: string };

/** No account has as many pages of anything; a server that never ends is told apart by it. */
const MOST_PAGES = 2_000;

/** The items of a page. What is no list is not taken for an empty one. @throws Refused */
function itemsIn(read: Read, { result, info }: Envelope, within: string | undefined): Answered[] {
  const list = within === undefined ? result : objectOf(result)[within];
  if (Array.isArray(list)) return objectsOf(list);
  if (list === null && (info.count === 0 || info.total_count === 0)) return [];
  throw unusable(read, 'no list');
}

/** A list that is given at once, and says that it is not all. */
const isCut = ({ info }: Envelope, items: readonly Answered[]): boolean =>
  (numberOf(info.total_count) ?? 0) > items.length || cursorOf(info) !== undefined;

const cursorOf = (info: Answered): string | undefined =>
  textOf(info.cursor) ?? textOf(objectOf(info.cursors).after);

/**
 * Every item of a list. Numbered pages end with an empty one, or with one that is shorter than asked where the whole
 * count agrees; a server that gives the same page again has no further one.
 * @throws Refused when a page cannot be had, or the server repeats itself before it has given what it counts
 */
export async function everyItem(
  session: CloudflareSession,
  read: Read,
  paging: Paging,
  place: string,
): Promise<Answered[]> {
  if (paging.by === 'once') {
    const envelope = await session.get(read, place);
    const items = itemsIn(read, envelope, paging.within);
    if (isCut(envelope, items)) throw unusable(read, 'cut list');
    return items;
  }
  return paging.by === 'page' ? byPage(session, read, paging, place) : byCursor(session, read, paging, place);
}

/** What was answered and cannot be used. @param fault what it is, in two words */
export function unusable(read: Read, fault: string): Refused {
  const failure = { errors: [], fault };
  const { permission } = read;
  return new Refused(
    refusalOf(failure, { operation: operationOf(read), ...(permission !== undefined && { permission }) }),
    failure,
  );
}

const endless = (read: Read): Refused => unusable(read, 'endless list');

async function byPage(
  session: CloudflareSession,
  read: Read,
  { size, within }: Extract<Paging, { by: 'page' }>,
  place: string,
): Promise<Answered[]> {
  const found: Answered[] = [];
  let before = '';
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = { ...read.query, page, per_page: size };
    const envelope = await session.get({ ...read, query }, place);
    const items = itemsIn(read, envelope, within);
    if (items.length === 0) return found;
    const total = numberOf(envelope.info.total_count);
    const text = JSON.stringify(items);
    if (text === before) {
      if (total !== undefined && total > found.length) throw endless(read);
      return found;
    }
    before = text;
    found.push(...items);
    if (items.length < size && total !== undefined && found.length >= total) return found;
  }
  throw endless(read);
}

async function byCursor(
  session: CloudflareSession,
  read: Read,
  { size, within, limit = 'per_page' }: Extract<Paging, { by: 'cursor' }>,
  place: string,
): Promise<Answered[]> {
  const found: Answered[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (;;) {
    const query = { ...read.query, [limit]: size, ...(cursor !== undefined && { cursor }) };
    const envelope = await session.get({ ...read, query }, place);
    found.push(...itemsIn(read, envelope, within));
    cursor = cursorOf(envelope.info);
    if (cursor === undefined) return found;
    if (seen.has(cursor) || seen.size > MOST_PAGES) throw endless(read);
    seen.add(cursor);
  }
}

import { type Answer, refuse, success } from './answer.ts';

/** How a list is given: https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/#pagination */
export type Paging =
  /** All of it at once, without a word about pages. */
  | { by: 'none' }
  /**
   * `page` and `per_page`; past the end an empty page. `most` is what a page can hold, `strict` says that more is an error
   * and not made less. `within` is the member of the result that holds the list.
   */
  | { by: 'page'; size: number; most: number; strict?: { code: number; message: string }; within?: string }
  /** A cursor that the page before gave, in `result_info.cursor`, or in `result_info.cursors.after`. */
  | { by: 'cursor'; size: number; most: number; within?: string; after?: true; limit?: 'limit' };

export const ONE_PAGE: Paging = { by: 'none' };
export const pages = (size: number, most: number, within?: string): Paging => ({
  by: 'page',
  size,
  most,
  ...(within !== undefined && { within }),
});

const positive = (text: string | null, otherwise: number): number => {
  const number = Number(text ?? otherwise);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
};

/** The page of a list that is asked for, in its envelope. */
export function pageOf(list: readonly unknown[], paging: Paging, query: URLSearchParams): Answer {
  if (paging.by === 'none') return success(list);
  const put = (items: readonly unknown[]) => (paging.within ? { [paging.within]: items } : items);
  if (paging.by === 'page') {
    const asked = positive(query.get('per_page'), paging.size);
    if (paging.strict && asked > paging.most) refuse(400, paging.strict.code, paging.strict.message);
    const size = Math.min(asked, paging.most);
    const page = positive(query.get('page'), 1);
    const items = list.slice((page - 1) * size, page * size);
    return success(put(items), {
      page,
      per_page: size,
      count: items.length,
      total_count: list.length,
      total_pages: Math.ceil(list.length / size),
    });
  }
  const size = Math.min(positive(query.get(paging.limit ?? 'per_page'), paging.size), paging.most);
  const start = startOf(query.get('cursor'));
  const items = list.slice(start, start + size);
  const next = start + size < list.length ? cursorTo(start + size) : undefined;
  if (paging.after)
    return success(put(items), { count: String(items.length), cursors: { after: next ?? '' } });
  return success(put(items), { count: items.length, per_page: size, ...(next && { cursor: next }) });
}

const cursorTo = (start: number): string => Buffer.from(`from ${start}`).toString('base64url');

function startOf(cursor: string | null): number {
  if (!cursor) return 0;
  const [, start] = /^from (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return start === undefined ? refuse(400, 10001, 'Invalid cursor') : Number(start);
}

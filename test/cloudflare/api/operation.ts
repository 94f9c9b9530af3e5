import type { IncomingHttpHeaders } from 'node:http';
import type { CloudflareAccount, SaidToken, SaidZone } from './estate.ts';
import type { Paging } from './paging.ts';

/** A question that was asked, with what its path leads to. */
export interface Asked {
  accounts: readonly CloudflareAccount[];
  /** The account of the path, or that of the zone of the path; the first one where the path names none. */
  account: CloudflareAccount;
  /** The zone of the path; only operations whose path has one look at it. */
  zone: SaidZone;
  /** The token of the audit, and the account whose user it belongs to. */
  token: SaidToken;
  /** What else the path holds: `{script_name}`. */
  at(name: string): string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  now: Date;
}

/** Something that the API can be asked for. */
export interface Operation {
  /** As the official SDK names it: `d1.database.list`. */
  name: string;
  /** As the API's documentation writes it: `/accounts/{account_id}/d1/database`. */
  path: string;
  /** Permission groups one of which the token must have; none: every valid token may ask. */
  needs: readonly string[];
  paging?: Paging;
  /** The result: a list where it is paged. Throws a `Refusal`. */
  answer(asked: Asked): unknown;
}

/** An operation that gives one thing. */
export const gives = (
  name: string,
  path: string,
  needs: readonly string[],
  answer: Operation['answer'],
): Operation => ({ name, path, needs, answer });

/** An operation that gives a list, a page at a time. */
export const lists = (
  name: string,
  path: string,
  needs: readonly string[],
  paging: Paging,
  answer: (asked: Asked) => readonly unknown[],
): Operation => ({ name, path, needs, paging, answer });

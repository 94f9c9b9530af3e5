import type { FileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import { statusOf } from './name-status.ts';
import type { Standing } from './standing.ts';

/**
 * `sqlite:///./shop.db`, `sqlite+aiosqlite:////var/lib/shop.db`, `sqlite:shop.db`, `sqlite3:./db/dev.sqlite3`. SQLAlchemy
 * documentation, “Database URLs”; Rails guides, “Configuring a database”.
 */
const URL = /^sqlite3?(?:\+\w{1,20})?:(?:\/\/\/?)?([^?#\s]{1,300})(?:[?#]|$)/i;
/** `file:./dev.db`, as Prisma writes it. */
const FILE_URL = /^file:([^?#\s]{1,300}\.(?:db|sqlite3?))(?:[?#]|$)/i;
const PLAIN = /^(?:[\w.~-]{0,100}\/){0,15}[\w.-]{1,100}\.(?:sqlite3?|db)$/i;
const NAMES_A_DATABASE = /(?:^|_)(?:SQLITE|DB|DATABASE)(?:_\w+)?$/i;

/** The path of the SQLite database that a variable's value names, as written; undefined where it names none for certain. */
export function sqlitePath(name: string, value: string): string | undefined {
  if (value.length > 400) return undefined;
  const path =
    URL.exec(value)?.[1] ??
    FILE_URL.exec(value)?.[1] ??
    (NAMES_A_DATABASE.test(name) && PLAIN.test(value) ? value : undefined);
  if (path === undefined || /^:?memory:?|^\/\/|[@$%{}<>]|^\.?\/?$/i.test(path)) return undefined;
  return statusOf(path) === 'literal' ? path : undefined;
}

/** A database that a file names for its program; it is made when the program starts. */
export const sqliteFact = (path: string, evidence: FileEvidence, { sort, environments }: Standing): Fact => ({
  kind: 'SQLite::File',
  name: path,
  source: 'repo',
  sort,
  nameStatus: 'literal',
  evidence,
  environments,
  verb: 'uses',
  certainty: 'static',
});

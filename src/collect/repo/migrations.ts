import type { Migration } from '#model/operations.ts';
import { defineCollector, type Reading } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { isRetired } from './retired.ts';

const FOLDER = /(?:^|\/)(?:[\w-]*migrations?|migrate|alembic\/versions|changelogs?|drizzle)\//i;
const VENDORED =
  /(?:^|\/)(?:node_modules|vendor|third[_-]party|site-packages|dist|build|\.venv|venv|fixtures?|testdata|tests?|__tests__|examples?|e2e|docs?)\//i;
const LONGEST = 500_000;
const MOST_STATEMENTS = 20;

/** Files of a folder of migrations that are no migration: an index, a lock, a helper. */
const ASIDE =
  /(?:^|\/)(?:__init__|index|env|knexfile|meta|run\w*|migrat\w*|helpers?|utils?)\.(?!sql$)\w+$|[._-](?:test|spec)\.\w+$|\.d\.ts$|\/meta\//i;

/** The other half of a migration that stands in two files, by its own path; golang-migrate, dbmate, sqlx, Flyway. */
function undoOf(path: string): string[] {
  const undone = path
    .replace(/\.up\.sql$/i, '.down.sql')
    .replace(/\/up\.sql$/i, '/down.sql')
    .replace(/(^|\/)V([\d._]+__[^/]+\.sql)$/, '$1U$2');
  return undone === path ? [] : [undone];
}

const isUndo = (path: string): boolean =>
  /(?:[._/-](?:down|undo|rollback))\.sql$|(?:^|\/)U[\d._]+__[^/]+\.sql$/i.test(path);

/** Steps of a database's schema: whether each leads back, and what it destroys. */
export const migrations = defineCollector({
  id: 'migrations',
  source: 'repo',
  title: { fr: 'Migrations de bases de données', en: 'Database migrations' },
  reads: ({ path, base }) =>
    /\.(?:sql|py|rb|ts|js|mjs|cjs|php|kts?|xml|ya?ml)$/.test(base) &&
    FOLDER.test(path) &&
    !VENDORED.test(path) &&
    !ASIDE.test(path) &&
    !isUndo(path) &&
    !isRetired(path),
  holds: (text) => MIGRATION.test(text.slice(0, LONGEST)),
  collect(reading, sink, tree) {
    const text = reading.text.slice(0, LONGEST);
    sink.artifact('migrations', {
      file: reading.path,
      isReversible: reversibility(reading.path, text, tree),
      destroys: destroyed(reading, text),
    });
  },
});

/** A statement of SQL that changes a schema or its data, or what a tool's migrations are made of. */
const MIGRATION =
  /\b(?:create|alter|drop)\s+(?:unique\s+|or replace\s+)?(?:table|index|view|type|schema|extension|policy|function|trigger|column|materialized)\b|\b(?:insert\s+into|update\s+\w+\s+set|delete\s+from)\b|\bdef (?:upgrade|(?:self\.)?(?:change|up))\b|class Migration\b|ActiveRecord::Migration|\b(?:up|safeUp)\b\s*[:(=]|exports\.up|extends (?:Abstract)?Migration|databaseChangeLog|changeSet/i;

function reversibility(path: string, text: string, tree: Tree): Migration['isReversible'] {
  const undo = undoOf(path);
  if (undo.length > 0) return undo.some((file) => tree.paths.has(file)) ? 'yes' : 'no';
  if (path.endsWith('.sql'))
    // goose, dbmate, sql-migrate and node-pg-migrate write both directions into one file
    return /^--\s*(?:\+goose down|migrate:down|\+migrate down|down migration|\s*down\b|rollback\b|@undo|\/\/@undo)/im.test(
      text,
    )
      ? 'yes'
      : 'no';
  if (path.endsWith('.py')) return python(text);
  if (path.endsWith('.rb'))
    return /IrreversibleMigration/.test(text)
      ? 'no'
      : /\bdef (?:self\.)?(?:change|down)\b/.test(text)
        ? 'yes'
        : 'no';
  if (/\.(?:xml|ya?ml)$/.test(path)) return /<rollback|^\s*-?\s*rollback:/m.test(text) ? 'yes' : 'unknown';
  return javascript(text);
}

/** Alembic states a way back as a function; Django derives it, but of code and of SQL of one's own. */
function python(text: string): Migration['isReversible'] {
  const down = /^def downgrade\([^)]*\)[^:]*:\n((?:[ \t]+.*\n?|\s*\n)*)/m.exec(text)?.[1];
  if (down !== undefined)
    return emptied(
      down,
      /"""[\s\S]*?"""|'''[\s\S]*?'''|#.*/g,
      /^\s*(?:pass|\.\.\.|return)?\s*$|NotImplementedError/,
    )
      ? 'no'
      : 'yes';
  if (/^def upgrade\(/m.test(text)) return 'no';
  if (!/class Migration\b/.test(text)) return 'unknown';
  const own = [...text.matchAll(/\bRun(?:Python|SQL)\(/g)];
  const back = text.match(/reverse_code|reverse_sql|\.noop\b/g)?.length ?? 0;
  // the second argument is the way back, named or not
  return own.length > 0 && back === 0 && !/\bRun(?:Python|SQL)\(\s*[^,()]+,\s*[^,()\s]+/.test(text)
    ? 'no'
    : 'yes';
}

function javascript(text: string): Migration['isReversible'] {
  const start = /\b(?:down|safeDown)\b\s*(?:[:=]\s*)?(?:async\s*)?(?:function\s*\w*\s*)?\(/.exec(text)?.index;
  if (start === undefined) return /\b(?:up|safeUp)\b/.test(text) ? 'no' : 'unknown';
  const open = text.indexOf('{', start);
  if (open < 0) return 'yes';
  const close = text.indexOf('}', open);
  return emptied(
    text.slice(open + 1, close < 0 ? undefined : close),
    /\/\/.*|\/\*[\s\S]*?\*\//g,
    /^\s*(?:return(?: Promise\.resolve\(\))?;?)?\s*$/,
  )
    ? 'no'
    : 'yes';
}

/** Whether nothing is left of a body without its comments. */
const emptied = (body: string, comments: RegExp, nothing: RegExp): boolean =>
  nothing.test(body.replace(comments, '').trim());

const DESTROYS =
  /\b(drop\s+(?:table|column|schema|database)(?:\s+if\s+exists)?\s+[\w."`[\]]{1,80}|truncate(?:\s+table)?\s+[\w."`]{1,80}|delete\s+from\s+[\w."`]{1,80}\s*;)/gi;

/** What a migration written in SQL loses on its way forward. A table that is built anew under its old name is not lost. */
function destroyed(reading: Reading, text: string): Migration['destroys'] {
  if (!reading.path.endsWith('.sql')) return [];
  const forward = text.search(/^--\s*(?:\+goose down|migrate:down|\+migrate down|down migration)/im);
  const sql = forward < 0 ? text : text.slice(0, forward);
  const renamed = new Set(
    [...sql.matchAll(/\brename\s+to\s+["`]?(\w{1,80})/gi)].map(([, name]) => name?.toLowerCase()),
  );
  return [...sql.matchAll(DESTROYS)]
    .filter((match) => !isComment(sql, match.index))
    .filter(([what]) => !renamed.has(/["`]?(\w+)["`]?\s*;?$/.exec(what)?.[1]?.toLowerCase()))
    .slice(0, MOST_STATEMENTS)
    .map(({ 1: what = '', index }) => ({ what: what.replace(/\s+/g, ' '), line: reading.lineOf(index) }));
}

const isComment = (sql: string, index: number): boolean =>
  sql.slice(sql.lastIndexOf('\n', index) + 1, index).includes('--');

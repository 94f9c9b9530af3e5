const LONGEST = 1_000_000;
const MOST = 20;
const NAME = '((?:["`\\[]?[\\w$]{1,100}["`\\]]?\\.)?["`\\[]?[\\w$⟨⟩]{1,100}["`\\]]?)';
const DROP = new RegExp(`^drop\\s+(table|database|schema)\\s+(?:if\\s+exists\\s+)?${NAME}`, 'i');
const DELETE = new RegExp(`^delete\\s+from\\s+${NAME}\\s*(?:where\\s+(?:1\\s*=\\s*1|1|true)\\s*)?$`, 'i');
const TRUNCATE = new RegExp(`^truncate\\s+(?:table\\s+)?${NAME}`, 'i');

/**
 * The statements of an SQL text after which data is gone: `DROP TABLE`, `TRUNCATE`, `DELETE` without a condition; in
 * capitals, with the name. A table that is rebuilt (copied, dropped, and its copy renamed) loses nothing.
 */
export function sqlLosses(sql: string): string[] {
  if (sql.length > LONGEST) return [];
  const statements = statementsOf(sql);
  const renamed = new Set(
    statements.flatMap((one) => {
      const name = new RegExp(`^alter\\s+table\\s+${NAME}\\s+rename\\s+to\\s+${NAME}`, 'i').exec(one);
      return name?.[2] === undefined ? [] : [plain(name[2])];
    }),
  );
  const found = statements.flatMap((statement) => {
    const drop = DROP.exec(statement);
    if (drop?.[1] && drop[2])
      return renamed.has(plain(drop[2])) ? [] : [`DROP ${drop[1].toUpperCase()} ${plain(drop[2])}`];
    const from = DELETE.exec(statement)?.[1];
    if (from) return isBookkeeping(from) ? [] : [`DELETE FROM ${plain(from)}`];
    const table = TRUNCATE.exec(statement)?.[1];
    return table ? [`TRUNCATE ${plain(table)}`] : [];
  });
  return [...new Set(found)].slice(0, MOST);
}

const plain = (name: string): string => name.replace(/["`[\]]/g, '');

/** SQLite's own tables hold no data of anybody. */
const isBookkeeping = (name: string): boolean => /^(?:sqlite_|_cf_)/i.test(plain(name));

/** Statements without comments, what stands in quotes kept from being read as one. */
const statementsOf = (sql: string): string[] =>
  sql
    .replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (one) => (one.startsWith("'") ? "''" : ' '))
    .split(';')
    .map((statement) => statement.trim().replace(/\s+/g, ' '));

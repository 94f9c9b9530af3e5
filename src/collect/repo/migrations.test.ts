import { expect, test } from 'vitest';
import { collectFiles } from './collect-files.ts';
import { migrations } from './migrations.ts';

const found = (files: Record<string, string>) =>
  collectFiles(migrations, files).artifacts.migrations.map(
    ({ file, isReversible }) => `${file} ${isReversible}`,
  );

test.each([
  ['migrations/0001_orders.sql', 'CREATE TABLE orders (id TEXT);', 'no'],
  [
    'db/migrations/1_orders.sql',
    '-- migrate:up\nCREATE TABLE a (b int);\n-- migrate:down\nDROP TABLE a;',
    'yes',
  ],
  ['migrations/1.sql', '-- +goose Up\nCREATE TABLE a (b int);\n-- +goose Down\nDROP TABLE a;', 'yes'],
  [
    'alembic/versions/ab_x.py',
    'def upgrade():\n    op.x()\n\ndef downgrade():\n    op.drop_table("a")\n',
    'yes',
  ],
  ['alembic/versions/ab_x.py', 'def upgrade():\n    op.x()\n\ndef downgrade() -> None:\n    pass\n', 'no'],
  [
    'alembic/versions/ab_x.py',
    'def upgrade():\n    op.x()\n\ndef downgrade():\n    """Nothing."""\n    # later\n    pass\n',
    'no',
  ],
  [
    'shop/migrations/0001_initial.py',
    'class Migration(migrations.Migration):\n    operations = [migrations.CreateModel()]',
    'yes',
  ],
  [
    'shop/migrations/0002_x.py',
    'class Migration(migrations.Migration):\n    operations = [migrations.RunPython(fill)]',
    'no',
  ],
  [
    'shop/migrations/0003_x.py',
    'class Migration(m.Migration):\n    operations = [m.RunPython(fill, empty)]',
    'yes',
  ],
  ['db/migrate/1_a.rb', 'class A < ActiveRecord::Migration[7.0]\n  def change\n  end\nend', 'yes'],
  [
    'db/migrate/1_a.rb',
    'class A < ActiveRecord::Migration[4.2]\n  def self.up\n  end\n\n  def self.down\n  end\nend',
    'yes',
  ],
  ['db/migrate/1_a.rb', 'class A < ActiveRecord::Migration[7.0]\n  def up\n  end\nend', 'no'],
  [
    'src/migrations/1.ts',
    'export async function up(db) {}\nexport async function down(db) { await db.drop("a"); }',
    'yes',
  ],
  ['src/migrations/1.ts', 'exports.up = (db) => db;\nexports.down = function (db) { // nothing\n};', 'no'],
  ['src/migrations/1.ts', 'export const up = async (db) => { }', 'no'],
])('%s: %s', (file, text, isReversible) => {
  expect(found({ [file]: text })).toEqual([`${file} ${isReversible}`]);
});

test('the way back in a file of its own', () => {
  const up = 'CREATE TABLE a (b int);';
  expect(found({ 'migrations/1_a.up.sql': up, 'migrations/1_a.down.sql': 'DROP TABLE a;' })).toEqual([
    'migrations/1_a.up.sql yes',
  ]);
  expect(found({ 'migrations/1_a.up.sql': up })).toEqual(['migrations/1_a.up.sql no']);
  expect(found({ 'db/migration/V2__a.sql': up, 'db/migration/U2__a.sql': 'DROP TABLE a;' })).toEqual([
    'db/migration/V2__a.sql yes',
  ]);
});

test('what is lost on the way forward, a table that is built anew left out', () => {
  const text =
    '-- drop table old\nALTER TABLE a DROP COLUMN b;\nDROP TABLE a;\nALTER TABLE new_a RENAME TO a;\nDROP TABLE IF EXISTS c;';
  const [migration] = collectFiles(migrations, { 'migrations/2.sql': text }).artifacts.migrations;
  expect(migration?.destroys).toEqual([
    { what: 'DROP COLUMN b', line: 2 },
    { what: 'DROP TABLE IF EXISTS c', line: 5 },
  ]);
});

test('a way back may destroy', () => {
  const text = '-- migrate:up\nCREATE TABLE a (b int);\n-- migrate:down\nDROP TABLE a;';
  expect(collectFiles(migrations, { 'migrations/2.sql': text }).artifacts.migrations[0]?.destroys).toEqual(
    [],
  );
});

test('what is no migration', () => {
  expect(
    found({
      'migrations/index.ts': 'export const up = 1',
      'migrations/meta/_journal.json': '{}',
      'migrations/notes.sql': 'select 1;',
      'src/sql/orders.sql': 'CREATE TABLE a (b int);',
      'tests/migrations/1.sql': 'CREATE TABLE a (b int);',
    }),
  ).toEqual([]);
});

import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, type Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '#cli/run.ts';
import { version } from '../../src/version.ts';
import { root } from './sources.ts';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const exists = (file: string) => existsSync(path.join(root, file));

/** Pages written by hand; those of rules are generated, and decisions tell of their day. */
const pages = globSync(['*.md', 'docs/*.md'], { cwd: root }).sort();

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('leads only to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    const local = links.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !exists(path.join(path.dirname(page), target)))).toEqual([]);
  });

  test('names only sources that exist', () => {
    const prose = text.replace(/^```[\s\S]*?^```/gm, '');
    const named = [...prose.matchAll(/`([\w./-]+\/[\w.-]+\.(?:ts|tsx|sh|css))(?::\d+)?`/g)].map(
      ([, file = '']) => file,
    );
    expect(named.filter((file) => !exists(file) && !exists(path.join('src', file)))).toEqual([]);
  });

  test('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm (?:run )?([a-z-]+)/g)].map(([, name = '']) => name);
    const ownWords = ['ci', 'install', 'pack', 'and', 'run'];
    expect(named.filter((name) => !Object.hasOwn(scripts, name) && !ownWords.includes(name))).toEqual([]);
  });
});

const program = new Command();
for (const add of COMMANDS) add(program, () => {});
const optionsOf = (name: string): readonly Option[] =>
  program.commands.find((command) => command.name() === name)?.options ?? [];

test('docs/commands.md names every command, and every option of those that read or change an account', () => {
  const page = read('docs/commands.md');
  for (const command of program.commands) expect(page).toContain(`\`constat ${command.name()}`);
  for (const name of ['audit', 'apply', 'rollback', 'prove'])
    for (const option of optionsOf(name)) expect(page).toContain(option.long);
});

test.each([
  [['audit', 'init', 'trace', 'plan'], '--out'],
  [['prove'], '--junit'],
])('the launcher knows which options of %j take the next argument', (names, file) => {
  const all = names.flatMap(optionsOf);
  const taking = all.filter((option) => option.required && option.long !== file);
  const [, ...known] = read('constat').split(`:${file}=*)`);
  const [, options = ''] = /^ *(.*)\) next=value ;;$/m.exec(known.join('')) ?? [];
  expect(options.split(' | ').map((one) => one.slice(1))).toEqual(
    [...new Set(taking.map((option) => option.long ?? ''))].sort(),
  );
  expect(all.filter((option) => option.short || option.optional)).toEqual([]);
});

test('the version is the same in package.json, in the program and at the head of the changelog', () => {
  expect((JSON.parse(read('package.json')) as { version: string }).version).toBe(version);
  expect(read('CHANGELOG.md')).toMatch(
    new RegExp(`^## (Unreleased|${version.replaceAll('.', '\\.')}\\b)`, 'm'),
  );
});

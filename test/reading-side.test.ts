import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { chunksOf } from '../tools/build.ts';
import { sources } from './house/sources.ts';

const root = path.dirname(import.meta.dirname);

/** All that can be reached, in the order in which it is found. */
function reachable(from: readonly string[], leadsTo: (one: string) => readonly string[]): Set<string> {
  const found = new Set(from);
  for (const one of found) for (const next of leadsTo(one)) found.add(next);
  return found;
}

/** Commands that only read, as far as they are there. */
const READING = ['audit', 'rehearse', 'trace', 'serve', 'rules', 'schema', 'plan'].map(
  (name) => `src/cli/${name}-command.ts`,
);

describe('what only reads cannot reach the hand that changes an estate', () => {
  const all = new Map(sources(['src', 'web']).map((source) => [source.file, source]));
  const importsOf = (file: string) =>
    (all.get(file)?.imports ?? []).flatMap(({ file: one, typeOnly }) => (one && !typeOnly ? [one] : []));
  const ofAct = (files: Iterable<string>) => [...files].filter((file) => file.startsWith('src/act/'));

  test.each(['src/audit.ts', ...READING].filter((file) => all.has(file)))('%s, by its imports', (file) => {
    const found = reachable([file], importsOf);
    expect(ofAct(found)).toEqual([]);
  });

  test('by the same walk, apply does', () => {
    expect(ofAct(reachable(['src/cli/apply-command.ts'], importsOf))).toContain('src/act/run.ts');
    expect(reachable(['src/cli/audit-command.ts'], importsOf)).toContain('src/collect/aws/ecs.ts');
  });
});

describe('what reads no host cannot reach what starts programs', () => {
  const all = new Map(sources(['src', 'web']).map((source) => [source.file, source]));
  const importsOf = (file: string) =>
    (all.get(file)?.imports ?? []).flatMap(({ file: one, typeOnly }) => (one && !typeOnly ? [one] : []));
  const DOOR = 'src/collect/readers/host/child.ts';

  test.each(['rehearse', 'rules', 'schema'].map((name) => `src/cli/${name}-command.ts`))('%s', (file) => {
    expect(all.has(file)).toBe(true);
    expect([...reachable([file], importsOf)]).not.toContain(DOOR);
  });

  test('by the same walk, the reading of a host does', () => {
    expect([...reachable(['src/collect/host/read-host.ts'], importsOf)]).toContain(DOOR);
  });
});

describe('nor in what is built', () => {
  let chunks = new Map<string, { modules: string[]; leadsTo: string[] }>();
  beforeAll(async () => {
    chunks = new Map(
      (await chunksOf(root)).map(({ fileName, moduleIds, imports, dynamicImports }) => [
        fileName,
        {
          modules: moduleIds.map((id) => path.relative(root, id).replaceAll(path.sep, '/')),
          leadsTo: [...imports, ...dynamicImports],
        },
      ]),
    );
  }, 120_000);
  const chunkOf = (module: string) =>
    [...chunks].find(([, { modules }]) => modules.includes(module))?.[0] ?? `no chunk has ${module}`;
  const modulesFrom = (module: string) =>
    [...reachable([chunkOf(module)], (chunk) => chunks.get(chunk)?.leadsTo ?? [])].flatMap(
      (chunk) => chunks.get(chunk)?.modules ?? [],
    );
  const ofAct = (modules: readonly string[]) => modules.filter((one) => one.startsWith('src/act/'));

  test('from the part that audits and from the pipeline', () => {
    for (const module of ['src/cli/run-audit.ts', 'src/audit.ts']) {
      const found = modulesFrom(module);
      expect(found).toContain('src/audit.ts');
      expect(ofAct(found)).toEqual([]);
    }
  });

  test('and it is loaded by nothing but the commands that act', () => {
    const entry = chunks.get(chunkOf('src/cli/main.ts'));
    const always = reachable([chunkOf('src/cli/main.ts'), chunkOf('src/cli/run.ts')], (chunk) =>
      (chunks.get(chunk)?.leadsTo ?? []).filter((one) => entry?.leadsTo.includes(one)),
    );
    expect(ofAct([...always].flatMap((chunk) => chunks.get(chunk)?.modules ?? []))).toEqual([]);
    expect(ofAct(modulesFrom('src/cli/run-apply.ts'))).toContain('src/act/run.ts');
  });
});

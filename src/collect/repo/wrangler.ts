import path from 'node:path';
import { environmentOf, environmentsOf } from '#lib/environments.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { code } from '#model/text.ts';
import type { WranglerConfig } from '#model/wrangler.ts';
import { defineCollector, type Reading, type Sink } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { type Standing, standingOf } from './standing.ts';
import { under } from './wrangler/bindings.ts';
import { lackingIn, type ReadEnvironment, readEnvironments } from './wrangler/environments.ts';
import { environmentFacts } from './wrangler/facts.ts';
import { type Placed, readPlaced } from './wrangler/placed.ts';

const NAMED =
  /^wrangler(?:[._-][\w-]{1,40}){0,3}\.(?:toml|jsonc?)(?:[._-](?:example|exemple|sample|template|tmpl|tpl|dist|default))?$/;
const PLAINLY_NAMED = /^wrangler\.(?:toml|jsonc?)$/;
/** Keys of which a configuration has one at least: `wrangler-schema.json` has none. */
const HOLDS =
  /^\s*["']?(?:name|main|compatibility_date|account_id|pages_build_output_dir|workers_dev|routes?|assets)["']?\s*[=:]|^\s*\[+(?:env|vars|assets|site|kv_namespaces|d1_databases|r2_buckets)\b/m;
const MIGRATIONS = 'migrations';

/** One file with its environments, its values already where they count. */
interface ReadConfig {
  reading: Reading;
  top: Placed;
  environments: ReadEnvironment[];
  standing: Standing;
}

/**
 * Wrangler's configuration of Workers and of Pages projects: what each environment would deploy, after inheritance.
 * Cloudflare documentation, “Wrangler configuration” and “Wrangler environments”.
 */
export const wrangler = defineCollector({
  id: 'wrangler',
  source: 'repo',
  title: { fr: 'configuration de Wrangler', en: 'Wrangler configuration' },
  reads: ({ path: file, plain }) => NAMED.test(plain) && !/(?:^|\/)\.wrangler\//.test(file),
  collectAll(readings, sinkOf, tree) {
    const configs = readings.flatMap((reading) => read(reading, sinkOf(reading.path)) ?? []);
    const nameOfId = namesOfIds(configs);
    for (const config of configs) collect(config, sinkOf(config.reading.path), tree, nameOfId);
  },
});

function read(reading: Reading, sink: Sink): ReadConfig | undefined {
  const base = reading.path.slice(reading.path.lastIndexOf('/') + 1).toLowerCase();
  if (!PLAINLY_NAMED.test(base) && !HOLDS.test(reading.text)) return undefined;
  const source = readPlaced(reading.path, reading.text);
  if ('error' in source) {
    sink.unread(source.error.line, {
      fr: `configuration illisible\u00a0: ${code(source.error.message)}`,
      en: `unreadable configuration: ${code(source.error.message)}`,
    });
    return undefined;
  }
  const { top } = source;
  return { reading, top, environments: readEnvironments(top), standing: standingOf(reading.path) };
}

/**
 * What is known by an id alone is called by the binding that is first given it, the same in every file; where one binding
 * leads to several ids, by the script as well.
 */
function namesOfIds(configs: readonly ReadConfig[]): (id: string, binding: string) => string {
  const first = new Map<string, { binding: string; script: string }>();
  for (const { environments } of configs)
    for (const { bindings, environment } of environments)
      for (const { id, name } of bindings)
        if (id !== undefined && !first.has(id))
          first.set(id, { binding: name, script: environment.script.name });
  const alike = new Map<string, number>();
  for (const { binding } of first.values()) alike.set(binding, (alike.get(binding) ?? 0) + 1);
  return (id, binding) => {
    const known = first.get(id) ?? { binding, script: '' };
    const isShared = (alike.get(known.binding) ?? 0) > 1 && known.script !== '';
    return isShared ? `${known.script}/${known.binding}` : known.binding;
  };
}

function collect(
  { reading, top, environments, standing }: ReadConfig,
  sink: Sink,
  tree: Tree,
  nameOfId: (id: string, binding: string) => string,
): void {
  const at = placesIn(reading, environments);
  const folder = path.posix.dirname(reading.path);
  const fromRoot = (file: string) => path.posix.join(folder, file);
  const isPages = top.get('pages_build_output_dir').exists;
  const main = mainOf(top, environments);
  const entry = main && {
    path: fromRoot(main.path),
    line: main.line,
    exists: tree.paths.has(fromRoot(main.path)),
  };
  const assets = assetsOf(top);
  const config: WranglerConfig = {
    file: reading.path,
    isPages,
    ...(entry && { main: entry }),
    ...(assets && { assets: { path: fromRoot(assets.path), line: assets.line } }),
    migrations: migrationsOf(environments, fromRoot, tree),
    environments: environments.map((one) => ({
      ...one.environment,
      lacking: lackingIn(one, environments, at),
    })),
  };
  // what is to be copied or is out of use is never deployed as it stands: nothing is judged of it
  if (standing.sort === 'declared') sink.artifact('wranglerConfigs', config);

  for (const [index, one] of environments.entries()) {
    const isBase = index === 0 && environments.length > 1;
    const { name, script } = one.environment;
    const own = name === undefined ? [] : environmentsNamed(name);
    const byName = isBase ? [] : environmentsOf(script.name);
    const told = [own, standing.environments, byName].find((list) => list.length > 0) ?? [];
    const facts = environmentFacts(one, {
      sort: standing.sort,
      environments: told,
      isPages,
      ...(isBase && !isPages && { condition: 'wrangler deploy' }),
      ...(entry && { main: entry.path }),
      at,
      nameOfId,
    });
    for (const fact of facts) sink.fact(fact);
  }
}

const environmentsNamed = (name: string): string[] => {
  const own = environmentOf(name);
  return own === undefined ? environmentsOf(name, { weak: true }) : [own];
};

/** Evidence at a line; of one on which the value of a variable stands, only the variable's name is shown. */
function placesIn(
  reading: Reading,
  environments: readonly ReadEnvironment[],
): (line: number, variable?: string) => FileEvidence {
  const names = new Map<number, string>();
  for (const { environment } of environments)
    for (const { name, line } of environment.variables) if (!names.has(line)) names.set(line, name);
  return (line, variable) => {
    const name = variable ?? names.get(line);
    return name === undefined
      ? reading.at(line)
      : { source: 'repo', file: reading.path, line, excerpt: `${name} = …` };
  };
}

/** The module that is deployed; the older `[site]` format had a folder of its own for it. */
function mainOf(
  top: Placed,
  environments: readonly ReadEnvironment[],
): { path: string; line: number } | undefined {
  const stated = [top, ...environments.map(({ table }) => table)]
    .map((table) => table.get('main'))
    .find((main) => main.text !== undefined);
  const older = under(top, 'site.entry-point');
  const main = stated ?? older;
  return main.text === undefined ? undefined : { path: main.text, line: main.line };
}

function assetsOf(top: Placed): { path: string; line: number } | undefined {
  const stated = [
    top.get('pages_build_output_dir'),
    under(top, 'assets.directory'),
    under(top, 'site.bucket'),
  ].find(({ text }) => text !== undefined);
  return stated?.text === undefined ? undefined : { path: stated.text, line: stated.line };
}

/** The folders that `wrangler d1 migrations apply` reads: the stated one, else `migrations` where it is there. */
function migrationsOf(
  environments: readonly ReadEnvironment[],
  fromRoot: (file: string) => string,
  tree: Tree,
): WranglerConfig['migrations'] {
  const found = new Map<string, WranglerConfig['migrations'][number]>();
  for (const { bindings } of environments)
    for (const { type, to, stated } of bindings) {
      if (type !== 'd1') continue;
      const given = stated.get('migrations_dir');
      const folder = fromRoot(given.text ?? MIGRATIONS);
      const files = tree.files
        .map((file) => file.path)
        .filter((file) => file.endsWith('.sql') && path.posix.dirname(file) === folder);
      if (given.text === undefined && files.length === 0) continue;
      const database = stated.get('database_name').text ?? to;
      const key = `${folder} ${database ?? ''}`;
      if (!found.has(key))
        found.set(key, {
          path: folder,
          line: given.exists ? given.line : stated.line,
          ...(database !== undefined && { database }),
          files,
        });
    }
  return [...found.values()];
}
